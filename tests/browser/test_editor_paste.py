"""Rows and sections from other programs, by Ctrl+V: shown before they are taken, undone in one step."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.editor import cell, contents, copied, preview, saved

SHEET = """
<p>CÔNG VIỆC CÁC BỘ PHẬN GỬI</p>
<table>
<tr><th>Thời hạn</th><th>Đơn vị phối hợp</th><th>Nội dung công việc</th><th>STT</th><th>Đơn vị chủ trì</th></tr>
{rows}
</table>
"""
A_WORD_PAGE = """
<p class=MsoNormal><b>III. GIẢI PHÁP</b></p>
<p class=MsoNormal>1. Tuyên truyền</p>
<p class=MsoNormal>a) Trên đài truyền thanh;</p>
<p class=MsoNormal>b) Tại các thôn.</p>
<p class=MsoNormal><b>IV. KINH PHÍ</b></p>
<p class=MsoNormal>Từ ngân sách xã.</p>
"""


def test_ten_tasks_are_pasted_from_a_sheet_with_its_columns_in_another_order(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None], accessible: Callable[[], None]
):
    open_editor()
    before = contents(page)
    rows = "".join(
        f"<tr><td>Trước ngày {day}/9/2024</td><td>Các thôn; Trạm Y tế xã</td><td>Việc dán thứ {day - 10}</td>"
        f"<td>{day - 10}</td><td>Công an xã</td></tr>"
        for day in range(11, 21)
    )
    copied(context_of, SHEET.format(rows=rows))

    cell(page, len(before), "content").click()
    page.keyboard.press("Control+v")
    dialog = page.get_by_role("dialog", name="Dán nhiệm vụ từ Word, Excel hoặc trang web")
    expect(dialog.get_by_text("Sẽ thêm 10 nhiệm vụ.")).to_be_visible()
    assert [select.input_value() for select in dialog.get_by_role("combobox").all()] == [
        "time_text",
        "support",
        "content",
        "number",
        "lead",
    ]
    accessible()
    dialog.get_by_role("button", name="Lấy 10 nhiệm vụ").click()
    saved(page)

    assert contents(page) == [*before, *(f"Việc dán thứ {number}" for number in range(1, 11))]
    expect(cell(page, len(before) + 1, "due")).to_contain_text("10/09/2024")
    expect(cell(page, len(before) + 10, "support")).to_have_text("Các thôn; Trạm Y tế xã")
    page.get_by_role("button", name="Hoàn tác").click()
    saved(page)
    assert contents(page) == before


def test_sections_are_pasted_from_word_in_one_step_that_can_be_undone(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    headings = page.get_by_role("textbox", name="Tiêu đề mục")
    before = [line.input_value() for line in headings.all()]
    copied(context_of, A_WORD_PAGE)

    page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU").press("Control+End")
    page.keyboard.press("Control+v")
    expect(headings).to_have_count(len(before) + 2)
    saved(page)

    assert [line.input_value() for line in headings.all()] == [
        before[0],
        "III. GIẢI PHÁP",
        "IV. KINH PHÍ",
        *before[1:],
    ]
    expect(page.get_by_label("Nội dung, III. GIẢI PHÁP")).to_have_value(
        "1. Tuyên truyền\na) Trên đài truyền thanh;\nb) Tại các thôn."
    )
    expect(preview(page)).to_contain_text("IV. KINH PHÍ")
    expect(page.locator(".numbering li").first).to_be_visible()
    page.get_by_role("button", name="Hoàn tác").click()
    saved(page)
    assert [line.input_value() for line in headings.all()] == before


def test_six_hundred_rows_are_pasted_and_one_that_does_not_fit_is_told_alone(
    page: Page, context_of: BrowserContext, open_editor: Callable[[], None]
):
    open_editor()
    before = contents(page)
    rows = [
        f"<tr><td>Việc số {number}</td><td>{'Công an xã' * (40 if number == 300 else 1)}</td></tr>"
        for number in range(1, 601)
    ]
    copied(context_of, f"<table><tr><th>Nội dung</th><th>Chủ trì</th></tr>{''.join(rows)}</table>")

    cell(page, len(before), "content").click()
    page.keyboard.press("Control+v")
    page.get_by_role("button", name="Lấy 600 nhiệm vụ").click()
    expect(page.locator("#luu")).to_contain_text("Còn 1 chỗ chưa lưu được", timeout=60_000)

    refused = page.locator("tr[data-key]").filter(has_text="Chủ trì: ")
    expect(refused).to_have_count(1)
    expect(refused).to_contain_text("Việc số 300")
    page.reload()
    assert contents(page)[-600:] == [f"Việc số {number}" for number in range(1, 601)]
