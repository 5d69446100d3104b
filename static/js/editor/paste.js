// Rows pasted from Word, Excel or a web page: the server says what each column seems to be, the
// person sees it, changes it where it is wrong, and only then takes the rows.

import { emptyTask } from "./draft.js";
import { ask } from "./saver.js";

const FIELDS = {
  ignored: "Không lấy", number: "TT", content: "Nội dung", lead: "Chủ trì", support: "Phối hợp",
  time_text: "Thời gian thực hiện", quarter: "Quý", note: "Ghi chú",
};
const SHOWN = 60; // rows drawn; all are taken

export function bindPaste(draft, dialog, { urls, saver, say }) {
  const source = dialog.querySelector("#dan-vao");
  const [result, error] = [dialog.querySelector(".paste-result"), dialog.querySelector(".paste-error")];
  const take = dialog.querySelector("[data-paste=take]");
  const table = result.querySelector("table");
  let pasted = null; // {text, html, after}
  let found = null; // the server's answer

  // `byQuarter`: the table keeps its rows by quarter, so each goes to the end of its own.
  function open({ text = "", html = "", after = "", byQuarter = false }) {
    pasted = { text, html, after, byQuarter };
    found = null;
    result.hidden = take.hidden = error.hidden = true;
    dialog.querySelector(".paste-source").hidden = Boolean(text || html);
    source.value = "";
    dialog.showModal();
    if (text || html) read();
    else source.focus();
  }

  async function read(fields) {
    dialog.querySelector(".paste-waiting").hidden = false;
    const quarter = pasted.byQuarter ? (draft.find("task", pasted.after)?.quarter ?? null) : null;
    try {
      const { status, answer } = await ask(urls.paste, { kind: "tasks", text: pasted.text, html: pasted.html, quarter, fields });
      if (status === 200) return show(answer);
      error.textContent = answer.message;
    } catch {
      error.textContent = "Chưa đọc được phần vừa dán vì mất mạng. Hãy thử lại khi có mạng.";
    }
    dialog.querySelector(".paste-waiting").hidden = true;
    error.hidden = false;
    return undefined;
  }

  function show(answer) {
    found = answer;
    dialog.querySelector(".paste-waiting").hidden = true;
    error.hidden = true;
    result.hidden = false;
    dialog.querySelector(".paste-source").hidden = true;
    const count = answer.tasks.length;
    result.querySelector(".paste-words").textContent = count
      ? `Sẽ thêm ${count} nhiệm vụ. Xem lại tên cột ở đầu bảng; cột nào nhận sai thì chọn lại.`
      : "Chưa thấy nhiệm vụ nào. Hãy chọn cột nào là «Nội dung».";
    table.tHead.replaceChildren(headRow(answer.columns));
    const rows = answer.cells.slice(0, SHOWN).map((cells, place) => cellRow(cells, answer.taken[place]));
    if (answer.cells.length > SHOWN) rows.push(moreRow(answer.cells.length - SHOWN, answer.columns.length));
    table.tBodies[0].replaceChildren(...rows);
    showSkipped(answer.skipped);
    take.hidden = count === 0;
    take.textContent = `Lấy ${count} nhiệm vụ`;
    (take.hidden ? table.querySelector("select") : take)?.focus();
  }

  function headRow(columns) {
    const row = document.createElement("tr");
    columns.forEach((column, place) => {
      const head = document.createElement("th");
      head.scope = "col";
      const select = document.createElement("select");
      select.setAttribute("aria-label", `Cột ${place + 1} là`);
      for (const [value, words] of Object.entries(FIELDS)) select.add(new Option(words, value, false, value === column.field));
      select.addEventListener("change", async () => {
        await read([...table.tHead.querySelectorAll("select")].map((one) => one.value));
        table.tHead.querySelectorAll("select")[place]?.focus();
      });
      head.append(select);
      if (column.why) {
        const why = document.createElement("span");
        why.className = "row-note";
        why.textContent = column.why;
        head.append(why);
      }
      row.append(head);
    });
    return row;
  }

  function cellRow(cells, isTaken) {
    const row = document.createElement("tr");
    row.className = isTaken ? "" : "is-left";
    row.append(
      ...cells.map((text) => {
        const cell = document.createElement("td");
        cell.textContent = text;
        return cell;
      }),
    );
    return row;
  }

  function moreRow(count, width) {
    const row = document.createElement("tr");
    const cell = document.createElement("td");
    cell.colSpan = width;
    cell.textContent = `còn ${count} dòng nữa`;
    row.append(cell);
    return row;
  }

  function showSkipped(skipped) {
    const details = result.querySelector(".paste-skipped");
    details.hidden = skipped.length === 0;
    details.querySelector("summary").textContent = `${skipped.length} chỗ không thành nhiệm vụ`;
    details.querySelector("ul").replaceChildren(
      ...skipped.map(({ text, why }) => {
        const item = document.createElement("li");
        item.textContent = `«${text}»: ${why}`;
        return item;
      }),
    );
  }

  // Rows go behind the chosen row; those that name a quarter go to the end of that quarter.
  function takeRows() {
    const rows = found.tasks.map((task) => ({ ...emptyTask(task.quarter), ...task }));
    const keys = [];
    draft.together(() => {
      let after = draft.find("task", pasted.after) ? pasted.after : (draft.state.tasks.at(-1)?.key ?? "");
      for (const group of groupsOf(rows)) {
        if (pasted.byQuarter && group[0].quarter !== (draft.find("task", after)?.quarter ?? null)) after = endOf(group[0].quarter, after);
        draft.add("task", group, after);
        after = group.at(-1).key;
        keys.push(...group.map((row) => row.key));
      }
    });
    dialog.close();
    saver.plan(0);
    say(`Đã thêm ${keys.length} nhiệm vụ. Bấm Hoàn tác nếu không đúng ý.`);
    document.querySelector(`tr[data-key="${keys[0]}"] > [data-field="content"]`)?.focus();
  }

  function groupsOf(rows) {
    const groups = [];
    for (const row of rows) {
      if (groups.at(-1)?.[0].quarter === row.quarter) groups.at(-1).push(row);
      else groups.push([row]);
    }
    return groups;
  }

  function endOf(quarter, otherwise) {
    if (quarter === null) return otherwise;
    return draft.state.tasks.findLast((task) => task.quarter !== null && task.quarter <= quarter)?.key ?? "";
  }

  source.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    pasted = { ...pasted, text: data.getData("text/plain"), html: data.getData("text/html") };
    event.preventDefault();
    read();
  });
  source.addEventListener("change", () => {
    if (!source.value.trim()) return;
    pasted = { ...pasted, text: source.value, html: "" };
    read();
  });
  dialog.addEventListener("click", (event) => {
    const doing = event.target.closest("[data-paste]")?.dataset.paste;
    if (doing === "close") dialog.close();
    else if (doing === "take") takeRows();
  });

  return { open };
}
