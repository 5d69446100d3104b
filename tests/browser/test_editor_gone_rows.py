"""A row that somebody else takes out while one writes in it: it can be put back, with all that was typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editor import cell, contents, ready, row, saved, write


@pytest.fixture
def other(page: Page, context_of: BrowserContext, open_editor: Callable[[], None]) -> Page:
    """A second window on the same plan, open before anything is written in the first."""
    open_editor()
    other = context_of.new_page()
    other.goto(page.url)
    ready(other)
    return other


def take_out(page: Page, position: int) -> None:
    cell(page, position, "content").click()
    page.keyboard.press("Control+Delete")
    saved(page)


def undo(page: Page) -> None:
    page.get_by_role("button", name="Hoàn tác").click()


def told_that_it_is_gone(page: Page) -> None:
    expect(page.get_by_text("Nhiệm vụ bạn đang sửa vừa bị bỏ ở nơi khác.")).to_be_in_viewport()


def test_somebody_takes_the_row_out_while_one_writes_in_it(page: Page, other: Page):
    before = contents(page)
    take_out(other, 1)

    write(page, 1, "note", "lời ghi muộn")
    told_that_it_is_gone(page)
    assert contents(page) == before[1:]
    undo(page)
    saved(page)
    page.reload()

    assert contents(page) == before
    expect(cell(page, 1, "note")).to_have_text("lời ghi muộn")


def test_what_is_still_typed_when_the_row_is_gone_comes_back_with_it(page: Page, other: Page):
    take_out(other, 1)

    cell(page, 1, "note").click()
    page.keyboard.type("lời ghi")
    told_that_it_is_gone(page)  # after a pause, in which it was sent
    page.keyboard.type(" viết tiếp")
    page.keyboard.press("Enter")
    undo(page)
    saved(page)
    page.reload()

    expect(cell(page, 1, "note")).to_have_text("lời ghi viết tiếp")


def test_words_of_a_row_that_is_gone_are_told_to_who_leaves_without_taking_it_back(
    page: Page, other: Page, accessible: Callable[[], None]
):
    before, long = contents(page), " ".join(["lời ghi muộn"] * 20)
    take_out(other, 1)

    write(page, 1, "note", long)
    told_that_it_is_gone(page)
    page.reload()

    told = page.get_by_role("alert").filter(has_text="Dòng bạn sửa ở cửa sổ trước đã bị bỏ ở nơi khác.")
    expect(told).to_contain_text(f"Chữ bạn gõ, để chép lại nếu cần: «{long}».")
    expect(told).to_be_in_viewport()
    accessible()
    assert contents(page) == before[1:]
    told.get_by_role("button", name="Đã xem, đóng lại").click()
    expect(told).to_have_count(0)


def test_who_took_the_row_out_puts_it_back_and_the_words_go_into_it(page: Page, other: Page):
    before = contents(page)
    take_out(other, 1)
    write(page, 1, "note", "lời ghi muộn")
    told_that_it_is_gone(page)

    undo(other)
    saved(other)
    write(page, 2, "note", "lời ghi khác")
    expect(page.get_by_text("Nhiệm vụ vừa bị bỏ ở nơi khác nay đã có lại, cùng những gì bạn gõ.")).to_be_visible()
    saved(page)
    page.reload()

    assert contents(page) == before
    expect(cell(page, 1, "note")).to_have_text("lời ghi muộn")


def test_a_row_with_what_does_not_fit_is_gone_and_offered_back(page: Page, other: Page):
    before = contents(page)
    write(page, 1, "due", "31/2/2024")
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được")
    take_out(other, 1)

    write(page, 2, "note", "lời ghi khác")
    told_that_it_is_gone(page)
    saved(page)
    assert contents(page) == before[1:]
    undo(page)

    expect(row(page, 1)).to_contain_text("Không có ngày 31/2/2024.")
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được")
    assert contents(page) == before
