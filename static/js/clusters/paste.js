// What is pasted into <textarea data-paste-html="html"> also goes, as the web form that Word and Excel put beside the
// plain one, into the hidden field of that name: it tells merged cells and lines within cells. Typing drops it again.

for (const box of document.querySelectorAll("textarea[data-paste-html]")) {
  const hidden = box.form.elements[box.dataset.pasteHtml];
  let isPaste = false;
  box.addEventListener("paste", (event) => {
    hidden.value = event.clipboardData.getData("text/html");
    isPaste = true;
  });
  box.addEventListener("input", () => {
    if (!isPaste) hidden.value = "";
    isPaste = false;
  });
}
