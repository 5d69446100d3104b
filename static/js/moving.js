// The moving and the merging page count along while one ticks; without scripts both work all the same.

// -- Moving: how many places change, how many questions are open. ------------------------

const moving = document.querySelector("form[data-moving]");
const TYPED = "khac";
const KEEP = "giu";

function keptPlaces(block) {
  return block.querySelectorAll("input[name=giu]:checked").length;
}

function answerOf(question) {
  return question.querySelector("input[type=radio]:checked")?.value;
}

function count() {
  const rest = moving.querySelector("input[name=keep_rest]");
  let changes = 0;
  let open = 0;
  for (const line of moving.querySelectorAll("[data-line]")) {
    if (line.querySelector("input[name=doi]").checked) changes += Number(line.dataset.places) - keptPlaces(line);
  }
  for (const question of moving.querySelectorAll("[data-question]")) {
    const answer = answerOf(question);
    if (!answer) open += 1;
    else if (answer !== KEEP) changes += Number(question.dataset.places) - keptPlaces(question);
  }
  const said = moving.querySelector("[data-changes]");
  if (said) said.textContent = String(changes);
  const status = moving.querySelector("[data-open]");
  if (!status) return;
  status.hidden = open === 0 || rest?.checked;
  status.textContent = `Còn ${open} câu chưa trả lời.`;
}

if (moving) {
  moving.addEventListener("input", (event) => {
    // Typing an answer chooses it; what keep.js puts back chooses nothing.
    if (event.isTrusted && event.target.matches(".is-typed input[type=text]")) {
      event.target.closest(".is-typed").querySelector(`input[value=${TYPED}]`).checked = true;
    }
    count();
  });
  window.addEventListener("pageshow", count);
  count();
}

// On paper nothing is folded away.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) {
    folded.dataset.folded = "";
    folded.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("main details[data-folded]")) {
    delete folded.dataset.folded;
    folded.open = false;
  }
});

// -- Merging: neighbours that are taken go as «12.v3-9», for an address has its limit. ----

const merging = document.querySelector("form[data-merging]");

// [first, last] of each run of whole numbers that follow one another.
function runs(numbers) {
  const found = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (found.length && found.at(-1)[1] === number - 1) found.at(-1)[1] = number;
    else found.push([number, number]);
  }
  return found;
}

function shortened(picks) {
  const single = [];
  const many = new Map();
  for (const pick of picks) {
    const [, head, number] = pick.match(/^(\d+\.[a-z])(\d*)$/);
    if (number) many.set(head, [...(many.get(head) ?? []), Number(number)]);
    else single.push(pick);
  }
  for (const [head, numbers] of many) {
    for (const [first, last] of runs(numbers)) single.push(first === last ? head + first : `${head}${first}-${last}`);
  }
  return single;
}

function sayTaken() {
  const status = merging.querySelector("[data-taken]");
  const tasks = merging.querySelectorAll("input[name=lay][value*='.v']:checked").length;
  const all = merging.querySelectorAll("input[name=lay]:checked").length;
  status.hidden = false;
  status.textContent = `Đã lấy ${all} phần, trong đó ${tasks} nhiệm vụ.`;
}

if (merging) {
  merging.addEventListener("input", sayTaken);
  merging.addEventListener("formdata", (event) => {
    const picks = shortened(event.formData.getAll("lay"));
    event.formData.delete("lay");
    for (const pick of picks) event.formData.append("lay", pick);
  });
  window.addEventListener("pageshow", sayTaken);
  sayTaken();
}
