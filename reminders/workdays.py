"""Days on which people work: the country's (``holidays``, made-up days included), changed by a unit's own. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import holidays

_ONE = dt.timedelta(days=1)
_SWAPPED = {dt.date(2026, 1, 2): dt.date(2026, 1, 10)}
"""Off → worked instead, where the package does not have it: so the Government decided on 25/12/2025."""
_MADE_UP = {made_up: off for off, made_up in _SWAPPED.items()}


@cache
def _country(year: int) -> holidays.HolidayBase:
    """Filled before anybody sees it, with the years whose days are swapped into this one: threads share it."""
    return holidays.country_holidays("VN", years=(year - 1, year, year + 1), expand=False, language="vi")


@cache
def _works(day: dt.date) -> bool:
    return day in _MADE_UP or (day not in _SWAPPED and _country(day.year).is_working_day(day))


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A day on which the whole country is off, or works though it is a weekend."""

    day: dt.date
    name: str
    is_working: bool = False


@cache
def public_days(year: int) -> tuple[PublicDay, ...]:
    """Of that year, as they are known so far: swaps are published for one year after the other."""
    country = _country(year)
    off = dict(country.items()) | {
        day: f"Ngày nghỉ (thay cho ngày {made_up:%d/%m/%Y})" for day, made_up in _SWAPPED.items()
    }
    made_up = {day: swapped for day in country.weekend_workdays for swapped in _swapped_for(day, off)} | _MADE_UP
    days = [PublicDay(day, name) for day, name in off.items()]
    days += [
        PublicDay(day, f"Làm bù cho ngày {swapped:%d/%m/%Y}", is_working=True) for day, swapped in made_up.items()
    ]
    return tuple(sorted((one for one in days if one.day.year == year), key=lambda one: one.day))


def _swapped_for(made_up: dt.date, off: Mapping[dt.date, str]) -> list[dt.date]:
    """The package says it only in the name of the day off: «Ngày nghỉ (thay cho ngày 22/08/2026)»."""
    return [day for day, name in off.items() if f"{made_up:%d/%m/%Y}" in name]


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
