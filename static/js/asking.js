// Whom to ask: a kind ticks its places and follows them. Zalo texts: copied, and marked as told.
// Without scripts both pages work: a ticked kind means all of it, a text can be marked and copied by hand.

// -- Whom ---------------------------------------------------------------------------------

const whom = document.querySelector("[data-whom]");

if (whom) {
  const count = whom.querySelector("[data-count]");
  const kinds = [...whom.querySelectorAll(".whom-kind")].map((kind) => ({
    all: kind.querySelector("input[name=kinds]"),
    places: [...kind.querySelectorAll("input[name=parts]")],
  }));

  const say = () => {
    for (const { all, places } of kinds) {
      const ticked = places.filter((place) => place.checked).length;
      all.checked = ticked === places.length;
      all.indeterminate = ticked > 0 && ticked < places.length;
    }
    const total = kinds.flatMap(({ places }) => places).filter((place) => place.checked).length;
    count.hidden = false;
    count.textContent = total ? `Đã chọn ${total} nơi.` : "Chưa chọn nơi nào.";
  };

  for (const { all, places } of kinds) {
    all.addEventListener("input", () => {
      for (const place of places) place.checked = all.checked;
    });
    // A text that keep.js brings back ticks the boxes one after the other: the places decide.
  }
  whom.addEventListener("input", say);
  say();
}

// -- Zalo texts ---------------------------------------------------------------------------

async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // An address without https: the older way still copies in most browsers.
    field.select();
    return document.execCommand("copy");
  }
}

async function markTold(form) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { "X-Requested-With": "fetch" },
  });
  const isPlain = answer.headers.get("Content-Type")?.startsWith("text/plain");
  if (!answer.ok || !isPlain) throw new Error(`${answer.status}`);
  return answer.text();
}

for (const button of document.querySelectorAll("[data-copy-text]")) {
  const form = button.closest("form");
  const said = form.querySelector("[data-said]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await copied(document.getElementById(button.dataset.copyText)))) {
      said.textContent = "Đã bôi đen tin; hãy bấm Ctrl+C để chép.";
      return;
    }
    said.textContent = "Đã chép.";
    try {
      said.textContent = `Đã chép. ${await markTold(form)}`;
    } catch {
      said.textContent = "Đã chép, chưa ghi được là đã nhắn. Bấm «Ghi đã nhắn» để ghi.";
    }
  });
}
