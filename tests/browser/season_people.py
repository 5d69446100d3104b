"""What the people of a cluster do at their windows: the organiser's reviewer, the members' officers, the head's."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from core import audit
from tests.browser.campaign_people import accessible, table, told


def in_office(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"


# -- Anybody -----------------------------------------------------------------------------


def open_clusters(page: Page) -> None:
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name="Cụm thi đua").click()


def clusters_listed(page: Page) -> list[list[str]]:
    """Each with who organises it, its year, and how many are in it."""
    open_clusters(page)
    return [cells[:4] for cells in table(page, "Danh sách cụm, khối thi đua")]


def open_season(page: Page, year: int) -> None:
    open_clusters(page)
    page.get_by_role("table").get_by_role("link", name=f"Năm {year}").click()
    accessible(page)


def tab(page: Page, name: str) -> None:
    """One of the pages of the season that is open."""
    pages = page.get_by_role("navigation", name=re.compile("^(Cụm|Khối) thi đua, năm"))
    pages.get_by_role("link", name=name, exact=True).click()
    accessible(page)


def row(page: Page, name: str, about: str) -> list[str]:
    """The one row of the table that begins with «about», cell by cell."""
    [found] = [cells for cells in table(page, name) if cells[0].startswith(about)]
    return found


def save(page: Page, link: Locator, path: Path) -> Path:
    with page.expect_download() as found:
        link.click()
    found.value.save_as(path)
    return path


def print_paper(page: Page, name: str, path: Path) -> Path:
    """As PDF, from the list of the season's papers."""
    papers = page.get_by_role("table", name="Các văn bản của năm thi đua")
    return save(page, papers.get_by_role("row").filter(has_text=name).get_by_role("link", name="PDF"), path)


def unbroken() -> bool:
    """The history, of every unit."""
    chains = list(audit.chains())
    return bool(chains) and not any(audit.first_broken_link(chain) for chain in chains)


# -- A score sheet -----------------------------------------------------------------------


def open_sheet(page: Page, year: int, unit: str) -> None:
    open_season(page, year)
    tab(page, "Bảng chấm")
    page.get_by_role("table").get_by_role("link", name=unit, exact=True).click()
    page.get_by_role("grid").wait_for()
    accessible(page)


def criterion(page: Page, code: str) -> Locator:
    """Its row in the table of the sheet."""
    return page.locator(f"tr[data-code='{code}']")


def say(page: Page, code: str, words: str, points: str) -> None:
    """Into the cell of one's own stage, which Enter leaves; ``points`` as the table then shows them."""
    cell = criterion(page, code).locator("[data-version]")
    cell.click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(cell.locator(".points")).to_have_text(points)
    expect(page.locator("[data-save-status][data-state=saved]")).to_contain_text("Đã lưu ")


def total(page: Page) -> Locator:
    """The newest stage's sum."""
    return page.get_by_role("row", name="Tổng điểm").locator("[data-out]").last


def hand_in(page: Page, unit: str) -> None:
    page.get_by_role("link", name="Gửi bảng điểm").click()
    accessible(page)
    page.get_by_role("button", name="Gửi bảng điểm").click()
    told(page, f"Đã gửi bảng điểm {unit}")


# -- The reviewer before the meeting -----------------------------------------------------


def open_scoring(page: Page, year: int) -> None:
    open_season(page, year)
    page.get_by_role("button", name="Mở chấm điểm").click()
    told(page, "chấm điểm")


def let_check(page: Page, unit: str, checker: str) -> None:
    tab(page, "Thẩm định")
    page.get_by_role("link", name="Phân công chấm chéo").click()
    accessible(page)
    page.get_by_label(f"Đơn vị chấm chéo {unit}").select_option(checker)
    page.get_by_role("button", name="Lưu phân công").click()
    told(page, "Đã phân công chấm chéo 1 đơn vị.")


def record_receipt(page: Page, unit: str, paper: str, *, number: str, received_on: dt.date) -> None:
    tab(page, "Văn bản đến")
    page.get_by_role("link", name=f"Ghi ngày nhận của {unit}, {paper}").click()
    accessible(page)
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_label("Ngày nhận").fill(in_office(received_on))
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("table", name="Văn bản của các đơn vị").wait_for()
    accessible(page)


def accept_proposed(page: Page, unit: str, group: str, *, of_group: int, beside: int) -> None:
    """One group by its own button, then whatever is left of the sheet."""
    tab(page, "Thẩm định")
    page.get_by_role("link", name=f"Chấp nhận điểm đề nghị của {unit}").click()
    accessible(page)
    page.get_by_role("button", name=f"Chấp nhận cả nhóm {group}", exact=True).click()
    told(page, f"Đã chấp nhận điểm đề nghị ở {of_group} dòng.")
    page.get_by_role("button", name=f"Chấp nhận {beside} dòng của cả bảng").click()
    told(page, f"Đã chấp nhận điểm đề nghị ở {beside} dòng.")


def open_window(page: Page, year: int, unit: str) -> None:
    open_season(page, year)
    tab(page, "Thẩm định")
    page.get_by_role("link", name="Mở giải trình").click()
    accessible(page)
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("checkbox", name=unit).check()
    page.get_by_role("button", name="Mở giải trình").click()
    told(page, "Đã mở giải trình cho 1 đơn vị")


def to_explanations(page: Page, year: int, unit: str) -> None:
    open_season(page, year)
    tab(page, "Thẩm định")
    page.get_by_role("link", name=f"giải trình của {unit}").click()
    accessible(page)


def explain(page: Page, code: str, words: str) -> None:
    page.get_by_role("link", name=f"Giải trình dòng {code}", exact=True).click()
    accessible(page)
    page.get_by_label("Nội dung giải trình").fill(words)
    page.get_by_role("button", name="Gửi giải trình").click()
    expect(page.get_by_text(words)).to_be_visible()
    accessible(page)


def answer(page: Page, code: str, decision: str, words: str, value: str = "") -> None:
    page.get_by_role("link", name=f"Trả lời dòng {code}", exact=True).click()
    accessible(page)
    page.get_by_role("radio", name=decision).check()
    if value:
        page.get_by_label("sau khi chấp nhận").fill(value)
    page.get_by_label("Lý do, gửi đơn vị").fill(words)
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_text(f"{decision}: {words}")).to_be_visible()
    accessible(page)


def finish_review(page: Page, year: int, unit: str) -> None:
    open_sheet(page, year, unit)
    page.get_by_role("link", name="Hoàn thành thẩm định").click()
    accessible(page)
    page.get_by_role("button", name="Hoàn thành thẩm định").click()
    page.get_by_role("list", name="Các bước chấm").wait_for()
    accessible(page)


# -- The meeting and after ---------------------------------------------------------------


def vote(page: Page, rank: int, voters: int, valid: int, votes: dict[str, int]) -> None:
    page.get_by_role("link", name=f"Nhập kết quả bỏ phiếu hạng {rank}").click()
    accessible(page)
    for label in ("Số người được bỏ phiếu", "Số phiếu phát ra", "Số phiếu thu về"):
        page.get_by_label(label).fill(str(voters))
    page.get_by_label("Số phiếu hợp lệ").fill(str(valid))
    for unit, count in votes.items():
        page.get_by_label(f"Số phiếu của {unit}").fill(str(count))
    page.get_by_role("button", name="Ghi kết quả bỏ phiếu").click()
    told(page, "Đã ghi kết quả bỏ phiếu.")


def freeze(page: Page) -> None:
    page.get_by_role("link", name="Chốt xếp hạng").click()
    accessible(page)
    page.get_by_role("button", name="Chốt xếp hạng").click()
    told(page, "Đã chốt xếp hạng lần 1. Chưa công bố cho các đơn vị.")


def commend(page: Page, awards: dict[str, str]) -> None:
    page.get_by_role("link", name="Ghi kết quả suy tôn").first.click()
    accessible(page)
    for unit, award in awards.items():
        page.get_by_label(f"Hình thức của {unit}", exact=True).select_option(award)
    page.get_by_role("button", name="Lưu danh sách suy tôn").click()


def publish(page: Page) -> None:
    page.get_by_role("link", name="Công bố kết quả").click()
    accessible(page)
    page.get_by_role("button", name="Công bố các cụm, khối đã chọn").click()
    told(page, "Đã công bố")
