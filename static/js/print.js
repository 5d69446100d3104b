// <button data-print hidden>: shown where a script can print, opens the browser's print window.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
