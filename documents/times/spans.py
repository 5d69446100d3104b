"""Stretches of the calendar: whole months, quarters and years, and parts of them."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

import holidays

from documents.times.errors import ImpossibleTime

ONE_DAY = timedelta(days=1)
MONTHS_OF_QUARTER = 3
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Both days count."""

    start: date
    end: date

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """They share a day."""
        return self.start <= other.end and other.start <= self.end


class Cut(Enum):
    """How a stretch is divided when only a part of it is named."""

    THIRD = auto()  # đầu, giữa, cuối; thượng, trung, hạ tuần
    HALF = auto()
    WEEK = auto()
    DAY = auto()  # its first or last day


@dataclass(frozen=True, slots=True)
class Portion:
    cut: Cut
    index: int
    """From 0; -1 is the last."""


def day_of(year: int, month: int, day: int) -> date:
    """The day, or ``ImpossibleTime``: 31 April, 29 February of a common year, month 13."""
    check_month(month)
    check_year(year)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ImpossibleTime(f"Ngày {day:02d}/{month:02d}/{year} không có trên lịch.")
    return date(year, month, day)


def check_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise ImpossibleTime(f"Không có tháng {month}: một năm chỉ có 12 tháng.")


def check_quarter(quarter: int) -> None:
    if not 1 <= quarter <= 4:
        raise ImpossibleTime(f"Không có quý {quarter}: một năm chỉ có bốn quý.")


def check_year(year: int) -> None:
    """Years a paper can mean; others are slips of the key, as 205 and 20255."""
    if not 1900 <= year <= 2199:
        raise ImpossibleTime(f"Năm {year} không hợp lý.")


def months_span(year: int, first: int, last: int) -> Span:
    return Span(day_of(year, first, 1), day_of(year, last, calendar.monthrange(year, last)[1]))


def month_span(year: int, month: int) -> Span:
    check_month(month)
    check_year(year)
    return months_span(year, month, month)


def quarter_span(year: int, quarter: int) -> Span:
    check_quarter(quarter)
    check_year(year)
    last = quarter * MONTHS_OF_QUARTER
    return months_span(year, last - 2, last)


def year_span(year: int) -> Span:
    check_year(year)
    return months_span(year, 1, 12)


def part_of_month(span: Span, portion: Portion) -> Span:
    """``đầu tháng``: 1 to 10, ``giữa tháng``: 11 to 20, ``cuối tháng``: the rest, as with thượng, trung, hạ tuần."""
    first = span.start
    if portion.cut is Cut.THIRD:
        bounds = ((1, 10), (11, 20), (21, span.end.day))
        return Span(*(first.replace(day=day) for day in bounds[portion.index]))
    if portion.cut is Cut.HALF:
        return Span(first, first.replace(day=15)) if portion.index == 0 else Span(first.replace(day=16), span.end)
    return _week_or_day(span, portion)


def part_of_quarter(span: Span, portion: Portion) -> Span:
    """``đầu``, ``giữa``, ``cuối quý``: its first, second, third month."""
    first_month = span.start.month
    if portion.cut is Cut.THIRD:
        return month_span(span.start.year, first_month + range(3)[portion.index])
    if portion.cut is Cut.HALF:
        middle = span.start.replace(month=first_month + 1, day=15)
        return Span(span.start, middle) if portion.index == 0 else Span(middle + ONE_DAY, span.end)
    return _week_or_day(span, portion)


def part_of_year(span: Span, portion: Portion) -> Span:
    """``đầu năm``: the first quarter, ``giữa năm``: June and July, ``cuối năm``: the last quarter."""
    year = span.start.year
    if portion.cut is Cut.THIRD:
        return months_span(year, *((1, 3), (6, 7), (10, 12))[portion.index])
    if portion.cut is Cut.HALF:
        return months_span(year, *((1, 6), (7, 12))[portion.index])
    return _week_or_day(span, portion)


def _week_or_day(span: Span, portion: Portion) -> Span:
    """``tuần thứ hai của tháng``: days 8 to 14; the last week is the last seven days.

    Papers do not say on which weekday their weeks begin, so weeks are counted in sevens from the first day.
    """
    length = DAYS_OF_WEEK if portion.cut is Cut.WEEK else 1
    if portion.index < 0:
        return Span(span.end - (length - 1) * ONE_DAY, span.end)
    start = span.start + portion.index * length * ONE_DAY
    if start > span.end:
        raise ImpossibleTime(f"Không có tuần thứ {portion.index + 1} từ {span.start:%d/%m} đến {span.end:%d/%m/%Y}.")
    return Span(start, min(start + (length - 1) * ONE_DAY, span.end))


_HOLIDAYS = holidays.country_holidays("VN")


def is_holiday(day: date) -> bool:
    return day in _HOLIDAYS


def working_days_from(day: date, count: int) -> date:
    """So many working days after ``day`` (before it, if negative); ``day`` itself is not counted."""
    return _HOLIDAYS.get_nth_working_day(day, count)


def months_from(day: date, count: int) -> date:
    """The same day so many months on, or the month's last where it has no such day (Civil Code 2015, Article 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    check_year(year)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
