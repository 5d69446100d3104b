// The bar below a score table: which cell is chosen, how one types there, its reason, what is wrong with it.

// What an earlier stage said of the row of one sheet: who and when, and the whole reason.
function spoken(place) {
  const words = (name) => place.querySelector(name)?.textContent.trim() ?? "";
  const why = words(".stage-why");
  return `${place.dataset.stage}: ${words(".stage-who")}${why ? `, «${why}»` : ""}.`;
}

export class Bar {
  // `acts`: what the person decides here, told to the table.
  constructor(bar, acts) {
    this.acts = acts;
    const find = (name) => bar.querySelector(`[data-bar-${name}]`);
    [this.where, this.hint, this.said, this.trouble] = ["where", "hint", "said", "trouble"].map(find);
    [this.reason, this.same, this.toFirst, this.link] = ["reason", "same", "first", "link"].map(find);
    this.status = bar.querySelector("[data-save-status]");
    this.reason.addEventListener("blur", () => this.leaveReason());
    this.reason.addEventListener("keydown", (event) => {
      if (event.isComposing || event.shiftKey || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (event.key === "Escape") this.reason.value = this.before;
      this.leaveReason();
      this.acts.onward();
    });
    this.same.addEventListener("click", () => this.acts.sameReason(this.reason.value.trim()));
    this.toFirst.addEventListener("click", () => this.acts.first());
  }

  hasFocus() {
    return document.activeElement === this.reason;
  }

  show(cell, place, stuck, { reason }) {
    if (!cell) return;
    if (this.cell !== cell || !this.hasFocus()) {
      this.leaveReason();
      this.cell = cell;
      this.before = reason;
      this.reason.value = reason;
    }
    const name = document.createElement("strong");
    name.textContent = `${place.code}. ${place.title}`;
    this.where.replaceChildren(name, ` · ${place.name} · điểm chuẩn ${place.maximum}${place.target ? ` · kế hoạch giao ${place.target}` : ""}`);
    this.hint.textContent = place.hint;
    const isOpen = cell.classList.contains("is-open");
    this.reason.closest(".bar-reason").hidden = !isOpen;
    const stages = [...cell.closest("tr").querySelectorAll("[data-stage]")].map(spoken);
    const latest = cell.dataset.who ? [`Ghi gần nhất: ${cell.dataset.who}.`] : [];
    const who = (stages.length ? [...stages, ...(cell.classList.contains("is-own") ? latest : [])] : latest).join(" ");
    const proof = cell.classList.contains("is-unproved") ? " Chưa có tài liệu kiểm chứng nên chưa được điểm." : "";
    const why = !isOpen && reason ? ` Lý do: ${reason}` : "";
    const problem = cell.dataset.problem ? ` ${cell.dataset.problem}` : "";
    this.said.textContent = `${who}${why}${problem}${proof}`.trim();
    this.link.href = place.link;
    this.link.hidden = false;
    this.showTrouble(cell, stuck);
  }

  showTrouble(cell, stuck) {
    this.reason.toggleAttribute("aria-invalid", stuck?.field === "reason");
    this.trouble.replaceChildren();
    if (!stuck) return;
    const words = document.createElement("p");
    words.className = "field-error";
    words.textContent = stuck.message;
    this.trouble.append(words);
    if (!stuck.theirs) return;
    const acts = document.createElement("p");
    acts.className = "bar-acts";
    const mine = cell.querySelector(".said").textContent || "trống";
    acts.append(
      this.button(`Ghi số của tôi (${mine})`, () => this.acts.keepMine(cell, stuck.theirs)),
      " ",
      this.button(`Giữ số kia (${stuck.theirs.said || "trống"})`, () => this.acts.takeTheirs(cell, stuck.theirs)),
    );
    this.trouble.append(acts);
  }

  button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-secondary btn-sm";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // Out of the table by keyboard, without passing all of its cells.
  enter() {
    this.link.focus();
  }

  askReason() {
    this.reason.focus();
    this.reason.scrollIntoView({ block: "nearest" });
  }

  // Told once: what was said stays in the field.
  leaveReason() {
    const reason = this.reason.value.trim();
    if (!this.cell || reason === this.before?.trim()) return;
    this.before = reason;
    this.acts.reasonLeft(this.cell, reason);
  }

  say(state, words, stuck) {
    this.status.dataset.state = state;
    this.status.textContent = words;
    this.toFirst.hidden = !stuck;
    const isMany = stuck > 1 && this.reason.value.trim() !== "";
    this.same.parentElement.hidden = !isMany;
    if (isMany) this.same.textContent = "Dùng lý do này cho mọi ô còn thiếu lý do";
  }

  note(words) {
    this.hint.textContent = words;
  }
}
