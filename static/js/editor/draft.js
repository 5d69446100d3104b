// The plan as it stands in this window, saved or not, and the acts that the server has not had yet.
//
// Everything a person does is an act (plans/editor/acts.py says the form). An act changes the
// state here at once, waits in `pending` until the server answers for it, and leaves its
// opposite for undo. A task without content lives only here (`isLoose`): it is sent when it
// says something. The window's parts listen to "change" (what was done here) and to "news"
// (what the server knew better).

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // plain http on an intranet has no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export function emptyTask(quarter) {
  return {
    key: newKey(), number: "", quarter, content: "", lead: [], support: [], time_text: "", start: "", due: "",
    is_ongoing: false, note: "", planned_for: "", asks_day: false, problem: "",
  };
}

const MOST_AT_ONCE = 200; // acts and rows of one request

const copy = (value) => JSON.parse(JSON.stringify(value ?? null));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const target = (act) => `${act.of}/${act.key ?? ""}/${act.field}`;

export class Draft extends EventTarget {
  constructor(state) {
    super();
    this.state = state;
    this.version = state.version;
    this.pending = [];
    this.tried = 0; // how many of them were sent already
    this.unfit = new Map(); // target → {act, message}: refused by the server, waiting to be mended
    this.conflicts = []; // {act, stored}: another page was there before, waiting for the person
    this.offered = new Map(); // key → row: taken out elsewhere while one wrote in it; the next undo puts it back
    this.homeless = new Map(); // target → act: what was typed into those rows
    this.done = []; // groups of opposite acts, for undo
    this.undone = [];
  }

  // -- Reading

  rows(of) {
    return of === "task" ? this.state.tasks : this.state.sections;
  }

  find(of, key) {
    return this.rows(of).find((row) => row.key === key);
  }

  valueOf(act) {
    if (act.of === "header") return this.state.header[act.field];
    if (act.of === "follower") return this.state.follower;
    if (act.of === "table") {
      const [place, name] = act.field.split(".");
      return this.state.tables[place]?.[name];
    }
    return this.find(act.of, act.key)?.[act.field];
  }

  hasWork() {
    return this.pending.length + this.unfit.size + this.conflicts.length > 0 || this.#looseRows().length > 0;
  }

  // Rows that the server has refused, with words in them.
  refusedRows() {
    return this.#looseRows().map(({ row }) => row).filter((row) => row.isRefused);
  }

  // The server has not answered for this value yet.
  waits(key, field) {
    return this.find("task", key)?.isLoose || this.pending.some((act) => act.key === key && act.field === field);
  }

  problemAt(act) {
    return this.unfit.get(target(act))?.message ?? "";
  }

  // -- Doing

  // `typing`: a letter of many; such acts on one field become one, for undo and for the server.
  set(act, { typing = false } = {}) {
    if (act.key && !this.find(act.of, act.key)) return this.#setOffered(act, typing); // its cell is still open
    const was = copy(this.valueOf(act));
    if (same(was, act.value)) return;
    const opposite = [{ ...act, value: was }, ...this.#followers(act)];
    this.#put(act);
    this.#remember(opposite, typing ? target(act) : null);
    this.#enqueue({ do: "set", ...act, was }, typing);
    this.#tell("change", { acts: [act], typing });
  }

  add(of, rows, after, { loose = false } = {}) {
    const list = this.rows(of);
    const place = after ? list.findIndex((row) => row.key === after) + 1 : 0;
    list.splice(place, 0, ...rows);
    for (const row of rows) this.#noLongerOffered(row.key);
    this.#remember(rows.map((row) => ({ do: "remove", of, key: row.key })));
    if (loose) {
      for (const row of rows) row.isLoose = true;
    } else {
      for (let start = 0; start < rows.length; start += MOST_AT_ONCE) {
        const some = rows.slice(start, start + MOST_AT_ONCE);
        this.pending.push({ do: "add", of, after: this.#known(of, some[0].key), rows: some.map(copy) });
      }
    }
    this.#tell("change", { rows: true });
  }

  move(of, key, after, quarter) {
    const list = this.rows(of);
    const from = list.findIndex((row) => row.key === key);
    const row = list[from];
    if (!row) return; // it went meanwhile
    const before = { do: "move", of, key, after: list[from - 1]?.key ?? "", quarter: row.quarter };
    list.splice(from, 1);
    list.splice(after ? list.findIndex((one) => one.key === after) + 1 : 0, 0, row);
    if (of === "task") row.quarter = quarter;
    this.#remember([before]);
    if (!row.isLoose) this.pending.push({ do: "move", of, key, after: this.#known(of, key), quarter: row.quarter });
    this.#tell("change", { rows: true });
  }

  remove(of, key) {
    const list = this.rows(of);
    const place = list.findIndex((row) => row.key === key);
    if (place < 0) return;
    const [row] = list.splice(place, 1);
    this.#remember([{ do: "add", of, after: list[place - 1]?.key ?? "", rows: [row] }]);
    for (const name of this.unfit.keys()) if (name.includes(key)) this.unfit.delete(name);
    if (!row.isLoose) this.pending.push({ do: "remove", of, key });
    this.#tell("change", { rows: true });
  }

  // Several acts that one Ctrl+Z takes back.
  together(work) {
    const start = this.done.length;
    work();
    const groups = this.done.splice(start);
    if (groups.length) this.done.push({ acts: groups.reverse().flatMap((group) => group.acts), target: null });
  }

  undo() {
    this.#turn(this.done, this.undone);
  }

  redo() {
    this.#turn(this.undone, this.done);
  }

  // The field is left: its letters are one step of undo, and a new row that says something is sent.
  endTyping() {
    const last = this.done.at(-1);
    if (last) last.target = null;
    const ready = this.#looseRows().filter(({ of, row }) => this.#mayGo(of, row));
    for (const { of, row } of ready) this.#admit(of, row);
    if (ready.length) this.#tell("change", {});
  }

  // -- With the server

  // The acts to send now; they stay in `pending` until `answered`. What was sent once may have been done
  // although the answer was lost, so it is sent again as it was and never mixed with what follows.
  batch() {
    let rows = 0;
    const fits = (act) => (rows += act.rows?.length ?? 1) <= MOST_AT_ONCE;
    const end = this.pending.findIndex((act, place) => place > 0 && !fits(act));
    const batch = this.oneByOne ? this.pending.slice(0, 1) : this.pending.slice(0, end < 0 ? undefined : end);
    this.tried = Math.max(this.tried, batch.length);
    return batch;
  }

  answered(batch, answer) {
    this.version = answer.version;
    this.pending.splice(0, batch.length);
    this.tried = Math.max(0, this.tried - batch.length);
    batch.forEach((act, place) => {
      const outcome = answer.outcomes[place];
      if (outcome.kind === "refused") this.#refused(act, outcome.message);
      else if (outcome.kind === "conflict") this.conflicts.push({ act, stored: outcome.stored });
      else if (outcome.kind === "gone") this.#offerBack(act, batch);
    });
    if (answer.state) this.#absorb(answer.state);
    else for (const task of answer.tasks ?? []) this.#refresh(task);
    this.#tell("news", { state: Boolean(answer.state), tasks: answer.tasks ?? [] });
  }

  // The server would not even read the request: the acts go one by one, and the one at fault stays here.
  unreadable(batch, message) {
    if (batch.length > 1) {
      this.oneByOne = true;
      return;
    }
    this.oneByOne = false; // the one at fault is found
    this.pending.splice(0, 1);
    this.tried = Math.max(0, this.tried - 1);
    this.#refused(batch[0], message);
    this.#tell("news", { state: true, tasks: [] });
  }

  // The person has seen both texts.
  settle(conflict, value) {
    this.conflicts = this.conflicts.filter((one) => one !== conflict);
    const { act, stored } = conflict;
    if (this.offered.has(act.key)) {
      this.#setOffered({ ...act, value });
    } else {
      this.#put({ ...act, value });
      if (!same(value, stored)) this.#enqueue({ ...act, value, was: stored });
    }
    this.#tell("change", { acts: [act] });
    this.#tell("news", { state: true, tasks: [] });
  }

  // -- Kept in the browser

  kept() {
    const acts = [...[...this.unfit.values(), ...this.conflicts].map(({ act }) => act), ...this.homeless.values()];
    // Two texts that still wait for the person must meet again: version 0 is always an old one.
    const version = this.conflicts.length ? 0 : this.version;
    return copy({ version, acts: [...acts, ...this.pending], loose: this.#looseRows() });
  }

  // What an earlier window could not save is done again here, on what the server has now.
  // How many places it was, and the words whose row somebody has taken out meanwhile.
  takeBack(kept) {
    let taken = 0;
    const lost = [];
    for (const act of kept.acts) {
      if (this.#doAgain(act)) taken += 1;
      else if (act.do === "set" && act.key && !this.find(act.of, act.key)) lost.push(String(act.value));
    }
    taken += this.#putBack(kept.loose);
    if (taken) this.version = Math.min(this.version, kept.version); // so that the server looks at `was`
    return { taken, lost };
  }

  // -- Inside

  // Somebody took the row out while one wrote in it: the next undo puts it back with one's words.
  #offerBack(act, batch = []) {
    const rows = this.rows(act.of);
    const place = rows.findIndex((row) => row.key === act.key);
    const isOnItsWay = [...batch, ...this.pending].some((one) => one.rows?.some((row) => row.key === act.key));
    if (isOnItsWay || (place < 0 && !this.offered.has(act.key))) return;
    if (!this.offered.has(act.key)) {
      const row = copy(rows[place]);
      this.offered.set(act.key, row);
      this.done.push({ acts: [{ do: "add", of: act.of, after: rows[place - 1]?.key ?? "", rows: [row] }] });
      this.#tell("gone", { of: act.of });
    }
    if (act.do === "set") this.#keepHomeless(act);
  }

  // Letters that still come from the row's open cell.
  #setOffered(act, typing = false) {
    const row = this.offered.get(act.key);
    if (!row) return;
    const was = copy(row[act.field]);
    row[act.field] = copy(act.value);
    this.#keepHomeless({ do: "set", ...act, was });
    this.#tell("change", { acts: [act], typing });
  }

  #keepHomeless(act) {
    const was = this.homeless.get(target(act))?.was ?? act.was;
    this.homeless.set(target(act), { ...act, was, value: copy(this.offered.get(act.key)[act.field]) });
  }

  #noLongerOffered(key) {
    this.offered.delete(key);
    for (const name of this.homeless.keys()) if (name.includes(key)) this.homeless.delete(name);
  }

  // Who took the row out put it back: one's words go into it, or meet what was written there meanwhile.
  #welcomeBack() {
    for (const [key, row] of this.offered) {
      const of = ["task", "section"].find((one) => this.find(one, key));
      if (!of) continue;
      const words = [...this.homeless.values()].filter((act) => act.key === key);
      this.done = this.done.filter(({ acts }) => !acts.some((act) => act.rows?.includes(row)));
      this.#noLongerOffered(key);
      for (const act of words) if (this.#doAgain(act)) this.version = 0; // so that the server looks at `was`
      this.#tell("back", { of });
    }
  }

  #refused(act, message) {
    if (act.do === "add" && act.rows.length > 1) {
      // One row does not fit: each goes alone, so that the others are not held back.
      const alone = act.rows.map((row, place) => ({ ...act, after: act.rows[place - 1]?.key ?? act.after, rows: [row] }));
      this.pending.unshift(...alone);
      return;
    }
    if (act.do === "set") this.unfit.set(target(act), { act, message });
    else if (act.do === "add") this.#holdBack(act, message);
    else this.#tell("trouble", { message });
  }

  // A row that does not fit stays in this window, with the reason, until it is mended.
  #holdBack(act, message) {
    const [row] = act.rows;
    const here = this.find(act.of, row.key);
    if (here) Object.assign(here, { isLoose: true, isRefused: true, problem: message });
  }

  #put(act) {
    if (act.of === "header") this.state.header[act.field] = copy(act.value);
    else if (act.of === "follower") this.state.follower = act.value;
    else if (act.of === "table") {
      const [place, name] = act.field.split(".");
      this.state.tables[place][name] = act.value;
    } else {
      const row = this.find(act.of, act.key);
      if (row) row[act.field] = copy(act.value);
    }
  }

  // What the server changes along with a value: undo brings it back too.
  #followers(act) {
    const also = (fields) => fields.map((field) => ({ ...act, field, value: copy(this.valueOf({ ...act, field })) }));
    if (act.of === "table" && act.field.endsWith(".layout")) return also([act.field.replace("layout", "columns")]);
    if (act.of === "task" && act.field === "time_text") return also(["quarter", "start", "due"]);
    if (act.of === "task" && act.field === "planned_for") return also(["asks_day"]);
    return [];
  }

  #looseRows() {
    const found = [];
    for (const of of ["section", "task"]) {
      this.rows(of).forEach((row, place) => {
        const says = [row.line, row.body, row.content, row.time_text, row.note, row.lead?.join(""), row.support?.join("")];
        if (row.isLoose && says.some((text) => text?.trim())) found.push({ of, row, after: this.rows(of)[place - 1]?.key ?? "" });
      });
    }
    return found;
  }

  #putBack(loose) {
    let count = 0;
    for (const { of, row, after } of loose) {
      const rows = this.rows(of);
      if (this.find(of, row.key)) continue;
      const place = rows.findIndex((one) => one.key === after) + 1;
      rows.splice(after ? place || rows.length : 0, 0, row);
      count += 1;
    }
    return count;
  }

  #mayGo(of, row) {
    return row.isLoose && !row.isRefused && (of === "section" || Boolean(row.content.trim()));
  }

  #admit(of, row) {
    delete row.isLoose;
    this.pending.push({ do: "add", of, after: this.#known(of, row.key), rows: [copy(row)] });
  }

  #enqueue(act, typing = false) {
    const row = act.key ? this.find(act.of, act.key) : null;
    if (row?.isLoose) {
      delete row.isRefused;
      if (act.of === "task") row.problem = "";
      if (!typing && this.#mayGo(act.of, row)) this.#admit(act.of, row);
      return;
    }
    const name = target(act);
    const unfit = this.unfit.get(name);
    if (unfit) {
      this.unfit.delete(name);
      act.was = unfit.act.was;
      if (same(act.was, act.value)) return; // back to what the server has
    }
    const waiting = this.#unsent().findLast((one) => one.do !== "set" || target(one) === name);
    if (waiting?.do === "set") waiting.value = copy(act.value);
    else this.pending.push({ ...act, value: copy(act.value) });
  }

  #unsent() {
    return this.pending.slice(this.tried);
  }

  // The nearest row before it that the server knows.
  #known(of, key) {
    const list = this.rows(of);
    for (let place = list.findIndex((row) => row.key === key) - 1; place >= 0; place -= 1) {
      if (!list[place].isLoose) return list[place].key;
    }
    return "";
  }

  #remember(acts, name = null) {
    const last = this.done.at(-1);
    if (!(name && last?.target === name)) this.done.push({ acts, target: name });
    this.undone = [];
    if (this.done.length > 300) this.done.shift();
  }

  #turn(from, to) {
    const group = from.pop();
    if (!group) return;
    const start = this.done.length;
    const undone = this.undone;
    for (const act of group.acts) this.#carryOut(act);
    const opposite = this.done.splice(start).reverse().flatMap((one) => one.acts);
    this.undone = undone;
    to.push({ acts: opposite, target: null });
    this.#tell("change", { rows: true, turned: true });
  }

  #carryOut(act) {
    if (act.do === "add") this.add(act.of, act.rows.map(copy), act.after, { loose: act.rows.some((row) => row.isLoose) });
    else if (act.do === "remove") this.remove(act.of, act.key);
    else if (act.do === "move") this.move(act.of, act.key, act.after, act.quarter);
    else this.set(act);
  }

  #doAgain(act) {
    if (act.do === "set") {
      const there = this.valueOf(act);
      if (there === undefined || same(there, act.value)) return false;
      this.#put(act);
      this.pending.push(act);
      return true;
    }
    const rows = this.rows(act.of);
    if (act.do === "add") {
      const fresh = act.rows.filter((row) => !this.find(act.of, row.key));
      if (!fresh.length) return false;
      const place = rows.findIndex((row) => row.key === act.after) + 1;
      rows.splice(act.after ? place || rows.length : 0, 0, ...fresh.map(copy));
    } else if (!this.find(act.of, act.key)) {
      return false;
    } else if (act.do === "remove") {
      rows.splice(rows.findIndex((row) => row.key === act.key), 1);
    } else {
      const [row] = rows.splice(rows.findIndex((one) => one.key === act.key), 1);
      rows.splice(act.after ? rows.findIndex((one) => one.key === act.after) + 1 : 0, 0, row);
      if (act.of === "task") row.quarter = act.quarter;
    }
    this.pending.push(act);
    return true;
  }

  // The server's state, with what it has not had yet done on top.
  #absorb(state) {
    const loose = this.#looseRows();
    const blank = this.state.tasks.filter((row) => row.isLoose && !loose.some((one) => one.row === row));
    const blanks = blank.map((row) => ({ of: "task", row, after: this.state.tasks[this.state.tasks.indexOf(row) - 1]?.key ?? "" }));
    for (const { act } of [...this.unfit.values(), ...this.conflicts]) {
      if (!act.key || [...state.sections, ...state.tasks].some((row) => row.key === act.key)) continue;
      this.#offerBack(act);
      this.unfit.delete(target(act));
    }
    const waiting = [...[...this.unfit.values(), ...this.conflicts].map(({ act }) => act), ...this.pending];
    this.state = state;
    const pending = this.pending;
    this.pending = [];
    for (const act of waiting) this.#doAgain(act);
    this.pending = pending;
    this.#putBack([...loose, ...blanks]);
    this.#welcomeBack();
  }

  #refresh(task) {
    const row = this.find("task", task.key);
    if (!row) return;
    const acts = [...this.pending, ...[...this.unfit.values()].map(({ act }) => act)];
    const waiting = new Set(acts.filter((act) => act.key === task.key).map((act) => act.field));
    for (const [name, value] of Object.entries(task)) if (!waiting.has(name)) row[name] = value;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export { copy, same, target };
