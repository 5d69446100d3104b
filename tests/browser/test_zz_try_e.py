"""scratch"""
from __future__ import annotations
from tests.browser.test_zz_try_b import *
for _n in [n for n in globals() if n.startswith("test_")]: del globals()[_n]

def test_chain_small(page, open_editor, world):
    open_editor(); pk = world.plan.pk
    key = st(pk)["tasks"][3]["key"]
    def log(r):
        if r.url.endswith("/luu/"):
            for a in json.loads(r.post_data)["acts"]: out("   ", a["do"], a["of"], (a.get("key") or "")[:6], a.get("field"), str(a.get("value"))[:30], "was", str(a.get("was"))[:30])
    cell(page, 4, "due").click(); page.keyboard.type("25/12/2024"); page.keyboard.press("Enter")
    cell(page, 2, "content").click(); page.keyboard.press("Alt+ArrowDown"); page.keyboard.press("Alt+ArrowDown")
    cell(page, 3, "content").click(); page.keyboard.press("Delete")
    cell(page, 3, "content").click(); page.keyboard.type("Lại có"); page.keyboard.press("Enter")
    page.locator("#hoi-ngay").get_by_role("button", name="Để cả quý").click(); wait_idle(page, 3000)
    out("key", key[:6], [t["due"] for t in st(pk)["tasks"] if t["key"] == key])
    page.on("request", log)
    b = page.get_by_role("button", name="Hoàn tác")
    while b.is_enabled(): b.click()
    wait_idle(page, 4000)
    out([ (t["content"][:20], t["due"], t["asks_day"]) for t in st(pk)["tasks"] if t["key"] == key], page.locator(f"tr[data-key='{key}'] [data-field=due]").inner_text(), page.locator("#luu").inner_text())

def test_two_windows_again(page, context_of, open_editor, world):
    open_editor(); pk = world.plan.pk
    other = context_of.new_page(); other.goto(page.url)
    other.on("pageerror", lambda e: out("PAGEERROR other", e))
    c0 = contents(page); wins = {"A": page, "B": other}; made = []; removed = []
    rng = random.Random(11)
    for step in range(40):
        name = rng.choice("AB"); w = wins[name]; w.bring_to_front()
        r = rng.randint(1, w.locator("tr[data-key]").count()); kind = rng.choice(["add", "add", "move", "remove", "edit", "section"])
        if kind == "add":
            text = f"{name} thêm {step}"; cell(w, r, "content").click(); w.keyboard.press("Control+Enter"); w.keyboard.type(text); w.keyboard.press("Tab"); w.keyboard.press("ArrowLeft"); made.append(text)
        elif kind == "move":
            cell(w, r, "content").click(); w.keyboard.press(rng.choice(["Alt+ArrowUp", "Alt+ArrowDown"]))
        elif kind == "remove":
            cell(w, r, "content").click(); c = w.locator("td.is-at > span").first.inner_text(); w.keyboard.press("Control+Delete"); removed.append(c)
        elif kind == "section":
            w.get_by_role("button", name="Thêm mục").click(); w.keyboard.type(f"{name} mục {step}"); w.keyboard.press("Enter"); w.keyboard.type(f"1. Thân mục {step}")
        w.wait_for_timeout(rng.choice([0, 50, 400, 1200]))
    for w in wins.values(): w.bring_to_front(); w.wait_for_timeout(6000)
    out("luu", [w.locator("#luu").inner_text() for w in wins.values()], [w.locator("#soan-nhac").inner_text() for w in wins.values()], [w.locator("#hai-ban").is_visible() for w in wins.values()])
    s = st(pk); now = [t["content"] for t in s["tasks"]]
    out("rows", len(now), "unique", len(set(now)), "lost", [t for t in made + c0 if t not in now and t not in removed], "back from dead", [t for t in removed if t in now])
    out("sections", [x["line"] + "/" + x["body"][-14:] for x in s["sections"]])

def test_keyboard_only(page, sign_in, world):
    sign_in("an")
    page.goto("/ke-hoach/lap/") if False else None
    page.get_by_role("link", name="Kế hoạch", exact=True).first.press("Enter")
    page.get_by_role("link", name="Lập kế hoạch").press("Enter")
    page.get_by_role("radio", name="Chỉ có các mục và bảng nhiệm vụ").focus(); page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_timeout(2500)
    out("url", page.url)
    if "/soan" not in page.url: page.screenshot(path="/tmp/zz/start.png"); page.get_by_role("button", name="Tiếp tục").press("Enter"); page.wait_for_timeout(2000); out("url", page.url)
    page.screenshot(path="/tmp/zz/k0.png")
    # tab order
    for i in range(45):
        page.keyboard.press("Tab"); out(i, active(page))
        if "bang-nhiem" in active(page): break
    page.screenshot(path="/tmp/zz/k1.png")
