"""scratch"""
from __future__ import annotations
import json, re, time, traceback
from dataclasses import replace
import pytest
from playwright.sync_api import expect
from plans import interchange
from plans.editor.state import state_of
from plans import selectors
from plans.models import Plan
from plans.services import create_plan
from tests.browser.editor import cell, contents, numbers, preview, row, saved, copied
from tests.plans.files import read_file

def out(*a):
    print("##", *a, flush=True)

def st(pk):
    p = selectors.with_content(Plan.objects.all()).get(pk=pk) if hasattr(selectors, "with_content") else Plan.objects.get(pk=pk)
    return state_of(p)

def active(page):
    return page.evaluate("()=>{const a=document.activeElement;return a.tagName+'#'+a.id+'.'+a.className+'['+(a.getAttribute('aria-label')||a.dataset.field||a.textContent.slice(0,30))+']'}")

def wait_idle(page, ms=2600):
    page.wait_for_timeout(ms)

@pytest.fixture(autouse=True)
def nofail(page):
    page.on("pageerror", lambda e: out("PAGEERROR", e))
    page.on("console", lambda m: out("CONSOLE", m.text) if m.type == "error" else None)
    yield

def test_pause_in_section(page, open_editor, world):
    open_editor()
    b = page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")
    b.press("Control+End")
    page.keyboard.type("\n3. Ý thứ ba ")
    wait_idle(page, 3500)
    page.keyboard.type("viết tiếp")
    wait_idle(page, 500)
    out("trailing space ->", repr(b.input_value()[-40:]))
    page.keyboard.type("\n")
    wait_idle(page, 3500)
    page.keyboard.type("4. Ý thứ tư")
    out("newline pause ->", repr(b.input_value()[-60:]))
    # caret in the middle
    b.press("Control+Home")
    page.keyboard.type("Lời đầu. \n")
    wait_idle(page, 3500)
    page.keyboard.type("GÕ Ở ĐẦU ")
    wait_idle(page, 500)
    out("middle ->", repr(b.input_value()[:60]), "...", repr(b.input_value()[-60:]))
    h = page.get_by_role("textbox", name="Tiêu đề mục").nth(1)
    h.press("End"); page.keyboard.type(" ")
    wait_idle(page, 3500)
    page.keyboard.type("THÊM")
    out("heading ->", h.input_value())
    out("active", active(page))

def test_other_row_while_editing(page, context_of, open_editor, world):
    open_editor()
    other = context_of.new_page(); other.goto(page.url)
    cell(other, 1, "content").click(); other.keyboard.press("Control+Enter"); other.keyboard.type("Dòng của cửa sổ kia"); other.keyboard.press("Escape") if False else None
    other.keyboard.press("Tab"); other.keyboard.press("Escape"); saved(other)
    page.bring_to_front()
    cell(page, 1, "content").click()
    page.keyboard.press("F2")
    page.keyboard.type(" thêm")
    wait_idle(page, 3500)
    page.keyboard.press("Enter")
    wait_idle(page, 300)
    out("active after Enter", active(page))
    page.keyboard.type("CHỮ ĐÈ")
    page.keyboard.press("Enter")
    wait_idle(page, 3000)
    out("A sees", contents(page)[:4]); out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:4])

def test_gone_row_text(page, context_of, open_editor, world):
    open_editor()
    other = context_of.new_page(); other.goto(page.url)
    cell(other, 2, "content").click(); other.keyboard.press("Control+Delete"); saved(other)
    page.bring_to_front()
    cell(page, 2, "note").click(); page.keyboard.type("Ghi chú rất dài của tôi"); page.keyboard.press("Enter")
    wait_idle(page, 3000)
    out("luu", page.locator("#luu").inner_text(), "| nhac", page.locator("#soan-nhac").inner_text())
    out("rows", contents(page)[:3])
    page.screenshot(path="/tmp/zz/gone.png")
    page.get_by_role("button", name="Hoàn tác").click()
    wait_idle(page, 3000)
    out("after undo: rows", contents(page)[:3], "| nhac", page.locator("#soan-nhac").inner_text(), "note anywhere:", page.locator("td[data-field=note]", has_text="Ghi chú rất dài").count())
    page.keyboard.press("Control+z"); wait_idle(page, 1000)
    out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:3])

def test_undo_move_of_gone_row(page, context_of, open_editor, world):
    open_editor()
    cell(page, 2, "content").click(); page.keyboard.press("Alt+ArrowDown"); saved(page); wait_idle(page, 800)
    other = context_of.new_page(); other.goto(page.url)
    cell(other, 3, "content").click(); other.keyboard.press("Control+Delete"); saved(other); other.wait_for_timeout(800)
    page.bring_to_front()
    cell(page, 1, "note").click(); page.keyboard.type("x"); page.keyboard.press("Enter"); wait_idle(page, 1500)
    page.keyboard.press("Control+z"); wait_idle(page, 800)
    out("first undo ok")
    page.keyboard.press("Control+z"); wait_idle(page, 800)
    out("second undo (move of gone row) nhac:", page.locator("#soan-nhac").inner_text())

def test_add_with_bad_planned_day(page, open_editor, world):
    open_editor()
    n = len(contents(page))
    cell(page, 1, "planned_for").click()
    page.keyboard.press("Control+Enter")
    for _ in range(5): page.keyboard.press("Tab")
    out("at", active(page))
    page.keyboard.type("31/2"); page.keyboard.press("Enter")
    cell(page, 2, "content").click(); page.keyboard.type("Việc có ngày sai"); page.keyboard.press("Enter")
    wait_idle(page, 3000)
    out("rows", n, "->", len(contents(page)), contents(page)[:5], page.locator("#luu").inner_text())
    page.screenshot(path="/tmp/zz/badday.png")
    out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:4])
    cell(page, 1, "note").click(); page.keyboard.type("y"); page.keyboard.press("Enter"); wait_idle(page, 2500)
    out("rows later", len(contents(page)), contents(page)[:5], page.locator("#luu").inner_text())
    cell(page, 2, "planned_for").click(); page.keyboard.type("3/3"); page.keyboard.press("Enter"); wait_idle(page, 2500)
    out("mended", len(contents(page)), contents(page)[:5], page.locator("#luu").inner_text())
    page.reload(); wait_idle(page, 1500)
    out("reloaded", len(contents(page)), contents(page)[:5], page.locator("#luu").inner_text())
    out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:4])

def test_escape_of_a_new_row(page, open_editor, world):
    open_editor()
    cell(page, 1, "content").click()
    page.keyboard.press("Control+Enter"); page.keyboard.type("Gõ nhầm"); page.keyboard.press("Escape")
    wait_idle(page, 2500)
    out("luu", page.locator("#luu").inner_text(), contents(page)[:3]); page.screenshot(path="/tmp/zz/escnew.png")
    out("server", [t["content"] for t in st(world.plan.pk)["tasks"]][:3])

def test_empty_last_row_reload(page, open_editor, world):
    open_editor()
    n = len(contents(page))
    cell(page, n, "content").click(); page.keyboard.press("F2"); page.keyboard.press("Enter")
    wait_idle(page, 2500)
    out("luu", page.locator("#luu").inner_text(), len(contents(page)))
    page.reload(); wait_idle(page, 1000)
    out("reload nhac", page.locator("#soan-nhac").inner_text(), len(contents(page)), n)
    page.reload(); wait_idle(page, 1000)
    out("reload2 nhac", page.locator("#soan-nhac").inner_text(), len(contents(page)), n)

def test_window_blur_while_editing(page, context_of, open_editor, world):
    open_editor()
    cell(page, 1, "content").click(); page.keyboard.press("F2"); page.keyboard.type(" đang gõ")
    # what alt-tab does: the focused element gets blur while the window loses focus
    cdp = context_of.new_cdp_session(page)
    other = context_of.new_page(); other.goto("about:blank"); other.bring_to_front(); other.wait_for_timeout(500)
    page.bring_to_front(); wait_idle(page, 500)
    out("active after coming back", active(page), "hasFocus", page.evaluate("document.hasFocus()"))
    page.keyboard.type(" tiếp tục"); wait_idle(page, 500)
    out("cell", contents(page)[0][-40:], page.locator(".cell-editor").count())

def test_name_case_tab(page, open_editor, world):
    open_editor()
    for how in ("Tab", "Enter"):
        cell(page, 1, "support").click(); page.keyboard.press("Enter"); page.keyboard.type("thôn đông"); page.keyboard.press(how)
        wait_idle(page, 600)
        out(how, page.locator(".chip").all_inner_texts(), cell(page, 1, "support").inner_text())
        page.keyboard.press("Escape")
    wait_idle(page, 1500)
    from units.models import Part
    out("parts", [p.name for p in Part.objects.all() if "ông" in p.name])

def test_self_conflict(page, context_of, open_editor, world):
    open_editor()
    cell(page, 1, "note").click(); page.keyboard.type("ghi chú có cách cuối "); page.keyboard.press("Enter"); saved(page)
    page.get_by_label("Ngày ký").fill("5/3/2024") if page.get_by_label("Ngày ký").count() else out("labels", page.locator(".header-grid label").all_inner_texts())
    wait_idle(page, 2600)
    other = context_of.new_page(); other.goto(page.url)
    cell(other, 5, "note").click(); other.keyboard.type("kia"); other.keyboard.press("Enter"); saved(other)
    page.bring_to_front()
    cell(page, 1, "note").click(); page.keyboard.press("F2"); page.keyboard.type("thêm"); page.keyboard.press("Enter"); wait_idle(page, 2500)
    out("dialog", page.locator("#hai-ban").is_visible(), page.locator("#hai-ban").inner_text() if page.locator("#hai-ban").is_visible() else "")
