"""Quarters of a plan and what is looked over at the end of each. Pure.

They are counted from the first of the plan's year: 1 to 4, and on into the years after it, for plans of a
school year or a stage.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from documents.dates import ROMAN

_ENDS = {3: 31, 6: 30, 9: 30, 12: 31}
"""Month → day on which a quarter ends."""


class Timed(Protocol):
    """A task's times, of a row or of its values."""

    is_ongoing: bool
    quarter: int | None
    start: dt.date | None
    due: dt.date | None
    planned_for: dt.date | None


def quarter_of(day: dt.date, year: int) -> int:
    """0 and less: before the plan's year."""
    return (day.year - year) * 4 + (day.month + 2) // 3


def last_day(quarter: int, year: int) -> dt.date:
    years, month = year + (quarter - 1) // 4, ((quarter - 1) % 4 + 1) * 3
    return dt.date(years, month, _ENDS[month])


def words(quarter: int, year: int) -> str:
    """«quý IV/2026»"""
    return f"quý {ROMAN[(quarter - 1) % 4 + 1]}/{year + (quarter - 1) // 4}"


def check_lists(task: Timed, year: int) -> range:
    """The quarters at whose end the task is looked over; none where it has a day of its own.

    An ongoing task is on the list of each quarter for which it has a line to write, which are those of the
    plan's year. Another one where its paper names quarters and nothing else, and nobody has a day in mind: on
    that of the last one.
    """
    if task.is_ongoing:
        first = quarter_of(task.start, year) if task.start else 1
        last = quarter_of(task.due, year) if task.due else 4
        return range(max(first, 1), min(last, 4) + 1)
    if task.planned_for:
        return range(0)
    last = _whole_quarters(task, year)
    return range(last, last + 1) if last > 0 else range(0)


def _whole_quarters(task: Timed, year: int) -> int:
    """The last of the quarters that the task's time is; 0 where it is something else, or none at all."""
    if task.due is None:
        return task.quarter or 0
    is_whole = task.start is not None and task.start.day == 1 and task.start.month % 3 == 1
    return quarter_of(task.due, year) if is_whole and _ENDS.get(task.due.month) == task.due.day else 0
