"""What is typed outlives the session, the refusal and the closed window, and is forgotten once it is saved."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from tests.browser.windows import PASSWORD
from tests.permissions.world import World

NAME = "Thôn Đông, phía bắc sông"
OFFERED = re.compile(r"^Có nội dung gõ dở lúc \d\d:\d\d chưa lưu\.")


@pytest.fixture
def form(page: Page, world: World, sign_in) -> str:
    """The address of a form that keeps what is typed, open before the officer."""
    sign_in("an")
    address = f"/don-vi/{world.unit.pk}/bo-phan/{world.things['part_pk']}/"
    page.goto(address)
    return address


def name(page: Page):
    return page.get_by_label("Tên", exact=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Lưu").click()


def kept_in(page: Page) -> list[str]:
    page.wait_for_load_state()  # the script that keeps and forgets has run
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('tdkt.keep.'))")


def test_what_was_typed_outlives_the_session(page, form, accessible):
    name(page).fill(NAME)
    Session.objects.all().delete()  # as two weeks do
    save(page)
    expect(page.get_by_role("status")).to_have_text(
        "Phiên làm việc đã hết. Nội dung bạn gõ dở vẫn được giữ trên máy này."
    )

    page.get_by_label("Tên đăng nhập").fill("an")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.locator(".kept-offer p")).to_have_text(OFFERED)
    expect(name(page)).to_have_value("Thôn Đông")
    accessible()
    page.get_by_role("button", name="Lấy lại").click()
    expect(name(page)).to_have_value(NAME)
    expect(page.locator(".kept-offer")).to_have_count(0)
    save(page)
    expect(page.get_by_text(f"Đã lưu {NAME}.")).to_be_visible()
    assert kept_in(page) == []


def test_a_refused_form_keeps_its_text_and_a_saved_one_is_forgotten(page, form):
    name(page).fill(NAME)
    page.get_by_label("Từ ngày").fill("31/2/2026")
    save(page)
    expect(page.locator(".error-summary")).to_be_visible()

    expect(page.locator(".kept-offer")).to_have_count(0)
    assert len(kept_in(page)) == 1
    page.get_by_label("Từ ngày").fill("1/2/2026")
    save(page)
    expect(page.get_by_text(f"Đã lưu {NAME}.")).to_be_visible()
    assert kept_in(page) == []


def test_leaving_asks_first_and_coming_back_offers_the_text(page, form):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    name(page).press_sequentially(" mới")

    page.goto("/")
    page.goto(form)

    assert asked == ["beforeunload"]
    expect(page.locator(".kept-offer p")).to_have_text(OFFERED)
    page.get_by_role("button", name="Bỏ", exact=True).click()
    page.goto(form)
    expect(page.locator(".kept-offer")).to_have_count(0)


def test_a_form_left_as_it_was_asks_nothing_and_keeps_nothing(page, form):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    name(page).fill(NAME)
    name(page).fill("Thôn Đông")

    page.goto("/")

    assert (asked, kept_in(page)) == ([], [])


def test_the_link_that_gives_up_forgets_the_text(page, form, world):
    name(page).fill(NAME)
    for _ in range(20):  # the pause after which a text is kept is one second
        page.wait_for_timeout(250)
        if kept_in(page):
            break
    assert kept_in(page) == [f"tdkt.keep.{world.an.pk}.{form}"]

    page.get_by_role("link", name="Thôi, không lưu").click()

    expect(page.get_by_role("heading", name="Bộ phận của xã An Hòa")).to_be_visible()
    assert kept_in(page) == []
