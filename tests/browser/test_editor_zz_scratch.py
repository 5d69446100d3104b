from tests.browser.editor import *
import pytest
@pytest.mark.parametrize("width", [1366, 390])
def test_look(page, context_of, open_editor, accessible, width):
    open_editor()
    page.set_viewport_size({"width": width, "height": 768})
    other = context_of.new_page(); other.goto(page.url); ready(other)
    cell(other, 2, "content").click(); other.keyboard.press("Control+Delete"); saved(other)
    cell(page, 2, "note").click()
    page.keyboard.type("lời ghi muộn " * 30)
    expect(page.get_by_text("vừa bị bỏ ở nơi khác")).to_be_in_viewport()
    page.screenshot(path=f"/tmp/H/gone{width}.png")
    accessible()
    page.keyboard.press("Enter")
    page.reload()
    ready(page); page.wait_for_timeout(300)
    page.screenshot(path=f"/tmp/H/told{width}.png")
    accessible()
