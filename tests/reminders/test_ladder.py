"""On which days a deadline is told. Each rule is held against every deadline around, on any calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reminders.ladder import DEFAULT, FARTHEST, Rungs, rung_on, told_on
from reminders.workdays import WorkDays

COUNTRY = WorkDays()
ONE = dt.timedelta(days=1)
FEW = 250
"""Days around today at which deadlines are tried: two Tết, a summer, sixty working days and more."""

DAYS = st.dates(dt.date(2025, 12, 1), dt.date(2027, 3, 31))
OWN = st.dictionaries(DAYS, st.booleans(), max_size=80)
RUNGS = st.builds(
    Rungs,
    before=st.lists(st.integers(1, FARTHEST), max_size=5, unique=True).map(lambda rungs: tuple(sorted(rungs)[::-1])),
    on_the_day=st.booleans(),
    every=st.integers(0, 10),
)
A_MONTH_OFF = {dt.date(2026, 11, 1) + step * ONE: False for step in range(60)}


def day(text: str) -> dt.date:
    in_month, month, year = map(int, text.split("/"))
    return dt.date(year, month, in_month)


def days_told(due: dt.date, rungs: Rungs, days: WorkDays, *, until: dt.date) -> dict[dt.date, int]:
    """Day by day, as the sweep asks: the day → its rung."""
    first = days.before(due, FARTHEST + 5)
    found = {first + step * ONE: rung_on(due, first + step * ONE, rungs, days) for step in range((until - first).days)}
    return {one: rung for one, rung in found.items() if rung is not None}


class TestTheLadderThatNobodyChanged:
    @pytest.mark.parametrize(
        ("due", "told"),
        [
            # an ordinary Friday
            ("13/11/2026", ["04/11 7", "10/11 3", "12/11 1", "13/11 0", "17/11 -2", "19/11 -4", "23/11 -6"]),
            # a Sunday counts as the Friday before it
            ("15/11/2026", ["04/11 7", "10/11 3", "12/11 1", "13/11 0", "17/11 -2", "19/11 -4", "23/11 -6"]),
            # in Tết: told as if it were due on the last day of work
            ("18/02/2026", ["04/02 7", "10/02 3", "12/02 1", "13/02 0", "24/02 -2", "26/02 -4"]),
            # the Monday after Tết: seven days before lie in the middle of the month before the feast
            ("23/02/2026", ["05/02 7", "11/02 3", "13/02 1", "23/02 0", "25/02 -2", "27/02 -4"]),
            # 31/08 is off, 22/08 worked instead
            ("03/09/2026", ["21/08 7", "26/08 3", "28/08 1", "03/09 0", "07/09 -2", "09/09 -4"]),
        ],
    )
    def test_days_of_2026(self, due, told):
        found = days_told(day(due), DEFAULT, COUNTRY, until=day(due) + 14 * ONE)

        assert [f"{one:%d/%m} {rung}" for one, rung in found.items()][: len(told)] == told

    def test_nothing_is_told_on_a_day_off(self):
        for off in ("17/02/2026", "21/11/2026", "24/11/2026", "31/08/2026"):
            assert told_on(day(off), DEFAULT, COUNTRY) == {}


class TestWhatAUnitMayChange:
    def test_a_day_off_of_its_own_moves_the_rungs_before_it(self):
        own = WorkDays({day("12/11/2026"): False})

        assert list(days_told(day("13/11/2026"), DEFAULT, own, until=day("14/11/2026"))) == [
            day("03/11/2026"),
            day("09/11/2026"),
            day("11/11/2026"),
            day("13/11/2026"),
        ]

    def test_a_saturday_made_up_is_told_on(self):
        own = WorkDays({day("14/11/2026"): True})

        assert days_told(day("16/11/2026"), Rungs((1,)), own, until=day("17/11/2026")) == {
            day("14/11/2026"): 1,
            day("16/11/2026"): 0,
        }

    def test_neither_on_the_day_nor_after_it(self):
        rungs = Rungs((5,), on_the_day=False, every=0)

        assert days_told(day("13/11/2026"), rungs, COUNTRY, until=day("31/12/2026")) == {day("06/11/2026"): 5}

    def test_the_farthest_rung_is_told_however_many_days_off_lie_before_the_deadline(self):
        days = WorkDays(A_MONTH_OFF)
        today = day("30/10/2026")
        due = days.after(today, FARTHEST)

        assert told_on(today, Rungs((FARTHEST,)), days)[due] == FARTHEST


@given(DAYS, RUNGS, OWN)
@example(dt.date(2026, 10, 30), Rungs((FARTHEST,)), A_MONTH_OFF)
def test_asking_for_all_deadlines_at_once_is_asking_for_each(today, rungs, own):
    days = WorkDays(own)

    each = {today + step * ONE: rung_on(today + step * ONE, today, rungs, days) for step in range(-FEW, FEW)}
    at_once = told_on(today, rungs, days)

    assert {due: rung for due, rung in at_once.items() if due in each} == {
        due: rung for due, rung in each.items() if rung is not None
    }
    assert max(at_once, default=today) < today + FEW * ONE


@given(DAYS, RUNGS, OWN)
def test_each_rung_before_a_deadline_comes_exactly_once_as_days_pass(due, rungs, own):
    days = WorkDays(own)

    told = days_told(due, rungs, days, until=due + ONE)

    assert list(told.values()) == [*rungs.before, *([0] if rungs.on_the_day else [])]
    assert all(days.is_working(one) for one in told)


@given(DAYS, RUNGS, OWN)
def test_what_is_late_is_told_every_so_many_working_days(due, rungs, own):
    days = WorkDays(own)
    until = days.after(due, 30)

    told = {one: rung for one, rung in days_told(due, rungs, days, until=until + ONE).items() if one > due}

    expected = [days.after(due, count) for count in range(rungs.every, 31, rungs.every)] if rungs.every else []
    assert list(told) == expected
    assert [days.between(due, one) for one in told] == [-rung for rung in told.values()]


@given(DAYS, RUNGS, OWN)
def test_the_nearer_the_deadline_the_lower_the_rung(today, rungs, own):
    told = told_on(today, rungs, WorkDays(own))

    in_order = [told[due] for due in sorted(told)]

    assert in_order == sorted(in_order)
    assert all(rung > 0 for due, rung in told.items() if rung in rungs.before)
