// Cells on their way to the server: each is sent when it is left, many together when they were pasted.
//
// What is not saved yet stays in this browser (localStorage, by account, season and stage) until the server has it or
// has refused it; a lost line is tried again. A refused cell and one that somebody else saved meanwhile wait for the
// person: they are sent again only when they are changed, or when the person has seen both values.

import { Refused, ask } from "../editor/saver.js";

const RETRIES = [2000, 4000, 8000, 15_000, 30_000]; // ms between tries while the line is down
const LONGEST = 30 * 24 * 3600 * 1000; // ms that unsaved work is kept

export class Sending {
  // `told`: {saved, refused, clashed, outs, say} of the page.
  constructor(settings, told) {
    this.settings = settings;
    this.told = told;
    this.name = `tdkt.scores.${document.body.dataset.user ?? ""}.${settings.key}`;
    this.waiting = new Map(); // key → {text, reason, version}
    this.stuck = new Map(); // key → {message, field, theirs}: waits for the person
    this.mine = new Set(); // keys that this window has put into the browser's storage
    this.failures = 0;
    window.addEventListener("online", () => this.flush());
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size) event.preventDefault();
    });
  }

  put(cells) {
    for (const { key, ...cell } of cells) {
      this.mine.add(key);
      this.waiting.set(key, cell);
      this.stuck.delete(key);
    }
    this.keep();
    this.flush();
  }

  drop(key) {
    this.waiting.delete(key);
    this.stuck.delete(key);
    this.keep();
    this.tell();
  }

  kept() {
    try {
      const found = JSON.parse(localStorage.getItem(this.name));
      return found && Date.now() - found.at < LONGEST ? Object.entries(found.cells) : [];
    } catch {
      return []; // storage forbidden or spoilt: there is nothing to take
    }
  }

  // Cells of another window, or that this page does not show, stay as they are.
  keep() {
    const cells = new Map(this.kept().filter(([key]) => !this.mine.has(key)));
    for (const [key, cell] of this.waiting) cells.set(key, cell);
    try {
      if (cells.size) localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), cells: Object.fromEntries(cells) }));
      else localStorage.removeItem(this.name);
    } catch {
      // storage forbidden or full: the warning on leaving remains
    }
  }

  batch() {
    return [...this.waiting].filter(([key]) => !this.stuck.has(key));
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.isSending) return;
    const batch = this.batch();
    if (!batch.length) return void this.tell();
    this.isSending = true;
    this.told.say("saving", "Đang lưu…");
    try {
      const cells = batch.map(([key, cell]) => ({ key, ...cell }));
      const { status, answer } = await ask(this.settings.save, { stage: this.settings.stage, cells });
      this.failures = 0;
      if (status === 200) this.take(batch, answer);
      else this.refuseAll(batch, answer.message);
    } catch (error) {
      this.isSending = false;
      return void this.trouble(error);
    }
    this.isSending = false;
    this.keep();
    if (this.batch().length) this.flush();
    else this.tell();
  }

  // A cell that was changed while it was on its way goes again, on top of what was saved.
  take(batch, answer) {
    const sent = new Map(batch);
    for (const cell of answer.saved) {
      const now = this.waiting.get(cell.key);
      if (now && now !== sent.get(cell.key)) now.version = cell.version;
      else this.waiting.delete(cell.key);
      this.told.saved(cell, Boolean(this.waiting.get(cell.key)));
    }
    for (const { key, field, message } of answer.refused) {
      if (this.waiting.get(key) === sent.get(key)) this.stuck.set(key, { field, message });
    }
    for (const { theirs, message } of answer.clashes) {
      if (this.waiting.get(theirs.key) === sent.get(theirs.key)) this.stuck.set(theirs.key, { field: "value", message, theirs });
    }
    this.savedAt = answer.at;
    this.told.outs(answer.outs);
    this.told.stuck(batch.map(([key]) => key).filter((key) => this.stuck.has(key)));
  }

  refuseAll(batch, message) {
    for (const [key] of batch) this.stuck.set(key, { field: "value", message });
    this.told.stuck(batch.map(([key]) => key));
  }

  tell() {
    const left = this.stuck.size;
    if (left) this.told.say("trouble", `Còn ${left} ô chưa lưu được: xem lời nhắc ở ô có viền đỏ.`);
    else if (this.savedAt) this.told.say("saved", `Đã lưu ${this.savedAt}`);
  }

  trouble(error) {
    if (!(error instanceof Refused) || error.status >= 500) {
      const wait = RETRIES[Math.min(this.failures, RETRIES.length - 1)];
      this.failures += 1;
      this.timer = setTimeout(() => this.flush(), wait);
      const why = error instanceof Refused ? "máy chủ chưa nhận được" : "mất mạng";
      return this.told.say("trouble", `Chưa lưu được vì ${why}. Số vừa gõ vẫn ở máy này, sẽ tự lưu lại.`);
    }
    if (error.isSignedOut) {
      return this.told.say("trouble", "Phiên đăng nhập đã hết. Số vừa gõ vẫn ở máy này; hãy đăng nhập lại rồi mở lại trang.");
    }
    return this.told.say("trouble", "Trang này đã cũ nên chưa lưu được. Số vừa gõ vẫn ở máy này; hãy tải lại trang.");
  }
}
