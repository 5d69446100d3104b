// The task table, which works like a spreadsheet.
//
//   arrows, Tab, Home, End   move           Enter, F2, any letter   edit the cell
//   Ctrl+Enter               new row below  Ctrl+Delete             take the row out
//   Alt+Up, Alt+Down         move the row   Alt+1 … Alt+4           to that quarter (Alt+0: none)
//   Delete                   empty the cell Ctrl+Z, Ctrl+Y          undo, redo
//   Ctrl+V of many cells     paste rows, shown before they are taken

import { namesEditor, textEditor } from "./cells.js";
import { emptyTask } from "./draft.js";

const COLUMNS = [
  { field: "number", head: "TT", kind: "text" },
  { field: "content", head: "Nội dung", kind: "text" },
  { field: "lead", head: "Chủ trì", kind: "names" },
  { field: "support", head: "Phối hợp", kind: "names" },
  { field: "time_text", head: "Thời gian thực hiện", kind: "text" },
  { field: "due", head: "Hạn hoàn thành", kind: "day" },
  { field: "planned_for", head: "Dự kiến làm ngày", kind: "day" },
  { field: "note", head: "Ghi chú", kind: "text" },
];
const QUARTERS = { 1: "Quý I", 2: "Quý II", 3: "Quý III", 4: "Quý IV" };
const HIDDEN = "tdkt.editor-columns"; // in localStorage: the columns that this browser hides

export const fold = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replaceAll("đ", "d").replaceAll("Đ", "d").toLowerCase().replace(/\s+/g, " ").trim();

export function bindGrid(draft, frame, { saver, parts, say, openPaste, remarks }) {
  const table = frame.querySelector("table");
  const body = table.tBodies[0];
  const offers = [...parts];
  let at = { key: draft.state.tasks[0]?.key ?? "", field: "content" };
  let editing = null;
  let isStale = false; // rows came or went while a cell was open
  let hidden = new Set(readHidden());

  const tasks = () => draft.state.tasks;
  const placeOf = (key) => tasks().findIndex((task) => task.key === key);
  const columns = () => COLUMNS.filter((column) => !hidden.has(column.field));
  const cellOf = (key, field) => body.querySelector(`tr[data-key="${key}"] > [data-field="${field}"]`);

  // -- Drawing

  function draw() {
    isStale = false;
    const hadFocus = body.contains(document.activeElement);
    const hasQuarters = isByQuarter();
    const rows = [];
    tasks().forEach((task, place) => {
      if (hasQuarters && (place === 0 || tasks()[place - 1].quarter !== task.quarter)) rows.push(groupRow(task, place));
      rows.push(taskRow(task));
    });
    body.replaceChildren(...rows);
    drawHead();
    markCell();
    document.getElementById("chua-co-nhiem-vu").hidden = tasks().length > 0;
    table.hidden = tasks().length === 0;
    drawSummary();
    if (hadFocus) cellOf(at.key, at.field)?.focus({ preventScroll: true });
  }

  // The paper prints its quarters as heads, or every task names one.
  function isByQuarter() {
    const layout = draft.state.tables.body?.layout ?? "";
    return layout.startsWith("quarters") || (tasks().length > 0 && tasks().every((task) => task.quarter));
  }

  function drawHead() {
    table.tHead.rows[0].replaceChildren(
      ...columns().map((column) => {
        const cell = document.createElement("th");
        cell.scope = "col";
        cell.className = `of-${column.field}`;
        cell.textContent = column.head;
        return cell;
      }),
    );
  }

  function groupRow(task, place) {
    const row = document.createElement("tr");
    row.className = "group-row";
    const cell = document.createElement("th");
    cell.colSpan = columns().length;
    cell.scope = "rowgroup";
    let count = 0;
    for (let next = place; next < tasks().length && tasks()[next].quarter === task.quarter; next += 1) count += 1;
    cell.textContent = `${QUARTERS[task.quarter] ?? "Không theo quý"} · ${count} nhiệm vụ`;
    row.append(cell);
    return row;
  }

  function taskRow(task) {
    const row = document.createElement("tr");
    row.dataset.key = task.key;
    row.append(...columns().map((column) => drawCell(document.createElement("td"), task, column)));
    return row;
  }

  function drawCell(cell, task, column) {
    const { field } = column;
    cell.dataset.field = field;
    cell.className = `of-${field}`;
    cell.tabIndex = -1;
    const value = task[field];
    const words = document.createElement("span");
    words.textContent = Array.isArray(value) ? value.join("; ") : value;
    cell.replaceChildren(words);
    if (field === "number") cell.append(handle(task));
    const notes = notesFor(task, field);
    if (field === "content") notes.push(...remarks.at(task.key).map((text) => [`Ý kiến: ${text}`, "remark-at"]));
    for (const [text, className] of notes) {
      const note = document.createElement("span");
      note.className = className;
      note.textContent = text;
      cell.append(note);
    }
    const isWrong = notes.some(([, className]) => className === "field-error");
    cell.classList.toggle("has-error", isWrong);
    if (isWrong) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    return cell;
  }

  function notesFor(task, field) {
    const refusal = draft.problemAt({ of: "task", key: task.key, field });
    if (refusal) return [[refusal, "field-error"]];
    if (field === "content" && task.isLoose) return [[task.problem || "Chưa có nội dung nên chưa lưu.", "row-note"]];
    if (field === "due" && task.problem && !task.isLoose) return [[task.problem, "row-note asks"]];
    if (field === "due" && task.is_ongoing && task.due) return [["thường xuyên", "row-note"]];
    if (field === "planned_for" && task.asks_day) return [["ngày nào?", "row-note asks"]];
    return [];
  }

  function handle(task) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.title = "Kéo để chuyển chỗ";
    grip.setAttribute("aria-hidden", "true");
    grip.textContent = "⠿";
    grip.addEventListener("pointerdown", (event) => drag(event, task.key));
    return grip;
  }

  function redrawRow(key) {
    const row = body.querySelector(`tr[data-key="${key}"]`);
    const task = draft.find("task", key);
    if (!row || !task) return;
    for (const column of columns()) {
      if (editing?.key === key && editing.field === column.field) continue;
      drawCell(row.querySelector(`[data-field="${column.field}"]`), task, column);
    }
    markCell();
    drawSummary();
  }

  // What a person still has to say about days, with a way to each.
  function drawSummary() {
    const unread = tasks().filter((task) => task.problem && !task.isLoose);
    const asking = tasks().filter((task) => task.asks_day);
    const line = (id, count, words) => {
      const element = document.getElementById(id);
      element.hidden = count === 0;
      element.querySelector(".words").textContent = words;
    };
    line("can-xem-ngay", unread.length, `${unread.length} nhiệm vụ có lời ghi thời gian cần xem lại.`);
    line("hoi-ngay", asking.length, `${asking.length} nhiệm vụ chỉ có quý: dự kiến làm ngày nào?`);
  }

  // -- Where one is

  function markCell() {
    for (const cell of body.querySelectorAll("[tabindex='0'], .is-at")) {
      cell.tabIndex = -1;
      cell.classList.remove("is-at");
    }
    if (placeOf(at.key) < 0) at = { key: tasks()[0]?.key ?? "", field: at.field };
    if (hidden.has(at.field)) at.field = "content";
    const cell = cellOf(at.key, at.field);
    if (!cell) return;
    cell.tabIndex = 0;
    cell.classList.add("is-at");
  }

  function go(key, field, { focus = true } = {}) {
    at = { key, field };
    markCell();
    if (focus) cellOf(key, field)?.focus({ preventScroll: false });
  }

  function step(rows, cells) {
    const place = Math.max(0, Math.min(tasks().length - 1, placeOf(at.key) + rows));
    const list = columns().map((column) => column.field);
    const column = Math.max(0, Math.min(list.length - 1, list.indexOf(at.field) + cells));
    if (tasks()[place]) go(tasks()[place].key, list[column]);
  }

  // -- Editing a cell

  function edit(first) {
    const column = COLUMNS.find((one) => one.field === at.field);
    const task = draft.find("task", at.key);
    const cell = cellOf(at.key, at.field);
    if (!task || !cell || editing) return;
    const before = task[at.field];
    const { key, field } = at;
    const put = (value, options) => draft.set({ of: "task", key, field, value }, options);
    const finish = (move) => {
      if (!editing) return;
      editing = null;
      draft.endTyping();
      if (isStale) draw();
      else redrawRow(key);
      saver.plan(0);
      if (move !== "leave") after(move);
    };
    const shared = {
      value: first === undefined ? before : Array.isArray(before) ? before : first,
      label: `${column.head}, dòng ${placeOf(key) + 1}`,
      typed: (value) => put(value, { typing: true }),
      done: finish,
      dropped: () => {
        put(before, { typing: true });
        finish("stay");
      },
    };
    const editor =
      column.kind === "names"
        ? namesEditor({ ...shared, offers, fold, id: `chon-${field}` })
        : textEditor({ ...shared, isDay: column.kind === "day" });
    editing = { key, field, editor };
    cell.replaceChildren(editor.element);
    if (first !== undefined && column.kind !== "names") put(first, { typing: true });
    editor.focus();
    if (first && column.kind === "names") editor.type(first);
  }

  function after(move) {
    for (const name of [...(draft.find("task", at.key)?.lead ?? []), ...(draft.find("task", at.key)?.support ?? [])]) {
      if (!offers.includes(name)) offers.push(name);
    }
    const isLast = placeOf(at.key) === tasks().length - 1;
    if (move === "down" && isLast && draft.find("task", at.key)?.content.trim()) return addRow();
    if (move === "down") return step(1, 0);
    if (move === "stay") return go(at.key, at.field);
    return stepOn(move === "right" ? 1 : -1);
  }

  // Cell by cell, on to the next row or back to the one before.
  function stepOn(side) {
    if (!isEdge(side)) return step(0, side);
    const next = tasks()[placeOf(at.key) + side];
    if (!next) return go(at.key, at.field);
    return go(next.key, columns().at(side > 0 ? 0 : -1).field);
  }

  function hasNext(side) {
    return !isEdge(side) || Boolean(tasks()[placeOf(at.key) + side]);
  }

  function isEdge(side) {
    return at.field === columns().at(side > 0 ? -1 : 0).field;
  }

  function clearCell() {
    const task = draft.find("task", at.key);
    if (!task) return;
    draft.set({ of: "task", key: at.key, field: at.field, value: Array.isArray(task[at.field]) ? [] : "" });
    redrawRow(at.key);
  }

  // -- Rows

  function addRow() {
    const row = emptyTask(isByQuarter() ? (draft.find("task", at.key)?.quarter ?? null) : null);
    draft.add("task", [row], at.key, { loose: true });
    go(row.key, "content");
  }

  function removeRow() {
    const place = placeOf(at.key);
    if (place < 0) return;
    const next = tasks()[place + 1] ?? tasks()[place - 1];
    const { field } = at;
    draft.remove("task", at.key);
    if (next) go(next.key, field);
    else frame.closest("section").querySelector("[data-grid=add]").focus();
    say("Đã bỏ một nhiệm vụ. Bấm Ctrl+Z hoặc Hoàn tác để lấy lại.");
  }

  // Past the edge of a quarter the row joins the next quarter before it passes another row.
  function moveRow(steps) {
    const place = placeOf(at.key);
    const task = tasks()[place];
    const beside = tasks()[place + steps];
    if (!task || !beside) return;
    if (isByQuarter() && beside.quarter !== task.quarter) draft.move("task", at.key, tasks()[place - 1]?.key ?? "", beside.quarter);
    else draft.move("task", at.key, (steps > 0 ? beside : tasks()[place - 2])?.key ?? "", task.quarter);
    go(at.key, at.field);
  }

  function moveToQuarter(quarter) {
    const task = draft.find("task", at.key);
    if (!task || task.quarter === quarter) return;
    const others = tasks().filter((one) => one.key !== task.key);
    const rank = (one) => one.quarter ?? 5;
    const last = others.findLastIndex((one) => rank(one) <= (quarter ?? 5));
    draft.move("task", task.key, others[last]?.key ?? "", quarter);
    go(task.key, at.field);
    say(`Đã chuyển sang ${QUARTERS[quarter] ?? "phần không theo quý"}.`);
  }

  function drag(event, key) {
    if (event.button !== 0) return;
    event.preventDefault();
    const marker = document.createElement("tr");
    marker.className = "drop-line";
    marker.append(document.createElement("td"));
    marker.firstChild.colSpan = columns().length;
    let target = null; // {key, isBefore}
    const move = (moved) => {
      const row = document.elementFromPoint(moved.clientX, moved.clientY)?.closest("tr[data-key]");
      const box = frame.getBoundingClientRect();
      if (moved.clientY > box.bottom - 40) frame.scrollTop += 24;
      else if (moved.clientY < box.top + 80) frame.scrollTop -= 24;
      if (!row || !body.contains(row)) return;
      const own = row.getBoundingClientRect();
      target = { key: row.dataset.key, isBefore: moved.clientY < own.top + own.height / 2 };
      row[target.isBefore ? "before" : "after"](marker);
    };
    const end = (isDropped) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("keydown", cancel, true);
      marker.remove();
      if (isDropped && target && target.key !== key) putBeside(key, target);
    };
    const drop = () => end(true);
    const cancel = (pressed) => {
      if (pressed.key !== "Escape") return;
      pressed.stopPropagation();
      end(false);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
    document.addEventListener("keydown", cancel, true);
  }

  function putBeside(key, { key: beside, isBefore }) {
    const rest = tasks().filter((task) => task.key !== key);
    const place = rest.findIndex((task) => task.key === beside);
    const quarter = isByQuarter() ? rest[place].quarter : draft.find("task", key).quarter;
    draft.move("task", key, isBefore ? (rest[place - 1]?.key ?? "") : beside, quarter);
    go(key, "content");
  }

  // -- Keys and clicks

  const MOVES = {
    ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
    PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -99], End: [0, 99],
  };

  function onKey(event) {
    if (editing || !event.target.closest("td, .grid-frame")) return;
    if (event.isComposing || event.key === "Process") return void edit(""); // an input method goes on in the cell
    const { key, altKey } = event;
    const ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && key === "Enter") addRow();
    else if (ctrl && (key === "Delete" || key === "Backspace")) removeRow();
    else if (altKey && (key === "ArrowUp" || key === "ArrowDown")) moveRow(key === "ArrowUp" ? -1 : 1);
    else if (altKey && /^[0-4]$/.test(key)) moveToQuarter(Number(key) || null);
    else if (altKey || (ctrl && !["Home", "End"].includes(key))) return;
    else if (key === "Tab" && !hasNext(event.shiftKey ? -1 : 1)) return; // past the last cell one leaves the table
    else if (key === "Tab") stepOn(event.shiftKey ? -1 : 1);
    else if (key === "Escape") document.getElementById("phim-bang").focus(); // the next Tab goes on behind the table
    else if (ctrl) go(tasks().at(key === "Home" ? 0 : -1)?.key, at.field);
    else if (MOVES[key]) step(...MOVES[key]);
    else if (key === "Enter" || key === "F2") edit();
    else if (key === "Delete" || key === "Backspace") clearCell();
    else if (key.length === 1) edit(key);
    else return;
    event.preventDefault();
  }

  table.addEventListener("keydown", onKey);
  table.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("td[data-field]");
    if (!cell || event.target.closest(".cell-editor, .grip")) return;
    const key = cell.parentElement.dataset.key;
    const isSame = at.key === key && at.field === cell.dataset.field && cell === document.activeElement;
    event.preventDefault();
    go(key, cell.dataset.field);
    if (isSame) edit();
  });
  table.addEventListener("dblclick", () => edit());
  table.addEventListener("focusin", (event) => {
    const cell = event.target.closest("td[data-field]");
    if (cell && !editing) go(cell.parentElement.dataset.key, cell.dataset.field, { focus: false });
  });
  document.addEventListener("copy", (event) => {
    if (editing || !table.contains(document.activeElement) || String(getSelection())) return;
    const value = draft.find("task", at.key)?.[at.field];
    event.clipboardData.setData("text/plain", Array.isArray(value) ? value.join("; ") : (value ?? ""));
    event.preventDefault();
  });
  document.addEventListener("paste", (event) => {
    if (editing || !table.contains(document.activeElement)) return;
    const data = event.clipboardData;
    const [text, html] = [data.getData("text/plain"), data.getData("text/html")];
    event.preventDefault();
    const isNames = ["lead", "support"].includes(at.field) && !text.includes("\t");
    if (/[\t\n]/.test(text.trim()) && !isNames) openPaste({ text, html, after: at.key, byQuarter: isByQuarter() });
    else if (text.trim()) pasteInto(text.trim());
  });

  function pasteInto(text) {
    const task = draft.find("task", at.key);
    if (!task) return;
    const value = Array.isArray(task[at.field]) ? text.split(/[;\n]/).map((name) => name.trim()).filter(Boolean) : text;
    draft.set({ of: "task", key: at.key, field: at.field, value });
    redrawRow(at.key);
  }

  frame.closest("section").addEventListener("click", (event) => {
    const button = event.target.closest("[data-grid]");
    if (!button) return;
    const menu = button.closest("details.menu");
    if (menu) menu.open = false;
    const [doing, value] = button.dataset.grid.split(":");
    if (doing === "add") addRow();
    else if (doing === "remove") removeRow();
    else if (doing === "up" || doing === "down") moveRow(doing === "up" ? -1 : 1);
    else if (doing === "quarter") moveToQuarter(Number(value) || null);
    else if (doing === "paste") openPaste({ after: at.key, byQuarter: isByQuarter() });
    else if (doing === "next-problem") jump((task) => task.problem && !task.isLoose, "due");
    else if (doing === "next-day") jump((task) => task.asks_day, "planned_for");
    else if (doing === "no-days") settleDays();
  });

  function jump(isWanted, field) {
    const start = placeOf(at.key);
    const found = [...tasks().slice(start + 1), ...tasks().slice(0, start + 1)].find(isWanted);
    if (!found) return;
    hidden.delete(field);
    const box = document.querySelector(`[data-column="${field}"]`);
    if (box) box.checked = true;
    draw();
    go(found.key, field);
  }

  // «Để cả quý»: no day is meant, said once for all that ask.
  function settleDays() {
    draft.together(() => {
      for (const task of tasks().filter((one) => one.asks_day)) {
        draft.set({ of: "task", key: task.key, field: "asks_day", value: false });
      }
    });
    draw();
    go(at.key, at.field);
  }

  // -- Columns of one's choice

  function readHidden() {
    try {
      return JSON.parse(localStorage.getItem(HIDDEN)) ?? [];
    } catch {
      return [];
    }
  }

  for (const box of document.querySelectorAll("[data-column]")) {
    box.checked = !hidden.has(box.dataset.column);
    box.addEventListener("change", () => {
      hidden = new Set([...hidden].filter((field) => field !== box.dataset.column).concat(box.checked ? [] : [box.dataset.column]));
      try {
        localStorage.setItem(HIDDEN, JSON.stringify([...hidden]));
      } catch {
        // remembered for this page only
      }
      draw();
    });
  }

  // -- News

  const refused = () => [...draft.unfit.values()].map(({ act }) => act).filter((act) => act.of === "task");

  draft.addEventListener("news", (event) => {
    if (event.detail.state && !editing) draw();
    else if (event.detail.state) isStale = true;
    else for (const { key } of [...event.detail.tasks, ...refused()]) redrawRow(key);
  });
  draft.addEventListener("change", (event) => {
    if (event.detail.rows && !editing) draw();
  });
  draw();

  return {
    redraw: draw,
    go,
    isEditing: () => Boolean(editing),
    // Dates read from words that are being typed: shown at once, until the saved ones are there.
    showTimes(times) {
      for (const [key, reading] of Object.entries(times)) {
        const task = draft.find("task", key);
        if (!task || !draft.waits(key, "time_text")) continue;
        Object.assign(task, reading);
        redrawRow(key);
      }
    },
  };
}
