"""How near a deadline is, in words, and on which days it is going to be told."""

from __future__ import annotations

import datetime as dt

import pytest

from reminders.deadlines import Deadline
from reminders.ladder import DEFAULT, Rungs, rung_on
from reminders.people import Reach
from reminders.presenters import Nearness, coming_days, standing, ways_of
from reminders.workdays import WorkDays

FRIDAY = dt.date(2026, 11, 20)
UNIT = 7


def day(number: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, number)


def deadline(due: dt.date, origin: str = "") -> Deadline:
    return Deadline("tests.task", 1, UNIT, due, "Việc", origin=origin)


def words(due: dt.date, today: dt.date = FRIDAY, **own: bool) -> tuple[str, str]:
    nearness = Nearness({UNIT: WorkDays()}, today)
    return nearness.state_of(deadline(due)), nearness.note_on(deadline(due))


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (day(17), ("overdue", "quá 3 ngày")),
        (FRIDAY, ("due_today", "")),
        (day(22), ("not_due", "hạn vào ngày nghỉ, cần xong hôm nay")),  # Sunday
        (day(23), ("not_due", "còn 1 ngày làm việc")),
        (day(20, 12), ("not_due", "còn 19 ngày làm việc")),  # 24 November is a holiday
        (day(21, 12), ("not_due", "")),
    ],
)
def test_nearness_in_working_days_lateness_in_days(due, said):
    assert words(due) == said


def test_on_a_day_off_no_working_day_may_be_left():
    assert words(day(22), today=day(21)) == ("not_due", "hết ngày làm việc")


def test_the_units_own_days_count():
    nearness = Nearness({UNIT: WorkDays({day(23): False})}, FRIDAY)

    assert nearness.note_on(deadline(day(25))) == "còn 1 ngày làm việc"


@pytest.mark.parametrize(
    ("due", "origin", "said"),
    [
        (FRIDAY, "", "Hạn thứ Sáu 20/11/2026 (hôm nay)."),
        (day(17), "theo Công văn số 3", "Hạn thứ Ba 17/11/2026 (quá 3 ngày). Theo Công văn số 3."),
        (day(31, 12), "Kế hoạch năm", "Hạn thứ Năm 31/12/2026. Kế hoạch năm."),
    ],
)
def test_the_first_sentence_of_the_page(due, origin, said):
    assert standing(deadline(due, origin), Nearness({UNIT: WorkDays()}, FRIDAY)) == said


def told(due: dt.date, first: dt.date = FRIDAY, rungs: Rungs = DEFAULT) -> list[tuple[dt.date, str]]:
    return [(one.day, one.rung) for one in coming_days(due, first, rungs, WorkDays())]


def test_the_days_up_to_a_deadline_and_the_first_after_it():
    assert told(day(4, 12)) == [
        (day(25), "trước 7 ngày làm việc"),
        (day(1, 12), "trước 3 ngày làm việc"),
        (day(3, 12), "trước 1 ngày làm việc"),
        (day(4, 12), "đúng hạn"),
        (day(8, 12), "quá 2 ngày làm việc"),
        (day(10, 12), "quá 4 ngày làm việc"),
    ]


def test_what_lies_before_the_first_day_is_not_said():
    assert told(day(4, 12), first=day(3, 12))[0] == (day(3, 12), "trước 1 ngày làm việc")


def test_of_what_is_late_the_next_ones_are_said():
    assert told(day(10)) == [(FRIDAY, "quá 8 ngày làm việc"), (day(25), "quá 10 ngày làm việc")]
    assert told(day(10), first=day(21)) == [(day(25), "quá 10 ngày làm việc"), (day(27), "quá 12 ngày làm việc")]


def test_where_late_work_is_never_told_no_day_is_left():
    assert told(day(10), rungs=Rungs(every=0)) == []


@pytest.mark.parametrize("due", [day(4, 12), day(22), day(10), dt.date(2027, 2, 10)])
@pytest.mark.parametrize("rungs", [DEFAULT, Rungs((10, 2), on_the_day=False, every=3)], ids=str)
def test_the_days_are_those_of_the_ladder(due, rungs):
    days = WorkDays()
    said = coming_days(due, FRIDAY, rungs, days)
    last = max(one.day for one in said)
    every_day = [FRIDAY + dt.timedelta(days=step) for step in range((last - FRIDAY).days + 1)]

    assert [one.day for one in said] == [one for one in every_day if rung_on(due, one, rungs, days) is not None]


def test_by_which_ways_somebody_is_told():
    both = Reach(UNIT, True, "an@vidu.example")

    assert ways_of(both, sees_address=True) == "trong chương trình và qua thư đến an@vidu.example"
    assert ways_of(both, sees_address=False) == "trong chương trình và qua thư điện tử"
    assert ways_of(Reach(UNIT, False, ""), sees_address=True) == ""
