"""An officer writes in the editor: by clicks and keys alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from plans import interchange
from plans.services import create_plan
from tests.browser.editor import cell, contents, numbered, preview, row, saved
from tests.layout.words import raw_text
from tests.permissions.world import World
from tests.plans.files import read_file


def test_words_typed_anywhere_are_saved_and_printed(
    page: Page, open_editor: Callable[[], None], accessible: Callable[[], None]
):
    open_editor()

    page.get_by_label("Trích yếu").fill("Phong trào thi đua năm 2026")
    expect(preview(page)).to_contain_text("Phong trào thi đua năm 2026")
    page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU").press("Control+End")
    page.keyboard.type("\n3. Một ý mới gõ thêm.")
    expect(preview(page)).to_contain_text("3. Một ý mới gõ thêm.")
    cell(page, 1, "content").click()
    page.keyboard.press("Enter")
    page.keyboard.type(" thật sớm")
    expect(preview(page)).to_contain_text("của UBND xã thật sớm")
    page.keyboard.press("Enter")
    saved(page)
    accessible()
    page.reload()

    expect(page.get_by_label("Trích yếu")).to_have_value("Phong trào thi đua năm 2026")
    expect(page.get_by_label("Nội dung, I. MỤC ĐÍCH, YÊU CẦU")).to_have_value(re.compile("3. Một ý mới gõ thêm.$"))
    expect(cell(page, 1, "content")).to_contain_text("của UBND xã thật sớm")


def test_a_task_is_added_moved_and_taken_out_by_keys_and_undone(page: Page, open_editor: Callable[[], None]):
    open_editor()
    before = contents(page)

    cell(page, 1, "content").click()
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Họp Hội đồng")
    page.keyboard.press("Tab")
    page.keyboard.type("Văn hóa")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Trước ngày 10/7")
    expect(cell(page, 2, "due")).to_contain_text("09/07/2024")
    page.keyboard.press("Enter")
    saved(page)
    assert contents(page) == [before[0], "Họp Hội đồng", *before[1:]]
    numbered(page, len(before) + 1)

    cell(page, 2, "content").click()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    saved(page)
    assert contents(page) == [*before[:3], "Họp Hội đồng", *before[3:]]

    page.keyboard.press("Control+Delete")
    saved(page)
    assert contents(page) == before
    page.keyboard.press("Control+z")
    saved(page)
    assert contents(page) == [*before[:3], "Họp Hội đồng", *before[3:]]
    page.reload()
    expect(cell(page, 4, "due")).to_contain_text("09/07/2024")
    assert contents(page) == [*before[:3], "Họp Hội đồng", *before[3:]]
    numbered(page, len(before) + 1)


QUARTERLY = "Kế hoạch theo quý"


@pytest.fixture
def by_quarter(world: World) -> list[str]:
    """A plan whose table prints its quarters as heads; what its tasks say."""
    data = interchange.read(read_file("trang_son"))
    create_plan(replace(data, subject=QUARTERLY), actor=world.an, unit=world.unit)
    return [task.content for task in data.tasks]


def heads(page: Page) -> list[str]:
    return page.locator(".group-row th").all_text_contents()


def test_a_task_goes_to_another_quarter_by_keys_by_the_menu_and_by_the_mouse(
    page: Page, by_quarter: list[str], open_editor: Callable[..., None]
):
    open_editor(QUARTERLY)
    first, second = by_quarter[0], by_quarter[1]
    count = len(by_quarter)

    cell(page, 1, "content").click()
    page.keyboard.press("Alt+4")
    saved(page)
    assert contents(page)[-1] == first
    expect(page.get_by_text("Đã chuyển sang Quý IV.")).to_be_visible()

    cell(page, 1, "content").click()
    page.get_by_text("Chuyển quý", exact=True).click()
    page.get_by_role("button", name="Quý IV").click()
    saved(page)
    assert contents(page)[-2:] == [first, second]

    grip = cell(page, count, "number").locator(".grip")
    grip.drag_to(row(page, 1), target_position={"x": 20, "y": 4})
    saved(page)
    assert contents(page)[0] == second
    page.reload()
    assert contents(page)[0] == second
    assert contents(page)[-1] == first
    assert [head.split(" · ")[0] for head in heads(page)] == ["Quý I", "Quý II", "Quý III", "Quý IV"]


def test_who_leads_is_chosen_from_the_list_or_made_in_place(page: Page, open_editor: Callable[[], None]):
    open_editor()

    cell(page, 1, "lead").click()
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Chủ trì, dòng 1")
    box.press_sequentially("thon dong")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["Thôn Đông"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Tổ công tác mới")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Bỏ Tổ công tác mới")).to_have_text("Tổ công tác mới (mới) ×")
    page.keyboard.press("Enter")
    saved(page)

    expect(cell(page, 1, "lead")).to_have_text("UBND xã; Thôn Đông; Tổ công tác mới")
    page.goto("/don-vi/")
    page.get_by_role("link", name="Xã An Hòa").first.click()
    page.get_by_role("link", name="Bộ phận").first.click()
    expect(page.get_by_role("row").filter(has_text="Tổ công tác mới")).to_have_count(1)


def test_a_quarter_is_asked_once_for_the_day_in_mind(page: Page, open_editor: Callable[[], None]):
    open_editor()
    asked = page.locator("#hoi-ngay")
    expect(asked).to_contain_text("8 nhiệm vụ chỉ có quý: dự kiến làm ngày nào?")

    asked.get_by_role("button", name="Ghi ngày").click()
    page.keyboard.type("20/5")
    page.keyboard.press("Enter")
    expect(asked).to_contain_text("7 nhiệm vụ chỉ có quý")
    asked.get_by_role("button", name="Để cả quý").click()
    expect(asked).to_be_hidden()
    saved(page)
    page.reload()

    expect(asked).to_be_hidden()
    expect(page.locator("[data-field=planned_for]").filter(has_text="20/05/2024")).to_have_count(1)


def test_time_words_that_say_no_day_are_asked(page: Page, open_editor: Callable[[], None]):
    open_editor()

    cell(page, 1, "time_text").click()
    page.keyboard.type("khi có hướng dẫn")
    page.keyboard.press("Enter")
    expect(page.locator("#can-xem-ngay")).to_contain_text("1 nhiệm vụ có lời ghi thời gian cần xem lại.")
    page.get_by_role("button", name="Đến chỗ tiếp theo").click()
    expect(cell(page, 1, "due")).to_be_focused()
    page.keyboard.type("30/6/2024")
    page.keyboard.press("Enter")
    saved(page)

    expect(cell(page, 1, "due")).to_contain_text("30/06/2024")


def test_the_table_is_printed_otherwise_and_its_heads_come_along(page: Page, open_editor: Callable[[], None]):
    open_editor()

    page.get_by_text("Cách in bảng").click()
    page.get_by_label("Kiểu trình bày").select_option(label="Bảng sáu cột")
    saved(page)
    expect(page.get_by_label("Tên các cột khi in")).to_have_value(re.compile("Ghi chú$"))
    expect(preview(page).get_by_role("columnheader")).to_have_text(
        ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện", "Ghi chú"]
    )

    page.get_by_label("Tên các cột khi in").fill("TT\nNội dung")
    page.get_by_label("Tên các cột khi in").blur()
    expect(page.get_by_text("Kiểu trình bày này cần 6 tên cột, bạn ghi 2.")).to_be_visible()


def test_real_page_breaks_are_shown_on_demand(page: Page, open_editor: Callable[[], None]):
    open_editor()

    page.get_by_role("button", name="Xem ngắt trang").click()
    expect(page.get_by_role("img", name="Trang 1 trên")).to_be_visible()
    pages = page.get_by_role("region", name="Các trang in").get_by_role("img").count()
    assert pages >= 3
    page.get_by_label("Trích yếu").fill("Lời mới")
    expect(preview(page)).to_contain_text("Lời mới")


def test_ctrl_p_prints_the_paper_and_nothing_of_the_shell(page: Page, open_editor: Callable[[], None]):
    open_editor()

    text = raw_text(page.pdf(prefer_css_page_size=True))

    assert text.split()[:4] == ["ỦY", "BAN", "NHÂN", "DÂN"]
    assert "PHÂN CÔNG NHIỆM VỤ THI ĐUA, KHEN THƯỞNG NĂM 2024" in text
    assert [words for words in ("Hoàn tác", "Thêm dòng", "Xem ngắt trang", "Kế hoạch ›") if words in text] == []
