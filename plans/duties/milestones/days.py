"""Days as people say them: the weekday, and why nobody works then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reminders.models import DayOff
from reminders.workdays import WorkDays, public_days

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """A unit's working days with the names of those on which it does not work."""

    workdays: WorkDays
    own: Mapping[dt.date, str]
    """Of the unit's own days off."""

    def why_off(self, day: dt.date) -> str:
        """«Tết Nguyên Đán»; empty on working days and on weekends that are nothing else."""
        if self.workdays.is_working(day):
            return ""
        return self.own.get(day) or next((one.name for one in public_days(day.year) if one.day == day), "")

    def off_between(self, first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, str]]:
        """Days without work, each with ``why_off``."""
        day = first
        while day <= last:
            if not self.workdays.is_working(day):
                yield day, self.why_off(day)
            day += _ONE


def days_for(unit_id: int) -> Days:
    rows = list(DayOff.objects.filter(unit=unit_id).values_list("day", "is_working", "name"))
    return Days(
        WorkDays({day: is_working for day, is_working, _ in rows}),
        {day: name for day, is_working, name in rows if not is_working},
    )


def spoken(day: dt.date) -> str:
    """«thứ Sáu 13/11/2026»"""
    return f"{weekday(day)} {day:%d/%m/%Y}"


def weekday(day: dt.date) -> str:
    return _WEEKDAYS[day.weekday()]
