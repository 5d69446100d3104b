"""The register by keyboard alone: one past paper after the other; books of numbers; a whole register out of Excel."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from documents.models import IssuedPaper, NumberSeries
from tests.core.sheet_samples import book
from tests.permissions.world import World

HEAD = ["Số, ký hiệu văn bản", "Ngày tháng văn bản", "Tên loại và trích yếu nội dung", "Người ký", "Nơi nhận"]


def type_fields(page: Page, *texts: str) -> None:
    """Into the field that has the focus and those after it; an empty text leaves what stands there."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Tab")


def recorded() -> list[tuple[str, str, dt.date, str, str]]:
    papers = IssuedPaper.objects.filter(symbol="KH-UBND").order_by("pk")
    return list(papers.values_list("number", "kind", "date", "subject", "signer"))


def test_past_papers_are_entered_one_after_the_other_by_keyboard_alone(page, world, sign_in, accessible):
    sign_in("an")
    page.goto("/so-van-ban/ghi/")
    expect(page.get_by_label("Cơ quan ban hành")).to_be_focused()
    accessible()

    type_fields(page, "hội đồng thi đua - khen thưởng", "", "Kế hoạch", "27", "KH-UBND", "18/1/25", "Thi đua quý I")
    page.keyboard.type("Lò Văn Thắng")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Ghi và ghi tiếp")).to_be_focused()
    page.keyboard.press("Enter")

    for number, day, subject in (("28", "5.2.2025", "Thi đua quý II"), ("29", "6/2/2025", "Thi đua quý III")):
        expect(page.get_by_label("Số", exact=True)).to_be_focused()
        expect(page.get_by_label("Số", exact=True)).to_have_value("")
        type_fields(page, number, "", day, subject)
        page.keyboard.press("Enter")  # from the last field, as in any form
    expect(page.get_by_text("Đã ghi vào sổ Kế hoạch 29/KH-UBND ngày 06/02/2025.")).to_be_visible()
    accessible()

    page.keyboard.type("29")  # once too often
    page.keyboard.press("Tab")
    type_fields(page, "", "7/2/2025", "Lặp lại")
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Số", exact=True)).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("30")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi vào sổ Kế hoạch 30/KH-UBND ngày 07/02/2025.")).to_be_visible()

    assert recorded() == [
        ("27", "Kế hoạch", dt.date(2025, 1, 18), "Thi đua quý I", "Lò Văn Thắng"),
        ("28", "Kế hoạch", dt.date(2025, 2, 5), "Thi đua quý II", "Lò Văn Thắng"),
        ("29", "Kế hoạch", dt.date(2025, 2, 6), "Thi đua quý III", "Lò Văn Thắng"),
        ("30", "Kế hoạch", dt.date(2025, 2, 7), "Lặp lại", "Lò Văn Thắng"),
    ]


def test_a_whole_register_comes_out_of_excel(page, world, sign_in, accessible, tmp_path: Path):
    rows = [
        HEAD,
        ["7/KH-HĐTĐKT", "05/01/2025", "Kế hoạch hoạt động của Hội đồng", "Hà Thị Mận", "Các thôn"],
        ["900/QĐ-HĐTĐKT", "06/01/2025", "Quyết định kiện toàn Hội đồng", "Hà Thị Mận", "Như trên"],
    ]
    (tmp_path / "so.xlsx").write_bytes(book(rows))
    sign_in("an")
    page.goto("/so-van-ban/")
    page.get_by_text("Excel", exact=True).click()
    page.get_by_role("link", name="Nhập từ Excel").click()
    page.get_by_label("Cơ quan ban hành").select_option(label="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG (Xã An Hòa)")
    page.get_by_label("Tệp Excel").set_input_files(tmp_path / "so.xlsx")
    page.get_by_role("button", name="Kiểm tra tệp").click()

    expect(page.get_by_text("Số 900 cách xa các số khác (đây là số nhỏ nhất); hãy xem lại.")).to_be_visible()
    page.get_by_text("Những gì trong tệp không được đọc").click()
    expect(page.get_by_text("Cột không dùng đến: «Nơi nhận».")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Nhận 2 dòng").click()
    page.get_by_role("link", name="Xem danh sách").click()

    expect(page.get_by_role("link", name="Kế hoạch: Hoạt động của Hội đồng")).to_be_visible()
    expect(page.get_by_role("link", name="Quyết định: Kiện toàn Hội đồng")).to_be_visible()


@pytest.mark.parametrize("window", [390, 1366])
def test_the_program_is_told_to_give_numbers_and_gives_the_next(page, world: World, sign_in, accessible, window):
    sign_in("an")
    page.set_viewport_size({"width": window, "height": 768})
    page.goto("/so-van-ban/")
    page.get_by_role("link", name="Sổ số").click()
    page.get_by_role("link", name="KH-HĐTĐKT").click()
    page.get_by_label("Chương trình cấp số:").check()
    page.get_by_role("textbox", name="Số mới nhất").fill("41")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu. Chương trình cấp số; số tiếp theo là 42.")).to_be_visible()
    accessible()
    assert page.evaluate("document.documentElement.scrollWidth") == window
    assert NumberSeries.objects.get(name="KH-HĐTĐKT").mode == NumberSeries.Mode.OWN
