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

  isLoose(row) {
    return Boolean(row.isLoose);
  }

  hasWork() {
    return this.pending.length + this.unfit.size + this.conflicts.length > 0 || this.state.tasks.some((row) => row.isLoose);
  }

  problemAt(act) {
    return this.unfit.get(target(act))?.message ?? "";
  }

  // -- Doing

  // `typing`: a letter of many; such acts on one field become one, for undo and for the server.
  set(act, { typing = false, isUndo = false } = {}) {
    const was = copy(this.valueOf(act));
    if (same(was, act.value) || (act.key && !this.find(act.of, act.key))) return; // a row that went meanwhile
    this.#put(act);
    if (!isUndo) this.#remember([{ ...act, value: was }], typing ? target(act) : null);
    this.#enqueue({ do: "set", ...act, was });
    this.#tell("change", { acts: [act], typing });
  }

  add(of, rows, after, { isUndo = false, loose = false } = {}) {
    const list = this.rows(of);
    const place = after ? list.findIndex((row) => row.key === after) + 1 : 0;
    list.splice(place, 0, ...rows);
    if (!isUndo) this.#remember(rows.map((row) => ({ do: "remove", of, key: row.key })));
    if (loose) {
      for (const row of rows) row.isLoose = true;
    } else {
      this.pending.push({ do: "add", of, after: this.#known(of, rows[0].key), rows: rows.map(copy) });
    }
    this.#tell("change", { rows: true });
  }

  move(of, key, after, quarter, { isUndo = false } = {}) {
    const list = this.rows(of);
    const from = list.findIndex((row) => row.key === key);
    const row = list[from];
    if (!row) return; // it went meanwhile
    const before = { do: "move", of, key, after: list[from - 1]?.key ?? "", quarter: row.quarter };
    list.splice(from, 1);
    list.splice(after ? list.findIndex((one) => one.key === after) + 1 : 0, 0, row);
    if (of === "task") row.quarter = quarter;
    if (!isUndo) this.#remember([before]);
    if (!row.isLoose) this.pending.push({ do: "move", of, key, after: this.#known(of, key), quarter: row.quarter });
    this.#tell("change", { rows: true });
  }

  remove(of, key, { isUndo = false } = {}) {
    const list = this.rows(of);
    const place = list.findIndex((row) => row.key === key);
    if (place < 0) return;
    const [row] = list.splice(place, 1);
    if (!isUndo) this.#remember([{ do: "add", of, after: list[place - 1]?.key ?? "", rows: [row] }]);
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

  endTyping() {
    const last = this.done.at(-1);
    if (last) last.target = null;
  }

  // -- With the server

  // The acts to send now; they stay in `pending` until `answered`. What was sent once may have been done
  // although the answer was lost, so it is sent again as it was and never mixed with what follows.
  batch() {
    const batch = this.pending.slice(0, 200);
    this.tried = Math.max(this.tried, batch.length);
    return batch;
  }

  answered(batch, answer) {
    this.version = answer.version;
    this.pending.splice(0, batch.length);
    this.tried = Math.max(0, this.tried - batch.length);
    const gone = new Map();
    batch.forEach((act, place) => {
      const outcome = answer.outcomes[place];
      if (outcome.kind === "refused") this.#refused(act, outcome.message);
      else if (outcome.kind === "conflict") this.conflicts.push({ act, stored: outcome.stored });
      else if (outcome.kind === "gone") gone.set(act.key, act);
    });
    for (const act of gone.values()) this.#offerBack(act);
    if (answer.state) this.#absorb(answer.state);
    else for (const task of answer.tasks ?? []) this.#refresh(task);
    this.#tell("news", { state: Boolean(answer.state), tasks: answer.tasks ?? [] });
  }

  // The person has seen both texts.
  settle(conflict, value) {
    this.conflicts = this.conflicts.filter((one) => one !== conflict);
    const { act, stored } = conflict;
    this.#put({ ...act, value });
    if (!same(value, stored)) this.#enqueue({ ...act, value, was: stored });
    this.#tell("change", { acts: [act] });
    this.#tell("news", { state: true, tasks: [] });
  }

  // -- Kept in the browser

  kept() {
    const loose = this.state.tasks
      .map((row, place) => ({ row, after: this.state.tasks[place - 1]?.key ?? "" }))
      .filter(({ row }) => row.isLoose);
    const acts = [...this.unfit.values(), ...this.conflicts].map(({ act }) => act);
    // Two texts that still wait for the person must meet again: version 0 is always an old one.
    return copy({ version: this.conflicts.length ? 0 : this.version, acts: [...acts, ...this.pending], loose });
  }

  // What an earlier window could not save is done again here, on what the server has now.
  takeBack(kept) {
    let taken = 0;
    for (const act of kept.acts) taken += this.#doAgain(act) ? 1 : 0;
    for (const { row, after } of kept.loose) {
      if (this.find("task", row.key)) continue;
      const place = this.state.tasks.findIndex((one) => one.key === after) + 1;
      this.state.tasks.splice(after ? place || this.state.tasks.length : 0, 0, row);
      taken += 1;
    }
    if (taken) this.version = Math.min(this.version, kept.version); // so that the server looks at `was`
    return taken;
  }

  // -- Inside

  // Somebody took the row out while one wrote in it: the next undo puts it back with one's words.
  #offerBack(act) {
    const rows = this.rows(act.of);
    const place = rows.findIndex((row) => row.key === act.key);
    if (place < 0) return;
    this.done.push({ acts: [{ do: "add", of: act.of, after: rows[place - 1]?.key ?? "", rows: [copy(rows[place])] }] });
    this.#tell("gone", { of: act.of });
  }

  #refused(act, message) {
    if (act.do === "add" && act.rows.length > 1) {
      // One row does not fit: each goes alone, so that the others are not held back.
      const alone = act.rows.map((row, place) => ({ ...act, after: act.rows[place - 1]?.key ?? act.after, rows: [row] }));
      this.pending.unshift(...alone);
      return;
    }
    if (act.do === "set") this.unfit.set(target(act), { act, message });
    else this.#tell("trouble", { message });
    if (act.do !== "add" || act.of !== "task") return;
    for (const { key } of act.rows) {
      const row = this.find("task", key);
      if (row) Object.assign(row, { isLoose: true, problem: message });
    }
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

  #enqueue(act) {
    const row = act.of === "task" ? this.find("task", act.key) : null;
    if (row?.isLoose) {
      if (row.content.trim()) {
        delete row.isLoose;
        this.pending.push({ do: "add", of: "task", after: this.#known("task", row.key), rows: [copy(row)] });
      }
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
    const loose = this.kept().loose;
    const waiting = [...[...this.unfit.values(), ...this.conflicts].map(({ act }) => act), ...this.pending];
    this.state = state;
    const pending = this.pending;
    this.pending = [];
    for (const act of waiting) this.#doAgain(act);
    this.pending = pending;
    for (const { row, after } of loose) {
      const place = this.state.tasks.findIndex((one) => one.key === after) + 1;
      this.state.tasks.splice(after ? place || this.state.tasks.length : 0, 0, row);
    }
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
