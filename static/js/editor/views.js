// What the panel beside the text shows: the printed page, what was found in the text, the file it was read from.

export function bindViews(panel) {
  const buttons = [...panel.querySelectorAll("[data-view]")];

  function show(name) {
    for (const button of buttons) {
      const isShown = button.dataset.view === name;
      button.setAttribute("aria-pressed", String(isShown));
      document.getElementById(button.dataset.view).hidden = !isShown;
    }
  }

  for (const button of buttons) button.addEventListener("click", () => show(button.dataset.view));
  return { show };
}
