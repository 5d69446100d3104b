// What the reader of a file was not sure of: each place with its reason, the source beside it.

import { ask } from "./saver.js";

const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();

export function bindUnsure(root, source, { unsure, spots, views, say }) {
  const items = [...root.querySelectorAll(".unsure-list > li")];
  const left = root.querySelector(".unsure-left");

  function tell() {
    const open = items.filter((item) => !("settled" in item.dataset)).length;
    left.textContent = open ? `Còn ${open} chỗ nên xem trước.` : "Không còn chỗ nào cần xem.";
  }

  // The same words in the source, where they stand on one line.
  function showInSource(words) {
    const wanted = plain(words ?? "");
    for (const one of source.querySelectorAll(".is-new")) one.classList.remove("is-new");
    const line = wanted && [...source.querySelectorAll("p, td")].find((one) => plain(one.textContent).includes(wanted));
    if (!line) return;
    line.classList.add("is-new");
    line.scrollIntoView({ block: "center" });
  }

  async function settle(item, isSeen) {
    try {
      await ask(root.dataset.seen, { ids: [Number(item.dataset.id)], again: !isSeen });
    } catch {
      say("Chưa ghi được vì mất mạng. Hãy thử lại khi có mạng.");
      return;
    }
    if (isSeen) item.dataset.settled = "";
    else delete item.dataset.settled;
    item.querySelector(".unsure-seen").setAttribute("aria-pressed", String(isSeen));
    tell();
  }

  for (const item of items) {
    const note = unsure.find((one) => String(one.id) === item.dataset.id);
    item.querySelector(".unsure-go")?.addEventListener("click", () => {
      views.show("ban-goc");
      showInSource(note.words);
      spots.go(note);
    });
    item.querySelector(".unsure-seen").addEventListener("click", () => settle(item, !("settled" in item.dataset)));
  }
  tell();
}
