// The page behind a one-time link: one sending at a time, and a word that it is under way, for
// pictures take a while on a phone's line. Without scripts the form works all the same.

const form = document.querySelector("form[data-answer]");

if (form) {
  const button = form.querySelector("button[type=submit]");
  const sending = form.querySelector("[data-sending]");

  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    button.setAttribute("aria-disabled", "true");
    sending.hidden = false;
  });

  // Back from the page after, or a sending that the browser broke off.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button.removeAttribute("aria-disabled");
    sending.hidden = true;
  });
}
