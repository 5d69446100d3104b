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
        return [head, element("ul", { class: `finding-list is-${severity}` }, ...alike(some).map(shown))];
      }),
    );
    passed.hidden = dismissed.length === 0;
    passed.querySelector("summary").textContent = `Đã bỏ qua (${dismissed.length})`;
    passed.querySelector("ul").replaceChildren(...dismissed.map(shownPassed));
    if (open) list.querySelector(`[data-id="${open}"] button`)?.focus({ preventScroll: true });
  }

  // One and the same remark at many places is one entry.
  function alike(findings) {
    const groups = new Map();
    for (const finding of findings) {
      const name = JSON.stringify([finding.code, finding.words, finding.message, finding.suggestion]);
      groups.set(name, [...(groups.get(name) ?? []), finding]);
    }
    return [...groups.values()];
  }

  function shown(group) {
    const [first] = group;
    const item = element("li", { class: "finding", "data-id": first.id });
    const places = group.map((finding) => {
      const words = finding.words ? `${finding.where}: «${finding.words}»` : finding.where;
      const inner = finding.spot ? action(words, "btn-link", () => spots.go(finding)) : element("span", { text: words });
      return element("p", { class: "finding-place" }, inner);
    });
    const acts = element("p", { class: "finding-acts" });
    const mendable = group.filter((finding) => finding.spot);
    if (first.suggestion && mendable.length) {
      const label = `Sửa ${mendable.length > 1 ? `cả ${mendable.length} chỗ ` : ""}thành «${first.suggestion}»`;
      acts.append(action(label, "btn-secondary", () => take(mendable)));
    }
    acts.append(action(group.length > 1 ? `Bỏ qua cả ${group.length} chỗ` : "Bỏ qua", "btn-quiet", () => askReason(item, group)));
    item.append(...places, element("p", { class: "finding-message", text: first.message }), acts);
    return item;
  }

  // Behind to front, so that what is mended first moves nothing of what follows; one Ctrl+Z takes all back.
  function take(group) {
    const [{ words: wrong, suggestion }] = group;
    let mended = 0;
    draft.together(() => {
      for (const finding of [...group].reverse()) mended += spots.replace(finding, suggestion) ? 1 : 0;
    });
    if (mended) saver.plan(0);
    say(
      mended
        ? `Đã sửa «${wrong}» thành «${suggestion}»${mended > 1 ? ` ở ${mended} chỗ` : ""}. Bấm Hoàn tác nếu không đúng ý.`
        : "Chỗ này vừa đổi khác. Chương trình đang soát lại.",
    );
    plan(0);
  }

  // A «must» is passed over only with a reason, which stays in the plan's history.
  function askReason(item, group) {
    if (item.querySelector("form")) return;
    const id = `ly-do-${group[0].id}`;
    const isMust = group[0].severity === "must";
    const label = element("label", { for: id, text: isMust ? "Lý do bỏ qua" : "Lý do bỏ qua (không bắt buộc)" });
    const field = element("input", { id, maxlength: "300", ...(isMust ? { required: "" } : {}) });
    const problem = element("p", { class: "field-error", role: "alert", hidden: "" });
    const send = element("button", { type: "submit", class: "btn btn-secondary btn-sm", text: "Bỏ qua" });
    const form = element("form", { class: "finding-reason" }, label, problem, field, send);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      for (const finding of group) {
        if (!(await tell({ ...told(finding), reason: field.value }, problem))) return;
      }
      say("Đã bỏ qua; chữ còn như thế thì không nhắc lại.");
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
