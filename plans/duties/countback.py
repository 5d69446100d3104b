"""Lùi lịch: from a duty's day back to the days of the steps that lead to it. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from reminders.workdays import WorkDays

MOST_DAYS = 365
"""Calendar days before a duty at which a step may stand at most."""


class Step(NamedTuple):
    days: int
    """Calendar days before the duty's day."""
    what: str


class Milestone(NamedTuple):
    days: int
    what: str
    day: dt.date


def milestones(due: dt.date, steps: Iterable[Step], workdays: WorkDays) -> list[Milestone]:
    """In the order of the steps. A day that is already past stays what it is: whether it still helps, people say.

    >>> milestones(dt.date(2026, 12, 10), [Step(25, "Họp Hội đồng")], WorkDays())  # 15 November is a Sunday
    [Milestone(days=25, what='Họp Hội đồng', day=datetime.date(2026, 11, 13))]
    """
    return [Milestone(days, what, day_before(due, days, workdays)) for days, what in steps]


def day_before(due: dt.date, days: int, workdays: WorkDays) -> dt.date:
    """So many calendar days earlier, or the last working day before that."""
    return workdays.not_after(due - dt.timedelta(days=days))


def days_between(day: dt.date, due: dt.date) -> int | None:
    """The ``days`` of a step that somebody put on ``day``; None where it comes after the duty."""
    days = (due - day).days
    return days if days >= 0 else None


def is_astray(day: dt.date, due: dt.date, days: int | None, workdays: WorkDays) -> bool:
    """Whether a step of so many days before would stand on another day now that the duty's is ``due``.

    A day that somebody typed is no stray one though nobody works then.
    """
    return days is not None and day not in (due - dt.timedelta(days=days), day_before(due, days, workdays))
