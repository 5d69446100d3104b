// What a leader wants changed, marked where it stands, with a way there from the list above the text.
//
// The list is the server's (templates/plans/_remarks.html). Ticking a remark swaps it by htmx; the marks follow.

const LIST = "y-kien";

export function bindRemarks() {
  let texts = new Map(); // key of a section or task → what is remarked on it

  function read() {
    texts = new Map();
    for (const item of document.querySelectorAll(`#${LIST} [data-remark]`)) {
      const { remark } = item.dataset;
      texts.set(remark, [...(texts.get(remark) ?? []), item.querySelector(".remark-text").textContent]);
    }
  }

  read();
  return {
    at: (key) => texts.get(key) ?? [],
    // `redraw` shows the marks anew, `go` leads to a place by its kind and key.
    follow({ redraw, go }) {
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-remark-place]");
        const [, place, key] = link?.hash.match(/^#(nhiem-vu|muc)-([0-9a-f-]{36})$/) ?? [];
        if (!key) return;
        event.preventDefault();
        go(place, key);
      });
      document.addEventListener("htmx:afterSettle", (event) => {
        if (event.detail.elt.id !== LIST) return;
        read();
        redraw();
        document.getElementById(LIST).querySelector("button, a")?.focus();
      });
    },
  };
}
