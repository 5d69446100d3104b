"""The days of duties that come back. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from documents.times import read_time
from plans.models import Duty

_YEAR = 12
_MONTHS = {
    Duty.Recurrence.YEAR.value: _YEAR,
    Duty.Recurrence.HALF.value: 6,
    Duty.Recurrence.QUARTER.value: 3,
    Duty.Recurrence.MONTH.value: 1,
}


def following_day(due: dt.date, recurrence: str) -> dt.date | None:
    """One step later; the last day of a month stays the last. None for what is done once.

    >>> following_day(dt.date(2026, 6, 30), "half")
    datetime.date(2026, 12, 31)
    """
    months = _MONTHS.get(recurrence)
    return _later(due, months) if months and due.year < dt.MAXYEAR else None


def of_year(words: str, old: dt.date, new: dt.date) -> str:
    """Words about the day ``old`` with the year of ``new``.

    >>> of_year("trước ngày 10/7/2026", dt.date(2026, 7, 9), dt.date(2027, 7, 9))
    'trước ngày 10/7/2027'
    """
    return re.sub(rf"\b{old.year}\b", str(new.year), words)


def coming_days(time_text: str, recurrence: str, today: dt.date) -> list[dt.date]:
    """For each day that the words of a recurring duty name: when it comes next, ``today`` included.

    Empty where the words name no day that can be read.
    """
    months = _MONTHS[recurrence]
    reading = read_time(time_text, today.year)
    if reading.due is None and months == 1:
        reading = read_time(f"{time_text} hằng tháng", today.year)  # «trước ngày 25», said before
    if months == _YEAR or len(reading.dates) > 1:
        days = [*reading.dates, *read_time(time_text, today.year + 1).dates]
        return sorted(day for day in days if day >= today)[: len(reading.dates)]
    if reading.start and "BYMONTHDAY" in reading.recurrence:
        return [_from(reading.start, months, today)]
    return [_end_of_period(today, months)] if reading.due else []


def _from(day: dt.date, months: int, today: dt.date) -> dt.date:
    steps = 0
    while (found := _later(day, months * steps)) < today:
        steps += 1
    return found


def _end_of_period(today: dt.date, months: int) -> dt.date:
    """«định kỳ hằng quý» without a day: the last day of the present quarter."""
    month = (today.month + months - 1) // months * months
    return dt.date(today.year, month, calendar.monthrange(today.year, month)[1])


def _later(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    is_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if is_last else min(day.day, last))
