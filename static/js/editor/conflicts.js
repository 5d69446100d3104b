// Two people, or two windows, changed the same place: both texts side by side, and the person decides.

const NAMES = {
  content: "Nội dung nhiệm vụ", lead: "Chủ trì", support: "Phối hợp", time_text: "Thời gian thực hiện",
  due: "Hạn hoàn thành", start: "Ngày bắt đầu", note: "Ghi chú", number: "Số thứ tự", quarter: "Quý",
  planned_for: "Dự kiến làm ngày", line: "Tiêu đề mục", body: "Nội dung mục", follower: "Người theo dõi",
};

const inWords = (value) => (Array.isArray(value) ? value.join("\n") : value === null || value === undefined ? "" : String(value));

export function showConflicts(draft, dialog, saver) {
  const [heading, who] = [dialog.querySelector("h2"), dialog.querySelector(".who")];
  const [stored, merged] = [dialog.querySelector(".stored"), dialog.querySelector("textarea")];
  let open = null;

  function labelOf(act) {
    if (NAMES[act.field]) return NAMES[act.field];
    const field = document.querySelector(`[data-binds="${act.of}:${act.field}"]`);
    return field?.labels?.[0]?.firstChild.textContent.trim() ?? "Nội dung";
  }

  function show() {
    const next = draft.conflicts[0];
    if (!next || open === next) return;
    open = next;
    const { act } = next;
    heading.textContent = `${labelOf(act)}: hai bản khác nhau`;
    const by = draft.conflictBy;
    who.textContent = by ? `${by.who} vừa lưu lúc ${by.at}.` : "Ở cửa sổ khác vừa lưu.";
    stored.textContent = inWords(next.stored) || "(trống)";
    merged.value = inWords(act.value);
    if (!dialog.open) dialog.showModal();
    merged.focus();
  }

  function settle(value) {
    const conflict = open;
    open = null;
    if (draft.conflicts.length === 1) dialog.close(); // `open` is empty, so it stays closed
    draft.settle(conflict, value);
    saver.plan(0);
    show();
  }

  dialog.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choice]")?.dataset.choice;
    if (!choice || !open) return;
    if (choice === "stored") settle(open.stored);
    else {
      const isList = Array.isArray(open.act.value);
      const text = merged.value;
      const value = isList ? text.split("\n").map((name) => name.trim()).filter(Boolean) : text;
      settle(typeof open.act.value === "number" && text === String(open.act.value) ? open.act.value : value);
    }
  });
  dialog.addEventListener("close", () => {
    if (!open) return;
    open = null; // Escape is no answer: both texts wait
    setTimeout(show);
  });
  draft.addEventListener("news", show);
}
