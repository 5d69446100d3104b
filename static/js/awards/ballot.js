// The member's ballot: one tap for all names, and how many are chosen. Nothing is kept in the browser.

const form = document.querySelector("form[data-ballot]");

function tell() {
  const names = form.querySelectorAll("fieldset.ballot-name").length;
  const chosen = form.querySelectorAll("fieldset.ballot-name input:checked").length;
  form.querySelector("[data-chosen]").textContent = `Đã chọn ${chosen}/${names} tên.`;
}

if (form) {
  form.querySelector(".ballot-all").hidden = false;
  form.querySelector("[data-all]").addEventListener("click", () => {
    for (const choice of form.querySelectorAll('fieldset.ballot-name input[value="yes"]')) choice.checked = true;
    tell();
  });
  form.addEventListener("change", tell);
  form.addEventListener("submit", () => {
    form.querySelector(".ballot-foot button").disabled = true;
  });
  window.addEventListener("pageshow", () => {
    form.querySelector(".ballot-foot button").disabled = false;
    tell();
  });
}
