"""A guidance is dropped; its duties are ticked and taken, stand in the list, and get a result."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Page, expect

from plans.models import Task
from tests.permissions.world import World

YEAR = timezone.localdate().year + 1


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    """In words of our own; next year's days, so that none is past."""
    document = Document()
    for line in (
        "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH VĨNH HÀ",
        "Số: 18/HD-HĐTĐKT",
        f"Vĩnh Hà, ngày 15 tháng 01 năm {YEAR}",
        "HƯỚNG DẪN",
        "Hoạt động của các cụm thi đua trên địa bàn tỉnh",
        "Căn cứ Quy chế tổ chức cụm thi đua ban hành ngày 20 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh;",
        "I. NHIỆM VỤ",
        "1. Các đơn vị thành viên",
        "a) Gửi bản đăng ký thi đua về Cụm trưởng trước ngày 25/01 hằng năm.",
        f"b) Tự chấm điểm, gửi bảng điểm về Cụm trưởng chậm nhất ngày 20/11/{YEAR}.",
        "2. Cụm trưởng",
        f"a) Tổng hợp điểm của cụm, báo cáo Sở Nội vụ trước ngày 05/12/{YEAR}.",
        "II. HỘI NGHỊ SƠ KẾT",
        "Thời gian: Hoàn thành trong tháng 7 hằng năm.",
        "Nơi nhận:",
        "- Các cụm thi đua;",
        "- Lưu: VT.",
    ):
        document.add_paragraph(line)
    path = tmp_path / "huong dan cum.docx"
    document.save(str(path))
    return path


def test_a_guidance_becomes_duties_with_results(
    page: Page, sign_in: Callable[[str], None], accessible: Callable[[], None], world: World, guidance: Path
) -> None:
    sign_in("an")
    page.goto("/ke-hoach/nhiem-vu/")
    page.get_by_role("link", name="Việc từ văn bản đến").click()
    accessible()
    page.get_by_label("Tệp văn bản").set_input_files(guidance)
    page.get_by_role("button", name="Đọc văn bản").click()

    expect(page.get_by_role("heading", name="Hướng dẫn số 18/HD-HĐTĐKT")).to_be_visible()
    expect(page.get_by_role("button", name="Nhận 3 việc")).to_be_visible()
    expect(page.get_by_text("Câu này giao cho Cụm trưởng.")).to_be_visible()
    accessible()

    page.get_by_role("link", name="Xem câu trong văn bản").nth(1).click()
    expect(page.locator("mark#cau-2")).to_be_focused()
    expect(page.locator("mark#cau-2")).to_be_in_viewport()
    row = page.locator(".duty-row").nth(1)
    row.get_by_label("Hạn").fill("31/2/2027")
    page.get_by_role("button", name="Thêm một việc").click()
    page.keyboard.type("Cử người dự tập huấn chấm điểm")
    page.get_by_role("button", name="Nhận 4 việc").click()

    page.get_by_role("link", name="Việc 2, hạn: Không có ngày này.").click()
    expect(row.get_by_label("Hạn")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(f"18/11/{YEAR}")
    accessible()
    page.get_by_role("button", name="Nhận 4 việc").dblclick()

    expect(page.get_by_text("Đã nhận 4 việc.").first).to_be_visible()
    expect(page.get_by_role("link", name="Lùi lịch cho việc")).to_have_count(3)  # one has no day
    accessible()
    assert Task.objects.filter(duty__incoming__file__name=guidance.name).count() == 4  # two clicks took them once
    page.get_by_role("link", name="Gửi bản đăng ký thi đua").first.click()
    page.get_by_role("link", name="Ghi kết quả").click()
    page.get_by_label("Nội dung kết quả, lý do").fill("Đã gửi bản đăng ký")
    page.get_by_role("radio", name="Một câu có người xác nhận").check()
    page.get_by_role("combobox", name="Người xác nhận").fill("nguyen thi an")
    page.get_by_role("button", name="Ghi kết quả").click()

    expect(page.get_by_role("button", name="Tạo việc năm sau")).to_be_visible()
    accessible()
    page.get_by_role("button", name="Tạo việc năm sau").click()
    expect(page.get_by_text("Đã tạo việc của kỳ sau")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1366])
def test_the_page_of_proposals_never_scrolls_sideways_and_shows_each_sentence(
    page: Page, sign_in: Callable[[str], None], world: World, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 768})
    sign_in("an")
    page.goto(f"/ke-hoach/viec/tu-van-ban/{world.things['incoming']}/")

    expect(page.get_by_role("heading", name="Việc đề xuất")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Xem câu trong văn bản").click()
    expect(page.locator("mark#cau-1")).to_be_in_viewport()
