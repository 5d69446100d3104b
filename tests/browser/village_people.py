"""What a commune's one officer does for a khối of its villages: they have no accounts."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, Page, expect

from tests.browser.campaign_people import accessible, paste, told
from tests.browser.season_people import open_clusters, open_season, tab

SHEET = "cham diem cac thon.xlsx"


# -- Before the year begins --------------------------------------------------------------


def make_block(page: Page, name: str, year: int) -> None:
    open_clusters(page)
    accessible(page)
    page.get_by_role("link", name="Lập cụm, khối").click()
    page.get_by_label("Loại").select_option(label="Khối thi đua")
    page.get_by_label("Tên cụm, khối").fill(name)
    page.get_by_label("Năm thi đua đầu tiên").select_option(str(year))
    accessible(page)
    page.get_by_role("button", name="Lập cụm, khối").click()
    told(page, "Đã lập. Thêm đơn vị thành viên, chọn bộ tiêu chí rồi bắt đầu năm thi đua.")


def add_villages(page: Page, count: int) -> None:
    page.get_by_role("link", name="Thêm đơn vị thành viên").first.click()
    accessible(page)
    page.get_by_role("button", name=f"Thêm cả {count} thôn").click()
    told(page, f"Đã thêm {count} đơn vị.")


def choose_head(page: Page, name: str) -> None:
    member_row(page, name).get_by_label("Vai trò").select_option(label="Trưởng khối")
    page.get_by_role("button", name="Lưu danh sách").click()
    told(page, "Đã lưu danh sách đơn vị thành viên.")


def member_row(page: Page, name: str) -> Locator:
    rows = page.get_by_role("table", name="Đơn vị thành viên").locator("tbody tr")
    [found] = [row for row in rows.all() if row.get_by_label("Tên").input_value() == name]
    return found


# -- Criteria ----------------------------------------------------------------------------


def as_the_office_drew_it(folder: Path, rows: tuple[tuple[str, str, str, str], ...]) -> Path:
    """A workbook with a letterhead, a head of columns, marks that begin anew in each group, a row of sums."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["UBND XÃ AN HÒA"])
    sheet.append(["BẢNG CHẤM ĐIỂM THI ĐUA CÁC THÔN"])
    sheet.append([])
    sheet.append(["TT", "Nội dung thi đua", "Đơn vị tính", "Điểm chuẩn"])
    for mark, words, measure, points in rows:
        sheet.append([mark, words, measure, int(points)])
    sheet.append(["", "Tổng cộng", "", 100])
    book.save(path := folder / SHEET)
    return path


def make_set(page: Page, name: str, year: int) -> None:
    page.get_by_role("link", name="Lập bộ tiêu chí").first.click()
    accessible(page)
    page.get_by_role("link", name=re.compile("^Lập bộ")).first.click()
    page.get_by_label("Tên bộ tiêu chí").fill(name)
    page.get_by_label("Năm", exact=True).fill(str(year))
    accessible(page)
    page.get_by_role("button", name="Lập bộ tiêu chí").click()
    accessible(page)


def read_workbook(page: Page, path: Path, count: int) -> None:
    page.get_by_role("link", name="Đọc bảng có sẵn").click()
    accessible(page)
    page.get_by_label("Hoặc chọn tệp").set_input_files(path)
    page.get_by_role("button", name="Đọc bảng").click()
    page.get_by_role("table", name="Các dòng đọc được").wait_for()
    accessible(page)
    page.get_by_role("button", name=f"Lấy {count} dòng vào bộ tiêu chí").click()
    told(page, f"Đã lấy {count} dòng.")


def add_bonus(page: Page, code: str, words: str, points: str) -> None:
    """In the table, below what was read."""
    page.get_by_role("link", name="Sửa bảng").click()
    accessible(page)
    page.get_by_label("Mã của dòng mới").first.fill(code)
    page.get_by_label("Nội dung của dòng mới").first.fill(words)
    page.get_by_label("Điểm chuẩn của dòng mới").first.fill(points)
    page.get_by_label("Cách tính của dòng mới").first.select_option(label="Điểm thưởng")
    page.get_by_role("button", name="Lưu bảng").click()
    told(page, "Đã lưu 1 dòng.")


def publish_set(page: Page) -> None:
    page.get_by_role("link", name="Xem bộ tiêu chí").click()
    accessible(page)
    page.get_by_role("link", name="Ban hành", exact=True).click()
    accessible(page)
    page.get_by_role("button", name="Ban hành").click()
    told(page, "Đã ban hành")


def set_rules(page: Page, year: int, quotas: str) -> None:
    """Nobody but the commune judges its villages."""
    open_season(page, year)
    page.get_by_role("link", name="Chọn bộ tiêu chí").first.click()
    accessible(page)
    page.get_by_label("Số lượng được đề nghị khen thưởng").fill(quotas)
    expect(page.get_by_label("Có chấm chéo giữa các đơn vị")).not_to_be_checked()
    expect(page.get_by_label("Trưởng khối chấm trước khi thẩm định")).not_to_be_checked()
    accessible(page)
    page.get_by_role("button", name="Lưu quy định").click()
    told(page, "Đã lưu")


def give_targets(page: Page, first: str, block: str) -> None:
    """A block out of a sheet, from its first cell on."""
    tab(page, "Chỉ tiêu giao")
    paste(page, page.get_by_label(first), block)
    page.get_by_role("button", name="Lưu chỉ tiêu giao").click()
    told(page, "Đã lưu")


def begin(page: Page) -> None:
    tab(page, "Tổng quan")
    page.get_by_role("button", name="Bắt đầu năm thi đua").click()
    told(page, "Đã bắt đầu năm thi đua")
    page.get_by_role("button", name="Mở chấm điểm").click()
    told(page, "chấm điểm")


# -- Scores ------------------------------------------------------------------------------


def open_grid(page: Page) -> None:
    tab(page, "Bảng chấm")
    page.get_by_role("link", name="Mở bảng chấm chung").click()
    page.locator("table[data-scores] .is-at").wait_for()
    accessible(page)


def cell(page: Page, code: str, village: str) -> Locator:
    """Of the one table of all villages."""
    heads = page.locator("table[data-scores] thead th[data-name]").all_inner_texts()
    [column] = [place for place, head in enumerate(heads) if head.split("\n")[0] == village]
    return page.locator(f"table[data-scores] tr[data-code='{code}'] td.cell").nth(column)


def type_row(page: Page, code: str, said: dict[str, str], points: dict[str, str]) -> None:
    """Village after village, as one goes through a list; ``points`` as the table then shows them."""
    for village, words in said.items():
        cell(page, code, village).click()
        page.keyboard.type(words)
        page.keyboard.press("Enter")
    for village, shown in points.items():
        expect(cell(page, code, village).locator(".points")).to_have_text(shown)
    expect(page.locator("[data-save-status][data-state=saved]")).to_contain_text("Đã lưu ")


def hand_in_all(page: Page, act: str, last: str, done: str) -> None:
    """From the table of all villages; nothing is to be looked at again, so that all are ticked."""
    page.get_by_role("link", name=act).click()
    accessible(page)
    page.get_by_role("button", name=last).click()
    told(page, done)


def correct(page: Page, code: str, village: str, words: str, reason: str, points: str) -> None:
    """Against the village's own figure: the reason is asked at once."""
    cell(page, code, village).click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lý do", exact=True)).to_be_focused()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")
    expect(cell(page, code, village).locator(".points")).to_have_text(points)
    expect(page.locator("[data-save-status][data-state=saved]")).to_contain_text("Đã lưu ")


def totals(page: Page) -> Locator:
    """The last line of the table of all villages."""
    return page.locator("table[data-scores] tr.sum-t td.number[data-out]")
