"""What the people of a movement do at their windows: the province, its communes, a village head, a school."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.editor import SAVED, ready, saved
from tests.browser.windows import assert_accessible

YEAR = timezone.localdate().year
TODAY = f"{timezone.localdate():%d/%m/%Y}"
HALF_YEAR = f"6 tháng đầu năm {YEAR}"
TITLE = f"Phong trào thi đua chung sức xây dựng nông thôn mới năm {YEAR}"
OWN_TITLE = f"Phong trào thi đua xây dựng nông thôn mới xã An Hòa năm {YEAR}"
SENTENCES = (
    "Trên 90 % gia đình đạt danh hiệu Gia đình văn hóa; trồng 5.000 cây phân tán; tỷ lệ hộ nghèo giảm 1-2 %/năm."
)
FAMILIES, TREES, POOR = "gia đình đạt danh hiệu Gia đình văn hóa", "trồng cây phân tán", "tỷ lệ hộ nghèo"
SCHOOL = "Trường Tiểu học An Hòa"


# -- Anybody ---------------------------------------------------------------------------


def accessible(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()
    accessible(page)


def tab(page: Page, name: str) -> None:
    """One of the pages of the campaign that is open."""
    page.get_by_role("navigation", name="Phong trào này").get_by_role("link", name=name, exact=True).click()
    accessible(page)


def back_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Vị trí trang").get_by_role("link", name=name, exact=True).click()


def paste(page: Page, cell: Locator, words: str) -> None:
    """What was copied out of a sheet, into this cell and those below."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("words => navigator.clipboard.writeText(words)", words)
    cell.focus()
    page.keyboard.press("Control+V")


def table(page: Page, name: str, part: str = "tbody") -> list[list[str]]:
    """What the rows of the table show, cell by cell."""
    found = page.get_by_role("table", name=name)
    found.wait_for()
    rows = found.locator(f"{part} tr").all()
    return [[" ".join(text.split()) for text in row.locator("th, td").all_inner_texts()] for row in rows]


def download(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as found:
        page.get_by_role("link", name=link).first.click()
    path = folder / found.value.suggested_filename
    found.value.save_as(path)
    return path


# -- Any officer -----------------------------------------------------------------------


def open_campaign(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Mục lục").get_by_role("link", name="Phong trào").click()
    accessible(page)
    page.get_by_role("table").get_by_role("link", name=title, exact=True).first.click()
    accessible(page)


def issue_plan(page: Page, number: str) -> None:
    """The draft of the campaign's plan: signed and numbered next door, recorded here."""
    tab(page, "Tổng quan")
    page.get_by_role("link", name="Soạn kế hoạch").click()
    ready(page)
    back_to(page, f"{page.locator('h1').inner_text().removeprefix('Soạn: ')[:59]}…")
    page.locator("summary").filter(has_text="Trình, ban hành").click()
    page.get_by_role("link", name="Ghi nhận đã ban hành").click()
    page.get_by_label("Số", exact=True).fill(number)
    page.get_by_label("Ngày ban hành").fill(TODAY)
    page.get_by_role("button", name="Ghi nhận đã ban hành").click()
    expect(page.get_by_text("Đã ghi nhận ban hành")).to_be_visible()


def launch(page: Page, title: str) -> None:
    """From the page of the plan, which leads to its campaign."""
    page.get_by_role("link", name=title, exact=True).click()
    page.get_by_role("link", name="Ghi nhận đã phát động").click()
    accessible(page)
    page.get_by_role("button", name="Ghi nhận đã phát động").click()
    told(page, "Đã ghi nhận phát động.")


# -- The province's officer ------------------------------------------------------------


def start_campaign(page: Page) -> None:
    page.get_by_role("link", name="Phong trào", exact=True).click()
    accessible(page)
    page.get_by_role("link", name="Lập phong trào").click()
    page.get_by_label("Tên phong trào").fill(TITLE)
    page.get_by_label("Chủ đề").fill("Đoàn kết, sáng tạo, về đích sớm")
    page.get_by_label("Từ ngày").fill(f"1/1/{YEAR}")
    page.get_by_label("Đến hết ngày").fill(f"31/12/{YEAR}")
    accessible(page)
    page.get_by_role("button", name="Lập phong trào").click()
    told(page, "Đã lập phong trào và dự thảo kế hoạch của phong trào.")


def add_wave(page: Page) -> None:
    page.get_by_role("link", name="Thêm đợt").click()
    wave = page.get_by_role("group", name="Đợt mới").first
    wave.get_by_label("Tên đợt").fill("Đợt 1")
    wave.get_by_label("Từ ngày").fill(f"1/1/{YEAR}")
    wave.get_by_label("Đến hết ngày").fill(f"30/6/{YEAR}")
    wave.get_by_label("Chào mừng, kỷ niệm").fill("Ngày Quốc tế Lao động 1/5")
    accessible(page)
    page.get_by_role("button", name="Lưu các đợt").click()
    told(page, "Đã lưu các đợt thi đua.")


def paste_targets(page: Page) -> None:
    """Out of a sentence of the plan."""
    tab(page, "Chỉ tiêu")
    page.get_by_role("link", name="dán câu văn của kế hoạch").click()
    page.get_by_label("Câu văn có chỉ tiêu").fill(SENTENCES)
    accessible(page)
    page.get_by_role("button", name="Đọc chỉ tiêu").click()
    expect(page.get_by_role("heading", name="Đọc được 3 chỉ tiêu")).to_be_visible()
    accessible(page)
    page.get_by_role("button", name="Lấy các chỉ tiêu đã chọn").click()
    expect(page.get_by_text("3 chỉ tiêu.", exact=True)).to_be_visible()


def hand_down(page: Page) -> None:
    page.get_by_role("link", name="Gửi kế hoạch cho cấp dưới").click()
    accessible(page)
    page.get_by_label("Tất cả 2 đơn vị trực thuộc").check()
    page.get_by_role("button", name="Gửi văn bản").click()
    expect(page.get_by_text("Đơn vị cấp dưới: 2 đơn vị: 2 chưa nhận.")).to_be_visible()


# -- The communes' officers ------------------------------------------------------------


def receive(page: Page) -> None:
    """What waits at the top of the day's work."""
    page.get_by_role("link", name="Kế hoạch 12/KH-UBND").click()
    accessible(page)
    page.get_by_role("button", name="Ghi đã nhận").click()
    expect(page.get_by_text("Đã ghi nhận được ngày")).to_be_visible()


def answer_by_own_campaign(page: Page) -> None:
    open_campaign(page, TITLE)
    page.get_by_role("link", name="Lập phong trào hưởng ứng").click()
    page.get_by_label("Tên phong trào").fill(OWN_TITLE)
    page.get_by_label("Chủ đề").fill("Mỗi thôn một việc hay")
    page.get_by_label("Hạn đăng ký").fill(f"31/12/{YEAR}")
    accessible(page)
    page.get_by_role("button", name="Lập phong trào").click()
    told(page, "Đã lập phong trào và dự thảo kế hoạch của phong trào.")


def fit_targets(page: Page, trees: str) -> None:
    """What the province counts in trees is the commune's own to say."""
    tab(page, "Chỉ tiêu")
    page.get_by_label("Số giao, dòng 2").fill(trees)
    page.get_by_role("button", name="Lưu chỉ tiêu").click()
    told(page, "Đã lưu 1 chỉ tiêu.")


def share_trees(page: Page, shares: str) -> None:
    """A column out of a sheet, in the order of the places."""
    page.get_by_role("link", name="Giao", exact=True).nth(1).click()
    accessible(page)
    paste(page, page.get_by_label("Số giao cho Thôn Đông"), shares)
    page.get_by_role("button", name="Lưu số giao").click()
    told(page, "Đã lưu số giao của 4 nơi.")


def answer_the_province(page: Page) -> None:
    """By the plan of its own campaign, which the link has chosen already."""
    page.get_by_role("link", name="gửi kế hoạch này trả lời cấp trên").click()
    page.get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.get_by_text("Đã trả lời bằng Kế hoạch 7/KH-UBND, gửi lại Tỉnh Vĩnh Hà.")).to_be_visible()


def ask_to_register(page: Page) -> None:
    open_campaign(page, OWN_TITLE)
    page.get_by_role("link", name="Xem đăng ký thi đua").click()
    accessible(page)
    page.get_by_role("link", name="Yêu cầu các nơi đăng ký").click()
    accessible(page)
    page.get_by_role("button", name="Lập yêu cầu").click()
    page.get_by_role("button", name="Gửi yêu cầu cho 4 nơi").click()
    told(page, "Mỗi nơi đã có liên kết riêng.")


def link_for(page: Page, place: str) -> str:
    """The one-time link in the text that goes to the place by Zalo."""
    [link] = re.findall(r"http://\S+", page.get_by_label(f"Tin gửi {place}").input_value())
    return link


def form_for_the_school(page: Page, folder: Path) -> Path:
    back_to(page, "Đăng ký thi đua")
    page.locator("summary").filter(has_text="Danh sách Excel").click()
    return download(page, "Tải tệp mẫu để các nơi điền", folder)


def take_list(page: Page, path: Path, place: str) -> None:
    page.get_by_role("link", name="Nhận danh sách từ Excel").click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Đọc các tệp").click()
    page.get_by_label(f"Nơi gửi của {path.name}").select_option(label=place)
    accessible(page)
    page.get_by_role("button", name="Nhận các danh sách").click()
    told(page, "Đã nhận 1 dòng của 1 nơi.")


def take_registrations(page: Page) -> None:
    open_campaign(page, OWN_TITLE)
    tab(page, "Đăng ký")
    page.get_by_role("link", name="Nhận vào đăng ký (2 nơi gửi)").click()
    accessible(page)
    page.get_by_role("button", name="Nhận vào đăng ký").click()
    told(page, "Đã nhận nội dung của 2 nơi: 3 đăng ký mới, 0 đăng ký sửa.")


def judge(page: Page, reason: str) -> None:
    """The school's is sent back with its reason, the others are approved together."""
    page.get_by_role("link", name=SCHOOL, exact=True).click()
    page.locator("summary").filter(has_text="Trả lại, kèm lý do").click()
    page.get_by_label("Lý do trả lại").fill(reason)
    accessible(page)
    page.get_by_role("button", name=f"Trả lại đăng ký của {SCHOOL}").click()
    told(page, f"Đã trả lại đăng ký của {SCHOOL}.")
    back_to(page, "Đăng ký thi đua")
    page.get_by_label("Chọn Thôn Đông").check()
    page.get_by_label("Chọn Lò Văn Đông").check()
    page.get_by_role("button", name="Duyệt các đăng ký đã chọn").click()
    told(page, "Đã duyệt 2 đăng ký.")


def raised(name: str) -> str:
    """As pages show the name of a target."""
    return f"{name[:1].upper()}{name[1:]}"


def open_results(page: Page, target: str) -> None:
    """Of the half-year: one target, place by place."""
    tab(page, "Kết quả")
    page.get_by_label("Kỳ", exact=True).select_option(label=HALF_YEAR)
    page.get_by_label("Các nơi của một chỉ tiêu").select_option(label=raised(target))
    page.get_by_role("button", name="Xem").click()
    accessible(page)


def figure(page: Page, row: str) -> Locator:
    return page.get_by_label(f"Thực hiện, {raised(row)}", exact=True)


def type_figure(page: Page, row: str, words: str) -> None:
    """Saved when the cell is left."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        figure(page, row).fill(words)
        page.keyboard.press("Enter")
    expect(page.locator("[data-save-status]")).to_have_text(SAVED)


def start_report(page: Page) -> None:
    tab(page, "Báo cáo")
    page.get_by_label("Kỳ", exact=True).select_option(label=HALF_YEAR)
    page.get_by_label("Của đợt").select_option(label="Đợt 1")
    page.get_by_label("Sơ kết").check()
    page.get_by_role("button", name="Lập báo cáo").click()
    expect(page.get_by_role("heading", name=f"Sơ kết {HALF_YEAR}, Đợt 1")).to_be_visible()
    accessible(page)


def insert_block(page: Page, section: str, block: str) -> None:
    """«Chèn» beside the heading of the section."""
    article = page.locator("article").filter(has=page.get_by_label(f"Tiêu đề mục {section}"))
    article.locator("summary").filter(has_text="Chèn").click()
    accessible(page)
    article.get_by_role("button", name=block, exact=True).click()
    saved(page)


# -- The village head, the school ------------------------------------------------------


def register_by_phone(phone: Page, link: str, rows: tuple[tuple[str, ...], ...]) -> None:
    phone.goto(link)
    accessible(phone)
    for number, row in enumerate(rows, start=1):
        boxes = phone.get_by_role("group", name=f"Mục {number}", exact=True).get_by_role("textbox").all()
        for box, words in zip(boxes, row, strict=True):
            box.fill(words)
    phone.get_by_label("Họ và tên người gửi").fill("Lò Văn Đông")
    phone.get_by_role("button", name="Gửi xã An Hòa").click()
    expect(phone.get_by_role("heading", name="Đã gửi xong")).to_be_visible()
    accessible(phone)


def fill_in(path: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    """As somebody does in Excel: below the head, then saved under another name."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    [head] = [row for row in sheet.iter_rows() if row[1].value == "Họ và tên / tên tập thể"]
    for offset, row in enumerate(rows, start=1):
        for cell, words in zip(head, (offset, *row), strict=True):
            sheet.cell(cell.row + offset, cell.column, words)
    filled = path.with_name("truong gui.xlsx")
    book.save(filled)
    return filled
