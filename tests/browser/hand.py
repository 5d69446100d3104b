"""A person at the mouse and the keyboard, whose clicks are counted."""

from __future__ import annotations

from playwright.sync_api import Locator


class Hand:
    """``clicks`` counts every press of the mouse; keys are not counted."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
