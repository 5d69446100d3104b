"""What the page of a plan says in words, from rows that need no database."""

from __future__ import annotations

import datetime as dt
from itertools import count

import pytest

from plans import presenters
from plans.models import Plan, Section, Task
from plans.presenters import Quarter, ShownLine
from plans.states import PlanState, TaskState
from units.models import Unit, User

TODAY = dt.date(2026, 5, 15)
NUMBERS = count(1)


def plan(*tasks: Task, **values) -> Plan:
    made = Plan(**({"pk": 1, "year": 2026, "symbol": "KH-UBND", "unit": Unit(pk=1)} | values))
    made._prefetched_objects_cache = {"tasks": FakeRows(tasks)}
    return made


class FakeRows(list):
    def all(self):
        return self


def row(**values) -> Task:
    made = Task(pk=next(NUMBERS), content="Phát động", **values)
    made._prefetched_objects_cache = {"progress": FakeRows()}
    return made


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "Dự thảo, chưa có số."),
        ({"paper_date": "2026-01"}, "Dự thảo, chưa có số."),
        ({"number": "07"}, "Dự thảo, ghi số 07/KH-UBND; chưa ghi nhận là đã ban hành."),
        (
            {"number": "07", "paper_date": "2026-01-15"},
            "Dự thảo, ghi số 07/KH-UBND ngày 15/01/2026; chưa ghi nhận là đã ban hành.",
        ),
        ({"state": PlanState.SUBMITTED}, "Đã trình, chờ ký và cấp số."),
        ({"state": PlanState.SUBMITTED, "unit": Unit(pk=1, approves_inside=True)}, "Đã trình, chờ duyệt."),
        (
            {
                "state": PlanState.SUBMITTED,
                "unit": Unit(pk=1, approves_inside=True),
                "submitted_to": "lãnh đạo xã",
                "submitted_on": dt.date(2026, 2, 12),
            },
            "Đã trình ngày 12/02/2026, chờ lãnh đạo xã duyệt.",
        ),
        ({"state": PlanState.APPROVED}, "Đã duyệt, chờ lấy số và phát hành."),
        (
            {"state": PlanState.APPROVED, "approved_by": User(username="lan"), "approved_on": dt.date(2026, 2, 20)},
            "lan đã duyệt ngày 20/02/2026, chờ lấy số và phát hành.",
        ),
        (
            {"state": PlanState.ISSUED, "number": "07", "paper_date": "2026-01-15"},
            "Đã ban hành, số 07/KH-UBND ngày 15/01/2026.",
        ),
    ],
)
def test_the_plan_says_how_it_stands(values, sentence):
    assert presenters.standing(plan(**values)) == sentence


def test_tasks_are_grouped_by_the_quarter_printed_or_else_the_one_they_fall_due_in():
    printed = row(quarter=1, due=dt.date(2026, 6, 30))
    second, fourth = row(due=dt.date(2026, 4, 1)), row(due=dt.date(2026, 12, 31))
    ongoing = row(due=dt.date(2026, 12, 31), is_ongoing=True)
    next_year, undated = row(due=dt.date(2027, 1, 31)), row()
    tasks = (fourth, ongoing, printed, second, next_year, undated)

    groups = presenters.quarters(plan(*tasks), TODAY)

    assert [(group.name, [shown.task for shown in group.rows]) for group in groups] == [
        ("Quý I", [printed]),
        ("Quý II", [second]),
        ("Quý IV", [fourth]),
        ("Không theo quý", [ongoing, next_year, undated]),
    ]


@pytest.mark.parametrize(
    ("start", "due", "state", "note"),
    [
        (None, "2026-05-14", TaskState.OVERDUE, "quá 1 ngày"),
        ("2026-01-01", "2026-04-15", TaskState.OVERDUE, "quá 30 ngày"),
        ("2026-01-01", "2026-04-14", "past", ""),
        (None, "2026-05-15", "due_today", ""),
        ("2026-05-15", "2026-05-15", "due_today", ""),
        (None, "2026-05-16", TaskState.NOT_DUE, "còn 1 ngày"),
        ("2026-04-01", "2026-05-22", TaskState.IN_PROGRESS, "còn 7 ngày"),
        (None, "2026-05-23", TaskState.NOT_DUE, ""),
        ("2026-06-01", "2026-06-30", TaskState.NOT_DUE, ""),
        ("2026-05-01", None, TaskState.IN_PROGRESS, ""),
        ("2026-06-01", None, TaskState.NOT_DUE, ""),
        (None, None, TaskState.UNDATED, ""),
    ],
)
def test_a_task_says_how_many_days_where_that_matters(start, due, state, note):
    task = row(start=start and dt.date.fromisoformat(start), due=due and dt.date.fromisoformat(due))

    [group] = presenters.quarters(plan(task), TODAY)

    assert [(shown.state, shown.note) for shown in group.rows] == [(state, note)]


def test_in_a_past_years_plan_nothing_waits():
    late = row(due=dt.date(2025, 3, 31))
    assert late.state_on(TODAY) == TaskState.OVERDUE

    groups = presenters.quarters(plan(late, year=2025), TODAY)

    assert [(shown.state, shown.note) for shown in groups[0].rows] == [("", "")]


def test_a_plan_without_tasks_has_no_quarters():
    groups: list[Quarter] = presenters.quarters(plan(), TODAY)

    assert groups == []


def test_lines_of_a_section_are_indented_by_their_depth():
    body = "1. Mục đích\n1.1. Chung\na) Một\n- Hai\n+ Ba\nĐoạn văn\n(Có Phụ lục kèm theo)\n[Bảng nhiệm vụ]"

    shown = presenters.lines(Section(body=body))

    assert shown == [
        ShownLine("1.", "Mục đích", 0, is_table=False),
        ShownLine("1.1.", "Chung", 1, is_table=False),
        ShownLine("a)", "Một", 3, is_table=False),
        ShownLine("-", "Hai", 3, is_table=False),
        ShownLine("+", "Ba", 3, is_table=False),
        ShownLine("", "Đoạn văn", 0, is_table=False),
        ShownLine("", "(Có Phụ lục kèm theo)", 0, is_table=False),
        ShownLine("", "", 0, is_table=True),
    ]
