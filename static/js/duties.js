// Proposed duties and milestones: the ticked ones are counted on the button, a row is added by hand, a mark of the
// paper is shown. <form data-duties="PREFIX"> of the rows, <button data-take="Nhận # việc">.
// Without scripts everything but the added row works all the same.

import { newKey } from "./editor/draft.js";

const form = document.querySelector("form[data-duties]");
const list = form.querySelector(".duty-rows");
const button = form.querySelector("[data-take]");
const words = button.textContent;
const total = form.elements[`${form.dataset.duties}-TOTAL_FORMS`];

const box = (row) => row.querySelector("input[type=checkbox]");

function tell() {
  const rows = [...list.children];
  for (const row of rows) row.classList.toggle("is-left", !box(row).checked && !row.classList.contains("has-error"));
  const count = rows.filter((row) => box(row).checked).length;
  button.textContent = count ? button.dataset.take.replace("#", count) : words;
}

form.addEventListener("change", (event) => {
  if (event.target.type === "checkbox") tell();
});

// -- A row by hand -----------------------------------------------------------------------

const add = form.querySelector("[data-add]");
add.hidden = false;

add.addEventListener("click", () => {
  const number = Number(total.value);
  const row = form.querySelector("[data-blank]").content.firstElementChild.cloneNode(true);
  for (const part of row.querySelectorAll("*")) {
    for (const attribute of [...part.attributes]) {
      if (attribute.value.includes("__prefix__")) {
        part.setAttribute(attribute.name, attribute.value.replaceAll("__prefix__", number));
      }
    }
  }
  row.querySelector(".duty-number").textContent = number + 1;
  row.querySelector("input[type=hidden][name$=-key]").value = newKey();
  list.append(row);
  total.value = number + 1;
  tell();
  row.querySelector("textarea").focus();
});

// -- The sentence in the paper: the panel is opened, or its tab where there is no room for both ---------------

list.addEventListener("click", (event) => {
  if (!event.target.matches(".to-mark")) return;
  const mark = document.getElementById(event.target.hash.slice(1));
  if (!mark) return;
  event.preventDefault(); // the browser's own jump would come after the panel has opened, to its top
  if (document.documentElement.dataset.panel === "closed") document.querySelector("button[data-panel=open]").click();
  if (!mark.getClientRects().length) document.querySelector(".panel-tab[data-show=panel]").click();
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center" });
});

tell();
