// Receivers to tick and days of receipt to type; without scripts both pages work all the same.

const MARKS = /[\u0300-\u036f]/g;

// As core.text.fold: no marks, đ as d, lower case.
function fold(text) {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replaceAll("đ", "d").trim();
}

// -- Receivers: found by typing, ticked by keyboard, counted. ----------------------------

const sending = document.querySelector("form[data-send]");

if (sending) {
  const list = sending.querySelector("[data-list]");
  const everyone = sending.querySelector("[data-everyone]");
  const finder = sending.querySelector("[data-search]");
  const count = sending.querySelector("[data-count]");
  const boxes = [...sending.querySelectorAll("input[name=units]:not(:disabled)")];
  const lower = boxes.filter((box) => list?.contains(box));

  const shown = () => [...(list?.querySelectorAll(".receiver:not([hidden]) input:not(:disabled)") ?? [])];

  const others = () => [...sending.querySelectorAll(".other-receiver")];

  const say = () => {
    if (everyone) everyone.checked = lower.every((box) => box.checked);
    const chosen = boxes.filter((box) => box.checked).length + others().filter((field) => field.value.trim()).length;
    count.hidden = false;
    count.textContent = chosen ? `Đã chọn ${chosen} nơi nhận.` : "Chưa chọn nơi nhận nào.";
  };

  const find = () => {
    const words = fold(finder.value).split(/\s+/).filter(Boolean);
    for (const row of list.querySelectorAll(".receiver")) {
      row.hidden = !words.every((word) => row.dataset.words.includes(word));
    }
    sending.querySelector("[data-none]").hidden = list.querySelector(".receiver:not([hidden])") !== null;
  };

  everyone?.addEventListener("input", () => {
    for (const box of lower) box.checked = everyone.checked;
  });
  if (finder) {
    sending.querySelector("[data-search-box]").hidden = false;
    finder.addEventListener("input", find);
    finder.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        const first = shown().find((box) => !box.checked);
        if (!first || !finder.value.trim()) return;
        first.checked = true;
        finder.value = "";
        find();
        say();
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        shown()[0]?.focus();
      }
    });
  }
  list?.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const rows = shown();
    const next = rows.indexOf(document.activeElement) + step;
    if (next < 0) finder?.focus();
    else rows[next]?.focus();
  });

  // One more blank line as soon as the last one is used.
  sending.addEventListener("input", (event) => {
    const last = others().at(-1);
    if (event.target === last && last.value) {
      const blank = last.cloneNode();
      blank.value = "";
      blank.setAttribute("aria-label", `Nơi nhận khác, ô ${others().length + 1}`);
      last.after(blank);
    }
    say();
  });
  sending.addEventListener("change", say);
  window.addEventListener("pageshow", () => {
    if (everyone?.checked) for (const box of lower) box.checked = true;
    if (finder) find();
    say();
  });
}

// -- Days of receipt: a column that was pasted runs down the fields. ---------------------

const receipts = document.querySelector("form[data-receipts]");

if (receipts) {
  const fields = [...receipts.querySelectorAll("td input[type=text]")];

  const put = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  receipts.addEventListener("paste", (event) => {
    const start = fields.indexOf(event.target);
    const lines = event.clipboardData.getData("text").replaceAll("\r\n", "\n").replace(/\n$/, "").split("\n");
    if (start < 0 || lines.length < 2) return;
    event.preventDefault();
    lines.forEach((line, at) => {
      if (fields[start + at]) put(fields[start + at], line.split("\t")[0].trim());
    });
    fields[Math.min(start + lines.length, fields.length) - 1].focus();
  });
  receipts.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: 1 }[event.key];
    const at = fields.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault(); // Enter goes down as in a sheet; the button saves
    fields[at + step]?.focus();
  });

  const today = receipts.querySelector("[data-today]");
  today.hidden = false;
  today.addEventListener("click", () => {
    for (const field of fields) if (!field.value.trim()) put(field, today.dataset.today);
  });
}
