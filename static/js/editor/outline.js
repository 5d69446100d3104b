// Sections: a line for the heading, plain lines under it, as one types them in Word.

import { newKey, target } from "./draft.js";
import { grow, show, showProblem } from "./fields.js";
import { offerLines } from "./inserting.js";
import { ask } from "./saver.js";

const A_HEADING = /^[IVX]+\.\s+\S/; // a line of the body that looks like the next section's heading
const TASKS_LINE = "[Bảng nhiệm vụ]";

export function bindOutline(draft, root, { saver, urls, say, remarks, blocks }) {
  const template = document.getElementById("mau-muc");
  const shown = new Map(); // key → its element

  function build(section) {
    const element = template.content.firstElementChild.cloneNode(true);
    const [line, body] = [element.querySelector(".heading-line"), element.querySelector("textarea")];
    element.dataset.key = section.key;
    const bind = (field, name) => {
      field.id = `muc-${name}-${section.key}`;
      field.addEventListener("input", () => {
        draft.set({ of: "section", key: section.key, field: name, value: field.value.replaceAll("\r\n", "\n") }, { typing: true });
        if (field === body) grow(body);
      });
      field.addEventListener("change", () => saver.plan(0));
      field.addEventListener("blur", () => {
        draft.endTyping();
        offerSplit(section.key);
        const now = draft.find("section", section.key);
        if (now) show(field, now[name]);
      });
    };
    bind(line, "line");
    bind(body, "body");
    line.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      body.focus();
      body.setSelectionRange(0, 0);
    });
    body.addEventListener("paste", (event) => paste(event, section.key, body));
    offerLines(element.querySelector(".insert-menu"), blocks, body, (value, line) => {
      draft.set({ of: "section", key: section.key, field: "body", value });
      render();
      saver.plan(0);
      say(`Đã chèn dòng ${line}. Bấm Hoàn tác để bỏ.`);
    });
    element.addEventListener("click", (event) => {
      const doing = event.target.closest("[data-do]")?.dataset.do;
      if (doing) act(doing, section.key, element);
    });
    return element;
  }

  function act(doing, key, element) {
    const place = draft.state.sections.findIndex((one) => one.key === key);
    const before = (steps) => draft.state.sections[place + steps]?.key ?? "";
    const menu = element.querySelector("details.menu");
    if (menu) menu.open = false;
    if (doing === "add") {
      const fresh = { key: newKey(), line: "", level: null, body: "" };
      draft.add("section", [fresh], key);
      focusLine(fresh.key);
    } else if (doing === "up" && place > 0) {
      draft.move("section", key, before(-2));
      focusLine(key);
    } else if (doing === "down" && place < draft.state.sections.length - 1) {
      draft.move("section", key, before(1));
      focusLine(key);
    } else if (doing === "remove") {
      const next = before(1) || before(-1);
      draft.remove("section", key);
      say("Đã bỏ một mục. Bấm Hoàn tác để lấy lại.");
      if (next) focusLine(next);
    } else if (doing === "split") {
      split(key, Number(element.querySelector(".split-offer").dataset.line));
    }
  }

  function focusLine(key) {
    shown.get(key)?.querySelector(".heading-line").focus();
  }

  // «III. TỔ CHỨC THỰC HIỆN» typed among the lines: offered as a section of its own, never made unasked.
  function offerSplit(key) {
    const section = draft.find("section", key);
    const element = shown.get(key);
    const offer = element?.querySelector(".split-offer");
    if (!section || !offer) return;
    const lines = section.body.split("\n");
    const place = lines.findIndex((one) => A_HEADING.test(one.trim()));
    offer.hidden = place < 0;
    if (place < 0) return;
    offer.dataset.line = place;
    offer.querySelector(".split-words").textContent = `«${lines[place].trim().slice(0, 60)}» là tiêu đề của một mục mới?`;
  }

  function split(key, place) {
    const section = draft.find("section", key);
    const lines = section.body.split("\n");
    const fresh = { key: newKey(), line: lines[place].trim(), level: null, body: lines.slice(place + 1).join("\n") };
    draft.together(() => {
      draft.set({ of: "section", key, field: "body", value: lines.slice(0, place).join("\n") });
      draft.add("section", [fresh], key);
    });
    render();
    focusLine(fresh.key);
  }

  // From Word: its marks are cleaned and its headings become sections, in one step that undo takes back.
  async function paste(event, key, body) {
    const data = event.clipboardData;
    const [text, html] = [data.getData("text/plain"), data.getData("text/html")];
    if (!text.trim().includes("\n") && !html) return; // a few words: the browser's own way
    event.preventDefault();
    const [start, end] = [body.selectionStart, body.selectionEnd];
    let sections = [{ line: "", level: 0, body: text.replaceAll("\r\n", "\n") }];
    try {
      const { status, answer } = await ask(urls.paste, { kind: "lines", text, html });
      if (status === 200) sections = answer.sections;
      else say(answer.message);
    } catch {
      // without the server the words are taken as they are
    }
    const [before, after] = [body.value.slice(0, start), body.value.slice(end)];
    const first = sections[0]?.line ? null : sections.shift();
    const rows = sections.map((one) => ({ key: newKey(), ...one }));
    const tail = rows.at(-1);
    if (tail && after.trim()) tail.body = `${tail.body}\n${after.trim()}`.trim();
    const middle = first ? first.body : "";
    draft.together(() => {
      const value = rows.length ? `${before}${middle}`.trimEnd() : `${before}${middle}${after}`;
      draft.set({ of: "section", key, field: "body", value });
      if (rows.length) draft.add("section", rows, key);
    });
    render();
    const caret = before.length + middle.length;
    if (rows.length) focusLine(rows[0].key);
    else body.setSelectionRange(caret, caret);
    saver.plan(0);
    if (rows.length) say(`Đã dán ${rows.length} mục. Bấm Hoàn tác nếu không đúng ý.`);
  }

  function render() {
    const keys = new Set(draft.state.sections.map((section) => section.key));
    for (const [key, element] of shown) {
      if (!keys.has(key)) {
        element.remove();
        shown.delete(key);
      }
    }
    let before = null;
    for (const section of draft.state.sections) {
      const element = shown.get(section.key) ?? build(section);
      shown.set(section.key, element);
      const wanted = before ? before.nextElementSibling : root.firstElementChild;
      if (wanted !== element) root.insertBefore(element, wanted);
      fill(element, section);
      before = element;
    }
    document.getElementById("chua-co-muc").hidden = keys.size > 0;
  }

  function fill(element, section) {
    for (const [name, field] of [["line", element.querySelector(".heading-line")], ["body", element.querySelector("textarea")]]) {
      show(field, section[name]);
      const act_ = { of: "section", key: section.key, field: name };
      const problem = name === "body" && section.isRefused ? section.problem : draft.problemAt(act_);
      showProblem(field, problem, `loi-${target(act_).replaceAll("/", "-")}`);
    }
    showRemarks(element.querySelector(".remarks-at"), remarks.at(section.key));
    const name = section.line || "phần không có tiêu đề";
    element.querySelector(".heading-line").setAttribute("aria-label", `Tiêu đề mục ${section.line}`.trim());
    element.querySelector("textarea").setAttribute("aria-label", `Nội dung, ${name}`);
    grow(element.querySelector("textarea"));
  }

  function showRemarks(list, texts) {
    if (list.childElementCount === texts.length) return;
    list.replaceChildren(
      ...texts.map((text) => {
        const item = document.createElement("li");
        item.textContent = `Ý kiến: ${text}`;
        return item;
      }),
    );
    list.hidden = texts.length === 0;
  }

  // Wrong numbering is shown where it stands, never changed.
  function showNumbering(findings) {
    for (const [key, element] of shown) {
      const mine = findings.filter((finding) => finding.key === key);
      const list = element.querySelector(".numbering");
      list.replaceChildren(
        ...mine.map((finding) => {
          const item = document.createElement("li");
          item.textContent = finding.message;
          return item;
        }),
      );
      list.hidden = mine.length === 0;
    }
  }

  document.getElementById("them-muc").addEventListener("click", () => {
    const fresh = { key: newKey(), line: "", level: null, body: "" };
    draft.add("section", [fresh], draft.state.sections.at(-1)?.key ?? "");
    render();
    focusLine(fresh.key);
  });

  const hasTasksLine = () => draft.state.sections.some((one) => one.body.split("\n").includes(TASKS_LINE));
  const place = document.getElementById("dat-bang");
  place?.querySelector("button").addEventListener("click", () => {
    const last = draft.state.sections.at(-1);
    if (last) draft.set({ of: "section", key: last.key, field: "body", value: `${last.body}\n${TASKS_LINE}`.trim() });
    else draft.add("section", [{ key: newKey(), line: "", level: 0, body: TASKS_LINE }], "");
    render();
    saver.plan(0);
  });
  const showPlace = () => {
    if (place) place.hidden = Boolean(draft.state.tables.appendix) || hasTasksLine() || draft.state.tasks.length === 0;
  };

  draft.addEventListener("news", () => {
    render();
    showPlace();
  });
  draft.addEventListener("change", (event) => {
    if (event.detail.rows) render();
    showPlace();
  });
  render();
  showPlace();
  return { showNumbering, redraw: render };
}
