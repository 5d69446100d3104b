// Going to a place that somebody or something remarked on, and changing the words there.
//
// A spot is what plans/editor/pointing.py says: {of, key, field, line, name, offset}.

// The textarea's line that is the nth which says something.
function rawLine(text, nth) {
  const lines = text.split("\n");
  let seen = -1;
  const place = lines.findIndex((line) => line.trim() && ++seen === nth);
  return { lines, place };
}

function fieldOf(spot) {
  if (spot.of === "section") return document.getElementById(`muc-${spot.field}-${spot.key}`);
  return document.querySelector(`.editor [data-binds="${spot.of}:${spot.field}"]`);
}

export function bindSpots(draft, grid) {
  const actOf = (spot) => (spot.key ? { of: spot.of, key: spot.key, field: spot.field } : { of: spot.of, field: spot.field });

  // The text at the spot, and how to write another in its place.
  function textAt(spot) {
    const value = draft.valueOf(actOf(spot));
    if (Array.isArray(value)) {
      const name = spot.name ?? 0;
      return { text: value[name] ?? "", put: (text) => value.map((one, place) => (place === name ? text : one)) };
    }
    if (typeof value !== "string") return null;
    if (spot.line === null || spot.line === undefined) return { text: value, put: (text) => text, from: 0 };
    const { lines, place } = rawLine(value, spot.line);
    if (place < 0) return null;
    const from = lines.slice(0, place).reduce((length, line) => length + line.length + 1, 0);
    return { text: lines[place], put: (text) => replaced(lines, place, text), from };
  }

  const replaced = (lines, place, text) => lines.map((line, at) => (at === place ? text : line)).join("\n");

  // Where the words stand in that text now; -1 where they are gone or stand there several times elsewhere.
  function find(text, { words, start }) {
    if (start !== undefined && text.startsWith(words, start)) return start;
    const first = text.indexOf(words);
    return first === text.lastIndexOf(words) ? first : -1;
  }

  const begin = (note) => (note.start === undefined ? undefined : note.start + (note.spot.offset ?? 0));

  function go(note) {
    const { spot } = note;
    if (spot.of === "task") {
      grid.go(spot.key, spot.field);
      document.activeElement.scrollIntoView({ block: "center" });
      return;
    }
    const field = fieldOf(spot);
    if (!field) return;
    const closed = field.closest("details");
    if (closed) closed.open = true;
    field.focus();
    const there = textAt(spot);
    if (!there || there.from === undefined || field.tagName === "SELECT") return;
    const at = note.words ? find(there.text, { words: note.words, start: begin(note) }) : -1;
    const start = there.from + Math.max(0, at);
    field.setSelectionRange(start, start + (at < 0 ? there.text.length : note.words.length));
    field.scrollIntoView({ block: "center" });
  }

  // False where the words are no longer there.
  function replace(note, words) {
    const there = textAt(note.spot);
    const at = there ? find(there.text, { words: note.words, start: begin(note) }) : -1;
    if (at < 0) return false;
    const text = there.text.slice(0, at) + words + there.text.slice(at + note.words.length);
    draft.set({ ...actOf(note.spot), value: there.put(text) });
    draft.dispatchEvent(new CustomEvent("change", { detail: { rows: true, turned: true } })); // all fields show it
    return true;
  }

  return { go, replace };
}
