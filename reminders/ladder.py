"""On which days a deadline is told: so many working days before it, on the day, then every so many. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reminders.workdays import WorkDays

FARTHEST = 60
"""Working days before a deadline at which a reminder may be set at most."""
_ONE = dt.timedelta(days=1)
_DAYS_BACK = 400
"""Calendar days after its deadline until which late work is told in ``told_on``."""


@dataclass(frozen=True, slots=True)
class Rungs:
    before: tuple[int, ...] = (7, 3, 1)
    on_the_day: bool = True
    every: int = 2
    """Working days between two reminders of what is late; 0: never."""


DEFAULT = Rungs()


def rung_on(due: dt.date, today: dt.date, rungs: Rungs, days: WorkDays) -> int | None:
    """The rung that falls on ``today``: 7, 3, 1, 0 on the day, −2, −4 … after it; None on days off.

    A deadline on a day off is told on the last working day before it as if it were that day's.
    """
    if not days.is_working(today):
        return None
    if today <= due:
        left = days.between(today, due)
        return left if left in rungs.before or (left == 0 and rungs.on_the_day) else None
    late = days.between(due, today)
    return -late if rungs.every and late and late % rungs.every == 0 else None


def told_on(today: dt.date, rungs: Rungs, days: WorkDays) -> dict[dt.date, int]:
    """``rung_on`` of every deadline that is told today: its day → its rung. For many deadlines at once."""
    if not days.is_working(today):
        return {}
    told: dict[dt.date, int] = {}
    day, left, waiting = today, 0, [today]  # days off belong to the working day before them
    while left <= max(rungs.before, default=0):
        day += _ONE
        if days.is_working(day):
            _tell(told, waiting, left, rungs)
            left, waiting = left + 1, [day]
        else:
            waiting.append(day)
    late = 1
    for step in range(1, _DAYS_BACK + 1):
        due = today - step * _ONE
        if rungs.every and late % rungs.every == 0:
            told[due] = -late
        late += days.is_working(due)
    return told


def _tell(told: dict[dt.date, int], dues: list[dt.date], left: int, rungs: Rungs) -> None:
    if left in rungs.before or (left == 0 and rungs.on_the_day):
        told.update(dict.fromkeys(dues, left))
