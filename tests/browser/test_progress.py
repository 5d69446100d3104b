"""Results by keyboard, and the chairman's sheet on a phone and on one A4 page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from plans.models import Plan
from plans.progress.services import SignedProof, record_progress
from tests.factories import AssignmentFactory, PlanFactory, TaskFactory
from tests.permissions.world import World

LONG = "Tổ chức phát động phong trào thi đua chào mừng các ngày lễ lớn, gắn với xây dựng nông thôn mới " * 2


@pytest.fixture
def plan(world: World) -> Plan:
    """In force this year, with as many tasks as a sheet promises to hold, none of them easy on it."""
    today = timezone.localdate()
    plan = PlanFactory(
        unit=world.unit, state="issued", year=today.year, number="27", paper_date=f"{today:%Y}-01-02", subject=LONG
    )
    for number in range(40):
        due = today + timedelta(days=number - 30) if number < 30 else None
        task = TaskFactory(plan=plan, order=number + 1, content=f"Việc {number + 1}: {LONG}", due=due)
        if number % 2:
            AssignmentFactory(task=task, name="Ban chỉ đạo phong trào thi đua và Phòng Văn hóa - Xã hội")
        if number >= 30:
            reason = {"outcome": "dropped", "note": f"Chuyển sang năm sau: {LONG}"}
            record_progress(task, actor=world.an, day=today, proof=SignedProof(world.an.person), **reason)
    for _ in range(5):
        PlanFactory(unit=world.unit, state="submitted", year=today.year, subject=LONG)
    return plan


def test_a_result_is_recorded_by_keyboard(
    page: Page, sign_in: Callable[[str], None], accessible: Callable[[], None], plan: Plan
) -> None:
    sign_in("an")
    page.goto(f"/ke-hoach/{plan.pk}/")
    page.get_by_role("link", name="Ghi kết quả «Việc 1:").click()
    accessible()

    page.get_by_label("Nội dung kết quả, lý do").fill("28/28 thôn đã họp")
    page.get_by_role("radio", name="Văn bản đã ban hành").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Số, ký hiệu")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Người xác nhận")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("nguyen thi an")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Đã ghi: đã hoàn thành")).to_be_visible()
    expect(page.get_by_text("Đã hoàn thành 1 trên 40 nhiệm vụ (1 việc chậm hạn)")).to_be_visible()
    accessible()


def test_the_sheet_fits_a_phone_and_one_page_of_a4(
    page: Page, sign_in: Callable[[str], None], accessible: Callable[[], None], plan: Plan
) -> None:
    sign_in("an")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/ke-hoach/{plan.pk}/mot-trang/")

    expect(page.get_by_role("heading", name="Quá hạn (30)")).to_be_visible()
    expect(page.get_by_role("button", name="In một trang")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible()

    assert printed(page) == ["is-dense", *range(1, 41)]
    Plan.objects.filter(state="submitted").delete()
    plan.tasks.filter(order__gt=29).delete()
    page.reload()
    assert printed(page) == ["is-lined", *range(1, 30)]
    plan.tasks.filter(order__gt=13).delete()
    page.reload()
    assert printed(page) == ["sheet", *range(1, 14)]


def printed(page: Page) -> list[str | int]:
    """How close the lines stand and which tasks are told, where all is on one page."""
    [sheet] = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = sheet.extract_text()
    look = page.locator(".sheet").get_attribute("class") or ""
    return [look.split()[-1], *sorted({int(number) for number in re.findall(r"Việc (\d+):", words)})]
