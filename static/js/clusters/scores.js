// Score tables (table[data-scores]: the grid of a season, the sheet of one member), typed into like a spreadsheet.
//
//   arrows, Home, End, Page keys, Tab   move        any letter   replaces the cell
//   Enter, F2                           edit it     Esc          as it was
//   Delete                              empty it    Ctrl+Z       take back what was last done here
//   Esc, outside a cell's field         leave       Ctrl+C       copy what is typed in it
//   Ctrl+V of many cells                into the open cells from here; with a column of codes, each to its criterion

import { textEditor } from "../editor/cells.js";
import { Bar } from "./bar.js";
import { Sending } from "./sending.js";
import { readBlock } from "./tsv.js";

const table = document.querySelector("table[data-scores]");
const settings = JSON.parse(document.getElementById("cham-diem").textContent);
const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("[data-c]"));
const cells = rows.map((row) => [...row.querySelectorAll("[data-c]")]);
const byKey = new Map(cells.flat().map((cell) => [cell.dataset.c, cell]));

const at = { row: 0, column: 0 };
let isStarted = false; // the page opens at its head
const done = []; // what stood in the cells before each act, the newest last
let editing = null;

const cellAt = () => cells[at.row]?.[at.column];
const isOpen = (cell) => cell.classList.contains("is-open");
const said = (cell) => sending.waiting.get(cell.dataset.c) ?? { text: cell.dataset.typed ?? "", reason: cell.dataset.reason ?? "" };

const bar = new Bar(document.querySelector("[data-bar]"), {
  reasonLeft: (cell, reason) => {
    if (isOpen(cell) && reason !== said(cell).reason) put([[cell, { ...said(cell), reason }]]);
  },
  onward: () => step(1, 0),
  keepMine: (cell, theirs) => {
    const { text, reason } = said(cell);
    sending.put([{ key: cell.dataset.c, text, reason, version: theirs.version }]);
    go();
  },
  takeTheirs: (cell, theirs) => {
    sending.drop(cell.dataset.c);
    show(cell, theirs);
    go();
  },
  sameReason: (reason) => {
    const without = [...sending.stuck].filter(([, one]) => one.field === "reason").map(([key]) => byKey.get(key));
    put(without.filter(Boolean).map((cell) => [cell, { ...said(cell), reason }]));
  },
  first: () => goTo(byKey.get([...sending.stuck.keys()].find((key) => byKey.has(key)))),
});

const sending = new Sending(settings, {
  say: (state, words) => bar.say(state, words, sending.stuck.size),
  saved: (cell, isChanged) => show(byKey.get(cell.key), cell, isChanged),
  outs: (outs) => {
    for (const [name, words] of Object.entries(outs)) {
      // The sentence on top says the total, too.
      for (const place of document.querySelectorAll(`[data-out="${name}"]`)) place.textContent = words;
    }
  },
  stuck: (keys) => {
    for (const key of keys) mark(byKey.get(key));
    const here = cellAt()?.dataset.c;
    bar.show(cellAt(), placeOf(cellAt()), sending.stuck.get(here), said(cellAt()));
    const [only] = keys;
    const isReason = keys.length === 1 && sending.stuck.get(only)?.field === "reason";
    if (isReason && !editing && (table.contains(document.activeElement) || bar.hasFocus())) {
      goTo(byKey.get(only));
      bar.askReason();
    }
  },
});

// -- Showing

// As the server says; what is being typed is touched by nobody.
function show(cell, data, isChanged = false) {
  if (!cell) return;
  cell.dataset.version = data.version;
  cell.dataset.typed = data.typed;
  cell.dataset.reason = data.reason;
  cell.dataset.who = data.who;
  cell.dataset.problem = data.problem;
  const why = cell.closest("tr").querySelector("[data-why]");
  if (why) why.textContent = data.reason;
  for (const name of ["own", "changed", "cut", "unproved"]) cell.classList.toggle(`is-${name}`, data[`is_${name}`]);
  cell.dataset.said = data.said;
  if (!isChanged && editing?.cell !== cell) cell.querySelector(".said").textContent = data.said;
  mark(cell);
  if (cell === cellAt() && !editing && !bar.hasFocus()) go({ focus: false });
}

function mark(cell) {
  if (!cell) return;
  const isStuck = sending.stuck.has(cell.dataset.c);
  cell.classList.toggle("has-error", isStuck);
  cell.classList.toggle("is-waiting", sending.waiting.has(cell.dataset.c) && !isStuck);
  if (isStuck) cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
}

function placeOf(cell) {
  if (!cell) return null;
  const row = cell.closest("tr");
  const head = table.tHead.rows[0].cells[cell.cellIndex];
  return {
    code: row.dataset.code,
    title: row.querySelector(".title").textContent,
    name: head.dataset.name ?? table.dataset.name,
    hint: isOpen(cell) ? row.dataset.hint : "",
    target: cell.dataset.target ?? "",
    maximum: row.querySelector(".of-maximum").textContent,
    link: settings.row.replace("/0/", `/${head.dataset.sheet ?? table.dataset.sheet}/`).replace("/0/", `/${row.dataset.row}/`),
  };
}

// -- Moving

function go({ focus = true } = {}) {
  for (const one of table.querySelectorAll(".is-at")) {
    one.classList.remove("is-at");
    one.tabIndex = -1;
  }
  const cell = cellAt();
  if (!cell) return;
  cell.classList.add("is-at");
  cell.tabIndex = 0;
  if (focus) cell.focus({ preventScroll: true });
  if (isStarted) cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  bar.show(cell, placeOf(cell), sending.stuck.get(cell.dataset.c), said(cell));
}

function goTo(cell) {
  if (!cell) return;
  at.row = cells.findIndex((row) => row.includes(cell));
  at.column = cells[at.row].indexOf(cell);
  go();
}

function step(down, right) {
  at.row = Math.max(0, Math.min(cells.length - 1, at.row + down));
  at.column = Math.max(0, Math.min(cells[at.row].length - 1, at.column + right));
  go();
}

// Cell by cell, on to the next row or back to the one before; false at the table's end.
function stepOn(side) {
  const next = at.column + side;
  if (next >= 0 && next < cells[at.row].length) {
    step(0, side);
    return true;
  }
  if (!cells[at.row + side]) return false;
  at.row += side;
  at.column = side > 0 ? 0 : cells[at.row].length - 1;
  go();
  return true;
}

// -- Writing

function put(changes, { isUndo = false } = {}) {
  if (!isUndo && changes.length) done.push(changes.map(([cell]) => [cell, { ...said(cell) }]));
  const sent = changes.map(([cell, { text, reason }]) => {
    cell.querySelector(".said").textContent = text;
    const version = sending.stuck.get(cell.dataset.c)?.theirs?.version ?? sending.waiting.get(cell.dataset.c)?.version;
    return { key: cell.dataset.c, text, reason, version: version ?? Number(cell.dataset.version) };
  });
  if (!sent.length) return;
  sending.put(sent);
  for (const [cell] of changes) mark(cell);
}

function asksReason(cell, text, reason) {
  const rule = cell.closest("tr").dataset.ask ?? "";
  if (!text.trim() || text.includes(";") || reason.trim()) return false;
  const number = Number(text.replace(/[^\d,.]/g, "").replaceAll(".", "").replace(",", "."));
  if (rule === "deduction") return number > 0;
  return rule.startsWith("below:") ? number < Number(rule.slice(6)) : rule === "value";
}

function edit(first) {
  const cell = cellAt();
  if (!cell || !isOpen(cell) || editing) return;
  const before = said(cell);
  const shown = cell.querySelector(".said").textContent;
  let text = first ?? before.text;
  const finish = (move) => {
    if (!editing) return;
    editing = null;
    editor.element.remove();
    cell.classList.remove("is-editing");
    const isNew = text.trim() !== before.text.trim();
    if (isNew) put([[cell, { text: text.trim(), reason: text.trim() ? before.reason : "" }]]);
    else if (!sending.waiting.has(cell.dataset.c)) cell.querySelector(".said").textContent = cell.dataset.said ?? shown;
    if (move === "leave") return;
    if (isNew && asksReason(cell, text, before.reason)) {
      go({ focus: false });
      bar.askReason();
    } else if (move === "down") step(1, 0);
    else if (move === "stay") go();
    else stepOn(move === "right" ? 1 : -1);
  };
  const { code, name } = placeOf(cell);
  const editor = textEditor({
    value: text,
    label: `${code}, ${name}`,
    typed: (value) => {
      text = value;
    },
    done: finish,
    dropped: () => {
      text = before.text;
      finish("stay");
    },
    isDay: true, // one line
  });
  editor.element.inputMode = "text"; // letters are typed here too
  editing = { cell };
  cell.classList.add("is-editing");
  cell.append(editor.element);
  editor.focus();
}

function clear() {
  const cell = cellAt();
  if (cell && isOpen(cell) && said(cell).text) put([[cell, { text: "", reason: "" }]]);
}

// -- Pasting

function paste(text) {
  const block = readBlock(text);
  if (!block.length) return;
  const codes = new Map(rows.map((row, place) => [row.dataset.code, place]));
  const places = block.map((line) => codes.get(line[0].replace(/[.\s]+$/, "")) ?? codes.get(line[0]));
  const isByCode = block[0].length > 1 && places.filter((place) => place !== undefined).length * 2 >= block.length;
  const changes = [];
  let left = 0;
  block.forEach((line, number) => {
    const row = isByCode ? places[number] : at.row + number;
    if (isByCode && row === undefined) return; // heads and groups
    (isByCode ? line.slice(1) : line).forEach((text, place) => {
      if (!text) return;
      const cell = cells[row]?.[at.column + place];
      if (!cell || !isOpen(cell)) left += 1;
      else if (text !== said(cell).text) changes.push([cell, { text, reason: said(cell).reason }]);
    });
  });
  put(changes);
  const words = `Đã nhận ${changes.length} ô vừa dán.`;
  bar.note(left ? `${words} ${left} ô nằm ngoài bảng hoặc không ghi được nên để lại.` : words);
}

// -- Keys and clicks

const MOVES = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -99], End: [0, 99],
};

table.addEventListener("keydown", (event) => {
  if (editing || !event.target.closest("[data-c]")) return;
  if (event.isComposing || event.key === "Process") return void edit(""); // an input method goes on in the cell
  const { key } = event;
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && key.toLowerCase() === "z" && done.length) {
    event.preventDefault();
    const before = done.pop();
    put(before, { isUndo: true });
    return goTo(before[0][0]);
  }
  if (event.altKey || (ctrl && !["Home", "End"].includes(key))) return;
  if (ctrl) {
    at.row = key === "Home" ? 0 : cells.length - 1;
    go();
  } else if (MOVES[key]) step(...MOVES[key]);
  else if (key === "Tab") {
    if (!stepOn(event.shiftKey ? -1 : 1)) return; // out of the table
  } else if (key === "Escape") bar.enter();
  else if (key === "Enter" || key === "F2") edit();
  else if (key === "Delete" || key === "Backspace") clear();
  else if (key.length === 1) edit(key === " " ? undefined : key);
  else return;
  event.preventDefault();
});

table.addEventListener("mousedown", (event) => {
  const cell = event.target.closest("[data-c]");
  if (!cell || event.target.closest(".cell-editor") || event.button !== 0) return;
  const isAgain = cell === cellAt() && document.activeElement === cell;
  event.preventDefault();
  document.activeElement?.blur(); // what is being typed is taken first
  goTo(cell);
  if (isAgain || event.detail > 1) edit();
});

table.addEventListener("focusin", (event) => {
  const cell = event.target.closest("[data-c]");
  if (cell && cell !== cellAt() && !editing) goTo(cell);
});

table.addEventListener("copy", (event) => {
  if (editing || !cellAt()) return;
  event.clipboardData.setData("text/plain", said(cellAt()).text);
  event.preventDefault();
});

table.addEventListener("paste", (event) => {
  if (editing && !/[\t\n]/.test(event.clipboardData.getData("text/plain").trim())) return; // words into the field
  event.preventDefault();
  editing?.cell.querySelector(".cell-editor").blur();
  paste(event.clipboardData.getData("text/plain"));
});

// -- From the window before

const back = sending.kept().filter(([key]) => byKey.has(key) && isOpen(byKey.get(key)));
if (back.length) {
  for (const [key, cell] of back) {
    byKey.get(key).querySelector(".said").textContent = cell.text;
    mark(byKey.get(key));
  }
  sending.put(back.map(([key, cell]) => ({ key, ...cell })));
}
const first = cells.findIndex((row) => row.some(isOpen));
if (first >= 0) {
  at.row = first;
  at.column = cells[first].findIndex(isOpen);
}
go({ focus: false });
isStarted = true;
