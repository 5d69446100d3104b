// The editors that open in a cell: a line of text, a day, or names one by one.
//
// Each is {element, focus(), value(), close()}; it tells `typed(value)` while a person types and
// `done(move)` when they are through: move is "down", "right", "left" or "stay"; `dropped()` on Escape.

import { grow } from "./fields.js";

function keys(event, { done, dropped }) {
  if (event.key === "Escape") dropped();
  else if (event.key === "Tab") done(event.shiftKey ? "left" : "right");
  else if (event.key === "Enter" && !event.shiftKey) done("down");
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}

export function textEditor({ value, label, typed, done, dropped, isDay }) {
  const area = document.createElement(isDay ? "input" : "textarea");
  area.className = "cell-editor";
  area.setAttribute("aria-label", label);
  area.value = value;
  if (isDay) area.inputMode = "numeric";
  else area.rows = 1;
  area.addEventListener("input", () => {
    if (!isDay) grow(area);
    typed(area.value.replace(/\s*[\n\t]\s*/g, " "));
  });
  area.addEventListener("keydown", (event) => keys(event, { done, dropped }));
  area.addEventListener("blur", () => {
    if (document.activeElement !== area) done("leave"); // it still is when only the window was left
  });
  return {
    element: area,
    focus() {
      if (!isDay) grow(area);
      area.focus();
      area.setSelectionRange(area.value.length, area.value.length);
    },
  };
}

// Names of parts: chosen from the list or typed anew, several at once, each as a chip.
export function namesEditor({ value, label, offers, fold, typed, done, dropped, id }) {
  let names = [...value];
  let chosen = -1;
  let isDropped = false;
  const box = document.createElement("div");
  box.className = "cell-editor names-editor";
  const input = document.createElement("input");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-label", label);
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", `${id}-list`);
  input.autocomplete = "off";
  const list = document.createElement("ul");
  list.id = `${id}-list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", `${label}: chọn`);
  box.append(input, list);

  const isKnown = (name) => offers.some((offer) => offer === name);

  function draw() {
    for (const chip of box.querySelectorAll(".chip")) chip.remove();
    for (const [place, name] of names.entries()) {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "chip";
      chip.tabIndex = -1;
      chip.textContent = isKnown(name) ? `${name} ×` : `${name} (mới) ×`;
      chip.setAttribute("aria-label", `Bỏ ${name}`);
      chip.addEventListener("mousedown", (event) => {
        event.preventDefault();
        names.splice(place, 1);
        changed();
      });
      input.before(chip);
    }
    offer();
  }

  function offer() {
    const words = fold(input.value).split(" ").filter(Boolean);
    const fitting = offers.filter((name) => !names.includes(name) && words.every((word) => fold(name).includes(word)));
    const shown = fitting.slice(0, 8);
    list.replaceChildren(
      ...shown.map((name, place) => {
        const item = document.createElement("li");
        item.id = `${id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", String(place === chosen));
        item.textContent = name;
        item.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(name);
        });
        return item;
      }),
    );
    if (fitting.length > shown.length) {
      const more = document.createElement("li");
      more.className = "more";
      more.setAttribute("aria-hidden", "true");
      more.textContent = `còn ${fitting.length - shown.length} tên, gõ thêm để tìm`;
      list.append(more);
    }
    list.hidden = shown.length === 0;
    place();
    input.setAttribute("aria-expanded", String(shown.length > 0));
    if (chosen >= 0 && chosen < shown.length) input.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    else input.removeAttribute("aria-activedescendant");
    return shown;
  }

  // Over everything, so that the table's frame cuts nothing off; above the cell where there is no room below.
  function place() {
    const [cell, own] = [box.getBoundingClientRect(), list.getBoundingClientRect()];
    const isBelow = cell.bottom + own.height < window.innerHeight || cell.top < own.height;
    list.style.left = `${Math.max(8, Math.min(cell.left, window.innerWidth - own.width - 8))}px`;
    list.style.top = `${isBelow ? cell.bottom : cell.top - own.height}px`;
  }

  function follow() {
    if (box.isConnected) place();
    else window.removeEventListener("scroll", follow, { capture: true });
  }

  function changed() {
    typed([...names]);
    draw();
  }

  // A name of the list stays as it is written there, however it was typed.
  function take(name) {
    const clean = offers.find((offer) => fold(offer) === fold(name)) ?? name.trim();
    if (clean && !names.includes(clean)) names.push(clean);
    input.value = "";
    chosen = -1;
    changed();
  }

  input.addEventListener("input", () => {
    chosen = -1;
    if (input.value.includes(";")) {
      const pieces = input.value.split(";");
      input.value = pieces.pop();
      const rest = input.value;
      for (const piece of pieces) take(piece);
      input.value = rest;
      offer();
    } else {
      offer();
    }
  });
  input.addEventListener("paste", (event) => {
    const pasted = event.clipboardData.getData("text/plain").split(/[;\n\t]/).filter((name) => name.trim());
    if (pasted.length < 2) return;
    event.preventDefault();
    for (const name of pasted) take(name);
  });
  input.addEventListener("keydown", (event) => {
    const shown = offer();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = Math.max(-1, Math.min(shown.length - 1, chosen + (event.key === "ArrowDown" ? 1 : -1)));
      offer();
    } else if (event.key === "Enter" && (chosen >= 0 || input.value.trim())) {
      event.preventDefault();
      take(chosen >= 0 ? shown[chosen] : input.value);
    } else if (event.key === "Backspace" && !input.value && names.length) {
      names.pop();
      changed();
    } else {
      if (event.key === "Tab" && input.value.trim()) take(input.value);
      isDropped = event.key === "Escape";
      keys(event, { done, dropped });
    }
    event.stopPropagation();
  });
  input.addEventListener("blur", () => {
    if (document.activeElement === input) return;
    if (input.value.trim() && !isDropped) take(input.value);
    done("leave");
  });
  draw();
  return {
    element: box,
    focus() {
      input.focus();
      place();
      window.addEventListener("scroll", follow, { capture: true, passive: true });
    },
    type(letter) {
      input.value = letter;
      offer();
    },
  };
}
