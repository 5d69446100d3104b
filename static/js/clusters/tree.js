// The table of criteria as a sheet: Enter and arrows go down and up a column, sums of groups follow what is typed.
//
// A row stands inside the last row above it that is less deep (data-depth). Rows with data-kind are criteria; bonus and
// penalty count beside the scale, so a group shows the sum of the others, or of these where it has nothing else
// (clusters.scheme.Criterion.worth says the same on the server).

const BESIDE = new Set(["bonus", "penalty"]);
const form = document.querySelector("form[data-tree]");

function figure(text) {
  const plain = text.trim().replace(/\.(?=\d{3}(\D|$))/g, "").replace(",", ".");
  return plain && !Number.isNaN(Number(plain)) ? Number(plain) : 0;
}

function said(sum) {
  return String(Math.round(sum * 10_000) / 10_000).replace(".", ",");
}

function add() {
  const open = []; // groups that the row in hand stands in
  for (const row of form.querySelectorAll("tr[data-depth]")) {
    const depth = Number(row.dataset.depth);
    while (open.length && open.at(-1).depth >= depth) show(open.pop());
    if (row.dataset.kind === undefined) {
      open.push({ depth, row, base: 0, beside: 0 });
      continue;
    }
    const points = figure(row.querySelector('input[name$="-maximum"]').value);
    for (const group of open) group[BESIDE.has(row.dataset.kind) ? "beside" : "base"] += points;
  }
  while (open.length) show(open.pop());
}

function show(group) {
  const note = group.row.querySelector("[data-sum]");
  const own = group.row.querySelector('input[name$="-maximum"]').value;
  const sum = group.base || group.beside;
  const differs = own.trim() !== "" && Math.abs(figure(own) - sum) > 1e-6;
  note.textContent = `cộng được ${said(sum)}${differs ? ", chưa khớp" : ""}`;
  note.classList.toggle("is-off", differs);
}

function step(event) {
  const field = event.target.closest("tbody input");
  const by = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!field || !by) return;
  event.preventDefault(); // as in a sheet: down the column
  const name = field.name.split("-").at(-1);
  const fields = [...form.querySelectorAll(`tbody input[name$="-${name}"]`)];
  const next = fields[fields.indexOf(field) + by];
  next?.focus();
  next?.select();
}

if (form) {
  form.addEventListener("input", add);
  form.addEventListener("keydown", step);
}
