"""scratch"""
from __future__ import annotations
from tests.browser.test_zz_try_b import *
for _n in [n for n in globals() if n.startswith("test_")]: del globals()[_n]

def test_two_windows_structural(page, context_of, open_editor, world):
    open_editor()
    pk = world.plan.pk
    other = context_of.new_page(); other.goto(page.url)
    other.on("pageerror", lambda e: out("PAGEERROR other", e))
    c0 = contents(page)
    wins = {"A": page, "B": other}
    made = []; removed = []
    rng = random.Random(5)
    for step in range(40):
        name = rng.choice("AB"); w = wins[name]; w.bring_to_front()
        rows_ = w.locator("tr[data-key]").count()
        kind = rng.choice(["add", "add", "move", "remove", "edit", "section"])
        r = rng.randint(1, rows_)
        try:
            if kind == "add":
                text = f"{name} thêm {step}"; cell(w, r, "content").click(); w.keyboard.press("Control+Enter"); w.keyboard.type(text); w.keyboard.press("Tab"); w.keyboard.press("ArrowLeft"); made.append(text)
            elif kind == "move":
                cell(w, r, "content").click(); w.keyboard.press(rng.choice(["Alt+ArrowUp", "Alt+ArrowDown"]))
            elif kind == "remove" and step % 3 == 0:
                removed.append(contents(w)[r - 1]); cell(w, r, "content").click(); w.keyboard.press("Control+Delete")
            elif kind == "edit":
                cell(w, r, "note").click(); w.keyboard.type(f"{name} ghi {step}"); w.keyboard.press("Enter")
            elif kind == "section":
                w.get_by_role("button", name="Thêm mục").click(); w.keyboard.type(f"{name} mục {step}"); w.keyboard.press("Enter"); w.keyboard.type(f"1. Thân mục {step}")
            w.wait_for_timeout(rng.choice([0, 50, 400, 1200]))
            for x in wins.values():
                if x.locator("#hai-ban").is_visible():
                    out(step, "conflict", x.locator("#hai-ban").inner_text().replace("\n", " | ")[:200]); x.locator("[data-choice=typed]").click()
        except Exception as e:
            out("EXC", step, name, kind, str(e)[:300])
    for w in wins.values(): w.bring_to_front(); w.wait_for_timeout(5000)
    for w in wins.values():
        for k in range(3):
            if w.locator("#hai-ban").is_visible(): w.locator("[data-choice=typed]").click(); w.wait_for_timeout(500)
    out("luu", [w.locator("#luu").inner_text() for w in wins.values()])
    s = st(pk)
    now = [t["content"] for t in s["tasks"]]
    lines = [x["line"] for x in s["sections"]]
    out("rows", len(now), "unique", len(set(now)), "lost", [t for t in made + c0 if t not in now and t not in removed], "back from dead", [t for t in removed if t in now])
    out("sections", lines)
    for w in wins.values():
        w.reload(); w.wait_for_timeout(800)
        out("same", contents(w) == now, w.locator("#luu").inner_text(), w.locator("#soan-nhac").inner_text())

def test_two_windows_loose_row(page, context_of, open_editor, world):
    open_editor()
    cell(page, 1, "content").click(); page.keyboard.press("Control+Enter"); page.keyboard.press("Escape"); wait_idle(page, 700)
    other = context_of.new_page(); other.goto(page.url); other.wait_for_timeout(500)
    out("B told", other.locator("#soan-nhac").inner_text(), contents(other)[:3])
    cell(other, 2, "content").click(); other.keyboard.type("Bản của B"); other.keyboard.press("Tab"); wait_idle(other, 1500)
    page.bring_to_front()
    cell(page, 2, "content").click(); page.keyboard.type("Bản của A dài hơn"); page.keyboard.press("Tab"); wait_idle(page, 2500)
    out("A", contents(page)[:4], page.locator("#luu").inner_text(), page.locator("#hai-ban").is_visible())
    out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:3])

def slow(page, ms):
    def handle(route):
        time.sleep(0); page.wait_for_timeout(ms); route.continue_()
    return handle

def test_type_while_slow(page, context_of, open_editor, world):
    open_editor()
    cdp = context_of.new_cdp_session(page)
    cdp.send("Network.enable"); cdp.send("Network.emulateNetworkConditions", {"offline": False, "latency": 3000, "downloadThroughput": -1, "uploadThroughput": -1})
    b = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")
    b.press("Control+End"); page.keyboard.type("\n7. Dòng gõ khi chậm", delay=30)
    wait_idle(page, 3000)  # save in flight
    page.keyboard.type(" và gõ tiếp khi đang lưu", delay=150)
    wait_idle(page, 4000)
    out("body", repr(b.input_value()[-70:]))
    n = len(contents(page))
    cell(page, n, "content").click(); page.keyboard.press("Control+Enter")
    for i in range(6):
        page.keyboard.type(f"Chậm {i} hàng", delay=60); page.keyboard.press("Tab"); page.keyboard.type("UBND xã", delay=60); page.keyboard.press("Tab"); page.keyboard.press("Tab"); page.keyboard.type("Tháng 5", delay=60); page.keyboard.press("Enter")
        if page.evaluate("document.activeElement.tagName") not in ("TD",): out("focus", i, active(page))
    wait_idle(page, 12000)
    out("luu", page.locator("#luu").inner_text())
    out("rows", [(t["content"], t["lead"], t["time_text"]) for t in st(world.plan.pk)["tasks"]][n:])
    out("body", repr(st(world.plan.pk)["sections"][0]["body"][-70:]))

@pytest.mark.parametrize("status", [500, 403, 404, 413, 502])
def test_statuses(page, context_of, open_editor, world, status):
    open_editor()
    page.route("**/soan/luu/", lambda route: route.fulfill(status=status, content_type="text/html", body="<h1>x</h1>"))
    cell(page, 1, "note").click(); page.keyboard.type("ghi khi lỗi"); page.keyboard.press("Enter"); wait_idle(page, 900)
    out(status, page.locator("#luu").inner_text())
    cell(page, 2, "note").click(); page.keyboard.type("ghi tiếp"); page.keyboard.press("Enter"); wait_idle(page, 900)
    page.unroute("**/soan/luu/")
    wait_idle(page, 9000)
    out(status, "after: ", page.locator("#luu").inner_text(), [t["note"] for t in st(world.plan.pk)["tasks"]][:2])

def test_lost_answer(page, context_of, open_editor, world):
    """server does it, answer lost"""
    open_editor()
    def drop(route):
        route.fetch(); route.abort()
    page.route("**/soan/luu/", drop)
    n = len(contents(page))
    cell(page, 1, "content").click(); page.keyboard.press("Control+Enter"); page.keyboard.type("Trả lời bị mất"); page.keyboard.press("Tab"); page.keyboard.type("UBND xã"); page.keyboard.press("Tab"); wait_idle(page, 2500)
    cell(page, 4, "note").click(); page.keyboard.type("ghi mất "); page.keyboard.press("Enter"); wait_idle(page, 1500)
    cell(page, 6, "content").click(); page.keyboard.press("Alt+ArrowDown"); wait_idle(page, 500)
    b = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU"); b.press("Control+End"); page.keyboard.type("\n8. mất trả lời "); wait_idle(page, 3000)
    cell(page, 4, "note").click(); page.keyboard.press("F2"); page.keyboard.type("thêm"); page.keyboard.press("Enter"); wait_idle(page, 1000)
    out("luu", page.locator("#luu").inner_text())
    page.unroute("**/soan/luu/"); wait_idle(page, 16000)
    out("luu", page.locator("#luu").inner_text(), page.locator("#hai-ban").inner_text().replace("\n", " | ") if page.locator("#hai-ban").is_visible() else "")
    out("server", [(t["content"][:30], t["note"]) for t in st(world.plan.pk)["tasks"]][:7], repr(st(world.plan.pk)["sections"][0]["body"][-40:]))
