"""A real Chromium before the real program: tests click and type as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.permissions.world import World, build_world

# The driver keeps an event loop in this thread; the database is used from here only before sign-in.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
PASSWORD = "mật khẩu dài 2026"

_FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def leave(window: Page, asked: set[Request]) -> None:
    """Not before the server has answered: what it still does would meet the emptying of the database."""
    if window.is_closed():
        return
    for _ in range(200):
        if not asked:
            return
        window.wait_for_timeout(25)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For the tests of this folder only: its driver's event loop would be in the way of others that need their own."""
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=[*_FLAGS, *as_root])
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A window of the size most officers have. Whatever the console complains of fails the test."""
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 1366, "height": 768}, locale="vi-VN", accept_downloads=True
    )
    window = context.new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    asked: set[Request] = set()
    context.on("request", lambda request: asked.add(request))
    for end in ("requestfinished", "requestfailed"):
        context.on(end, lambda request: asked.discard(request))
    yield window
    leave(window, asked)
    context.close()
    # A refused form answers 422 and a stale one 409, which Chromium also writes to its console; so it does
    # with a line that a test has cut.
    expected = ("422", "409", "ERR_INTERNET_DISCONNECTED")
    assert [text for text in complaints if not any(word in text for word in expected)] == []


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], None]:
    def sign_in(username: str) -> None:
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Việc của tôi", level=1).wait_for()

    return sign_in


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    """WCAG 2.1 A and AA, as axe finds them on the page that is open."""
    rules = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}

    def accessible() -> None:
        found = Axe().run(page, options=rules).response["violations"]
        assert [(entry["id"], [node["html"] for node in entry["nodes"]][:3]) for entry in found] == []

    return accessible


@pytest.fixture
def context_of(page: Page) -> BrowserContext:
    """The browser around the window: other windows, the line, the cookies."""
    return page.context


@pytest.fixture
def open_editor(page: Page, sign_in: Callable[[str], None], world: World) -> Callable[[], None]:
    """The officer's own way: the list, the plan, «Soạn tiếp»."""

    def open_editor(subject: str = "Triển khai phong trào") -> None:
        sign_in("an")
        page.get_by_role("link", name="Kế hoạch", exact=True).first.click()
        page.get_by_role("link", name=subject).click()
        page.get_by_role("link", name="Soạn tiếp").click()
        expect(page.get_by_role("grid")).to_be_visible()

    return open_editor
