"""Days on which people work: the country's (``holidays``, made-up days included), changed by a unit's own. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import holidays

_ONE = dt.timedelta(days=1)
_COUNTRY = holidays.country_holidays("VN")
"""Fills in years as they are asked for."""


@cache
def _works(day: dt.date) -> bool:
    return _COUNTRY.is_working_day(day)


@dataclass(frozen=True, slots=True)
class WorkDays:
    """``own``: day → whether the unit works then, where that differs from the country."""

    own: Mapping[dt.date, bool] = field(default_factory=dict)

    def is_working(self, day: dt.date) -> bool:
        works = self.own.get(day)
        return _works(day) if works is None else works

    def not_after(self, day: dt.date) -> dt.date:
        """The day itself, or the last one before it on which people work."""
        while not self.is_working(day):
            day -= _ONE
        return day

    def after(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th working day after that day."""
        while count > 0:
            day += _ONE
            count -= self.is_working(day)
        return day

    def before(self, day: dt.date, count: int) -> dt.date:
        """The ``count``-th working day before that day."""
        while count > 0:
            day -= _ONE
            count -= self.is_working(day)
        return day

    def between(self, first: dt.date, last: dt.date) -> int:
        """Working days after ``first`` up to ``last``, which counts."""
        count, day = 0, first
        while day < last:
            day += _ONE
            count += self.is_working(day)
        return count

    def late(self, due: dt.date, day: dt.date) -> int:
        """Working days by which ``day`` is after the deadline; 0 where it is not."""
        return self.between(due, day)
