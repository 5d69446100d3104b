"""Days counted back from a duty's day, moved off days on which nobody works. No database."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.duties.countback import MOST_DAYS, Milestone, Step, day_before, days_between, is_astray, milestones
from reminders.workdays import WorkDays

DUE = dt.date(2026, 12, 10)
STEPS = [Step(30, "Yêu cầu"), Step(25, "Nhắc"), Step(12, "Hiệp y"), Step(5, "Trình ký"), Step(0, "Gửi")]

days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
steps = st.lists(st.builds(Step, st.integers(0, MOST_DAYS), st.sampled_from(["Yêu cầu", "Nhắc", "Họp"])), max_size=12)
own_days = st.dictionaries(st.dates(dt.date(2019, 1, 1), dt.date(2040, 12, 31)), st.booleans(), max_size=30)


def test_a_petition_of_december_is_counted_back_to_its_days():
    assert milestones(DUE, STEPS, WorkDays()) == [
        Milestone(30, "Yêu cầu", dt.date(2026, 11, 10)),
        Milestone(25, "Nhắc", dt.date(2026, 11, 13)),  # from Sunday the 15th
        Milestone(12, "Hiệp y", dt.date(2026, 11, 27)),  # from Saturday the 28th
        Milestone(5, "Trình ký", dt.date(2026, 12, 4)),  # from Saturday the 5th
        Milestone(0, "Gửi", DUE),
    ]


def test_no_step_stands_in_tet():
    assert day_before(dt.date(2027, 2, 22), 12, WorkDays()) == dt.date(2027, 2, 3)


def test_the_units_own_days_off_and_made_up_days_count():
    own = WorkDays({dt.date(2026, 11, 10): False, dt.date(2026, 11, 28): True})

    assert [one.day for one in milestones(DUE, STEPS[::2], own)] == [
        dt.date(2026, 11, 9),
        dt.date(2026, 11, 28),
        DUE,
    ]


def test_two_steps_may_fall_on_one_day_and_past_days_stay():
    long_ago = dt.date(2020, 3, 2)  # a Monday

    found = milestones(long_ago, [Step(2, "Trình"), Step(1, "Gửi")], WorkDays())

    assert [one.day for one in found] == [dt.date(2020, 2, 28)] * 2


@given(days, steps, own_days)
def test_each_step_keeps_its_place_and_falls_on_the_last_working_day_before(due, steps, own):
    workdays = WorkDays(own)

    found = milestones(due, steps, workdays)

    assert [(one.days, one.what) for one in found] == list(steps)
    for one in found:
        target = due - dt.timedelta(days=one.days)
        assert workdays.is_working(one.day)
        assert one.day <= target
        between = (target - one.day).days
        assert not any(workdays.is_working(target - dt.timedelta(days=back)) for back in range(between))


@given(days, st.integers(0, MOST_DAYS), st.integers(0, MOST_DAYS), own_days)
def test_a_step_farther_away_never_comes_later(due, one, other, own):
    far, near = max(one, other), min(one, other)

    assert day_before(due, far, WorkDays(own)) <= day_before(due, near, WorkDays(own))


@given(days, st.integers(0, MOST_DAYS), own_days)
def test_what_was_just_counted_is_not_astray_nor_what_was_typed(due, count, own):
    workdays = WorkDays(own)
    typed = due - dt.timedelta(days=count)

    assert not is_astray(day_before(due, count, workdays), due, count, workdays)
    assert not is_astray(typed, due, days_between(typed, due), workdays)


@pytest.mark.parametrize(
    ("due", "days", "astray"),
    [(DUE, 30, False), (dt.date(2026, 12, 17), 30, True), (dt.date(2026, 12, 17), 37, False), (DUE, None, False)],
)
def test_a_step_is_astray_when_the_duty_has_moved_and_it_has_not(due, days, astray):
    assert is_astray(dt.date(2026, 11, 10), due, days, WorkDays()) is astray


def test_a_day_after_the_duty_is_no_step_before_it():
    assert days_between(DUE + dt.timedelta(days=1), DUE) is None
    assert days_between(DUE, DUE) == 0
