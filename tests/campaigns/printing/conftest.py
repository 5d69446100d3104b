"""A commune's campaign plan whose lines print its campaign."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaigns.part import load
from documents.rendering.text import render_text
from plans.issuing.services import paper_of, record_issue
from plans.models import Plan
from plans.printing import printed
from plans.selectors import any_plan
from tests.factories import PersonFactory, PlanFactory, SectionFactory, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Membership, Unit, User

PART: dict[str, Any] = {
    "theme": "Đoàn kết, kỷ cương, sáng tạo, về đích năm 2026",
    "waves": [
        {
            "name": "Đợt thi đua thứ nhất",
            "start": "2026-01-01",
            "end": "2026-06-30",
            "as_printed": "từ ngày 01/01/2026 đến 30/6/2026",
            "review_by": "2026-06-29",
        },
        {
            "name": "Đợt thi đua thứ hai",
            "start": "2026-07-01",
            "end": "2026-12-20",
            "as_printed": "từ ngày 01/7/2026 đến hết ngày 20/12/2026",
            "review_by": None,
        },
    ],
    "thematic": ["Chung sức xây dựng nông thôn mới", "Vì người nghèo"],
    "targets": [
        {"text": "sản lượng lúa", "op": "=", "low": 2205.5, "unit": "tấn"},
        {"text": "tỷ lệ hộ nghèo", "op": "range", "low": 1, "high": 2, "unit": "%/năm", "direction": "down"},
        {"text": "tỷ lệ người tham gia bảo hiểm y tế", "op": ">=", "low": 95, "unit": "%"},
    ],
}
BODY = (
    "1. Chủ đề thi đua\n[Chủ đề]\n2. Các đợt thi đua\n[Các đợt thi đua]\n3. Phong trào chuyên đề\n[Chuyên đề]\n"
    "4. Mục tiêu cụ thể\n[Chỉ tiêu]\n5. Bảng giao chỉ tiêu\n[Bảng chỉ tiêu]"
)
PRINTED = """\
1. Chủ đề thi đua
“Đoàn kết, kỷ cương, sáng tạo, về đích năm 2026”
2. Các đợt thi đua
- Đợt thi đua thứ nhất (từ ngày 01/01/2026 đến 30/6/2026);
+ Sơ kết, tổng kết đợt thi đua chậm nhất ngày 29/6/2026.
- Đợt thi đua thứ hai (từ ngày 01/7/2026 đến hết ngày 20/12/2026).
3. Phong trào chuyên đề
- “Chung sức xây dựng nông thôn mới”;
- “Vì người nghèo”.
4. Mục tiêu cụ thể
- Sản lượng lúa 2.205,5 tấn;
- Tỷ lệ hộ nghèo giảm 1-2 %/năm;
- Tỷ lệ người tham gia bảo hiểm y tế từ 95 % trở lên."""
DAY = dt.date(2026, 2, 12)

Make = Callable[..., Plan]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 5, 13, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def unit(db: None) -> Unit:
    return UnitFactory(name="Vân Khê", parent=UnitFactory(province=True), valid_from=None)


@pytest.fixture
def officer(unit: Unit) -> User:
    person = PersonFactory(unit=unit, full_name="Lò Thị Mây")
    return UserFactory(username="an", role=Membership.Role.OFFICER, unit=unit, person=person)


@pytest.fixture
def page(officer: User) -> Client:
    return signed_in(officer)


@pytest.fixture
def make(unit: Unit) -> Make:
    """``part`` None: without a campaign."""

    def made(body: str = BODY, part: dict[str, Any] | None = PART) -> Plan:
        plan = PlanFactory(
            unit=unit,
            kind=Plan.Kind.CAMPAIGN,
            year=2026,
            subject="Phát động phong trào thi đua năm 2026",
            issuer__name_lines="ỦY BAN NHÂN DÂN\nXÃ VÂN KHÊ",
        )
        SectionFactory(plan=plan, order=1, marker="I.", heading="NỘI DUNG THI ĐUA", body=body)
        if part is not None:
            load(plan, copy.deepcopy(part))
        return any_plan(plan.pk)

    return made


@pytest.fixture
def plan(make: Make) -> Plan:
    return make()


def lines_of(plan: Plan) -> list[str]:
    """What stands under the heading of the printed plan, blanks of the table squeezed."""
    return [" ".join(line.split()) for line in render_text(printed(any_plan(plan.pk))).splitlines() if line.strip()]


def issue(plan: Plan, actor: User, number: str = "27", day: dt.date = DAY) -> Plan:
    version = Plan.objects.get(pk=plan.pk).version
    typed = {"number": number, "symbol": "KH-UBND", "date": day, "signer": "Lò Văn Thắng"}
    record_issue(plan, actor=actor, version=version, paper=paper_of(plan, **typed))
    return any_plan(plan.pk)
