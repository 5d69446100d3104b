"""Months and quarters, several months together, and the parts that are cut out of them."""

from __future__ import annotations

from dataclasses import replace

from documents.times.errors import ImpossibleTime
from documents.times.marks import Cycle, Mark, Scan, Sign, Unread
from documents.times.pieces import Month, Months, Piece, Quarter, SchoolYear, Year
from documents.times.rules import years
from documents.times.rules.figures import (
    LUNAR,
    NEXT_ONE,
    REPEATED,
    Marks,
    figure,
    month_figure,
    quarter_figure,
    year_beside,
)
from documents.times.spans import Cut, Portion, check_month, check_quarter
from documents.times.text import Cursor, Phrases

_PORTIONS = Phrases(
    {
        "đầu": Portion(Cut.THIRD, 0),
        "những ngày đầu": Portion(Cut.THIRD, 0),
        "thượng tuần": Portion(Cut.THIRD, 0),
        "giữa": Portion(Cut.THIRD, 1),
        "trung tuần": Portion(Cut.THIRD, 1),
        "cuối": Portion(Cut.THIRD, -1),
        "những ngày cuối": Portion(Cut.THIRD, -1),
        "hạ tuần": Portion(Cut.THIRD, -1),
        "nửa đầu": Portion(Cut.HALF, 0),
        "nửa cuối": Portion(Cut.HALF, -1),
        "nửa sau": Portion(Cut.HALF, -1),
        "tuần đầu": Portion(Cut.WEEK, 0),
        "tuần đầu tiên": Portion(Cut.WEEK, 0),
        "tuần cuối": Portion(Cut.WEEK, -1),
        "tuần cuối cùng": Portion(Cut.WEEK, -1),
        "ngày đầu": Portion(Cut.DAY, 0),
        "ngày đầu tiên": Portion(Cut.DAY, 0),
        "ngày cuối": Portion(Cut.DAY, -1),
        "ngày cuối cùng": Portion(Cut.DAY, -1),
    }
)
_WEEK_JOINTS = {"-": Sign.DASH, "đến": Sign.DASH, ",": Sign.AND, "và": Sign.AND}
_LAST_WEEK = 5


def month(cursor: Cursor, scan: Scan) -> Marks:
    """``tháng 3/2026``, ``tháng ba năm 2026``, ``T3/2026``, ``tháng Chạp``, ``tháng 11-12-2025``."""
    if cursor.take("tháng"):
        cursor.take(".")
    elif not (cursor.take("t") and (cursor.take(".") or cursor.peek().glued) and cursor.peek().is_number):
        return None
    found = month_figure(cursor)
    if found is None:
        return None
    number, lunar = found
    check_month(number)
    several = _dashed_months(cursor, number)
    if several:
        return several
    piece = Month(number=number, year=year_beside(cursor, scan), lunar=lunar)
    if cursor.peek().text == "/" and cursor.peek(1).is_number:
        return None  # "tháng 3/4" says neither a year nor a second month
    return replace(piece, lunar=True, lunar_said=True) if cursor.take_phrase(LUNAR) else piece


def _dashed_months(cursor: Cursor, first: int) -> list[Mark] | None:
    """The ``-12-2025`` of ``tháng 11-12-2025``."""
    ahead = cursor.copy()
    last = ahead.take_number(2) if ahead.take_glued("-") else None
    year = ahead.take_number() if last is not None and ahead.take_glued("-") else None
    if last is None or year is None or year < 1900:
        return None
    check_month(last)
    cursor.at = ahead.at
    return [Month(number=first), Sign.DASH, Month(number=last, year=year)]


def quarter(cursor: Cursor, scan: Scan) -> Marks:
    """``Quý III/2024``, ``quý 2 năm 2026``, ``Q4-2025``, ``quý cuối năm``."""
    if not cursor.take("quý", "q"):
        return None
    cursor.take("thứ")
    cursor.take(".")
    number = quarter_figure(cursor)
    if number is None:
        return None
    check_quarter(number)
    piece = Quarter(number=number, year=year_beside(cursor, scan))
    goes_on = (cursor.peek().text == "/" and cursor.peek(1).is_number) or (
        cursor.peek().glued and cursor.peek().is_word
    )
    return None if goes_on else piece


def months_of_year(cursor: Cursor, scan: Scan) -> Marks:
    """``6 tháng cuối năm``, ``09 tháng đầu năm 2025``, ``sáu tháng đầu``."""
    count = figure(cursor)
    if count is None or not cursor.take("tháng", "t"):
        return None
    early = cursor.take("đầu")
    if not early and not cursor.take("cuối"):
        return None
    if not 1 <= count <= 12:
        raise ImpossibleTime(f"Một năm không có {count} tháng.")
    cursor.take("của")
    if cursor.peek().text == "năm" and cursor.peek(1).number is None:
        if cursor.peek(1).text == "học":
            return None
        cursor.take("năm")
    first, last = (1, count) if early else (13 - count, 12)
    return Months(first=first, last=last, year=year_beside(cursor, scan))


def portion(cursor: Cursor, scan: Scan) -> Marks:
    """``cuối quý III``, ``trung tuần tháng 11``, ``nửa đầu năm``, ``ngày cuối cùng của quý``, ``cuối mỗi tháng``."""
    start = cursor.at
    part = cursor.take_phrase(_PORTIONS)
    if part is None:
        return None
    cursor.take("của")
    repeated = cursor.take_phrase(REPEATED) is not None
    unit = cursor.peek().text
    whole = _whole(cursor, scan)
    if whole is None:
        return None
    piece = _cut(whole, part)
    if piece is None:
        return Unread(cursor.words_since(start))
    if unit == "quý":
        every_one = _every_one(piece, part) and not scan.context.quarter
        return [piece, Cycle("quý")] if repeated or every_one else piece
    if unit == "tháng":
        return [piece, Cycle("tháng")] if repeated or _every_one(piece, part) else piece
    return piece


def _every_one(piece: Piece, part: Portion) -> bool:
    """``ngày cuối cùng của tháng`` names a day so exactly that it must mean every month."""
    return piece.blank and part.cut is Cut.DAY


def _whole(cursor: Cursor, scan: Scan) -> Piece | None:
    """What a part is cut from; a bare noun where the text leaves open which one."""
    for rule in (years.school_year, months_of_year, quarter, month, years.year):
        place = cursor.at
        found = rule(cursor, scan)
        if isinstance(found, Piece):
            return found
        cursor.at = place
    if cursor.take("tháng"):
        cursor.take_phrase(NEXT_ONE)
        return Month(number=None)
    if cursor.take("quý"):
        cursor.take_phrase(NEXT_ONE)
        return Quarter(number=None)
    return Year() if cursor.take("năm") else None


def _cut(whole: Piece, part: Portion) -> Piece | None:
    """School years have a beginning and an end; several months together are not cut."""
    if isinstance(whole, Month | Quarter | Year):
        return replace(whole, portion=part)
    if isinstance(whole, SchoolYear) and part.cut is Cut.THIRD:
        return replace(whole, portion=part)
    return None


def month_of_whole(cursor: Cursor, scan: Scan) -> Marks:
    """``tháng đầu quý II``, ``tháng cuối năm 2025``; ``những tháng cuối năm`` are several and left to ``portion``."""
    if cursor.peek(-1).text in ("những", "các") or not cursor.take("tháng"):
        return None
    index = {"đầu": 0, "giữa": 1, "cuối": -1}.get(cursor.peek().text)
    if index is None:
        return None
    cursor.at += 1
    cursor.take("tiên", "cùng")
    cursor.take("của")
    whole = _whole(cursor, scan)
    if isinstance(whole, Quarter):
        return replace(whole, portion=Portion(Cut.THIRD, index))
    return Month(number=1 if index == 0 else 12, year=whole.year) if isinstance(whole, Year) and index != 1 else None


def bare_unit(cursor: Cursor, scan: Scan) -> Marks:
    """``trong quý``, ``hết tháng``: which one, its neighbours or the heading must say."""
    if cursor.peek(-1).text not in ("trong", "hết") or cursor.peek(1).is_number:
        return None
    if cursor.take("quý"):
        return Quarter(number=None)
    return Month(number=None) if cursor.take("tháng") else None


def week_of_month(cursor: Cursor, scan: Scan) -> Marks:
    """``tuần 2 tháng 5``, ``tuần thứ 3-4 của tháng 5``, ``tuần 1 và tuần 3 tháng 6``; ``tuần 2`` of a month nearby."""
    weeks: list[int | Sign] = []
    while cursor.take("tuần") or weeks:
        cursor.take("thứ")
        number = figure(cursor)
        if number is None:
            return None
        weeks.append(number)
        joint = _WEEK_JOINTS.get(cursor.peek().text)
        if joint is None or cursor.peek(1).text == "tháng":
            break
        cursor.at += 1
        weeks.append(joint)
    if not weeks:
        return None
    place = cursor.at
    cursor.take("của", "-", ",", "trong")
    whole = month(cursor, scan)
    possible = all(isinstance(week, Sign) or 1 <= week <= _LAST_WEEK for week in weeks)
    if not isinstance(whole, Month):
        if not possible:
            return None
        cursor.at, whole = place, Month(number=None)
    if not possible:
        raise ImpossibleTime("Một tháng chỉ có tuần thứ nhất đến tuần thứ năm.")
    return [week if isinstance(week, Sign) else replace(whole, portion=Portion(Cut.WEEK, week - 1)) for week in weeks]
