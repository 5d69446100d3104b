// The table of targets as a sheet: arrows and Enter go from cell to cell, a block copied from Excel fills cells to the
// right and down from the one it is pasted into. Cells that one may not write in have no field and are passed over.

const form = document.querySelector("form[data-targets]");

function grid() {
  return [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input")]);
}

function placeOf(rows, field) {
  const row = rows.findIndex((fields) => fields.includes(field));
  return { row, column: row < 0 ? -1 : rows[row].indexOf(field) };
}

function fill(field, text) {
  field.value = text.trim();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function paste(event) {
  const field = event.target.closest("tbody input");
  if (!field) return;
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const lines = text.split("\n").map((line) => line.split("\t"));
  if (lines.length < 2 && lines[0].length < 2) return;
  event.preventDefault();
  const rows = grid();
  const from = placeOf(rows, field);
  let left = 0;
  lines.forEach((cells, down) => {
    cells.forEach((cell, right) => {
      const to = rows[from.row + down]?.[from.column + right];
      if (to) fill(to, cell);
      else if (cell.trim()) left += 1;
    });
  });
  const status = form.querySelector("[data-paste-status]");
  status.textContent = left ? `Còn ${left} ô vừa dán không có chỗ trong bảng.` : "Đã dán vào bảng, chưa lưu.";
}

function step(event) {
  const field = event.target.closest("tbody input");
  const atEnd = field && field.selectionStart === field.value.length && field.selectionEnd === field.value.length;
  const atStart = field && field.selectionStart === 0 && field.selectionEnd === 0;
  const by = {
    Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: atEnd ? [0, 1] : null,
    ArrowLeft: atStart ? [0, -1] : null,
  }[event.key];
  if (!field || !by) return;
  event.preventDefault(); // Enter goes down, as in a sheet; the button saves
  const rows = grid();
  const from = placeOf(rows, field);
  const next = rows[from.row + by[0]]?.[from.column + by[1]];
  next?.focus();
  next?.select();
}

if (form) {
  form.addEventListener("paste", paste);
  form.addEventListener("keydown", step);
}
