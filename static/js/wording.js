// A text with place-holders: each can be put where the cursor stands, and says whether the text has it already.
// Without scripts the list stands beside the text all the same.

const form = document.querySelector("form[data-wording]");
const area = form.querySelector("textarea");

function tell() {
  for (const row of document.querySelectorAll("[data-holder]")) {
    row.querySelector("[data-used]").hidden = !area.value.includes(row.dataset.holder);
  }
}

for (const button of document.querySelectorAll("[data-insert]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const { holder } = button.closest("[data-holder]").dataset;
    area.setRangeText(holder, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

area.addEventListener("input", tell);
tell();
