"""A commune's plan that was issued in February, and its officer in May."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from documents.rendering.text import render_text
from plans import interchange
from plans.amending.services import start_amending
from plans.issuing.services import paper_of, record_issue
from plans.models import Assignment, Plan, Section, Task
from plans.printing import printed
from plans.selectors import any_plan, plan_data
from tests.factories import (
    AssignmentFactory,
    PartFactory,
    PersonFactory,
    PlanFactory,
    SectionFactory,
    TaskFactory,
    TaskTableFactory,
    UnitFactory,
    UserFactory,
)
from tests.units.conftest import signed_in
from units.models import Membership, Unit, User

FEBRUARY = dt.date(2026, 2, 12)
MAY = dt.date(2026, 5, 13)
REASON = "Thực hiện Công văn số 512/SNV-TĐKT ngày 05 tháng 5 năm 2026 của Sở Nội vụ"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 5, 13, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory(name="Vân Khê", parent=UnitFactory(province=True))


@pytest.fixture
def officer(unit: Unit) -> User:
    return UserFactory(
        username="an", role=Membership.Role.OFFICER, unit=unit, person=PersonFactory(unit=unit, full_name="Lò Thị Mây")
    )


@pytest.fixture
def page(officer: User) -> Client:
    return signed_in(officer)


def written_plan(unit: Unit) -> Plan:
    """Three sections, five tasks by quarter, who leads and supports them."""
    plan = PlanFactory(
        unit=unit,
        issuer__name_lines="ỦY BAN NHÂN DÂN\nXÃ VÂN KHÊ",
        subject="Công tác thi đua, khen thưởng năm 2026",
        preamble="Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;\n"
        "Căn cứ Kế hoạch số 12/KH-UBND ngày 20 tháng 01 năm 2026 của Ủy ban nhân dân tỉnh.\n"
        "Ủy ban nhân dân xã Vân Khê ban hành Kế hoạch như sau:",
        recipients="Ủy ban nhân dân tỉnh\nCác thôn",
    )
    SectionFactory(
        plan=plan,
        order=1,
        marker="I.",
        heading="MỤC ĐÍCH, YÊU CẦU",
        body="1. Mục đích\n- Thi đua thiết thực, hiệu quả.\n2. Yêu cầu\n- Khen thưởng kịp thời.\n3. Phạm vi: toàn xã.",
    )
    SectionFactory(plan=plan, order=2, marker="II.", heading="NỘI DUNG", body="1. Nhiệm vụ\n[Bảng nhiệm vụ]")
    SectionFactory(plan=plan, order=3, marker="III.", heading="KINH PHÍ", body="Từ ngân sách xã.")
    SectionFactory(plan=plan, order=4, marker="IV.", heading="TỔ CHỨC THỰC HIỆN", body="Các thôn thực hiện.")
    TaskTableFactory(plan=plan, layout="quarters-4col", columns="TT\nNội dung\nChủ trì\nThời gian thực hiện")
    office = PartFactory(unit=unit, name="Phòng Văn hóa - Xã hội")
    villages = PartFactory(unit=unit, name="Các thôn")
    rows = [
        (1, "Phát động phong trào thi đua", "Tháng 2"),
        (2, "Tổ chức Hội nghị điển hình tiên tiến", "Tháng 5"),
        (2, "Sơ kết sáu tháng đầu năm", "Tháng 6"),
        (3, "Kiểm tra phong trào tại các thôn", "Tháng 8"),
        (4, "Tổng kết năm", "Tháng 12"),
    ]
    for order, (quarter, content, time_text) in enumerate(rows, start=1):
        task = TaskFactory(plan=plan, order=order, number=order, quarter=quarter, content=content, time_text=time_text)
        AssignmentFactory(task=task, name=office.name, part=office)
        if order == 4:
            AssignmentFactory(task=task, role=Assignment.Role.SUPPORT, name=villages.name, part=villages)
    return plan


def issue(plan: Plan, officer: User, number: str, day: dt.date) -> Plan:
    record_issue(
        plan,
        actor=officer,
        version=Plan.objects.get(pk=plan.pk).version,
        paper=paper_of(plan, number=number, symbol="KH-UBND", date=day, signer="Lò Văn Thắng"),
    )
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def plan(unit: Unit, officer: User) -> Plan:
    return issue(written_plan(unit), officer, "27", FEBRUARY)


@pytest.fixture
def draft(plan: Plan, officer: User) -> Plan:
    return start_amending(plan, actor=officer, reason=REASON)


@pytest.fixture
def issued(officer: User) -> Callable[..., Plan]:
    """Issue an amending draft."""
    return lambda draft, number="31": issue(Plan.objects.get(pk=draft.pk), officer, number, MAY)


def section_of(plan: Plan, marker: str) -> Section:
    return Section.objects.select_related("plan__unit").get(plan=plan, marker=marker)


def task_of(plan: Plan, content: str) -> Task:
    return Task.objects.select_related("plan__unit", "unit").get(plan=plan, content__startswith=content)


def act(plan: Plan, officer: User) -> dict[str, Any]:
    """Who acts on which version: for services."""
    return {"actor": officer, "version": Plan.objects.get(pk=plan.pk).version}


def text_of(plan: Plan) -> dict[str, Any]:
    """The plan's rows as ``tdkt-plan/1`` has them, without head and foot."""
    found = interchange.write(plan_data(any_plan(plan.pk)))
    return {name: found[name] for name in ("blocks", "tasks", "appendix")}


def printed_text(plan: Plan) -> str:
    return render_text(printed(any_plan(plan.pk)))
