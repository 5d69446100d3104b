// Results are saved row by row as one leaves them, or two seconds after the last letter; never per key.
//
// The server answers with the row as it stands (templates/campaigns/_result_answer.html): 200 saved, 422 to be looked
// at, 409 somebody else was faster. Only what the row says ([data-out]) and what was seen there (was-…) is taken
// over; what is being typed is touched by nobody. A refused row waits until it is changed or the person says yes.
// What is not saved yet stays in this browser (localStorage, by account and page) until the server has it.
// Coming back to the window asks for what others entered meanwhile.

import { Refused, csrfToken } from "./editor/saver.js";

const PAUSE = 2000; // ms after the last letter
const RETRY = 10_000; // ms while the line is down
const form = document.querySelector("form[data-results]");

class Rows {
  constructor() {
    this.status = form.querySelector("[data-save-status]");
    this.key = `tdkt.results.${document.body.dataset.user ?? ""}.${form.dataset.results}`;
    this.saved = new Map(); // row → its fields as the server has them
    this.refused = new Map(); // row → its fields as they were refused
    this.timers = new Map();
    this.rows = [...form.querySelectorAll("tr[data-row]")];
    for (const row of this.rows) {
      // A page that shows refused figures has nothing of these rows saved.
      const isRefused = row.querySelector(".field-error, .row-doubt, .row-clash");
      this.saved.set(row, isRefused ? null : this.said(row));
      if (isRefused) this.refused.set(row, this.said(row));
    }
    this.takeBack();
  }

  fields(row) {
    return [...row.querySelectorAll("input, textarea")];
  }

  said(row) {
    const values = this.fields(row).map((field) => {
      if (field.type === "file") return field.files.length ? `${field.name}=${field.files[0].name}` : "";
      return field.type === "checkbox" ? `${field.name}=${field.checked}` : `${field.name}=${field.value}`;
    });
    return values.filter((_, place) => !this.fields(row)[place].name.startsWith("was-")).join("\n");
  }

  isWaiting(row) {
    return this.said(row) !== this.saved.get(row);
  }

  changed(row, wait) {
    this.keep();
    clearTimeout(this.timers.get(row));
    if (!this.isWaiting(row)) return;
    this.timers.set(row, setTimeout(() => this.save(row), wait));
  }

  // Half a reason withdraws no figure: the row goes when its field is left.
  waitFor(row) {
    clearTimeout(this.timers.get(row));
    this.keep();
  }

  async save(row) {
    clearTimeout(this.timers.get(row));
    if (!this.isWaiting(row) || this.refused.get(row) === this.said(row)) return;
    if (row.dataset.sending) return this.changed(row, PAUSE);
    const sent = this.said(row);
    row.dataset.sending = "yes";
    this.say("saving", "Đang lưu…");
    try {
      const { status, answer } = await this.send(row);
      delete row.dataset.sending;
      this.take(row, answer, sent, status);
    } catch (error) {
      delete row.dataset.sending;
      this.trouble(row, error);
    }
    this.keep();
    if (this.isWaiting(row) && this.said(row) !== sent) this.changed(row, PAUSE);
  }

  async send(row) {
    const data = new FormData();
    for (const field of this.fields(row)) {
      if (field.type === "file") {
        if (field.files.length) data.append(field.name, field.files[0]);
      } else if (field.type !== "checkbox" || field.checked) data.append(field.name, field.value);
    }
    const response = await fetch(form.action, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken(), "X-Row": row.dataset.row },
      body: data,
      redirect: "manual",
    });
    if (![200, 409, 422].includes(response.status)) throw new Refused(response);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    this.showLive(page);
    return { status: response.status, answer: page.querySelector("tr[data-row]") };
  }

  take(row, answer, sent, status) {
    const isUntouched = this.said(row) === sent;
    this.show(row, answer, status === 200 && isUntouched);
    if (status === 200) {
      this.refused.delete(row);
      this.saved.set(row, isUntouched ? this.said(row) : sent);
      return this.tell(`Đã lưu ${answer.dataset.savedAt}`);
    }
    this.refused.set(row, this.said(row));
    return this.tell();
  }

  // What the row says; with `whole` also its fields, which the server writes its own way (1234 → 1.234).
  show(row, answer, whole) {
    for (const out of row.querySelectorAll("[data-out]")) {
      const next = answer.querySelector(`[data-out="${out.dataset.out}"]`);
      if (next) out.replaceChildren(...document.importNode(next, true).childNodes);
    }
    const cell = row.querySelector(".col-value");
    cell.className = answer.querySelector(".col-value").className;
    for (const field of this.fields(row)) {
      const next = answer.querySelector(`[name="${field.name}"]`);
      if (!next) continue;
      if (field.name.startsWith("was-")) field.value = next.value;
      else if (whole && field.type === "file") field.value = "";
      else if (whole && field.type !== "checkbox" && field !== document.activeElement) field.value = next.value;
    }
    if (answer.querySelector(".row-clash")) this.offer(row);
  }

  // What the figures of all rows say together: how many there are, the chart.
  showLive(page) {
    for (const next of page.querySelectorAll("[data-live]")) {
      const shown = document.querySelector(`[data-live="${next.dataset.live}"]`);
      shown?.replaceChildren(...document.importNode(next, true).childNodes);
    }
  }

  // Two figures for one cell: the person's is sent again, or the other is taken.
  offer(row) {
    const acts = document.createElement("p");
    acts.className = "row-acts";
    const value = row.querySelector('input[name^="v-"]');
    acts.append(
      this.button(`Ghi số của tôi (${value.value})`, () => this.again(row)),
      this.button("Giữ số kia", () => location.reload()),
    );
    row.querySelector('[data-out="trouble"]').append(acts);
  }

  button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-secondary btn-sm";
    made.textContent = words;
    made.addEventListener("click", () => {
      if (words.startsWith("Giữ")) this.forget(made.closest("tr"));
      act();
    });
    return made;
  }

  again(row) {
    this.refused.delete(row);
    this.save(row);
  }

  forget(row) {
    this.saved.set(row, this.said(row));
    this.refused.delete(row);
    this.keep();
  }

  trouble(row, error) {
    if (error instanceof Refused && error.isSignedOut) {
      return this.say("trouble", "Phiên đăng nhập đã hết. Số vừa gõ vẫn ở máy này; hãy đăng nhập lại rồi mở lại trang.");
    }
    if (error instanceof Refused && error.status < 500) {
      return this.say("trouble", "Trang này đã cũ nên chưa lưu được. Số vừa gõ vẫn ở máy này; hãy tải lại trang.");
    }
    this.timers.set(row, setTimeout(() => this.save(row), RETRY));
    return this.say("trouble", "Chưa lưu được vì mất mạng. Số vừa gõ vẫn ở máy này, sẽ lưu khi có mạng lại.");
  }

  tell(words = "") {
    const left = this.rows.filter((row) => this.refused.has(row) && this.isWaiting(row)).length;
    if (left) this.say("trouble", `Còn ${left} dòng chưa lưu được: xem lời nhắc ở dòng có viền đỏ hoặc nền màu.`);
    else if (words) this.say("saved", words);
  }

  say(state, words) {
    this.status.dataset.state = state;
    this.status.textContent = words;
  }

  // -- Kept in this browser ---------------------------------------------------------------

  keep() {
    const kept = {};
    for (const row of this.rows.filter((one) => this.isWaiting(one))) {
      kept[row.dataset.row] = Object.fromEntries(
        this.fields(row).filter((field) => !["file", "checkbox"].includes(field.type)).map((field) => [field.name, field.value]),
      );
    }
    try {
      if (Object.keys(kept).length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
    } catch {
      // storage forbidden or full: the warning on leaving remains
    }
  }

  // With what was seen then: where somebody else has entered a figure since, the server shows both.
  takeBack() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(this.key));
    } catch {
      return; // storage forbidden or spoilt: there is nothing to take
    }
    let count = 0;
    for (const row of this.rows) {
      if (!kept?.[row.dataset.row] || this.refused.has(row)) continue;
      for (const field of this.fields(row)) {
        const value = kept[row.dataset.row][field.name];
        if (value !== undefined) field.value = value;
      }
      if (!this.isWaiting(row)) continue;
      count += 1;
      this.changed(row, 0);
    }
    if (count) this.say("saving", `Lấy lại ${count} dòng gõ dở, đang lưu…`);
  }

  // -- What others entered ----------------------------------------------------------------

  async look() {
    try {
      const response = await fetch(location.href, { redirect: "manual" });
      if (response.status !== 200) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const news = this.rows.filter((row) => this.refresh(row, page.querySelector(`tr[data-row="${row.dataset.row}"]`)));
      this.showLive(page);
      if (news.length) this.say("saved", `Có số mới của người khác ở ${news.length} dòng, đã hiện trong bảng.`);
    } catch {
      // no line: the next saving says so
    }
  }

  refresh(row, answer) {
    if (!answer || this.isWaiting(row) || row.dataset.sending || row.contains(document.activeElement)) return false;
    const was = (of) => of.querySelector('[name^="was-"]').value;
    if (was(row) === was(answer)) return false;
    this.show(row, answer, true);
    this.saved.set(row, this.said(row));
    return true;
  }
}

function start() {
  const rows = new Rows();
  form.addEventListener("input", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row && "whenLeft" in event.target.dataset) rows.waitFor(row);
    else if (row) rows.changed(row, PAUSE);
  });
  form.addEventListener("change", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (row) rows.changed(row, 0);
  });
  form.addEventListener("keydown", (event) => {
    const field = event.target.closest('input[name^="v-"]');
    const step = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!field || !step) return;
    event.preventDefault(); // as in a sheet: down the column
    const fields = [...form.querySelectorAll('input[name^="v-"]')];
    const next = fields[fields.indexOf(field) + step];
    if (next) {
      next.focus();
      next.select();
    } else {
      rows.changed(field.closest("tr"), 0);
    }
  });
  form.addEventListener("submit", () => {
    rows.isLeaving = true;
    rows.keep();
  });
  window.addEventListener("online", () => rows.rows.forEach((row) => rows.changed(row, 0)));
  window.addEventListener("pagehide", () => rows.keep());
  window.addEventListener("beforeunload", (event) => {
    if (!rows.isLeaving && rows.rows.some((row) => rows.isWaiting(row))) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") rows.look();
  });
}

if (form) start();
