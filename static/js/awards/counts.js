// The tellers' grid: typed into like a sheet, saved row by row. What the server has not taken stays in this browser
// (localStorage, by account and sitting) and is sent again; what does not add up is told at its row and kept.

import { readBlock } from "../clusters/tsv.js";

const form = document.querySelector("form[data-counts]");
const PAUSE = 800; // ms after the last key
const AGAIN = 5000; // ms after a line that failed
const FIELDS = ["yes", "no", "blank", "written_yes", "written_no"];

const rows = form ? [...form.querySelectorAll("tr[data-row]")] : [];
const grid = rows.map((row) => [...row.querySelectorAll("input[inputmode]")]);
const dirty = new Set();
const stuck = new Set(); // refused as they are: kept here, sent again when they are typed anew
let isBallotDirty = false;
let isSending = false;
let timer = 0;

const KEY = form ? `tdkt.counts.${document.body.dataset.user}.${form.dataset.counts}` : "";
const status = form?.querySelector("[data-status]");
const ballots = form ? [...form.querySelectorAll("[data-ballot] input")] : [];
const rowOf = (field) => field.closest("tr[data-row]");
const byKey = new Map(rows.map((row) => [row.dataset.row, row]));

// -- Kept until the server has it

function keep() {
  const typed = {};
  for (const row of [...dirty, ...stuck]) for (const field of row.querySelectorAll("input[inputmode]")) typed[field.name] = field.value;
  if (isBallotDirty) for (const field of ballots) typed[field.name] = field.value;
  try {
    if (Object.keys(typed).length) localStorage.setItem(KEY, JSON.stringify(typed));
    else localStorage.removeItem(KEY);
  } catch {
    // storage forbidden or full: the warning on leaving remains
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}

// -- Sending

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

function changed(field) {
  if (rowOf(field)) {
    stuck.delete(rowOf(field));
    dirty.add(rowOf(field));
  } else isBallotDirty = true;
  status.textContent = "Chưa lưu.";
  keep();
  later();
}

function body(sent, withBallots) {
  const data = new FormData();
  for (const row of sent) {
    const key = row.dataset.row;
    data.append("row", key);
    data.append(`was_${key}`, row.dataset.was);
    for (const name of FIELDS) {
      const field = form.elements[`${name}_${key}`];
      if (field) data.append(`${name}_${key}`, field.value);
    }
  }
  if (withBallots) for (const field of ballots) data.append(field.name, field.value);
  return data;
}

async function send() {
  clearTimeout(timer);
  if (isSending || (!dirty.size && !isBallotDirty)) return;
  isSending = true;
  const sent = [...dirty];
  const texts = new Map(sent.map((row) => [row, textOf(row)]));
  const withBallots = isBallotDirty;
  const ballotText = ballots.map((field) => field.value).join();
  try {
    const answer = await fetch(form.action || location.href, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: body(sent, withBallots),
    });
    const told = await answer.json();
    if (!answer.ok) {
      status.textContent = `${told.problem} Số đã gõ vẫn ở máy này.`;
      return;
    }
    for (const row of sent) if (textOf(row) === texts.get(row)) dirty.delete(row);
    if (withBallots && ballotText === ballots.map((field) => field.value).join()) isBallotDirty = false;
    show(told);
    keep();
    if (dirty.size || isBallotDirty) later();
  } catch {
    status.textContent = "Chưa lưu được vì mất mạng. Số đã gõ vẫn ở máy này, sẽ lưu khi có mạng lại.";
    later(AGAIN);
  } finally {
    isSending = false;
  }
}

const textOf = (row) => [...row.querySelectorAll("input[inputmode]")].map((field) => field.value).join();

function show(told) {
  for (const [key, was] of Object.entries(told.was)) byKey.get(key).dataset.was = was;
  for (const row of rows) {
    const refused = told.refused[row.dataset.row];
    if (refused && !dirty.has(row)) stuck.add(row);
    if (dirty.has(row) || (stuck.has(row) && !refused)) continue;
    const fault = refused ?? told.faults[row.dataset.row] ?? "";
    row.querySelector("[data-fault]").textContent = fault;
    row.classList.toggle("has-fault", Boolean(fault));
  }
  for (const box of form.querySelectorAll("[data-ballot]")) {
    const fault = told.ballots[box.dataset.ballot] ?? "";
    box.classList.toggle("has-error", Boolean(fault));
    box.querySelector(".field-error").textContent = fault;
  }
  document.querySelector("[data-told]").textContent = told.told;
  const isRefused = Object.keys(told.refused).length || Object.keys(told.ballots).length;
  const now = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  status.textContent = isRefused ? "Có ô chưa lưu được, xem chỗ báo đỏ." : `Đã lưu ${now}.`;
}

// -- Keys, paste, filling

function place(field) {
  const row = grid.findIndex((fields) => fields.includes(field));
  return { row, column: row < 0 ? -1 : grid[row].indexOf(field) };
}

function step(event) {
  const field = event.target.closest("tr[data-row] input");
  if (event.key === "Enter" && event.target.closest("[data-ballot]")) event.preventDefault();
  if (!field) return;
  const atEnd = field.selectionStart === field.value.length;
  const atStart = field.selectionEnd === 0;
  const by = {
    Enter: [event.shiftKey ? -1 : 1, 0],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
    ArrowRight: atEnd ? [0, 1] : null,
    ArrowLeft: atStart ? [0, -1] : null,
  }[event.key];
  if (!by) return;
  event.preventDefault();
  const from = place(field);
  const next = grid[from.row + by[0]]?.[from.column + by[1]];
  next?.focus();
  next?.select();
}

function paste(event) {
  const field = event.target.closest("tr[data-row] input");
  if (!field) return;
  const block = readBlock(event.clipboardData.getData("text/plain"));
  if (block.length < 2 && (block[0]?.length ?? 0) < 2) return;
  event.preventDefault();
  const from = place(field);
  let left = 0;
  block.forEach((cells, down) =>
    cells.forEach((text, right) => {
      const to = grid[from.row + down]?.[from.column + right];
      if (!to) left += text ? 1 : 0;
      else if (to.value !== text) {
        to.value = text;
        changed(to);
      }
    }),
  );
  if (left) status.textContent = `${left} ô vừa dán nằm ngoài bảng nên để lại.`;
}

// Whoever raises hands: all who are there and do not step back agree, in rows where nothing is typed.
function fill() {
  for (const row of rows) {
    const [yes, no, blank] = ["yes", "no", "blank"].map((name) => form.elements[`${name}_${row.dataset.row}`]);
    if (yes.value || no.value || blank.value) continue;
    yes.value = row.dataset.most;
    no.value = "0";
    changed(yes);
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.closest("[inputmode]")) changed(event.target);
  });
  form.addEventListener("keydown", step);
  form.addEventListener("paste", paste);
  form.querySelector("[data-fill]")?.addEventListener("click", fill);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size || stuck.size || isBallotDirty) event.preventDefault();
  });
  for (const [name, value] of Object.entries(kept())) {
    const field = form.elements[name];
    if (!field || field.value === value) continue;
    field.value = value;
    changed(field);
  }
}
