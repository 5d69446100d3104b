"""Score sheets by hand and keyboard: typing, reasons, a pasted column, two windows, a lost line, small screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from clusters.models import Assignment, Entry, ScoreSheet
from tests.browser.windows import DESK, PASSWORD, PHONE, REFUSALS, assert_accessible, opened, sign_in_at
from tests.clusters.season import Round, a_round
from tests.factories import Role, UserFactory


@pytest.fixture
def found(transactional_db: None) -> Round:
    """The head is «an»; a colleague of hers «lan»; the organiser's reviewer «noivu»."""
    found = a_round()
    found.season.steps.update(due=dt.date(2099, 11, 30))
    lan = UserFactory(role=Role.OFFICER, unit=found.communes[0])
    for user, name in ((found.officers[0], "an"), (lan, "lan"), (found.noivu, "noivu")):
        user.username = name
        user.set_password(PASSWORD)
        user.save()
    for member in found.members:
        Assignment.objects.create(member=member, criterion=found.criteria["I.1"], target=200)
    return found


@pytest.fixture
def window_of(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    with ExitStack() as windows:

        def window_of(username: str, size: dict[str, int] = DESK) -> Page:
            expected = (*REFUSALS, "ERR_INTERNET_DISCONNECTED")
            page = windows.enter_context(opened(browser, live_server.url, size=size, expected=expected))
            page.set_default_timeout(8_000)
            sign_in_at(page, username)
            return page

        yield window_of


def open_sheet(page: Page, found: Round, place: int = 0) -> None:
    page.goto(f"/cum-thi-dua/bang-diem/{found.sheets[place].pk}/")
    page.locator("table[data-scores] .is-at").wait_for()


def open_grid(page: Page, found: Round) -> None:
    page.goto(f"/cum-thi-dua/nam/{found.season.pk}/bang-cham/")
    page.locator("table[data-scores] .is-at").wait_for()


def cell(page: Page, found: Round, code: str, place: int = 0) -> Locator:
    return page.locator(f'[data-c="{found.members[place].pk}-{found.criteria[code].pk}"]')


def saved(page: Page) -> None:
    expect(page.locator("[data-save-status][data-state=saved]")).to_contain_text("Đã lưu ")


def paste(page: Page, words: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("words => navigator.clipboard.writeText(words)", words)
    page.keyboard.press("Control+V")


def said(found: Round, place: int = 0) -> dict[str, tuple]:
    rows = Entry.objects.filter(sheet=found.sheets[place]).select_related("criterion")
    return {row.criterion.code: (row.actual, row.deduction, row.reason) for row in rows}


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)


def test_a_unit_scores_itself_with_the_keyboard(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    fits(page)
    cell(page, found, "I.1").click()

    page.keyboard.type("150")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, found, "I.1").locator(".points")).to_have_text("15,00")
    expect(page.locator(f'[data-out="t-{found.members[0].pk}"]').last).to_have_text("40,00")
    expect(cell(page, found, "I.2")).to_be_focused()

    page.keyboard.press("ArrowUp")
    page.keyboard.type("9")
    page.keyboard.press("Escape")
    expect(cell(page, found, "I.1").locator(".said")).to_have_text("150")
    page.keyboard.press("F2")
    page.keyboard.press("End")
    page.keyboard.type("0")
    page.keyboard.press("Tab")
    expect(cell(page, found, "I.1").locator(".points")).to_have_text("20,00")
    saved(page)
    assert said(found) == {"I.1": (1500, None, "")}

    page.keyboard.press("Control+Z")
    expect(cell(page, found, "I.1").locator(".points")).to_have_text("15,00")
    expect(cell(page, found, "I.1")).to_be_focused()
    saved(page)
    assert said(found) == {"I.1": (150, None, "")}
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Chi tiết và tài liệu kiểm chứng")).to_be_focused()


def test_a_deduction_asks_its_reason_at_once(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    cell(page, found, "II.3").click()
    page.keyboard.type("2,5")
    page.keyboard.press("Enter")

    reason = page.get_by_label("Lý do", exact=True)
    expect(reason).to_be_focused()
    expect(page.locator("[data-bar-trouble]")).to_have_text("Ghi lý do trừ điểm.")
    expect(cell(page, found, "II.3")).to_have_attribute("aria-invalid", "true")
    fits(page)
    page.keyboard.type("Vắng 01 buổi họp")
    page.keyboard.press("Enter")

    saved(page)
    expect(cell(page, found, "II.3").locator(".points")).to_have_text("22,50")
    expect(cell(page, found, "II.3")).not_to_have_attribute("aria-invalid", "true")
    cell(page, found, "II.2").click()
    page.keyboard.press("Delete")
    assert said(found) == {"II.3": (None, 2.5, "Vắng 01 buổi họp")}


def test_a_column_is_pasted_and_only_bad_cells_wait(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    cell(page, found, "I.1").click()

    paste(page, "1.234.567\ntám\n\nx\n72\n2,5; vắng 01 buổi\n")

    expect(page.locator("[data-save-status][data-state=trouble]")).to_have_text(
        "Còn 1 ô chưa lưu được: xem lời nhắc ở ô có viền đỏ."
    )
    assert said(found) == {
        "I.1": (1234567, None, ""),
        "II.1": (1, None, ""),
        "II.2": (72, None, ""),
        "II.3": (None, 2.5, "vắng 01 buổi"),
    }
    page.get_by_role("button", name="Đến ô chưa lưu được").click()
    expect(page.locator("[data-bar-trouble]")).to_contain_text("Số thực hiện ghi «tám», không phải một số.")
    expect(cell(page, found, "I.2")).to_be_focused()
    page.keyboard.type("8")
    page.keyboard.press("Enter")
    saved(page)
    assert said(found)["I.2"] == (8, None, "")


def test_a_block_with_codes_goes_to_its_criteria(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    cell(page, found, "III").click()

    paste(page, "Mã\tTự chấm\nI\t\nI.2\t7\nI.1.\t120\nII.3\t1; vắng\n")

    saved(page)
    assert said(found) == {"I.1": (120, None, ""), "I.2": (7, None, ""), "II.3": (None, 1, "vắng")}


def test_in_two_windows_both_values_are_shown(found: Round, window_of: Callable[..., Page]) -> None:
    an, lan = window_of("an"), window_of("lan")
    for page in (an, lan):
        open_sheet(page, found)
    for page, value in ((an, "150"), (lan, "160")):
        cell(page, found, "I.1").click()
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        page.locator("[data-save-status]:not([data-state=saving])").wait_for()

    lan.get_by_role("button", name="Đến ô chưa lưu được").click()
    expect(lan.locator("[data-bar-trouble]")).to_contain_text("vừa ghi 150 lúc")
    expect(lan.locator("[data-bar-trouble]")).to_contain_text("bạn ghi 160")
    fits(lan)
    assert said(found) == {"I.1": (150, None, "")}

    lan.get_by_role("button", name="Ghi số của tôi (160)").click()
    saved(lan)
    assert said(found) == {"I.1": (160, None, "")}

    cell(an, found, "I.1").click()
    an.keyboard.type("170")
    an.keyboard.press("Enter")
    an.get_by_role("button", name="Đến ô chưa lưu được").click()
    an.get_by_role("button", name="Giữ số kia (160)").click()
    expect(cell(an, found, "I.1").locator(".said")).to_have_text("160")
    assert said(found) == {"I.1": (160, None, "")}


def test_what_was_typed_without_a_line_is_saved_later(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    page.context.set_offline(True)
    cell(page, found, "I.1").click()
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-status]")).to_have_text(
        "Chưa lưu được vì mất mạng. Số vừa gõ vẫn ở máy này, sẽ tự lưu lại."
    )

    page.context.set_offline(False)
    saved(page)
    assert said(found) == {"I.1": (150, None, "")}


def test_what_a_closed_window_had_not_saved_comes_back(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    page.route("**/luu/", lambda route: route.abort("internetdisconnected"))
    cell(page, found, "I.1").click()
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-status][data-state=trouble]")).to_be_visible()

    page.unroute("**/luu/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{page.url}?loc=tru")
    expect(page.get_by_text("Bảng này chưa có dòng nào bị trừ điểm.")).to_be_visible()
    open_sheet(page, found)

    saved(page)
    assert said(found) == {"I.1": (150, None, "")}


def test_the_reviewer_works_in_the_grid(found: Round, window_of: Callable[..., Page]) -> None:
    for sheet in found.sheets:
        Entry.objects.create(sheet=sheet, criterion=found.criteria["I.1"], stage="self", actual=150)
    ScoreSheet.objects.update(stage="review")
    page = window_of("noivu")
    open_grid(page, found)
    fits(page)
    cell(page, found, "I.1", 1).click()

    page.keyboard.type("100")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lý do", exact=True)).to_be_focused()
    expect(page.locator("[data-bar-trouble]")).to_have_text("Ghi lý do sửa số liệu hoặc điểm của bước trước.")
    page.keyboard.type("Theo số của Thuế cơ sở")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, found, "I.1", 1).locator(".points")).to_have_text("10,00")

    cell(page, found, "II.3", 0).click()
    paste(page, "1; vắng\t\t2; vắng\n")
    expect(cell(page, found, "II.3", 2).locator(".points")).to_have_text("23,00")
    expect(cell(page, found, "II.3", 1).locator(".points")).to_have_text("25,00")

    page.get_by_label("Dòng", exact=True).select_option("Chỉ dòng chênh lệch")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator("tr[data-row]")).to_have_count(1)
    fits(page)


def test_the_pages_fit_a_phone(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an", PHONE)
    open_sheet(page, found)
    fits(page)
    cell(page, found, "I.1").click()
    cell(page, found, "I.1").click()
    page.keyboard.type("150")
    page.keyboard.press("Enter")
    saved(page)

    for address in (
        f"/cum-thi-dua/nam/{found.season.pk}/bang-diem/",
        f"/cum-thi-dua/nam/{found.season.pk}/bang-cham/",
        f"/cum-thi-dua/nam/{found.season.pk}/bang-diem/gui/",
        f"/cum-thi-dua/bang-diem/{found.sheets[0].pk}/gui/",
        f"/cum-thi-dua/bang-diem/{found.sheets[0].pk}/tieu-chi/{found.criteria['II.1'].pk}/",
    ):
        page.goto(address)
        fits(page)


def test_a_row_has_its_own_page_with_evidence(found: Round, window_of: Callable[..., Page]) -> None:
    page = window_of("an")
    open_sheet(page, found)
    cell(page, found, "II.1").click()
    page.get_by_role("link", name="Chi tiết và tài liệu kiểm chứng").click()
    fits(page)
    page.get_by_label("Kết quả").fill("x")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_label("Số, ký hiệu văn bản").fill("12/KH-UBND")
    page.get_by_label("Ngày văn bản").fill("15/1/2026")
    page.get_by_role("button", name="Thêm tài liệu").click()
    expect(page.get_by_role("button", name="Bỏ 12/KH-UBND")).to_be_visible()
    fits(page)

    open_sheet(page, found)
    expect(cell(page, found, "II.1").locator(".points")).to_have_text("10,00")
    page.get_by_role("link", name="Gửi bảng điểm").click()
    fits(page)
    page.get_by_role("button", name="Gửi bảng điểm").click()
    expect(page.get_by_text("Đã gửi bảng điểm Xã An Bình")).to_be_visible()
    expect(page.get_by_role("button", name="Rút lại")).to_be_visible()
    fits(page)


def test_a_commune_scores_for_its_villages(found: Round, window_of: Callable[..., Page], tmp_path: Any) -> None:
    """They have no account: the officer types what they sent, and hands it in for them."""
    found.sheets[3].member.unit = None
    found.sheets[3].member.name = "Thôn Đông"
    found.sheets[3].member.save()
    page = window_of("noivu")
    open_sheet(page, found, 3)
    cell(page, found, "II.3", 3).click()
    page.keyboard.type("2; vắng 01 buổi")
    page.keyboard.press("Enter")
    saved(page)
    expect(cell(page, found, "II.3", 3).locator(".points")).to_have_text("23,00")
    fits(page)

    with page.expect_download() as download:
        page.locator("summary").filter(has_text="Excel").click()
        page.get_by_role("link", name="Xuất Excel").click()
    download.value.save_as(tmp_path / "bang.xlsx")
    assert (tmp_path / "bang.xlsx").read_bytes().startswith(b"PK")
    page.get_by_role("link", name="Gửi bảng điểm").click()
    page.get_by_role("button", name="Gửi bảng điểm").click()
    expect(page.get_by_text("(gửi thay)")).to_be_visible()
    [entry] = Entry.objects.all()
    assert (entry.on_behalf, entry.by) == (True, found.noivu)
