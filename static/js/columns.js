// A column copied from a sheet and pasted into one field of <form data-columns> goes into the fields below it too.
//
// A field's column is its name without the row: "v-12-0" and "v-13-0", "part7-low" and "part8-low", "t3-low" and
// "moi0-low". Fields that are filled so tell it as if somebody had typed ("input", then "change").

const column = (name) => name.replace(/\d+/g, "#").replace(/^(?:t|moi)#/, "row").replace(/-(?:part|lower)?#$/, "-#");

function below(form, field) {
  const wanted = column(field.name);
  const fields = [...form.querySelectorAll("tbody input:not([type=hidden], [type=checkbox], [type=file]), tbody textarea")];
  const same = fields.filter((one) => column(one.name) === wanted);
  return same.slice(same.indexOf(field));
}

function fill(field, text) {
  field.value = text.trim();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("paste", (event) => {
  const field = event.target.closest?.("form[data-columns] tbody input");
  if (!field) return;
  const lines = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  if (lines.length < 2) return;
  event.preventDefault();
  const fields = below(field.form, field);
  lines.slice(0, fields.length).forEach((line, place) => {
    if (line.trim()) fill(fields[place], line.split("\t").findLast((cell) => cell.trim()) ?? "");
  });
  const left = lines.length - fields.length;
  const status = field.form.querySelector("[data-save-status]");
  if (left > 0 && status) status.textContent = `Còn ${left} dòng vừa dán không có chỗ trong bảng.`;
});
