// A block of cells copied out of Excel is spread over the lines from the field where it is pasted; lines that are
// missing are added. Nothing is sent: the page's own button does.

import { readBlock } from "../clusters/tsv.js";

const MOST = 2000; // as the server takes them
const form = document.querySelector("form[data-lines]");
const body = form.querySelector(".lines-table tbody");
const count = form.elements.rows;
const said = form.querySelector("[data-lines-said]");

const fieldsOf = (row) => [...row.querySelectorAll("input, select")];

function addRow() {
  const last = body.rows[body.rows.length - 1];
  const place = body.rows.length;
  const row = last.cloneNode(true);
  row.id = `dong-${place + 1}`;
  row.querySelector("th").textContent = place + 1;
  for (const error of row.querySelectorAll(".field-error")) error.remove();
  for (const field of fieldsOf(row)) {
    const name = field.name.replace(/^\d+-/, "");
    field.name = `${place}-${name}`;
    field.id = `id_${place}-${name}`;
    field.value = "";
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
    const label = field.closest("td").querySelector("label");
    label.htmlFor = field.id;
    label.textContent = label.textContent.replace(/\d+$/, place + 1);
  }
  body.append(row);
  count.value = body.rows.length;
}

function fill(field, text) {
  if (field.tagName !== "SELECT") {
    field.value = text;
    return;
  }
  const wanted = text.toLocaleLowerCase("vi");
  const found = [...field.options].find((option) => option.text.toLocaleLowerCase("vi") === wanted);
  field.value = found ? found.value : "";
}

body.addEventListener("paste", (event) => {
  const block = readBlock(event.clipboardData.getData("text/plain"));
  if (block.length < 2 && (block[0]?.length ?? 0) < 2) return;
  event.preventDefault();
  const start = event.target.closest("tr");
  const firstRow = [...body.rows].indexOf(start);
  const firstColumn = fieldsOf(start).indexOf(event.target);
  if (firstColumn < 0) return;
  const rows = block.slice(0, MOST - firstRow);
  while (body.rows.length < firstRow + rows.length) addRow();
  rows.forEach((cells, down) => {
    const fields = fieldsOf(body.rows[firstRow + down]);
    cells.forEach((text, right) => {
      if (fields[firstColumn + right]) fill(fields[firstColumn + right], text);
    });
  });
  const left = block.length - rows.length;
  said.textContent = `Đã dán ${rows.length} dòng, chưa lưu.${left > 0 ? ` Còn ${left} dòng không đủ chỗ.` : ""}`;
});

form.addEventListener("click", (event) => {
  if (event.target.name !== "more") return;
  event.preventDefault();
  for (let made = 0; made < 10 && body.rows.length < MOST; made += 1) addRow();
  fieldsOf(body.rows[body.rows.length - 10])[0].focus();
});
