"""The editor as a person sees it: the saved line, the table's cells, the printed page beside them."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

SAVED = re.compile(r"^Đã lưu \d\d:\d\d$")


def ready(page: Page) -> None:
    """The page is there before its scripts are: until they run it takes no words and the table has no rows."""
    expect(page.locator(".editor")).not_to_have_attribute("inert", "")


def saved(page: Page) -> None:
    """All that was done so far: the line says «Đang lưu…» from the first letter on."""
    expect(page.locator("#luu")).to_have_text(SAVED)


def row(page: Page, position: int) -> Locator:
    """The task of that place, from 1, as the table shows it now."""
    return page.locator("tr[data-key]").nth(position - 1)


def cell(page: Page, position: int, field: str) -> Locator:
    return row(page, position).locator(f"[data-field={field}]")


def write(page: Page, position: int, field: str, words: str) -> None:
    """Into a cell, which Enter leaves."""
    cell(page, position, field).click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def _texts(page: Page, field: str) -> list[str]:
    return page.locator(f"tr[data-key] [data-field={field}] > span:first-child").all_text_contents()


def contents(page: Page) -> list[str]:
    return _texts(page, "content")


def numbered(page: Page, count: int) -> None:
    """From 1 to ``count``: the server numbers the rows, and its answer may still be on its way."""
    shown = page.locator("tr[data-key] [data-field=number] > span:first-child")
    expect(shown).to_have_text([str(number) for number in range(1, count + 1)])


def preview(page: Page) -> Locator:
    return page.get_by_role("region", name="Bản in của kế hoạch")


def copied(context: BrowserContext, html: str) -> None:
    """All of another program's page, by Ctrl+A and Ctrl+C."""
    other = context.new_page()
    other.set_content(html)
    other.locator("body").click()
    other.keyboard.press("Control+a")
    other.keyboard.press("Control+c")
    other.close()
