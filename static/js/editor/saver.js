// Saves as one goes: when a field is left, or two seconds after the last letter; never per key.
//
// What is not saved yet is kept in this browser's localStorage (per account, plan and window), so
// that neither a lost line nor an expired sign-in nor a closed window loses it. The next editor of
// the same plan takes it back by itself; where the other window is still there, both send the same,
// which the server takes once.

import { newKey } from "./draft.js";

const PAUSE = 2000; // ms after the last letter
const KEEP_PAUSE = 250; // ms
const RETRIES = [2000, 4000, 8000, 15000, 30000]; // ms between tries while the line is down
const LONGEST = 30 * 24 * 3600 * 1000; // ms that unsaved work is kept

export function csrfToken() {
  return JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
}

// A refusal of another kind than the editor's own answers: no sign-in, no right, no server.
export class Refused extends Error {
  constructor(response) {
    super(`HTTP ${response.status}`);
    this.isSignedOut = response.type === "opaqueredirect" || response.status === 401;
    this.status = response.status;
  }
}

// The JSON that the editor's own addresses answer, whatever their status.
export async function ask(url, data, { signal, statuses = [200, 400, 409, 422] } = {}) {
  const response = await fetch(url, {
    method: data === undefined ? "GET" : "POST",
    headers: { "X-CSRFToken": csrfToken(), ...(data === undefined ? {} : { "Content-Type": "application/json" }) },
    body: data === undefined ? undefined : JSON.stringify(data),
    redirect: "manual",
    signal,
  });
  const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
  if (!isJson || !statuses.includes(response.status)) throw new Refused(response);
  return { status: response.status, answer: await response.json() };
}

export class Saver {
  constructor(draft, settings, status) {
    this.draft = draft;
    this.settings = settings;
    this.status = status;
    this.prefix = `tdkt.editor.${document.body.dataset.user ?? ""}.${settings.plan}.`;
    this.name = this.prefix + newKey();
    this.seen = `tdkt.editor-version.${settings.plan}`; // in sessionStorage: the last that this tab was told
    this.isBehind = draft.version < this.#lastSeen();
    this.failures = 0;
    draft.addEventListener("change", (event) => this.changed(event.detail.typing));
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("beforeunload", (event) => {
      if (this.draft.pending.length && !this.isClosed) event.preventDefault();
    });
  }

  // Work of earlier windows: how many places it was, and words that no longer have a row.
  takeBack() {
    let taken = 0;
    const lost = [];
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
      const records = names.map((name) => JSON.parse(localStorage.getItem(name))).sort((one, other) => one.at - other.at);
      for (const kept of records) {
        if (!(Date.now() - kept.at < LONGEST)) continue;
        const back = this.draft.takeBack(kept);
        taken += back.taken;
        lost.push(...back.lost);
      }
      this.keep();
      for (const name of names) localStorage.removeItem(name);
    } catch {
      // storage forbidden or spoilt: there is nothing to take
    }
    return { taken, lost };
  }

  changed(typing) {
    if (this.draft.pending.length && this.status.dataset.state === "saved") this.#say("saving", "Đang lưu…");
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), typing ? KEEP_PAUSE : 0);
    this.plan(typing ? PAUSE : 0);
  }

  keep() {
    try {
      const kept = this.draft.kept();
      if (kept.acts.length + kept.loose.length) localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), ...kept }));
      else localStorage.removeItem(this.name);
    } catch {
      // storage forbidden or full: the warning on leaving remains
    }
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  // Everything that waits, now. Resolves when the server has it or has refused it.
  async flush() {
    clearTimeout(this.timer);
    if (this.running) {
      await this.running;
      return this.#waits() && !this.failures ? this.flush() : undefined;
    }
    if (!this.#waits()) return this.tell();
    this.running = this.#send();
    await this.running;
    this.running = null;
    return this.#waits() && !this.failures ? this.flush() : undefined;
  }

  // Leaving may overtake saving: the page that comes next was then made before the last words
  // were saved. It sees that it is behind what this tab was told, and asks for what it lacks.
  #lastSeen() {
    try {
      return Number(sessionStorage.getItem(this.seen));
    } catch {
      return 0; // storage forbidden
    }
  }

  #see(version) {
    this.isBehind = false;
    try {
      sessionStorage.setItem(this.seen, version);
    } catch {
      // storage forbidden or full
    }
  }

  #waits() {
    return (this.draft.pending.length > 0 || this.isBehind) && !this.isClosed;
  }

  async #send() {
    const batch = this.draft.batch();
    this.#say("saving", "Đang lưu…");
    try {
      const { answer } = await ask(this.settings.urls.save, { version: this.draft.version, acts: batch });
      this.failures = 0;
      this.#take(batch, answer);
    } catch (error) {
      this.#trouble(error);
    } finally {
      this.keep();
    }
  }

  #take(batch, answer) {
    if (answer.again) return this.#later(); // somebody saved at this very moment
    if (answer.closed) {
      this.isClosed = true;
      return this.#say("trouble", `${answer.message} Những gì bạn gõ vẫn còn ở trang này để chép lại.`, {
        words: "Xem kế hoạch",
        url: this.settings.urls.plan,
      });
    }
    if (!answer.outcomes) {
      this.draft.unreadable(batch, answer.message);
      return this.tell();
    }
    this.#see(answer.version);
    this.draft.conflictBy = answer.by?.[0];
    this.draft.answered(batch, answer);
    this.savedAt = answer.at;
    return this.tell();
  }

  // How things stand when nothing is on its way.
  tell() {
    if (this.draft.pending.length) return;
    const unfit = this.draft.unfit.size + this.draft.refusedRows().length;
    if (this.draft.conflicts.length) {
      this.#say("trouble", "Có nội dung vừa được sửa ở nơi khác. Hãy so hai bản và chọn.");
    } else if (unfit) {
      this.#say("trouble", `Còn ${unfit} chỗ chưa lưu được: xem lời nhắc ở chỗ có viền đỏ.`);
    } else {
      this.#say("saved", this.savedAt ? `Đã lưu ${this.savedAt}` : "Mọi thay đổi được lưu ngay khi bạn gõ xong.");
    }
  }

  #trouble(error) {
    if (!(error instanceof Refused)) {
      this.#later();
      return this.#say("trouble", "Chưa lưu được vì mất mạng. Nội dung vẫn ở máy này, sẽ lưu khi có mạng lại.");
    }
    if (error.isSignedOut) {
      this.failures += 1;
      return this.#say("trouble", "Phiên đăng nhập đã hết. Nội dung vẫn ở máy này, sẽ lưu sau khi đăng nhập lại.", {
        words: "Đăng nhập lại",
        url: `${this.settings.urls.sign_in}?next=${encodeURIComponent(location.pathname)}`,
      });
    }
    if (error.status >= 500) {
      this.#later();
      return this.#say("trouble", "Máy chủ chưa nhận được. Nội dung vẫn ở máy này, sẽ tự lưu lại.");
    }
    this.failures += 1;
    if (error.status === 404) {
      return this.#say("trouble", "Kế hoạch này không còn nữa hoặc bạn không còn quyền sửa. Những gì bạn gõ vẫn còn ở trang này để chép lại.");
    }
    if (error.status === 413) {
      return this.#say("trouble", "Phần vừa gõ quá lớn nên chưa lưu được. Hãy hoàn tác rồi đưa vào từng phần.");
    }
    return this.#say("trouble", "Trang này đã cũ nên chưa lưu được. Nội dung vẫn ở máy này; hãy tải lại trang.", {
      words: "Tải lại trang",
      url: location.pathname,
    });
  }

  #later() {
    this.plan(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
  }

  // `act`: {words, url} of the one thing to do.
  #say(state, words, act) {
    const line = document.createElement("span");
    line.textContent = words;
    this.status.dataset.state = state;
    this.status.replaceChildren(line);
    if (!act) return;
    const link = document.createElement("a");
    link.href = act.url;
    link.textContent = act.words;
    link.addEventListener("click", () => {
      this.keep();
      this.isClosed = true; // kept, so leaving needs no warning
    });
    this.status.append(" ", link);
  }
}
