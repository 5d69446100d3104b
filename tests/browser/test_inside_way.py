"""The inside way, by clicks and keys: officer, leader on a phone, clerk, each at a window of one's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from core import audit
from core.models import AuditEntry
from documents.models import IssuedPaper
from plans.models import Plan, Remark
from tests.browser.editor import ready, saved
from tests.browser.windows import DESK, PASSWORD, PHONE, assert_accessible, opened, sign_in_at
from tests.factories import PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.issuing.signed_copies import SCAN
from units.models import Unit, User

SUBJECT = "Công tác thi đua, khen thưởng năm 2026 của xã"


@dataclass
class House:
    unit: Unit
    plan: Plan

    def account(self, username: str, role: str, name: str, post: str) -> User:
        person = PersonFactory(unit=self.unit, full_name=name, post=post)
        user = UserFactory(username=username, role=role, unit=self.unit, person=person)
        user.set_password(PASSWORD)
        user.save()
        return user


@pytest.fixture
def house(transactional_db: None) -> House:
    unit = UnitFactory(name="An Hòa", parent=UnitFactory(province=True))
    house = House(unit, PlanFactory(unit=unit, sections=2, tasks=3, subject=SUBJECT))
    house.account("an", Role.OFFICER, "Lò Thị An", "Công chức Văn hóa - Xã hội")
    house.account("lan", Role.LEADER, "Hà Thị Lan", "Chủ tịch UBND xã")
    house.account("minh", Role.LEADER, "Vi Văn Minh", "Phó Chủ tịch UBND xã")
    house.account("dung", Role.CLERK, "Lê Văn Dũng", "Văn thư")
    return house


@pytest.fixture
def window_of(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Somebody signed in at a window of one's own. Whatever a console complains of fails the test."""
    with ExitStack() as windows:

        def window_of(username: str, size: dict[str, int] = DESK) -> Page:
            page = windows.enter_context(opened(browser, live_server.url, size=size))
            sign_in_at(page, username)
            return page

        yield window_of


def accessible(page: Page) -> None:
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def home(page: Page) -> None:
    page.wait_for_load_state()  # «Mục lục» opens by a script
    if not page.get_by_role("link", name="Việc của tôi").first.is_visible():
        page.get_by_role("button", name="Mục lục").click()
    page.get_by_role("link", name="Việc của tôi").first.click()
    page.get_by_role("heading", name="Việc của tôi", level=1).wait_for()


def waiting(page: Page, head: str) -> None:
    """From «Việc của tôi» to the plan that stands under this head."""
    home(page)
    page.get_by_role("region", name=head, exact=True).get_by_role("link", name=SUBJECT).click()


def submit(page: Page, to: str) -> None:
    page.get_by_text("Trình, ban hành").click()
    page.get_by_role("link", name="Trình lãnh đạo duyệt").click()
    page.get_by_label("Trình ai").select_option(label=to)
    page.get_by_role("button", name="Trình", exact=True).click()


def remark(page: Page, about: str, words: str) -> None:
    page.locator("summary").filter(has_text=f"Ghi ý kiến về {about}").click()
    page.keyboard.press("Tab")
    expect(page.get_by_label(f"Ý kiến về {about}")).to_be_focused()
    page.keyboard.type(words)


def switch_on(page: Page) -> None:
    page.get_by_role("link", name="Đơn vị", exact=True).click()
    page.get_by_role("link", name="Xã An Hòa").last.click()
    page.get_by_role("link", name="Sửa thông tin").click()
    expect(page.get_by_label("Lãnh đạo duyệt kế hoạch trong chương trình")).not_to_be_checked()
    page.get_by_label("Lãnh đạo duyệt kế hoạch trong chương trình").check()
    accessible(page)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Lãnh đạo duyệt kế hoạch trong chương trình.")).to_be_visible()


def work_in_what_was_remarked(officer: Page, task: str) -> None:
    """From the editor, where each remark stands at its place, to the plan submitted again."""
    ready(officer)
    accessible(officer)
    expect(officer.locator(".section-edit .remarks-at:visible")).to_have_text("Ý kiến: Nêu rõ chỉ tiêu của từng thôn.")
    expect(officer.get_by_role("gridcell").filter(has_text="Ý kiến: Giao cho Văn phòng chủ trì.")).to_have_count(1)
    remarks = officer.get_by_role("region", name="Ý kiến của lãnh đạo")
    remarks.get_by_role("link", name=f"Nhiệm vụ 2: {task}").click()
    expect(officer.get_by_role("gridcell").filter(has_text=task).first).to_be_focused()
    remarks.get_by_role("link", name="Mục I. MỤC ĐÍCH, YÊU CẦU").click()
    expect(officer.get_by_label("Tiêu đề mục I. MỤC ĐÍCH, YÊU CẦU")).to_be_focused()
    officer.keyboard.press("Enter")
    officer.keyboard.press("Control+End")
    officer.keyboard.type("\n- Mỗi thôn có ít nhất một mô hình.")
    officer.keyboard.press("Tab")
    saved(officer)
    for words in ("Nêu rõ chỉ tiêu", "Giao cho Văn phòng"):
        remarks.get_by_role("button", name=f"Đánh dấu đã sửa theo ý kiến «{words}").click()
        expect(remarks.get_by_role("button", name=f"Đánh dấu đã sửa theo ý kiến «{words}")).to_have_count(0)
    expect(officer.locator(".remarks-at:visible, .remark-at")).to_have_count(0)
    remarks.get_by_role("link", name="Trình lại").click()
    officer.get_by_label("Trình ai").select_option(label="Chủ tịch UBND xã Hà Thị Lan")
    accessible(officer)
    officer.get_by_role("button", name="Trình", exact=True).click()


def assert_recorded_as_done(house: House) -> None:
    paper, plan = IssuedPaper.objects.get(), Plan.objects.get()
    assert (paper.full_number, plan.paper, paper.signed_file.name) == ("27/KH-UBND", paper, "27 đã ký.pdf")
    assert (str(plan.approved_by), Remark.objects.filter(settled_at=None).count()) == ("Hà Thị Lan", 0)
    moves = AuditEntry.objects.filter(subject_type="plans.plan", changes__has_key="state").order_by("id")
    assert [(str(entry.actor), entry.code.rpartition(".")[2]) for entry in moves] == [
        ("Lò Thị An", "submitted"),
        ("Lò Thị An", "recalled"),
        ("Lò Thị An", "submitted"),
        ("Hà Thị Lan", "returned"),
        ("Lò Thị An", "submitted"),
        ("Hà Thị Lan", "approved"),
        ("Lê Văn Dũng", "issued"),
    ]
    assert audit.first_broken_link(house.unit.pk) is None


def test_officer_leader_and_clerk_take_a_plan_to_its_end(house: House, window_of: Callable[..., Page]) -> None:
    officer, leader, clerk = window_of("an"), window_of("lan", PHONE), window_of("dung")
    task = house.plan.tasks.all()[1].content

    # submitted, and taken back before anybody has looked
    switch_on(officer)
    officer.get_by_role("link", name="Kế hoạch", exact=True).click()
    officer.get_by_role("link", name=SUBJECT).click()
    submit(officer, "Lãnh đạo xã, ai duyệt cũng được")
    expect(officer.get_by_text(re.compile(r"^Đã trình ngày .*, chờ lãnh đạo xã duyệt\.$"))).to_be_visible()
    expect(officer.get_by_role("link", name="Ghi nhận văn bản đã ban hành")).to_be_visible()
    accessible(officer)
    officer.get_by_role("button", name="Rút lại để sửa").click()
    expect(officer.get_by_text("Dự thảo, chưa có số.")).to_be_visible()
    submit(officer, "Chủ tịch UBND xã Hà Thị Lan")

    # returned with a word at a section and one at a task
    waiting(leader, "Chờ bạn duyệt")
    accessible(leader)
    remark(leader, "I. MỤC ĐÍCH, YÊU CẦU", "Nêu rõ chỉ tiêu của từng thôn.")
    remark(leader, task, "Giao cho Văn phòng chủ trì.")
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.get_by_text("Đã trả lại kèm 2 ý kiến.")).to_be_visible()

    # worked in where it belongs, and ticked
    waiting(officer, "Trả lại để sửa")
    accessible(officer)
    officer.get_by_role("link", name="Soạn tiếp").click()
    work_in_what_was_remarked(officer, task)

    # the leader sees what was answered, and says yes
    waiting(leader, "Chờ bạn duyệt")
    expect(leader.get_by_role("region", name="Ý kiến đã nêu").locator(".state")).to_have_text(["Đã sửa", "Đã sửa"])
    leader.get_by_text("Đã làm gì từ khi trả lại").click()
    expect(leader.get_by_text("- Mỗi thôn có ít nhất một mô hình.").first).to_be_attached()
    accessible(leader)
    leader.get_by_role("button", name="Duyệt", exact=True).click()
    expect(leader.get_by_text("Đã duyệt. Văn thư hoặc cán bộ lấy số và phát hành.")).to_be_visible()
    accessible(leader)

    # numbered once, however often one clicks
    waiting(clerk, "Chờ lấy số, phát hành")
    expect(clerk.get_by_text(re.compile(r"^Hà Thị Lan đã duyệt ngày .*, chờ lấy số và phát hành\.$"))).to_be_visible()
    accessible(clerk)
    clerk.get_by_role("link", name="Lấy số, phát hành").click()
    clerk.get_by_label("Số", exact=True).fill("27")
    clerk.get_by_label("Ngày ban hành").fill("12/2/2026")
    clerk.get_by_role("button", name="Ghi nhận đã ban hành").dblclick()
    expect(clerk.get_by_text("Đã ban hành, số 27/KH-UBND ngày 12/02/2026.", exact=True)).to_be_visible()

    # and the signed copy comes after
    clerk.get_by_role("link", name="Thêm bản đã ký").click()
    clerk.get_by_label(re.compile("^Bản đã ký")).set_input_files(
        {"name": "27 đã ký.pdf", "mimeType": "application/pdf", "buffer": SCAN}
    )
    clerk.get_by_role("button", name="Thêm bản đã ký").click()
    expect(clerk.get_by_text("Đã thêm bản đã ký")).to_be_visible()

    assert_recorded_as_done(house)


def test_what_a_leader_has_typed_is_offered_again_when_the_plan_was_recalled(
    house: House, window_of: Callable[..., Page]
) -> None:
    Unit.objects.filter(pk=house.unit.pk).update(approves_inside=True)
    officer, leader = window_of("an"), window_of("lan", PHONE)
    officer.get_by_role("link", name="Kế hoạch", exact=True).click()
    officer.get_by_role("link", name=SUBJECT).click()
    submit(officer, "Chủ tịch UBND xã Hà Thị Lan")

    waiting(leader, "Chờ bạn duyệt")
    remark(leader, "I. MỤC ĐÍCH, YÊU CẦU", "Nêu rõ chỉ tiêu.")
    officer.get_by_role("button", name="Rút lại để sửa").click()
    expect(officer.get_by_text("Đã rút lại.")).to_be_visible()
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.get_by_text("Không ghi nhận thêm. Dự thảo, chưa có số.")).to_be_visible()

    submit(officer, "Chủ tịch UBND xã Hà Thị Lan")
    waiting(leader, "Chờ bạn duyệt")
    leader.get_by_role("button", name="Lấy lại").click()
    expect(leader.get_by_label("Ý kiến về I. MỤC ĐÍCH, YÊU CẦU")).to_be_visible()
    leader.get_by_role("button", name="Trả lại").click()
    expect(leader.get_by_text("Đã trả lại kèm 1 ý kiến.")).to_be_visible()
    assert [kept.text for kept in Remark.objects.all()] == ["Nêu rõ chỉ tiêu."]
