"""What waits for whom, on the home page and the chairman's sheet, and what the pages cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plans.approving.services import approve_plan
from plans.models import Plan, Remark
from tests.factories import PlanFactory, SectionFactory, TaskFactory
from tests.plans.approving.pages import MOST_QUERIES, State, address, text, waiting
from tests.units.conftest import signed_in

# -- What waits ----------------------------------------------------------------------------


def test_each_sees_on_the_home_page_what_waits_for_him(house):
    def named(subject: str, **values: Any) -> Plan:
        return PlanFactory(unit=house.unit, issuer=house.plan.issuer, subject=subject, **values)

    named("Trình Lan", state=State.SUBMITTED, submitted_to="Chủ tịch UBND xã Hà Thị Lan")
    named("Trình ai cũng được", state=State.SUBMITTED, submitted_to="lãnh đạo xã")
    named("Đã duyệt", state=State.APPROVED)
    named("Xong", state=State.ISSUED)
    mended = named("Bị trả lại")
    Remark.objects.create(plan=mended, by=house.lan, text="Sửa")

    assert waiting(house.lan) == {"Chờ bạn duyệt": ["Trình Lan", "Trình ai cũng được"]}
    assert waiting(house.minh) == {
        "Chờ bạn duyệt": ["Trình ai cũng được"],
        "Trình lãnh đạo khác, bạn duyệt thay được": ["Trình Lan"],
    }
    assert waiting(house.dung) == {"Chờ lấy số, phát hành": ["Đã duyệt"]}
    assert waiting(house.an) == {"Chờ lấy số, phát hành": ["Đã duyệt"], "Trả lại để sửa": ["Bị trả lại"]}
    assert waiting(house.cuong) == {}


def cost(page: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert page.get(url).status_code == 200
    return len(queries)


def test_the_home_page_costs_the_same_with_1_plan_waiting_and_with_50(house):
    page, values = signed_in(house.lan), {"unit": house.unit, "issuer": house.plan.issuer, "state": State.SUBMITTED}
    PlanFactory(**values)
    few = cost(page, "/")
    for _ in range(49):
        PlanFactory(**values)

    assert cost(page, "/") == few <= MOST_QUERIES
    assert len(waiting(house.lan)["Chờ bạn duyệt"]) == 50


@pytest.mark.parametrize(("who", "name"), [("lan", "review"), ("lan", "plan"), ("an", "plan"), ("an", "submit")])
def test_pages_cost_the_same_with_3_remarks_and_with_100(house, who, name):
    plan = house.plan
    Remark.objects.create(plan=plan, by=house.minh, text="Ý kiến 0", section=house.section)
    if name != "submit":
        Plan.objects.filter(pk=plan.pk).update(state=State.SUBMITTED)
    page = signed_in(getattr(house, who))
    few = cost(page, address(name, plan))
    for number in range(1, 100):
        section = SectionFactory(plan=plan, order=100 + number)
        task = TaskFactory(plan=plan, order=100 + number)
        where = {"section": section} if number % 2 else {"task": task}
        Remark.objects.create(plan=plan, by=house.lan, settled_by=house.an, text=f"Ý kiến {number}", **where)

    shown = page.get(address(name, plan))

    assert "Ý kiến 99" in text(shown)
    assert cost(page, address(name, plan)) == few <= MOST_QUERIES


def test_the_chairmans_sheet_asks_for_his_yes_and_not_again_once_it_is_given(house):
    page, plan = signed_in(house.lan), house.submitted()
    other = PlanFactory(unit=house.unit, issuer=plan.issuer, subject="Phong trào khác", state=State.SUBMITTED)
    asked = page.get(address("sheet", plan)).context["sheet"].asks

    approve_plan(plan, actor=house.lan, version=plan.version)
    given = page.get(address("sheet", plan)).context["sheet"].asks

    assert asked == ("Kế hoạch này chờ duyệt.", f"Chờ duyệt: {other}.")
    assert given == ("Kế hoạch này đã duyệt, chờ lấy số và phát hành.", f"Chờ duyệt: {other}.")
