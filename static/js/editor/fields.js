// Header fields and the lines before and after the sections: plain form fields bound to the draft.

import { target } from "./draft.js";

function actOf(field) {
  const [of, name] = field.dataset.binds.split(":");
  const value = of === "follower" ? (field.value ? Number(field.value) : null) : field.value.replaceAll("\r\n", "\n");
  return { of, field: of === "follower" ? "" : name, value };
}

const words = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");

// The server tidies blanks; under the hands of the writer they stay until the field is left.
export function show(field, value) {
  const text = value === null || value === undefined ? "" : String(value);
  if (field.value === text) return;
  if (field === document.activeElement && words(field.value) === words(text)) return;
  field.value = text;
}

// A field grows with its text, so that nothing scrolls inside it.
export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

window.addEventListener("resize", () => {
  for (const area of document.querySelectorAll(".editor textarea")) grow(area);
});

export function showProblem(field, message, id) {
  let note = document.getElementById(id);
  if (message) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  field.closest(".field, .section-edit, td")?.classList.toggle("has-error", Boolean(message));
  if (!message) {
    note?.remove();
    return;
  }
  if (!note) {
    note = document.createElement("p");
    note.id = id;
    note.className = "field-error";
    field.before(note);
    field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  note.textContent = message;
}

export function bindFields(draft, root, saver) {
  const fields = [...root.querySelectorAll("[data-binds]")];
  for (const field of fields) {
    field.addEventListener("input", () => {
      draft.set(actOf(field), { typing: true });
      if (field.tagName === "TEXTAREA") grow(field);
    });
    field.addEventListener("change", () => saver.plan(0));
    field.addEventListener("blur", () => draft.endTyping());
    if (field.tagName === "TEXTAREA") grow(field);
  }
  const refresh = () => {
    for (const field of fields) {
      const act = actOf(field);
      const [of, name] = field.dataset.binds.split(":");
      const value = draft.valueOf({ of, field: name ?? "" });
      if (of === "table" && value === undefined) continue;
      show(field, value);
      if (field.tagName === "TEXTAREA") grow(field);
      showProblem(field, draft.problemAt(act), `loi-${target(act).replaceAll("/", "-")}`);
    }
  };
  draft.addEventListener("news", refresh);
  draft.addEventListener("change", (event) => event.detail.turned && refresh());
  refresh();
}
