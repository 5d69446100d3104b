"""Days: in words, in figures, and days that return with every month or quarter."""

from __future__ import annotations

from dataclasses import replace

from documents.times.errors import ImpossibleTime
from documents.times.marks import Cycle, Scan
from documents.times.pieces import Day, DayOfQuarter, Month, Quarter
from documents.times.rules.figures import (
    LUNAR,
    NEXT_ONE,
    REPEATED,
    Marks,
    checked_day,
    figure,
    month_figure,
    year_beside,
)
from documents.times.rules.months import quarter
from documents.times.spans import check_month, check_quarter
from documents.times.text import Cursor

_MONTHS = 12
_DIGITS_OF_YEAR = 4


def day(cursor: Cursor, scan: Scan) -> Marks:
    """``ngày 15 tháng 12``, ``15 tháng 12``, ``ngày mười lăm``, ``mùng 5 tháng 3``, ``các ngày 5, 15 và 25``."""
    cursor.take("các")
    named = cursor.take("ngày")
    named = cursor.take("mùng") or named
    if named:
        figures = numeric_date(cursor, scan) or _short_date(cursor)
        if figures is not None:
            return figures
    number = figure(cursor) if named else cursor.take_number(2)
    if number is None:
        return None
    for rule in (_in_quarter, _in_named_month, _in_every_month):
        place = cursor.at
        found = rule(cursor, scan, number, named)
        if found is not None:
            return found
        cursor.at = place
    return Day(day=checked_day(number)) if named else None


def _in_quarter(cursor: Cursor, scan: Scan, number: int, named: bool) -> Marks:
    """``(ngày 20) tháng cuối quý II``, ``của tháng đầu mỗi quý``."""
    cursor.take("của")
    index = _month_of_quarter(cursor)
    if index is None:
        return None
    cursor.take("của")
    repeated = cursor.take_phrase(REPEATED) is not None
    found = DayOfQuarter(day=checked_day(number), month_index=index)
    place = cursor.at
    whole = quarter(cursor, scan)
    if isinstance(whole, Quarter):
        return replace(found, number=whole.number, year=whole.year)
    cursor.at = place
    if not cursor.take("quý"):
        return None
    following = cursor.take_phrase(NEXT_ONE) is not None
    return [found, Cycle("quý")] if repeated or following or not scan.context.quarter else found


def _month_of_quarter(cursor: Cursor) -> int | None:
    """``tháng đầu``, ``tháng thứ hai``, ``tháng cuối cùng``: 0, 1 or 2."""
    if not cursor.take("tháng"):
        return None
    cursor.take("thứ")
    index = {"đầu": 0, "giữa": 1, "cuối": 2}.get(cursor.peek().text)
    if index is None:
        number = figure(cursor)
        return number - 1 if number in (1, 2, 3) else None
    cursor.at += 1
    cursor.take("tiên", "cùng")
    return index


def _in_named_month(cursor: Cursor, scan: Scan, number: int, named: bool) -> Marks:
    """``(ngày 15) tháng 12 năm 2025``, ``các tháng 3, 6, 9``, ``tháng Chạp``."""
    cursor.take("của", "," if named else "của")
    cursor.take("các")
    if not cursor.take("tháng"):
        return None
    found = month_figure(cursor, of_day=named)
    if found is None:
        return None
    month, lunar = found
    check_month(month)
    year = year_beside(cursor, scan)
    if cursor.peek().text == "/" and cursor.peek(1).is_number:
        return None
    piece = Day(day=checked_day(number), month=month, year=year, lunar=lunar, month_in_words=True)
    return replace(piece, lunar=True) if cursor.take_phrase(LUNAR) else piece


def _in_every_month(cursor: Cursor, scan: Scan, number: int, named: bool) -> Marks:
    """``(ngày 25) của tháng``, ``tháng sau``: the month of the report, whichever it is."""
    belongs = cursor.take("của", "trong")
    if not named or not cursor.take("tháng"):
        return None
    following = cursor.take_phrase(NEXT_ONE) is not None
    return [Day(day=checked_day(number)), Cycle("tháng")] if belongs or following else None


def numeric_date(cursor: Cursor, scan: Scan) -> Marks:
    """``15/12/2025``, ``15-12-2025``, ``15 - 12 - 2025``, ``15.12.25``, ``2025-12-15``, ``15/12``, ``12/2025``."""
    for rule in (_three_figures, _spaced_figures, _two_figures):
        place = cursor.at
        found = rule(cursor, scan)
        if found is not None:
            return found
        cursor.at = place
    return None


def _three_figures(cursor: Cursor, scan: Scan) -> Day | None:
    first = cursor.take_number()
    mark = cursor.peek().text
    second = cursor.take_number(2) if first is not None and _separator(cursor, mark) else None
    if first is None or second is None or not _separator(cursor, mark):
        return None
    digits = len(cursor.peek().text)
    third = cursor.take_number()
    if third is None or (cursor.peek().text == "/" and cursor.peek(1).is_number):
        return None
    if first > 999:
        return _date(cursor, third, second, first)
    if digits == 3:
        raise ImpossibleTime(f"Năm {third} không hợp lý.")
    return _date(cursor, first, second, third if digits == 4 else 2000 + third)


def _spaced_figures(cursor: Cursor, scan: Scan) -> Day | None:
    """``15 - 12 - 2025``: with spaces, a dash or full stop makes a date only where a month and a whole year follow."""
    first = cursor.take_number(2)
    mark = cursor.peek().text
    second = cursor.take_number(2) if first is not None and mark in "-." and cursor.take(mark) else None
    if first is None or second is None or not 1 <= second <= _MONTHS or not cursor.take(mark):
        return None
    whole = len(cursor.peek().text) == _DIGITS_OF_YEAR
    third = cursor.take_number() if whole else None
    if third is None or (cursor.peek().text in ("/", "-") and cursor.peek(1).is_number):
        return None
    return _date(cursor, first, second, third)


def _separator(cursor: Cursor, mark: str) -> bool:
    """A stroke may stand between spaces; a dash or a full stop may not, they divide other things too."""
    return cursor.take("/") if mark == "/" else mark in "-." and cursor.take_glued(mark) == mark


def _two_figures(cursor: Cursor, scan: Scan) -> Day | Month | Quarter | None:
    """What a stroke divides depends on what stands to the left: ``tháng 11, 12/25`` but ``ngày 11, 12/5``."""
    first = cursor.take_number(2)
    if first is None or not cursor.take("/"):
        return None
    digits = len(cursor.peek().text)
    second = cursor.take_number()
    if second is None or digits == 3 or (cursor.peek().text == "/" and cursor.peek(1).is_number):
        return None
    left = scan.left
    if digits < 4 and not (second > 12 and isinstance(left, Month | Quarter)):
        found = _date(cursor, first, second, None)
        return replace(found, year=year_beside(cursor, scan, after_figures=True)) if found else None
    year = second if digits == 4 else 2000 + second
    if isinstance(left, Quarter):
        check_quarter(first)
        return Quarter(number=first, year=year)
    check_month(first)
    return Month(number=first, year=year)


def _short_date(cursor: Cursor) -> Day | None:
    """``15-12``, ``15.12`` and ``15-12/2025`` after the word ngày; ``ngày 15-16/12`` are two days."""
    place = cursor.at
    first = cursor.take_number(2)
    second = cursor.take_number(2) if first is not None and cursor.take_glued("-", ".") else None
    if first is not None and second is not None and 1 <= second <= 12:
        follows = cursor.peek().text
        if follows == "/" and (cursor.peek(1).number or 0) > 999:
            cursor.at += 1
            return _date(cursor, first, second, cursor.take_number())
        goes_on = follows in ("/", "-", ".") and cursor.peek(1).is_number
        if not goes_on and follows not in ("/", "tháng", "hằng", "mỗi"):
            return _date(cursor, first, second, None)
    cursor.at = place
    return None


def _date(cursor: Cursor, day: int, month: int, year: int | None) -> Day:
    check_month(month)
    return Day(day=checked_day(day), month=month, year=year, lunar=cursor.take_phrase(LUNAR) is not None)
