"""Nothing makes a page wider than the window, and the shell stays small on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from units.services import add_part

ADDRESS_LIKE = "vidu.example/" + "thidua" * 45
"""One word of 283 letters: no blank to break at."""


def width(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize("window", [390, 1100, 1280, 1366])
def test_no_page_is_wider_than_the_window(page, world, sign_in, window):
    add_part(world.unit, actor=None, name=ADDRESS_LIKE)
    sign_in("an")
    page.set_viewport_size({"width": window, "height": 768})
    addresses = ["/", "/ke-hoach/", f"/ke-hoach/{world.plan.pk}/", "/don-vi/", f"/don-vi/{world.unit.pk}/bo-phan/"]

    widths = {}
    for address in addresses:
        page.goto(address)
        widths[address] = width(page)

    assert widths == dict.fromkeys(addresses, window)
    expect(page.get_by_role("link", name=ADDRESS_LIKE)).to_be_visible()


def test_on_a_phone_the_top_bar_has_two_lines_and_rows_are_cards(page, world, sign_in, accessible):
    sign_in("an")
    page.set_viewport_size({"width": 390, "height": 768})
    page.goto(f"/don-vi/{world.unit.pk}/bo-phan/")

    assert page.evaluate("document.querySelector('.topbar').offsetHeight") <= 100
    row = page.locator("tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == "block"
    assert row.locator("td").first.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Loại:"'
    accessible()


def test_the_open_menu_leaves_its_button_free(page, world, sign_in):
    sign_in("an")
    page.set_viewport_size({"width": 390, "height": 768})
    button = page.get_by_role("button", name="Mục lục")

    button.click()
    expect(page.get_by_role("link", name="Đơn vị", exact=True)).to_be_visible()
    button.click()

    expect(page.get_by_role("link", name="Đơn vị", exact=True)).to_be_hidden()


def test_a_closed_panel_is_opened_by_its_name_and_tabs_start_at_the_top(page, world, sign_in):
    sign_in("an")
    page.goto(f"/ke-hoach/{world.plan.pk}/")
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("button", name="Mở bản in").click()
    expect(page.get_by_role("region", name="Bản in của kế hoạch")).to_be_visible()

    page.set_viewport_size({"width": 1200, "height": 600})
    page.evaluate("scrollTo({top: 2000, behavior: 'instant'})")
    assert page.evaluate("scrollY") > 0
    page.get_by_role("button", name="Bản in").dispatch_event("click")

    assert page.evaluate("scrollY") == 0
    expect(page.get_by_role("region", name="Bản in của kế hoạch")).to_be_visible()
