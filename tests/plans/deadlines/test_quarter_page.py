"""The page of a quarter's check-list: each row leads to its form and back."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.deadlines import collect_quarters
from plans.models import Progress, Task
from reminders.deadlines import Scope
from tests.factories import PlanFactory, TaskFactory
from tests.plans.progress.conftest import TODAY
from tests.units.conftest import signed_in

SECOND_QUARTER = {"start": dt.date(2026, 4, 1), "due": dt.date(2026, 6, 30)}
ALL_YEAR = {"start": dt.date(2026, 1, 1), "due": dt.date(2026, 12, 31), "is_ongoing": True}


def address(desk, quarter: int = 2) -> str:
    return f"/ke-hoach/{desk.plan.pk}/quy/{quarter}/"


def shown(desk, quarter: int = 2) -> dict[str, list[tuple[str, str]]]:
    """Which list → task, state."""
    found = signed_in(desk.an).get(address(desk, quarter)).context["list"]
    return {
        name: [(row.task.content, str(row.state)) for row in getattr(found, name)]
        for name in ("open", "settled", "dated")
    }


def test_each_task_of_the_quarter_stands_on_one_list(desk):
    desk.task("Chỉ ghi quý", **SECOND_QUARTER)
    desk.record(desk.task("Chỉ ghi quý, xong", **SECOND_QUARTER))
    desk.task("Thường xuyên", **ALL_YEAR)
    desk.task("Có ngày", due=dt.date(2026, 5, 20))
    desk.task("Quý khác", start=dt.date(2026, 7, 1), due=dt.date(2026, 9, 30))

    assert shown(desk) == {
        "open": [("Chỉ ghi quý", "in_progress"), ("Thường xuyên", "in_progress")],
        "settled": [("Chỉ ghi quý, xong", "done")],
        "dated": [("Có ngày", "not_due")],
    }
    assert shown(desk, 1)["open"] == [("Thường xuyên", "overdue")]


def test_the_page_and_the_deadline_count_alike(desk):
    for number in range(4):
        desk.record(desk.task(f"Xong {number}", **SECOND_QUARTER)) if number % 2 else desk.task(
            "Còn", **SECOND_QUARTER
        )
    ongoing = desk.task("Thường xuyên", **ALL_YEAR)
    desk.record(ongoing, quarter=2)

    for deadline in collect_quarters(Scope()):
        assert deadline.what.startswith(f"Rà soát {len(shown(desk, deadline.slot)['open'])} việc")
    assert len(shown(desk)["open"]) == 2


def test_a_row_leads_to_its_form_and_the_form_back_to_the_list(desk):
    task = desk.task("Tuyên truyền", **ALL_YEAR)
    browser = signed_in(desk.an)
    page = browser.get(address(desk)).content.decode()
    link = (
        f"/ke-hoach/{desk.plan.pk}/nhiem-vu/{task.pk}/ket-qua/?quy=2&amp;ve=%2Fke-hoach%2F{desk.plan.pk}%2Fquy%2F2%2F"
    )
    assert f'href="{link}"' in page

    link = link.replace("&amp;", "&")
    form = browser.get(link).context["form"]
    assert form["quarter"].value() == 2
    answer = browser.post(
        link,
        {
            "quarter": 2,
            "outcome": "done",
            "day": "13/5/2026",
            "note": "Đã đăng tin",
            "proof": "xac-nhan",
            "by": "Lò Thị Mây",
        },
    )

    assert answer["Location"] == address(desk)
    assert shown(desk)["settled"] == [("Tuyên truyền", "done")]


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com/x", "javascript:alert(1)"])
def test_the_form_leads_back_to_no_other_site(desk, elsewhere):
    task = desk.task(due=TODAY)

    page = signed_in(desk.an).get(f"/ke-hoach/{desk.plan.pk}/nhiem-vu/{task.pk}/ket-qua/", {"ve": elsewhere})

    assert page.context["back_url"] == f"/ke-hoach/{desk.plan.pk}/#nhiem-vu-{task.key}"


def test_a_colleague_reads_without_the_links_and_a_stranger_finds_nothing(desk):
    task = desk.task("Việc quý II", **SECOND_QUARTER)

    colleague = signed_in(desk.binh).get(address(desk)).content.decode()

    assert task.content in colleague
    assert "Ghi kết quả" not in colleague
    assert signed_in(desk.cuong).get(address(desk)).status_code == 404


def test_a_quarter_beyond_the_plan_is_no_page_and_an_empty_one_teaches(desk):
    browser = signed_in(desk.an)

    assert browser.get(address(desk, 5)).status_code == 404
    assert browser.get(address(desk, 0)).status_code == 404
    assert "Quý này chưa có việc nào" in browser.get(address(desk, 3)).content.decode()


def test_a_draft_has_nothing_to_look_over(desk):
    plan = PlanFactory(unit=desk.unit)

    answer = signed_in(desk.an).get(f"/ke-hoach/{plan.pk}/quy/1/")

    assert answer["Location"] == f"/ke-hoach/{plan.pk}/"


def test_the_page_asks_the_same_number_of_questions_for_3_tasks_and_for_60(desk):
    browser = signed_in(desk.an)
    for number in range(3):
        desk.task(str(number), **SECOND_QUARTER)
    with CaptureQueriesContext(connection) as few:
        assert len(browser.get(address(desk)).context["list"].open) == 3
    for number in range(57):
        TaskFactory(plan=desk.plan, order=10 + number, **SECOND_QUARTER)
    Progress.objects.bulk_create(
        Progress(task=task, outcome="partly", day=TODAY, note="Đang làm", by=desk.person)
        for task in Task.objects.filter(plan=desk.plan)
    )
    with CaptureQueriesContext(connection) as many:
        assert len(browser.get(address(desk)).context["list"].open) == 60

    assert len(few) == len(many) <= 15
