// «Chèn»: lines that print what another app keeps, such as the targets of the plan's campaign.

export function offerLines(menu, lines, body, put) {
  menu.hidden = lines.length === 0;
  menu.querySelector("ul").replaceChildren(
    ...lines.map((line) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = line;
      button.addEventListener("click", () => {
        menu.open = false;
        insert(body, line, put);
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}

// Below the line in which the caret stands; in its place where that line is blank.
function insert(body, line, put) {
  const lines = body.value.split("\n");
  const place = body.value.slice(0, body.selectionStart).split("\n").length - 1;
  const isBlank = !lines[place].trim();
  const at = isBlank ? place : place + 1;
  lines.splice(at, isBlank ? 1 : 0, line);
  put(lines.join("\n"), line);
  const caret = lines.slice(0, at + 1).join("\n").length;
  body.focus();
  body.setSelectionRange(caret, caret);
}
