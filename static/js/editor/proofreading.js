// What a careful colleague would remark, beside the text while one writes. Nothing is changed unasked:
// a click goes to the place, another takes the suggestion, and what is passed over stays passed over.

import { ask } from "./saver.js";

const PAUSE = 1500; // ms after the last letter
const SEVERITIES = [
  ["must", "Phải sửa"],
  ["should", "Nên sửa"],
  ["look", "Xem lại"],
];

function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const action = (text, kind, work) => {
  const button = element("button", { type: "button", class: `btn ${kind} btn-sm`, text });
  button.addEventListener("click", work);
  return button;
};

export function bindProofreading(draft, frame, { spots, urls, say, saver }) {
  const list = frame.querySelector(".findings");
  const words = frame.querySelector(".findings-words");
  const passed = frame.querySelector(".findings-passed");
  const counter = document.getElementById("so-loi");
  let timer = 0;
  let running = null;

  async function look() {
    if (running) {
      running.isOld = true; // the newest is read when this one is back
      return;
    }
    running = {};
    try {
      const { status, answer } = await ask(urls.findings, { state: draft.state });
      if (status === 200) render(answer);
      else words.textContent = `Chưa soát được: ${answer.message}`;
    } catch {
      words.textContent = "Chưa soát được vì mất mạng. Các ý dưới đây là của lần soát trước.";
    }
    const { isOld } = running;
    running = null;
    if (isOld) plan(0);
  }

  function render({ findings, dismissed }) {
    const open = document.activeElement?.closest?.(".finding")?.dataset.id;
    counter.textContent = findings.length ? `(${findings.length})` : "";
    words.textContent = findings.length
      ? `${findings.length} chỗ để xem. Bạn quyết định; chương trình không tự sửa.`
      : "Không thấy chỗ nào cần sửa.";
    list.replaceChildren(
      ...SEVERITIES.flatMap(([severity, label]) => {
        const some = findings.filter((finding) => finding.severity === severity);
        if (!some.length) return [];
        const head = element("h3", { text: `${label} (${some.length})` });
        return [head, element("ul", { class: `finding-list is-${severity}` }, ...some.map(shown))];
      }),
    );
    passed.hidden = dismissed.length === 0;
    passed.querySelector("summary").textContent = `Đã bỏ qua (${dismissed.length})`;
    passed.querySelector("ul").replaceChildren(...dismissed.map(shownPassed));
    if (open) list.querySelector(`[data-id="${open}"] button`)?.focus({ preventScroll: true });
  }

  function shown(finding) {
    const item = element("li", { class: "finding", "data-id": finding.id });
    const place = element("p", { class: "finding-place" });
    if (finding.spot) {
      const go = action(finding.where, "btn-link", () => spots.go(finding));
      if (finding.words) go.append(`: «${finding.words}»`);
      place.append(go);
    } else {
      place.textContent = finding.words ? `${finding.where}: «${finding.words}»` : finding.where;
    }
    const acts = element("p", { class: "finding-acts" });
    if (finding.suggestion !== null && finding.spot) {
      const label = finding.suggestion ? `Sửa thành «${finding.suggestion}»` : "Bỏ những chữ này";
      acts.append(action(label, "btn-secondary", () => take(finding)));
    }
    acts.append(action("Bỏ qua", "btn-quiet", () => askReason(item, finding)));
    item.append(place, element("p", { class: "finding-message", text: finding.message }), acts);
    return item;
  }

  function take(finding) {
    if (!spots.replace(finding, finding.suggestion)) {
      say("Chỗ này vừa đổi khác. Chương trình đang soát lại.");
      plan(0);
      return;
    }
    saver.plan(0);
    say(`Đã sửa «${finding.words}» thành «${finding.suggestion}». Bấm Hoàn tác nếu không đúng ý.`);
    plan(0);
  }

  // A «must» is passed over only with a reason, which stays in the plan's history.
  function askReason(item, finding) {
    if (item.querySelector("form")) return;
    const id = `ly-do-${finding.id}`;
    const isMust = finding.severity === "must";
    const label = element("label", { for: id, text: isMust ? "Lý do bỏ qua" : "Lý do bỏ qua (không bắt buộc)" });
    const field = element("input", { id, maxlength: "300", ...(isMust ? { required: "" } : {}) });
    const problem = element("p", { class: "field-error", role: "alert", hidden: "" });
    const send = element("button", { type: "submit", class: "btn btn-secondary btn-sm", text: "Bỏ qua chỗ này" });
    const form = element("form", { class: "finding-reason" }, label, problem, field, send);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await tell({ ...told(finding), reason: field.value }, problem)) say("Đã bỏ qua; chữ còn như thế thì không nhắc lại.");
    });
    item.append(form);
    field.focus();
  }

  function shownPassed(finding) {
    const back = action("Nêu lại", "btn-quiet", () => tell({ ...told(finding), again: true }));
    const reason = finding.reason ? ` Lý do: ${finding.reason}.` : "";
    return element("li", {}, element("span", { text: `«${finding.words}»: ${finding.message}${reason} ` }), back);
  }

  const told = ({ code, text, words: quoted, message, severity }) => ({ code, text, words: quoted, message, severity });

  async function tell(data, problem) {
    try {
      const { status, answer } = await ask(urls.dismiss, data);
      if (status === 200) {
        plan(0);
        return true;
      }
      if (problem) {
        problem.textContent = answer.message;
        problem.hidden = false;
      }
    } catch {
      say("Chưa ghi được vì mất mạng. Hãy thử lại khi có mạng.");
    }
    return false;
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(look, wait);
  }

  draft.addEventListener("change", () => plan(PAUSE));
  draft.addEventListener("news", (event) => event.detail.state && plan(0));
  plan(0);
}
