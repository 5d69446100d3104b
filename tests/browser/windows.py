"""A browser's window as a test opens it: watched while it is open, left when its server has answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request

PASSWORD = "mật khẩu dài 2026"
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
REFUSALS = ("422", "409")
"""Answers to a refused form and to a stale page, which Chromium also writes to its console."""
_RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
_LONGEST_WAIT, _STEP = 5_000, 25  # ms


@contextmanager
def opened(
    browser: Browser, url: str, *, size: dict[str, int] = DESK, expected: Sequence[str] = REFUSALS
) -> Iterator[Page]:
    """With cookies of its own. Whatever its console complains of, but for what is ``expected``, fails the test."""
    context = browser.new_context(base_url=url, viewport=size, locale="vi-VN", accept_downloads=True)
    window = context.new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    asked: set[Request] = set()
    context.on("request", lambda request: asked.add(request))
    for end in ("requestfinished", "requestfailed"):
        context.on(end, lambda request: asked.discard(request))
    yield window
    _wait_for_answers(context, asked)
    context.close()
    unexpected = [text for text in complaints if not any(word in text for word in expected)]
    assert unexpected == [], unexpected


def _wait_for_answers(context: BrowserContext, asked: set[Request]) -> None:
    """What the server still does would meet the emptying of the database."""
    for _ in range(0, _LONGEST_WAIT, _STEP):
        if not asked or not context.pages:
            return
        context.pages[0].wait_for_timeout(_STEP)


def sign_in_at(window: Page, username: str) -> None:
    window.goto("/")
    window.get_by_label("Tên đăng nhập").fill(username)
    window.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    window.keyboard.press("Enter")
    window.get_by_role("heading", name="Việc của tôi", level=1).wait_for()


def assert_accessible(window: Page) -> None:
    """WCAG 2.1 A and AA, as axe finds them on the page that is open, when it is there and its scripts have run."""
    window.wait_for_load_state()
    found = Axe().run(window, options=_RULES).response["violations"]
    violations = [(entry["id"], [node["html"] for node in entry["nodes"]][:3]) for entry in found]
    assert violations == [], violations
