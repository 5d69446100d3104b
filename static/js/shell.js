// The shell's few movements. Without scripts every page still works: menus are <details>,
// "Mục lục" is a link, the panel stands beside or below the page.

const root = document.documentElement;
root.classList.add("has-script");

// -- Right panel: open or closed is remembered by this browser. --------------------------

const PANEL_KEY = "tdkt.panel";

function remembered() {
  try {
    return localStorage.getItem(PANEL_KEY);
  } catch {
    return null; // storage forbidden: the panel is simply open on each page
  }
}

function setPanel(state) {
  root.dataset.panel = state;
  try {
    localStorage.setItem(PANEL_KEY, state);
  } catch {
    // nothing to remember it with
  }
}

if (document.body.classList.contains("with-panel")) {
  root.dataset.panel = remembered() === "closed" ? "closed" : "open";
}

function movePanel(button) {
  const closing = button.dataset.panel === "close";
  setPanel(closing ? "closed" : "open");
  document.querySelector(closing ? ".panel-open" : ".panel-close")?.focus();
}

function showTab(button) {
  document.body.dataset.tab = button.dataset.show;
  for (const other of document.querySelectorAll(".panel-tab")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  window.scrollTo({ top: 0, behavior: "instant" });
}

// "Bản in" is opened by "Mở bản in".
const panelTitle = document.getElementById("khung-phai-ten")?.textContent.trim();
if (panelTitle) {
  const opener = document.querySelector(".panel-open .panel-open-words");
  opener.textContent = `Mở ${panelTitle.charAt(0).toLowerCase()}${panelTitle.slice(1)}`;
}

// -- Menus: one open at a time; Escape and a click elsewhere close them. ------------------

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

const leftMenu = document.getElementById("muc-luc");
const leftButton = document.querySelector(".menu-button");

function setLeftMenu(open) {
  if (open) leftMenu.style.top = `${Math.max(0, document.querySelector(".topbar").getBoundingClientRect().bottom)}px`;
  leftMenu?.classList.toggle("is-open", open);
  leftButton?.setAttribute("aria-expanded", String(open));
  if (open) leftMenu?.querySelector("a")?.focus();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest(
    "[data-panel], [data-show], [data-back], [data-print], [data-copy], .menu-button",
  );
  closeMenus(event.target.closest("details.menu"));
  if (leftMenu?.classList.contains("is-open") && !event.target.closest("#muc-luc, .menu-button")) setLeftMenu(false);
  if (!target || target === root) return;
  if (target.matches(".menu-button")) {
    event.preventDefault();
    setLeftMenu(!leftMenu.classList.contains("is-open"));
  } else if (target.matches("button[data-panel]")) {
    movePanel(target);
  } else if (target.matches("[data-show]")) {
    showTab(target);
  } else if (target.matches("[data-back]") && history.length > 1) {
    event.preventDefault();
    history.back();
  } else if (target.matches("[data-print]")) {
    window.print();
  } else if (target.matches("[data-copy]")) {
    copy(target);
  }
});

// The words of the element that [data-copy] names go to the clipboard; where the browser forbids that
// (an address without https), they are marked, to be copied by hand.
async function copy(button) {
  const words = document.getElementById(button.dataset.copy);
  const done = document.getElementById(button.getAttribute("aria-describedby"));
  try {
    await navigator.clipboard.writeText(words.textContent.trim());
    done.textContent = "Đã chép.";
  } catch {
    getSelection().selectAllChildren(words);
    done.textContent = "Đã bôi đen liên kết; hãy bấm Ctrl+C để chép.";
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches?.(".menu-button")) {
    event.preventDefault();
    event.target.click();
  }
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
  if (leftMenu?.classList.contains("is-open")) {
    setLeftMenu(false);
    leftButton.focus();
  }
});

// -- After a refused form the summary of errors is read first. ----------------------------

document.querySelector(".error-summary")?.focus();

// -- Trouble with a request in the background is said loudly, with what to do. ------------

function say(sentence) {
  const notice = document.createElement("div");
  notice.className = "notice notice-error";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = sentence;
  notice.append(words);
  document.querySelector(".request-trouble")?.remove();
  notice.classList.add("request-trouble");
  document.querySelector("main")?.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", () => {
  say("Chưa làm được vì mất mạng. Nội dung đang gõ vẫn ở trang này; hãy thử lại khi có mạng.");
});

document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const sentence = page.querySelector("main .standing")?.textContent.trim();
  say(sentence || "Chưa làm được việc này. Hãy tải lại trang rồi thử lại.");
});

// A session that ended meanwhile: the whole page goes to sign-in, not the sign-in page into a corner of this one.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (new URL(event.detail.xhr.responseURL).pathname !== "/tai-khoan/dang-nhap/") return;
  event.preventDefault();
  location.reload();
});
