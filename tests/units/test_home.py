"""«Việc của tôi»: what falls due, by nearness, of the own units only."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Job
from plans.models import Plan, Task
from tests.factories import AssignmentFactory
from tests.units.conftest import signed_in
from units.models import Unit
from units.services import create_issuer

TODAY = dt.date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-03-05T09:00:00+07:00")


def plan_with(unit: Unit, days: list[int]) -> Plan:
    """A plan with one task falling due so many days from today each."""
    issuer = create_issuer(unit, actor=None, name_lines="ỦY BAN NHÂN DÂN")
    plan = Plan.objects.create(unit=unit, issuer=issuer, year=2026, subject="Công tác năm 2026")
    Task.objects.bulk_create(
        Task(plan=plan, unit=unit, order=n + 1, content=f"Việc {day:+}", due=TODAY + dt.timedelta(days=day))
        for n, day in enumerate(days)
    )
    return plan


def groups(page: str) -> dict[str, list[str]]:
    sections = re.findall(r"<section>\s*<h2>(.*?)</h2>(.*?)</section>", page, re.S)
    return {head: re.findall(r'<th scope="row"><a [^>]*>(.*?)</a>', body) for head, body in sections}


def standing(page: str) -> str:
    found = re.search(r'<p class="standing">(.*?)</p>', page)
    return found[1] if found else ""


def test_tasks_stand_by_nearness_a_month_back_and_ahead(office):
    plan_with(office.unit, [-31, -30, -1, 0, 1, 7, 8, 30, 31])

    page = signed_in(office.an).get("/").content.decode()

    assert groups(page) == {
        "Quá hạn trong 30 ngày qua": ["Việc -30", "Việc -1"],
        "Đến hạn hôm nay": ["Việc +0"],
        "Trong 7 ngày tới": ["Việc +1", "Việc +7"],
        "Sau đó, đến hết 30 ngày tới": ["Việc +8", "Việc +30"],
    }
    assert standing(page) == "Hôm nay 05/03/2026: 1 việc đến hạn, 2 việc trong 7 ngày tới, 2 việc quá hạn."
    assert list(groups(page))[0] == "Quá hạn trong 30 ngày qua"
    assert "(quá 30 ngày)" in page


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ([], "Hôm nay 05/03/2026: không có việc nào đến hạn trong 30 ngày tới."),
        ([20, 21], "Hôm nay 05/03/2026: không có việc nào đến hạn trong 7 ngày tới, 2 việc sau đó."),
        ([-2], "Hôm nay 05/03/2026: 1 việc quá hạn."),
        ([0], "Hôm nay 05/03/2026: 1 việc đến hạn."),
    ],
)
def test_the_first_sentence_counts_what_presses(office, days, sentence):
    plan_with(office.unit, days)

    assert standing(signed_in(office.an).get("/").content.decode()) == sentence


def test_a_task_leads_to_its_row_in_the_plan_and_names_who_leads(office):
    task = plan_with(office.unit, [0]).tasks.get()
    AssignmentFactory(task=task, name="Trưởng các thôn")

    page = signed_in(office.an).get("/").content.decode()

    assert f'<a href="/ke-hoach/{task.plan_id}/#nhiem-vu-{task.key}">Việc +0</a>' in page
    assert '<span class="row-note">Chủ trì: Trưởng các thôn</span>' in page
    assert '<span class="state-word">Đến hạn hôm nay</span></span></td>' in page


def test_another_year_shows_that_years_plans_alone_and_says_so(office):
    plan_with(office.unit, [0, 1])
    Plan.objects.filter(pk=plan_with(office.unit, [2]).pk).update(year=2027)
    browser = signed_in(office.an)

    page = browser.get("/?nam=2027").content.decode()

    assert groups(page) == {"Trong 7 ngày tới": ["Việc +2"]}
    assert standing(page) == "Hôm nay 05/03/2026: 1 việc trong 7 ngày tới của kế hoạch năm 2027."
    assert "Đang xem việc của các kế hoạch năm 2027." in page
    back = browser.get("/?nam=2026").content.decode()
    assert sum(map(len, groups(back).values())) == 3
    assert "Đang xem việc" not in back


def test_the_work_of_others_and_ongoing_work_are_not_mine(office):
    plan_with(office.cuong.memberships.first().unit, [0])
    Task.objects.filter(plan=plan_with(office.unit, [0])).update(is_ongoing=True)
    assert Task.objects.count() == 2

    page = signed_in(office.an).get("/").content.decode()

    assert groups(page) == {}
    assert "Chưa có việc nào đến hạn" in page


def test_the_home_page_asks_the_same_number_of_questions_for_3_tasks_and_for_90(office):
    browser = signed_in(office.an)
    plan_with(office.unit, [0, 1, 2])
    with CaptureQueriesContext(connection) as few:
        three = browser.get("/").content.decode()
    plan_with(office.unit, [3] * 87)
    with CaptureQueriesContext(connection) as many:
        ninety = browser.get("/").content.decode()

    assert [sum(map(len, groups(page).values())) for page in (three, ninety)] == [3, 90]
    assert len(many) == len(few)
    assert len(many) <= 20


def test_work_in_the_background_is_shown_until_it_is_done(office):
    for state, title in (("running", "Dựng PDF"), ("done", "Việc cũ")):
        Job.objects.create(owner=office.an, unit_id=office.unit.pk, title=title, state=state)

    page = signed_in(office.an).get("/").content.decode()

    assert "Dựng PDF" in page
    assert "Việc cũ" not in page


def test_an_account_without_a_role_is_told_what_to_do(office):
    office.an.memberships.all().delete()

    page = signed_in(office.an).get("/").content.decode()

    assert "Hãy nhờ người quản trị của đơn vị thêm vai trò cho tài khoản này." in page


def test_the_year_chosen_above_stays_for_the_next_page(office):
    browser = signed_in(office.an)

    browser.get("/?nam=2025")

    assert "<summary>Năm 2025 " in browser.get("/don-vi/").content.decode()
