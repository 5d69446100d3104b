// What is typed into <form data-keep="KEY"> stays in this browser until the server has it.
//
// Kept in localStorage per account (<body data-user>) and key, one second after the last
// letter, when the page is left and when the form is sent; never passwords, files or the
// CSRF token. The next page that shows the same form offers it back where it differs.
// It is forgotten when
//   - the page that answers the sending carries [data-kept-done] (the notice of success
//     does, templates/_messages.html): a refusal, a sign-in page or no answer keeps it;
//   - the person says so («Bỏ», or a link with [data-keep-drop] in the form);
//   - it is two weeks old.
// The form's hidden version goes with the text, so that a plan changed meanwhile is told.
// The sign-in page uncovers [data-kept-notice] when something is kept for the page behind it.

const PREFIX = "tdkt.keep.";
const SENT = "tdkt.keep-sent"; // in sessionStorage: the key that this tab has just sent
const PAUSE = 1000; // ms
const LONGEST = 14 * 24 * 3600 * 1000; // ms

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // storage forbidden or spoilt: nothing is offered
  }
}

function store(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // storage forbidden or full: the warning on leaving remains
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // storage forbidden: nothing was kept
  }
}

function allKept() {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    return keys.map((key) => [key, stored(key)]).filter(([, kept]) => kept);
  } catch {
    return [];
  }
}

// The key sent by the page before this one, told once.
function takeSent() {
  try {
    const key = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    return key;
  } catch {
    return null;
  }
}

function markSent(key) {
  try {
    sessionStorage.setItem(SENT, key);
  } catch {
    // then the text is offered once more after saving
  }
}

// -- One form ---------------------------------------------------------------------------

function isKept(field) {
  return field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "submit"].includes(field.type);
}

// [[name, value], …] in the order of the page.
function valuesOf(form) {
  const names = new Set([...form.elements].filter(isKept).map((field) => field.name));
  return [...new FormData(form)]
    .filter(([name]) => names.has(name))
    .map(([name, value]) => [name, String(value).replaceAll("\r\n", "\n")]);
}

// What a person can see of them: a hidden field alone is no difference.
function seen(form, values) {
  const hidden = new Set([...form.elements].filter((field) => field.type === "hidden").map((field) => field.name));
  return JSON.stringify(values.filter(([name]) => !hidden.has(name)));
}

function fill(form, values) {
  const left = new Map();
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value]);
  for (const field of [...form.elements].filter(isKept)) {
    const mine = left.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = mine.includes(option.value);
    else if (mine.length) field.value = mine.shift();
    const folded = field.value ? field.closest("details:not(.menu)") : null;
    if (folded) folded.open = true; // what comes back is seen
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function whenInWords(at) {
  const moment = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  if (moment.toDateString() === new Date().toDateString()) return time;
  return `${time} ngày ${two(moment.getDate())}/${two(moment.getMonth() + 1)}`;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-secondary btn-sm";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function offer(form, kept, take, drop) {
  const line = document.createElement("div");
  line.className = "kept-offer";
  line.setAttribute("role", "status");
  const words = document.createElement("p");
  words.textContent = `Có nội dung gõ dở lúc ${whenInWords(kept.at)} chưa lưu.`;
  const end = (act) => () => {
    act();
    line.remove();
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  line.append(words, button("Lấy lại", end(take)), button("Bỏ", end(drop)));
  form.prepend(line);
}

function watch(form, sent) {
  const key = `${PREFIX}${document.body.dataset.user ?? ""}.${form.dataset.keep}`;
  const kept = stored(key);
  const start = seen(form, valuesOf(form));
  const isRefused = sent === key && document.querySelector(".error-summary, .conflict") !== null;
  let timer = 0;
  let isLeaving = false;

  const isChanged = () => isRefused || seen(form, valuesOf(form)) !== start;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (isChanged()) store(key, { at: Date.now(), page: location.pathname, values: valuesOf(form) });
  };

  if (kept && seen(form, kept.values) !== start) {
    offer(form, kept, () => fill(form, kept.values), () => forget(key));
  } else if (kept && !isRefused) {
    forget(key); // it is what the server has
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    keep();
    markSent(key);
    isLeaving = true;
  });
  form.querySelector("[data-keep-drop]")?.addEventListener("click", () => {
    clearTimeout(timer);
    forget(key);
    isLeaving = true;
  });
  window.addEventListener("pagehide", () => {
    if (!isLeaving) keep();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isLeaving = false; // back from the page after: it may be typed in again
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && isChanged()) event.preventDefault();
  });
}

// -- This page --------------------------------------------------------------------------

const sent = takeSent();
if (sent && document.querySelector("[data-kept-done]")) forget(sent);

for (const [key, kept] of allKept()) {
  if (!(Date.now() - kept.at < LONGEST)) forget(key);
}

for (const form of document.querySelectorAll("form[data-keep]")) watch(form, sent);

const notice = document.querySelector("[data-kept-notice]");
if (notice) {
  const behind = document.querySelector("input[name=next]")?.value;
  notice.hidden = !allKept().some(([, kept]) => kept.page === behind);
}
