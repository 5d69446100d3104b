"""scratch"""
from __future__ import annotations
from tests.browser.test_zz_try_b import *
for _n in [n for n in globals() if n.startswith("test_")]: del globals()[_n]

def test_due_undo(page, open_editor, world):
    open_editor(); pk = world.plan.pk
    d = lambda: [(t["due"], t["asks_day"]) for t in st(pk)["tasks"]][3]
    out("start", d())
    cell(page, 4, "due").click(); page.keyboard.type("25/12/2024"); page.keyboard.press("Enter"); wait_idle(page, 1500); out("typed", d())
    page.get_by_role("button", name="Hoàn tác").click(); wait_idle(page, 1500); out("undone", d(), cell(page, 4, "due").inner_text(), page.get_by_role("button", name="Hoàn tác").is_enabled())
    # planned_for
    cell(page, 5, "planned_for").click(); page.keyboard.type("20/5"); page.keyboard.press("Enter"); wait_idle(page, 1500)
    p = lambda: [(t["planned_for"], t["asks_day"]) for t in st(pk)["tasks"]][4]
    out("planned", p()); page.get_by_role("button", name="Hoàn tác").click(); wait_idle(page, 1500); out("undone", p())
    # time_text over a due typed by hand
    cell(page, 6, "due").click(); page.keyboard.type("25/12/2024"); page.keyboard.press("Enter"); wait_idle(page, 800)
    q = lambda: [(t["time_text"], t["due"], t["planned_for"]) for t in st(pk)["tasks"]][5]
    out("due by hand", q())
    cell(page, 6, "time_text").click(); page.keyboard.type("Tháng 9"); page.keyboard.press("Enter"); wait_idle(page, 1500); out("words", q())
    page.get_by_role("button", name="Hoàn tác").click(); wait_idle(page, 1500); out("words undone", q())
    # settled row removed and undone
    page.locator("#hoi-ngay").get_by_role("button", name="Để cả quý").click(); wait_idle(page, 1200)
    asks = lambda: sum(t["asks_day"] for t in st(pk)["tasks"])
    out("asks after settle", asks()); cell(page, 2, "content").click(); page.keyboard.press("Control+Delete"); wait_idle(page, 800); page.keyboard.press("Control+z"); wait_idle(page, 1500); out("asks after remove+undo", asks(), page.locator("#hoi-ngay").is_visible())

def test_delete_retype(page, open_editor, world):
    open_editor(); pk = world.plan.pk
    cell(page, 4, "due").click(); page.keyboard.type("25/12/2024"); page.keyboard.press("Enter")
    cell(page, 4, "content").click(); page.keyboard.press("Delete")
    cell(page, 4, "content").click(); page.keyboard.type("Lại có"); page.keyboard.press("Enter"); wait_idle(page, 3000)
    b = page.get_by_role("button", name="Hoàn tác")
    while b.is_enabled(): b.click()
    wait_idle(page, 4000)
    t = st(pk)["tasks"][3]; out("server", t["content"][:20], t["due"], "| page", cell(page, 4, "content").inner_text()[:20], cell(page, 4, "due").inner_text(), page.locator("#luu").inner_text())

def test_hostile(page, context_of, open_editor, world):
    open_editor(); pk = world.plan.pk
    import unicodedata
    nfd = unicodedata.normalize("NFD", "Thi đua yêu nước Kế hoạch")
    texts = {"nfd": nfd, "html": "<b>đậm</b> <script>alert(1)</script> & &amp; «x»", "emoji": "👍🏽 chúc mừng 🇻🇳", "ctrl": "a\u0000b\u0007c\u200bd\u202ee", "tab": "cột\tmột", "long": "dài " * 5000, "formula": "=1+1", "sur": "x" * 300 + "Đ" * 300}
    for i, (name, text) in enumerate(texts.items(), 1):
        cell(page, i, "content").click(); page.keyboard.press("F2"); page.keyboard.press("Control+a"); page.keyboard.insert_text(text); page.keyboard.press("Enter"); wait_idle(page, 1500)
        t = st(pk)["tasks"][i - 1]["content"]
        out(name, "luu", page.locator("#luu").inner_text(), "| server", repr(t[:60]), len(t), "| cell", repr(cell(page, i, "content").inner_text()[:160]))
    page.screenshot(path="/tmp/zz/hostile.png")
    b = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")
    b.click(); page.keyboard.press("Control+a"); page.keyboard.insert_text("[Bảng nhiệm vụ]\nI. MỘT\n[Bảng nhiệm vụ]\n<b>x</b> " + nfd + " 👍"); b.blur(); wait_idle(page, 3000)
    out("section", page.locator("#luu").inner_text(), repr(st(pk)["sections"][0]["body"]), "preview tables", preview(page).locator("table").count(), page.locator("#ban-in-loi").inner_text() if page.locator("#ban-in-loi").is_visible() else "")
    out("notes", page.locator(".section-edit").first.inner_text()[:500])
    page.screenshot(path="/tmp/zz/hostile2.png")
    b.click(); page.keyboard.press("Control+a"); page.keyboard.insert_text("dài " * 5000); b.blur(); wait_idle(page, 3000)
    out("section long", page.locator("#luu").inner_text(), len(st(pk)["sections"][0]["body"]), page.locator(".section-edit").first.inner_text()[:300])
    b.click(); page.keyboard.press("Control+a"); page.keyboard.insert_text("a\u0000b\u0007c"); b.blur(); wait_idle(page, 3000)
    out("section ctrl", page.locator("#luu").inner_text(), repr(st(pk)["sections"][0]["body"][:50]))

def test_paste_big(page, context_of, open_editor, world):
    open_editor(); pk = world.plan.pk; n = len(contents(page))
    rows_ = "".join(f"<tr><td>{i}</td><td>Việc dán {i}</td><td>UBND xã</td><td>Tháng {i%12+1}</td></tr>" for i in range(1, 201))
    copied(context_of, f"<table><tr><td>TT</td><td>Nội dung</td><td>Chủ trì</td><td>Thời gian</td></tr>{rows_}</table>")
    cell(page, n, "content").click(); page.keyboard.press("Control+v"); page.locator("[data-paste=take]").wait_for(); t0 = time.time(); page.locator("[data-paste=take]").click()
    saved(page); out("200 rows saved in", round(time.time() - t0, 1), len(st(pk)["tasks"]) - n)
    # one bad row among thirty
    rows_ = "".join(f"<tr><td>Việc {i}</td><td>UBND xã</td></tr>" for i in range(1, 30)) + f"<tr><td>Việc hỏng</td><td>{'Tên rất dài ' * 60}</td></tr>"
    copied(context_of, f"<table><tr><td>Nội dung</td><td>Chủ trì</td></tr>{rows_}</table>")
    cell(page, 1, "content").click(); page.keyboard.press("Control+v"); page.locator("[data-paste=take]").wait_for(); page.locator("[data-paste=take]").click(); wait_idle(page, 3000)
    out("bad row:", page.locator("#luu").inner_text(), "|", page.locator("#soan-nhac").inner_text(), "server has", sum(t["content"].startswith("Việc ") and "dán" not in t["content"] for t in st(pk)["tasks"]), "| cell 2:", cell(page, 2, "content").inner_text())
    page.screenshot(path="/tmp/zz/badrow.png")
    page.reload(); wait_idle(page, 2000); out("reloaded:", page.locator("#luu").inner_text(), page.locator("#soan-nhac").inner_text(), len(contents(page)))

def test_paste_600(page, context_of, open_editor, world):
    open_editor(); pk = world.plan.pk; n = len(contents(page))
    rows_ = "".join(f"<tr><td>Việc {i}</td><td>UBND xã</td></tr>" for i in range(1, 601))
    copied(context_of, f"<table><tr><td>Nội dung</td><td>Chủ trì</td></tr>{rows_}</table>")
    cell(page, n, "content").click(); page.keyboard.press("Control+v"); page.locator("[data-paste=take]").wait_for(); page.locator("[data-paste=take]").click(); wait_idle(page, 6000)
    out("600:", page.locator("#luu").inner_text(), len(st(pk)["tasks"]) - n)
    cell(page, 1, "note").click(); page.keyboard.type("sau đó"); page.keyboard.press("Enter"); wait_idle(page, 3000)
    page.reload(); wait_idle(page, 4000); out("reloaded:", page.locator("#luu").inner_text(), len(st(pk)["tasks"]) - n, repr(st(pk)["tasks"][0]["note"]))

def test_paste_sections_refused(page, context_of, open_editor, world):
    open_editor(); pk = world.plan.pk
    long = "III. " + "Tiêu đề dài quá mức " * 150
    copied(context_of, f"<p>Lời dẫn</p><p><b>{long}</b></p><p>1. Ý một</p><p><b>IV. KINH PHÍ</b></p><p>Từ ngân sách xã.</p>")
    b = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU"); before = b.input_value()
    b.click(); page.keyboard.press("Control+Home"); page.keyboard.press("End"); page.keyboard.press("Control+v"); wait_idle(page, 4000)
    out("luu", page.locator("#luu").inner_text(), "| nhac", page.locator("#soan-nhac").inner_text())
    out("sections", [(s["line"][:40], len(s["body"])) for s in st(pk)["sections"]], "before", len(before)); out("page", [x.input_value()[:40] for x in page.get_by_role("textbox", name="Tiêu đề mục").all()])
