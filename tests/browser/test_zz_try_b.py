"""scratch"""
from __future__ import annotations
from tests.browser.test_zz_try_a import *
import random
for _n in [n for n in globals() if n.startswith("test_")]: del globals()[_n]

def test_alt_tab(page, context_of, open_editor, world):
    open_editor()
    cdp = context_of.new_cdp_session(page)
    cdp.send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    cell(page, 1, "content").click(); page.keyboard.press("F2"); page.keyboard.type(" đang gõ")
    other = context_of.new_page(); other.goto("about:blank"); other.bring_to_front(); other.wait_for_timeout(700)
    out("hasFocus while away", page.evaluate("document.hasFocus()"), active(page))
    page.bring_to_front(); wait_idle(page, 700)
    out("back: hasFocus", page.evaluate("document.hasFocus()"), active(page))
    page.keyboard.type(" tiếp tục"); wait_idle(page, 500)
    out("cell", contents(page)[0][-40:], "| editors", page.locator(".cell-editor").count())

def test_fast_rows(page, open_editor, world):
    open_editor()
    n = len(contents(page))
    cell(page, n, "content").click(); page.keyboard.press("Control+Enter")
    for i in range(1, 31):
        page.keyboard.type(f"Việc số {i} gõ rất nhanh"); page.keyboard.press("Tab")
        page.keyboard.type("UBND xã"); page.keyboard.press("Tab")
        page.keyboard.type(f"Thôn {i % 3}"); page.keyboard.press("Tab")
        page.keyboard.type(f"Tháng {i % 12 + 1}"); page.keyboard.press("Tab")
        page.keyboard.press("Tab"); page.keyboard.press("Tab")
        page.keyboard.type(f"ghi chú {i}")
        page.keyboard.press("Enter")
        if i < 30: pass
        if page.evaluate("document.activeElement.dataset.field") != "content": out("row", i, "after Enter at", active(page))
    wait_idle(page, 4000)
    out("luu", page.locator("#luu").inner_text(), active(page))
    page.reload(); wait_idle(page, 1000)
    rows = st(world.plan.pk)["tasks"][n:]
    out("rows", len(rows))
    for i, r in enumerate(rows, 1):
        want = (f"Việc số {i} gõ rất nhanh", ["UBND xã"], [f"Thôn {i % 3}"], f"Tháng {i % 12 + 1}", f"ghi chú {i}")
        got = (r["content"], r["lead"], r["support"], r["time_text"], r["note"])
        if want != got: out("DIFF", i, got)
    page.screenshot(path="/tmp/zz/fast.png")

def test_tab_at_row_end(page, open_editor, world):
    open_editor()
    cell(page, 1, "note").click()
    page.keyboard.press("Tab"); out("Tab not editing ->", active(page))
    cell(page, 1, "note").click(); page.keyboard.type("x"); page.keyboard.press("Tab"); out("Tab editing ->", active(page))
    n = len(contents(page))
    cell(page, n, "note").click(); page.keyboard.type("x"); page.keyboard.press("Tab"); out("Tab editing last row ->", active(page))

def test_excel_single_cell(page, context_of, open_editor, world):
    open_editor()
    copied(context_of, "<table><tr><td>Ngày hội thôn</td></tr></table>")
    cell(page, 1, "note").click(); page.keyboard.press("Control+v"); wait_idle(page, 1500)
    out("dialog", page.locator("#dan-bang").is_visible(), page.locator("#dan-bang .paste-words").inner_text() if page.locator("#dan-bang").is_visible() else cell(page,1,"note").inner_text())
    page.screenshot(path="/tmp/zz/single.png")
    page.keyboard.press("Escape"); wait_idle(page, 300); out("after Escape", active(page), page.locator("#dan-bang").is_visible())
    copied(context_of, "<table><tr><td>Thôn Đông</td></tr><tr><td>Thôn Tây</td></tr><tr><td>Trạm Y tế</td></tr></table>")
    cell(page, 1, "support").click(); page.keyboard.press("Control+v"); wait_idle(page, 1500)
    out("column of names into names cell: dialog", page.locator("#dan-bang .paste-words").inner_text(), [s.input_value() for s in page.locator("#dan-bang select").all()])
    page.screenshot(path="/tmp/zz/names.png")
    page.keyboard.press("Escape"); wait_idle(page, 300)
    cell(page, 2, "support").click(); page.keyboard.press("F2"); page.keyboard.press("Control+v"); page.keyboard.press("Tab"); wait_idle(page, 1500)
    out("while editing names:", cell(page, 2, "support").inner_text())
    cell(page, 1, "note").click(); page.keyboard.press("F2"); page.keyboard.press("Control+v"); page.keyboard.press("Enter"); wait_idle(page, 1500)
    out("while editing text:", repr(cell(page, 1, "note").inner_text()), repr(st(world.plan.pk)["tasks"][0]["note"]))
    copied(context_of, "<p>Một đoạn văn chép từ Word</p>")
    cell(page, 2, "note").click(); page.keyboard.press("Control+v"); wait_idle(page, 800)
    out("one word paragraph:", cell(page, 2, "note").inner_text(), page.locator("#dan-bang").is_visible())

def shape(s):
    s = json.loads(json.dumps(s)); s.pop("version")
    return s

def test_undo_chain(page, context_of, open_editor, world):
    open_editor()
    pk = world.plan.pk
    s0 = shape(st(pk)); c0 = contents(page)
    # acts
    cell(page, 1, "content").click(); page.keyboard.type("Thay nội dung"); page.keyboard.press("Enter")
    cell(page, 2, "time_text").click(); page.keyboard.type("Tháng 9"); page.keyboard.press("Enter")
    cell(page, 3, "planned_for").click(); page.keyboard.type("20/5"); page.keyboard.press("Enter")
    cell(page, 4, "due").click(); page.keyboard.type("25/12/2024"); page.keyboard.press("Enter")
    cell(page, 5, "content").click(); page.keyboard.press("Control+Enter"); page.keyboard.type("Dòng mới"); page.keyboard.press("Tab"); page.keyboard.type("UBND xã"); page.keyboard.press("Tab"); page.keyboard.press("ArrowRight")
    cell(page, 8, "content").click(); page.keyboard.press("Control+Delete")
    cell(page, 2, "content").click(); page.keyboard.press("Alt+ArrowDown"); page.keyboard.press("Alt+ArrowDown")
    cell(page, 3, "content").click(); page.keyboard.press("Delete")
    cell(page, 3, "content").click(); page.keyboard.type("Lại có"); page.keyboard.press("Enter")
    page.locator("#hoi-ngay").get_by_role("button", name="Để cả quý").click(); wait_idle(page, 400)
    cell(page, 6, "content").click(); page.keyboard.press("Control+Delete")
    page.get_by_label("Trích yếu").fill("Trích yếu khác")
    page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU").press("Control+End"); page.keyboard.type("\n9. Thêm")
    page.locator(".section-edit summary").first.click(); page.locator("[data-do=down]:visible").click()
    page.locator(".section-edit summary").nth(1).click(); page.locator("[data-do=remove]:visible").click()
    page.get_by_text("Cách in bảng").click(); page.get_by_label("Kiểu trình bày").select_option(label="Bảng sáu cột")
    copied(context_of, "<table><tr><td>Nội dung</td><td>Thời gian</td></tr>" + "".join(f"<tr><td>Dán {i}</td><td>Quý II</td></tr>" for i in range(5)) + "</table>")
    cell(page, 4, "content").click(); page.keyboard.press("Control+v"); wait_idle(page, 1200); page.locator("[data-paste=take]").click()
    cell(page, 1, "lead").click(); page.keyboard.press("Enter"); page.keyboard.type("Tổ lạ"); page.keyboard.press("Tab")
    page.get_by_label("Người theo dõi").select_option(index=1)
    wait_idle(page, 3500)
    out("luu", page.locator("#luu").inner_text())
    s1 = shape(st(pk))
    for way, name, want in (("back", "Hoàn tác", s0), ("forward", "Làm lại", s1), ("back2", "Hoàn tác", s0)):
        b = page.get_by_role("button", name=name); k = 0
        while b.is_enabled() and k < 80:
            b.click(); k += 1
        wait_idle(page, 4000)
        got = shape(st(pk))
        out(way, k, "steps; luu", page.locator("#luu").inner_text(), "| same:", got == want)
        diff(want, got)
        page_state = [t for t in contents(page)]
        out(" page = server:", page_state == [t["content"] for t in got["tasks"]])

def diff(a, b):
    for name in ("header", "follower", "tables"):
        if a[name] != b[name]: out("  ", name, a[name], "≠", b[name])
    for name in ("sections", "tasks"):
        if [r["key"] for r in a[name]] != [r["key"] for r in b[name]]: out("  ", name, "keys/order differ", len(a[name]), len(b[name]))
        bk = {r["key"]: r for r in b[name]}
        for r in a[name]:
            o = bk.get(r["key"])
            if o is None: out("   missing", r.get("content") or r.get("line")); continue
            for f in r:
                if r[f] != o[f] and f != "number": out("   ", (r.get("content") or r.get("line"))[:30], f, repr(r[f])[:120], "≠", repr(o[f])[:120])
        if name == "tasks" and [r["number"] for r in a[name]] != [r["number"] for r in b[name]]: out("   numbers", [r["number"] for r in a[name]], [r["number"] for r in b[name]])
