// The editor's page: its parts put together.

import { showConflicts } from "./conflicts.js";
import { Draft } from "./draft.js";
import { bindFields } from "./fields.js";
import { bindGrid } from "./grid.js";
import { bindOutline } from "./outline.js";
import { bindPaste } from "./paste.js";
import { bindPreview } from "./preview.js";
import { bindProofreading } from "./proofreading.js";
import { bindRemarks } from "./remarks.js";
import { Saver } from "./saver.js";
import { bindSpots } from "./spots.js";
import { bindUnsure } from "./unsure.js";
import { bindViews } from "./views.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const settings = read("soan-cai-dat");
const draft = new Draft(read("soan-noi-dung"));
const root = document.querySelector(".editor");
const saver = new Saver(draft, settings, document.getElementById("luu"));
const notice = document.getElementById("soan-nhac");

// What has just happened, for eyes and screen readers. `stays`: until something else happens.
function say(words, { stays = false } = {}) {
  notice.textContent = words;
  clearTimeout(say.timer);
  if (!stays) say.timer = setTimeout(() => notice.replaceChildren(), 10000);
}

const { taken, lost } = saver.takeBack();

bindFields(draft, root, saver);
const remarks = bindRemarks();
const paste = bindPaste(draft, document.getElementById("dan-bang"), { urls: settings.urls, saver, say, year: settings.year });
const grid = bindGrid(draft, document.getElementById("bang-nhiem-vu"), { saver, parts: settings.parts, say, openPaste: paste.open, remarks });
const outline = bindOutline(draft, document.getElementById("cac-muc"), { saver, urls: settings.urls, say, remarks, blocks: settings.blocks });
bindPreview(draft, document.getElementById("ban-in"), {
  saver,
  urls: settings.urls,
  say,
  onAnswer(answer) {
    outline.showNumbering(answer.numbering);
    grid.showTimes(answer.times);
  },
});
const views = bindViews(document.getElementById("khung-phai"));
const spots = bindSpots(draft, grid);
bindProofreading(draft, document.getElementById("soat-loi"), { spots, urls: settings.urls, say, saver });
const unsure = document.getElementById("can-doi-chieu");
if (unsure) {
  views.show("ban-goc");
  bindUnsure(unsure, document.getElementById("ban-goc"), { unsure: settings.unsure, spots, views, say });
}
showConflicts(draft, document.getElementById("hai-ban"), saver);
root.inert = false; // until here nobody would have heard what is typed

const nameOf = (event) => (event.detail.of === "task" ? "Nhiệm vụ" : "Mục");
draft.addEventListener("trouble", (event) => say(event.detail.message));
draft.addEventListener("gone", (event) => {
  say(`${nameOf(event)} bạn đang sửa vừa bị bỏ ở nơi khác. Bấm Hoàn tác để thêm lại cùng những gì bạn gõ.`, { stays: true });
  showTurns();
});
draft.addEventListener("back", (event) => {
  say(`${nameOf(event)} vừa bị bỏ ở nơi khác nay đã có lại, cùng những gì bạn gõ.`);
  showTurns();
});

// -- Undo and redo: in a field the browser's own, everywhere else ours.

const undoButton = document.getElementById("hoan-tac");
const redoButton = document.getElementById("lam-lai");

function showTurns() {
  undoButton.disabled = draft.done.length === 0;
  redoButton.disabled = draft.undone.length === 0;
}

function turn(way) {
  if (grid.isEditing()) return;
  notice.replaceChildren();
  draft[way]();
  saver.plan(0);
}

undoButton.addEventListener("click", () => turn("undo"));
redoButton.addEventListener("click", () => turn("redo"));
draft.addEventListener("change", showTurns);
showTurns();

// A row added, moved or pasted is undone by Ctrl+Z wherever the caret came to stand, until one types there.
let isFresh = false;
draft.addEventListener("change", (event) => {
  if (event.detail.rows) isFresh = true;
});
document.addEventListener("input", () => {
  isFresh = false;
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey)) return;
  const key = event.key.toLowerCase();
  if (key === "s") {
    event.preventDefault();
    draft.endTyping();
    saver.flush();
  } else if ((key === "z" || key === "y") && (isFresh || !event.target.closest("input, textarea"))) {
    event.preventDefault();
    turn(key === "y" || event.shiftKey ? "redo" : "undo");
  }
});

// From the plan's own page one comes to a task or a section by its key.
function goTo(place, key) {
  if (place === "nhiem-vu" && draft.find("task", key)) grid.go(key, "content");
  else if (place === "muc") document.getElementById(`muc-line-${key}`)?.focus();
}

const [, place, key] = location.hash.match(/^#(nhiem-vu|muc)-([0-9a-f-]{36})$/) ?? [];
if (key) goTo(place, key);
remarks.follow({
  go: goTo,
  redraw() {
    if (!grid.isEditing()) grid.redraw();
    outline.redraw();
  },
});

// A paper is made of what is saved: what waits goes first.
for (const link of document.querySelectorAll("a[data-after-saving]")) {
  link.addEventListener("click", async (event) => {
    if (!draft.hasWork()) return;
    event.preventDefault();
    draft.endTyping();
    await saver.flush();
    if (!draft.hasWork()) location.assign(link.href);
    else say("Chưa tải vì còn chỗ chưa lưu được; bản tải về sẽ thiếu chỗ đó.");
  });
}

if (lost.length) {
  const note = document.getElementById("soan-mat-dong");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-secondary btn-sm";
  close.textContent = "Đã xem, đóng lại";
  close.addEventListener("click", () => note.replaceChildren());
  const words = lost.map((text) => `«${text}»`).join(", ");
  note.append(`Dòng bạn sửa ở cửa sổ trước đã bị bỏ ở nơi khác. Chữ bạn gõ, để chép lại nếu cần: ${words}. `, close);
}

if (taken) {
  say(`Đã lấy lại ${taken} chỗ gõ dở mà lần trước chưa lưu được.`);
  draft.dispatchEvent(new CustomEvent("news", { detail: { state: true, tasks: [] } }));
}
saver.flush(); // what was taken back goes out; where nothing waits, it says so
