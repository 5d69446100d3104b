"""A real Chromium before the real program: tests click and type as a person does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.editor import ready
from tests.browser.windows import REFUSALS, assert_accessible, opened, sign_in_at
from tests.permissions.world import World, build_world

# The driver keeps an event loop in this thread; the database is used from here only before sign-in.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"

_FLAGS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


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
    # A test may cut the line, which the console tells too.
    with opened(browser, live_server.url, expected=(*REFUSALS, "ERR_INTERNET_DISCONNECTED")) as window:
        yield window


@pytest.fixture
def world(transactional_db: None) -> World:
    return build_world()


@pytest.fixture
def sign_in(page: Page) -> Callable[[str], None]:
    return partial(sign_in_at, page)


@pytest.fixture
def accessible(page: Page) -> Callable[[], None]:
    return partial(assert_accessible, page)


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
        ready(page)

    return open_editor
