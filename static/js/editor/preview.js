// The printed page beside the text: HTML of the same tree, drawn anew within a second of the last letter.
// «Xem ngắt trang» shows pictures of the real pages, of what is saved.

import { ask } from "./saver.js";

const PAUSE = 300; // ms after the last letter

// What a page is made of, in the order of the paper: paragraphs, headings, rows.
const piecesOf = (frame) => [...frame.querySelectorAll(".sheet :is(p, h2, h3, h4, tr)")];

export function bindPreview(draft, frame, { saver, urls, onAnswer, say }) {
  const problem = document.getElementById("ban-in-loi");
  const toggle = document.getElementById("xem-trang");
  const pagesFrame = document.getElementById("trang-that");
  let timer = 0;
  let running = null;
  let touched = new Set(); // tasks whose time words changed since the last answer

  async function draw() {
    if (running) {
      running.isOld = true; // the newest is drawn when this one is back
      return;
    }
    running = {};
    const asked = touched;
    touched = new Set();
    try {
      const { status, answer } = await ask(urls.preview, { state: draft.state, times: [...asked] });
      problem.hidden = status === 200;
      if (status === 200) {
        follow(answer.html);
        onAnswer(answer);
      } else {
        problem.textContent = `Chưa dựng được bản in: ${answer.message}`;
      }
    } catch {
      for (const key of asked) touched.add(key); // without the line the last page stays
    }
    const { isOld } = running;
    running = null;
    if (isOld) plan(0);
  }

  // The new page, at the place that has changed.
  function follow(html) {
    const before = piecesOf(frame).map((piece) => piece.textContent);
    const isFirst = !frame.dataset.drawn;
    frame.innerHTML = html;
    frame.dataset.drawn = "true";
    if (isFirst) return;
    const after = piecesOf(frame);
    const changed = after.findIndex((piece, place) => piece.textContent !== before[place]);
    if (changed < 0) return;
    const piece = after[changed];
    piece.classList.add("is-new");
    const scroller = frame.closest(".panel-body");
    const [box, room] = [piece.getBoundingClientRect(), scroller.getBoundingClientRect()];
    if (box.top < room.top + 40 || box.bottom > room.bottom) {
      scroller.scrollTop += box.top - room.top - room.height / 3;
    }
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(draw, wait);
  }

  function showPages(on) {
    pagesFrame.hidden = !on;
    frame.hidden = on;
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = on ? "Về bản đang soạn" : "Xem ngắt trang";
  }

  toggle.addEventListener("click", async () => {
    if (!pagesFrame.hidden) return showPages(false);
    toggle.disabled = true;
    toggle.textContent = "Đang dựng trang…";
    try {
      await saver.flush();
      const { answer } = await ask(urls.pages);
      pagesFrame.replaceChildren(
        ...answer.pages.map((source, place) => {
          const picture = document.createElement("img");
          picture.src = source;
          picture.alt = `Trang ${place + 1} trên ${answer.total}`;
          return picture;
        }),
      );
      showPages(true);
    } catch {
      showPages(false);
      say("Chưa dựng được trang in. Hãy thử lại khi có mạng.");
    }
    toggle.disabled = false;
    return undefined;
  });

  draft.addEventListener("change", (event) => {
    for (const act of event.detail.acts ?? []) {
      if (act.of === "task" && ["time_text", "quarter"].includes(act.field)) touched.add(act.key);
    }
    if (!pagesFrame.hidden) showPages(false);
    plan(PAUSE);
  });
  draft.addEventListener("news", (event) => event.detail.state && plan(0));
  plan(0);
}
