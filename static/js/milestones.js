// A milestone's day as it is typed: its weekday, how long before the duty's day, whether nobody works then.
// <form data-due data-today data-off> tell the days; the server says the same when the page is sent.

const form = document.querySelector("form[data-due]");
const WEEKDAYS = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];
const A_DAY = 24 * 3600 * 1000; // ms

// As «5/3/2026» or «05/03/26»; null where it is no day.
function read(text) {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})\s*$/.exec(text);
  if (!found) return null;
  const [day, month, year] = found.slice(1).map(Number);
  const moment = new Date(Date.UTC(year < 100 ? 2000 + year : year, month - 1, day));
  return moment.getUTCDate() === day && moment.getUTCMonth() === month - 1 ? moment : null;
}

function note(words, isPast = false) {
  const made = document.createElement("span");
  made.className = isPast ? "milestone-note is-past" : "milestone-note";
  made.textContent = words;
  return made;
}

function notesOf(moment) {
  const iso = moment.toISOString().slice(0, 10);
  const off = JSON.parse(form.dataset.off)[iso];
  const left = Math.round((Date.parse(form.dataset.due) - moment.getTime()) / A_DAY);
  const before = left < 0 ? "sau hạn" : left ? `${left} ngày trước hạn` : "đúng ngày hạn";
  const weekday = note(`${WEEKDAYS[moment.getUTCDay()]}, ${before}`);
  weekday.className = "milestone-weekday";
  const notes = [weekday];
  if (off !== undefined) notes.push(note(off ? `ngày nghỉ (${off})` : "ngày nghỉ"));
  if (iso < form.dataset.today) notes.push(note("đã qua", true));
  return notes;
}

form?.addEventListener("input", (event) => {
  if (!event.target.name.endsWith("-day")) return;
  const moment = read(event.target.value);
  const place = event.target.closest(".duty-row").querySelector("[data-notes]");
  place.replaceChildren(...(moment ? notesOf(moment) : []));
});
