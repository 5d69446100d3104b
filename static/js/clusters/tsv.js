// A block of cells as Excel puts it on the clipboard: lines, tabs, and quotes around what holds either.

export function readBlock(text) {
  const rows = [];
  let row = [];
  let cell = "";
  let isQuoted = false;
  const source = text.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  for (let place = 0; place < source.length; place += 1) {
    const letter = source[place];
    if (isQuoted) {
      if (letter === '"' && source[place + 1] === '"') {
        cell += '"';
        place += 1;
      } else if (letter === '"') isQuoted = false;
      else cell += letter;
    } else if (letter === '"' && cell === "") isQuoted = true;
    else if (letter === "\t") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += letter;
  }
  if (cell !== "" || row.length) rows.push([...row, cell]);
  return rows.map((cells) => cells.map((one) => one.replace(/\s+/g, " ").trim()));
}
