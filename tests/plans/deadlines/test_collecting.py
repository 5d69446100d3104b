"""What falls due out of plans and duties on 13 May 2026, and what ends it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans.deadlines import COLLECTORS, DUTY, MILESTONE, QUARTER, TASK
from plans.models import Duty, Incoming, Progress, Task
from plans.progress.selectors import unsettled
from plans.states import TaskState
from reminders.deadlines import Deadline, Key, Scope, collector_of, page_url, record_url, still_open
from tests.factories import PersonFactory, PlanFactory, TaskFactory, UnitFactory
from tests.plans.progress.conftest import TODAY

MAY_20, JUNE_30 = dt.date(2026, 5, 20), dt.date(2026, 6, 30)
SECOND_QUARTER = {"start": dt.date(2026, 4, 1), "due": JUNE_30}
ALL_YEAR = {"start": dt.date(2026, 1, 1), "due": dt.date(2026, 12, 31), "is_ongoing": True}


def collected(kind: str, **scope) -> list[Deadline]:
    collector = collector_of(kind)
    assert collector is not None
    return sorted(collector.open_in(Scope(**scope)), key=lambda one: (one.due, one.key))


def said(kind: str, **scope) -> list[tuple[str, dt.date]]:
    return [(one.what, one.due) for one in collected(kind, **scope)]


# -- Tasks of plans ------------------------------------------------------------------------


def test_a_task_with_a_day_is_a_deadline_of_its_own(desk, follower):
    task = desk.task("Gửi báo cáo\nsơ kết", due=MAY_20)

    [found] = collected(TASK)

    assert found == Deadline(
        TASK,
        task.pk,
        desk.unit.pk,
        MAY_20,
        "Gửi báo cáo sơ kết",
        follower_id=follower.pk,
        group=desk.plan.pk,
        origin="Kế hoạch Công tác năm 2026",
    )
    assert record_url(found) == f"/ke-hoach/{desk.plan.pk}/nhiem-vu/{task.pk}/ket-qua/"
    assert page_url(found) == f"/ke-hoach/{desk.plan.pk}/#viec-{task.pk}"


def test_the_day_that_the_officer_has_in_mind_comes_before_that_of_the_paper(desk):
    desk.task("Tọa đàm", planned_for=MAY_20, **SECOND_QUARTER)
    desk.task("Kiểm tra", planned_for=dt.date(2026, 5, 18), due=MAY_20)

    assert said(TASK) == [("Kiểm tra", dt.date(2026, 5, 18)), ("Tọa đàm", MAY_20)]
    assert said(QUARTER) == []


def test_a_deadline_ends_with_its_proof_and_is_back_when_that_is_corrected(desk):
    task = desk.task(due=MAY_20)
    key = Key(TASK, task.pk, 0)
    assert list(still_open([key])) == [key]

    desk.record(task)
    assert still_open([key]) == {}

    desk.record(task, "partly", note="Mới xong một nửa")
    assert list(still_open([key])) == [key]

    desk.record(task, "dropped", note="Cấp trên không yêu cầu nữa")
    assert still_open([key]) == {}


def test_a_task_moved_to_another_day_is_due_then(desk):
    task = desk.task(due=MAY_20)

    Task.objects.filter(pk=task.pk).update(due=JUNE_30)

    assert [one.due for one in collected(TASK)] == [JUNE_30]


def test_only_plans_in_force_have_deadlines(desk):
    desk.task("Đã ban hành", due=MAY_20)
    for fields in ({"state": "draft"}, {"state": "submitted"}, {"state": "issued", "amends": desk.plan}):
        TaskFactory(plan=PlanFactory(unit=desk.unit, **fields), content=str(fields), due=MAY_20)
    assert Task.objects.count() == 4

    assert said(TASK) == [("Đã ban hành", MAY_20)]


def test_a_dissolved_unit_is_not_told_and_neither_are_its_heirs(desk):
    desk.task(due=MAY_20)
    desk.task("Thường xuyên", **ALL_YEAR)
    assert len(collected(TASK)) + len(collected(QUARTER)) == 4

    desk.unit.valid_to = TODAY
    desk.unit.save()
    assert len(collected(TASK)) == 1, "the last day counts"

    desk.unit.valid_to = TODAY - dt.timedelta(days=1)
    desk.unit.save()
    assert collected(TASK) + collected(QUARTER) == []


@pytest.mark.parametrize(
    ("due", "is_told"),
    [
        (dt.date(2025, 12, 31), False),
        (dt.date(2026, 1, 1), True),
        (dt.date(2026, 5, 20), True),
    ],
)
def test_a_past_years_plan_is_told_for_days_of_this_year(desk, due, is_told):
    TaskFactory(plan=PlanFactory(unit=desk.unit, state="issued", year=2025), due=due)

    assert len(collected(TASK)) == is_told


def test_in_january_the_last_quarter_of_the_past_year_is_still_told(desk, time_machine):
    plan = PlanFactory(unit=desk.unit, state="issued", year=2025)
    for day in (dt.date(2025, 10, 9), dt.date(2025, 10, 10)):
        TaskFactory(plan=plan, content=f"Hạn {day:%d/%m}", due=day)
    TaskFactory(plan=plan, content="Cả năm", start=dt.date(2025, 1, 1), due=dt.date(2025, 12, 31), is_ongoing=True)

    time_machine.move_to("2026-01-10T09:00:00+07:00")

    assert said(TASK) == [("Hạn 10/10", dt.date(2025, 10, 10))]
    assert said(QUARTER) == [("Rà soát 1 việc quý IV/2025", dt.date(2025, 12, 31))]


def test_what_is_late_in_this_years_plan_stays_whenever_it_was_due(desk):
    desk.task("Tháng Giêng", due=dt.date(2026, 1, 5))

    assert said(TASK) == [("Tháng Giêng", dt.date(2026, 1, 5))]


# -- Check-lists of quarters ---------------------------------------------------------------


def test_what_has_only_a_quarter_is_one_check_list_on_its_last_day(desk, follower):
    for number in range(6):
        desk.task(f"Việc {number}", **SECOND_QUARTER)
    desk.task("Có ngày", due=MAY_20)

    [found] = collected(QUARTER)

    assert found == Deadline(
        QUARTER,
        desk.plan.pk,
        desk.unit.pk,
        JUNE_30,
        "Rà soát 6 việc quý II/2026",
        slot=2,
        follower_id=follower.pk,
        group=desk.plan.pk,
        origin="Kế hoạch Công tác năm 2026",
    )
    assert record_url(found) == page_url(found) == f"/ke-hoach/{desk.plan.pk}/quy/2/"
    assert said(TASK) == [("Có ngày", MAY_20)]


def test_a_check_list_ends_when_the_last_of_its_tasks_has_its_proof(desk):
    first, second = (desk.task(f"Việc {number}", **SECOND_QUARTER) for number in range(2))
    key = Key(QUARTER, desk.plan.pk, 2)

    desk.record(first)
    assert still_open([key])[key].what == "Rà soát 1 việc quý II/2026"

    desk.record(second, "dropped", note="Gộp vào đợt khác")
    assert still_open([key]) == {}


def test_an_ongoing_task_stands_on_the_list_of_each_quarter_without_its_line(desk):
    task = desk.task("Tuyên truyền", **ALL_YEAR)
    assert said(QUARTER) == [
        ("Rà soát 1 việc quý I/2026", dt.date(2026, 3, 31)),
        ("Rà soát 1 việc quý II/2026", JUNE_30),
        ("Rà soát 1 việc quý III/2026", dt.date(2026, 9, 30)),  # the next one at most
    ]

    desk.record(task, quarter=1)
    assert [one.slot for one in collected(QUARTER)] == [2, 3]
    assert said(TASK) == []


def test_an_ongoing_task_that_is_dropped_is_on_no_list(desk):
    task = desk.task(**ALL_YEAR)

    desk.record(task, "dropped", note="Chuyển cho Công an xã", quarter=2)

    assert collected(QUARTER) == []


def test_a_quarter_that_is_far_is_not_told_yet(desk):
    desk.task(start=dt.date(2026, 10, 1), due=dt.date(2026, 12, 31))
    assert collected(QUARTER) == []

    desk.task(start=dt.date(2026, 7, 1), due=dt.date(2026, 9, 30))
    assert [one.slot for one in collected(QUARTER)] == [3]


@pytest.mark.parametrize(
    ("times", "kind", "due"),
    [
        ({"start": dt.date(2026, 4, 1), "due": JUNE_30}, QUARTER, JUNE_30),
        ({"start": dt.date(2026, 1, 1), "due": JUNE_30}, QUARTER, JUNE_30),  # half a year
        ({"quarter": 2}, QUARTER, JUNE_30),  # its time words name no day
        ({"start": None, "due": JUNE_30}, TASK, JUNE_30),  # «trước ngày 01/7»
        ({"start": dt.date(2026, 6, 1), "due": JUNE_30}, TASK, JUNE_30),  # «tháng 6»
        ({"start": dt.date(2026, 4, 1), "due": dt.date(2026, 6, 29)}, TASK, dt.date(2026, 6, 29)),
        ({"start": dt.date(2025, 10, 1), "due": dt.date(2025, 12, 31)}, TASK, dt.date(2025, 12, 31)),
    ],
)
def test_quarters_and_nothing_else_are_told_from_days(desk, times, kind, due):
    desk.task("Việc", **times)

    assert [(one.kind, one.due) for one in (*collected(TASK), *collected(QUARTER))] == [(kind, due)]


def test_quarters_of_a_school_year_are_counted_on_into_the_next_year(desk, time_machine):
    plan = PlanFactory(unit=desk.unit, state="issued", year=2025, period="school_year")
    TaskFactory(plan=plan, **SECOND_QUARTER)

    assert [(one.subject, one.slot, one.what, one.due) for one in collected(QUARTER)] == [
        (plan.pk, 6, "Rà soát 1 việc quý II/2026", JUNE_30)
    ]


# -- Duties --------------------------------------------------------------------------------


def duty(desk, content: str = "Gửi báo cáo", *, unit=None, **fields) -> Duty:
    of_task = {name: fields.pop(name) for name in ("due",) if name in fields}
    task = Task.objects.create(unit=unit or desk.unit, order=1, content=content, **of_task)
    return Duty.objects.create(task=task, **fields)


def test_a_duty_with_a_day_is_open_until_its_result(desk):
    found = duty(desk, due=MAY_20, follower=desk.person)
    duty(desk, "Không hạn")

    [deadline] = collected(DUTY)
    assert deadline == Deadline(DUTY, found.task_id, desk.unit.pk, MAY_20, "Gửi báo cáo", follower_id=desk.person.pk)
    assert record_url(deadline) == f"/ke-hoach/viec/{found.task_id}/ket-qua/"
    assert page_url(deadline) == f"/ke-hoach/viec/{found.task_id}/"

    desk.record(found.task)
    assert collected(DUTY) == []


def test_a_duty_says_by_which_paper_it_is_owed(desk):
    paper = Incoming.objects.create(
        unit=desk.unit, by=desk.an, kind="Công văn", number="1479/SNV-TĐKT", issuer="Sở Nội vụ", date=TODAY
    )
    duty(desk, due=MAY_20, incoming=paper)

    assert [one.origin for one in collected(DUTY)] == [f"theo {paper}"]


def test_a_late_duty_is_told_however_old(desk):
    duty(desk, due=dt.date(2024, 3, 1))

    assert said(DUTY) == [("Gửi báo cáo", dt.date(2024, 3, 1))]


def test_a_milestone_is_over_with_its_own_result_or_with_the_duty_that_it_leads_to(desk):
    aim = duty(desk, "Trình tỉnh", due=JUNE_30, follower=desk.person)
    asked = duty(desk, "Yêu cầu các thôn", due=MAY_20, milestone_of=aim)
    other = PersonFactory(unit=desk.unit)
    sitting = duty(desk, "Họp Hội đồng", due=dt.date(2026, 6, 10), milestone_of=aim, follower=other)

    first, second = collected(MILESTONE)
    assert first == Deadline(
        MILESTONE,
        asked.task_id,
        desk.unit.pk,
        MAY_20,
        "Yêu cầu các thôn",
        follower_id=desk.person.pk,
        group=aim.task_id,
        origin="để kịp việc «Trình tỉnh», hạn 30/06/2026",
    )
    assert (second.subject, second.follower_id) == (sitting.task_id, other.pk)
    assert said(DUTY) == [("Trình tỉnh", JUNE_30)]

    desk.record(asked.task)
    assert [one.subject for one in collected(MILESTONE)] == [sitting.task_id]

    desk.record(aim.task)
    assert collected(MILESTONE) == collected(DUTY) == []


# -- Scopes --------------------------------------------------------------------------------


def everywhere(desk) -> dict[str, Deadline]:
    """One of each kind in the unit, and the same in another."""
    for unit in (desk.unit, desk.cuong.memberships.get().unit):
        plan = desk.plan if unit == desk.unit else PlanFactory(unit=unit, state="issued", year=2026)
        TaskFactory(plan=plan, order=1, due=MAY_20)
        TaskFactory(plan=plan, order=2, **SECOND_QUARTER)
        aim = duty(desk, unit=unit, due=JUNE_30)
        duty(desk, unit=unit, due=MAY_20, milestone_of=aim)
    return {
        collector.kind: one
        for collector in COLLECTORS
        for one in collector.open_in(Scope())
        if one.unit_id == desk.unit.pk
    }


def test_a_scope_of_units_holds_nothing_of_others(desk):
    own = everywhere(desk)
    assert sorted(own) == sorted(collector.kind for collector in COLLECTORS)

    for collector in COLLECTORS:
        assert len(list(collector.open_in(Scope()))) == 2, "there is something to leak"
        assert list(collector.open_in(Scope(units=[desk.unit.pk]))) == [own[collector.kind]]
        assert list(collector.open_in(Scope(units=[]))) == []


def test_a_scope_of_subjects_and_of_days(desk):
    for kind, one in everywhere(desk).items():
        assert collected(kind, subjects=[one.subject]) == [one]
        assert one in collected(kind, until=one.due)
        assert collected(kind, until=one.due - dt.timedelta(days=1)) == []


@pytest.mark.parametrize("collector", COLLECTORS, ids=lambda one: one.kind)
def test_one_query_for_one_unit_and_for_thirty(desk, collector):
    everywhere(desk)
    with CaptureQueriesContext(connection) as few:
        assert len(list(collector.open_in(Scope()))) == 2
    for _ in range(28):
        unit = UnitFactory()
        plan = PlanFactory(unit=unit, state="issued", year=2026)
        TaskFactory(plan=plan, order=1, due=MAY_20)
        TaskFactory(plan=plan, order=2, **SECOND_QUARTER)
        duty(desk, unit=unit, due=MAY_20, milestone_of=duty(desk, unit=unit, due=JUNE_30))
    with CaptureQueriesContext(connection) as many:
        assert len(list(collector.open_in(Scope()))) == 30

    assert len(few) == len(many) == 1


# -- What settles a task -------------------------------------------------------------------


def test_the_query_says_of_every_history_what_the_task_says_of_itself(desk):
    outcomes = ("done", "partly", "dropped")
    histories: list[list[tuple[str, int | None]]] = [[]]
    histories += [[(one, None)] for one in outcomes]
    histories += [[(one, None), (two, None)] for one in outcomes for two in outcomes]
    in_quarters: list[list[tuple[str, int | None]]] = [
        [(one, first), (two, second)]
        for one in outcomes
        for two in outcomes
        for first in (1, 4)
        for second in (None, 1, 2, 4)
    ]
    person, made = PersonFactory(unit=desk.unit), []
    for is_ongoing, told in ((False, histories), (True, in_quarters), (True, histories), (False, in_quarters)):
        for history in told:
            task = desk.task(str((is_ongoing, history)), **{**ALL_YEAR, "is_ongoing": is_ongoing})
            made.append(task)
            for outcome, quarter in history:
                Progress.objects.create(task=task, outcome=outcome, quarter=quarter, day=TODAY, note="Xong", by=person)
    tasks = Task.objects.filter(pk__in=[task.pk for task in made])
    settled = (TaskState.DONE, TaskState.DROPPED)
    open_ones = {
        task.content
        for task in tasks.prefetch_related("progress")
        if task.state_on(timezone.localdate()) not in settled
    }
    assert 0 < len(open_ones) < len(made)

    assert {task.content for task in unsettled(tasks)} == open_ones


def test_an_ongoing_task_with_several_lines_is_counted_once(desk):
    task = desk.task(**ALL_YEAR)
    for outcome in ("partly", "done"):
        Progress.objects.create(task=task, outcome=outcome, quarter=1, day=TODAY, note="Đang làm", by=desk.person)

    assert [one.what for one in collected(QUARTER)] == ["Rà soát 1 việc quý II/2026", "Rà soát 1 việc quý III/2026"]
