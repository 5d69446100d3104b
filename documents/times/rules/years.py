"""Years: calendar years, the plan's own, those of schools."""

from __future__ import annotations

from dataclasses import replace

from documents.times import words
from documents.times.errors import ImpossibleTime
from documents.times.marks import Scan, Sign, Unread
from documents.times.pieces import Day, LunarNewYear, Month, Months, Quarter, SchoolYear, Term, Year
from documents.times.rules.figures import Marks, quarter_figure, relative_year
from documents.times.text import Cursor, Phrases

# A year without a figure is a time only after these: "hết năm", but not "báo cáo tháng, năm".
_BEFORE_BARE_YEAR = ("trong", "cả", "suốt", "hết", "cùng")
_SEASONS = Phrases(dict.fromkeys(words.SEASONS, True))
_SCHOOL_EVENTS = Phrases(dict.fromkeys(words.SCHOOL_EVENTS, True))
_YEAR_NAMES = Phrases(dict.fromkeys(words.YEAR_NAMES, True))
_FIRST_LONE_YEAR, _LAST_LONE_YEAR = 1950, 2150


def school_year(cursor: Cursor, scan: Scan) -> Marks:
    """``năm học 2025-2026``, ``học kỳ I năm học 2025 - 2026``, ``năm học mới``."""
    term = _term(cursor)
    if not cursor.take_all("năm", "học"):
        return SchoolYear(term=term) if term else None
    first = cursor.take_number()
    if first is not None and cursor.take("-", "/", "đến"):
        cursor.take("năm")
        cursor.take("học")
        second = cursor.take_number()
        if second not in (first + 1, (first + 1) % 100):
            raise ImpossibleTime("Năm học phải gồm hai năm liền nhau.")
    cursor.take("mới")
    return SchoolYear(year=first, term=term)


def school_event(cursor: Cursor, scan: Scan) -> Marks:
    """``khai giảng năm học 2026-2027``: one day of the school year, which the province sets."""
    if cursor.take_phrase(_SCHOOL_EVENTS) is None:
        return None
    place = cursor.at
    if school_year(cursor, scan) is None:
        cursor.at = place
    return Sign.EVENT


def season(cursor: Cursor, scan: Scan) -> Marks:
    """``hè 2026``, ``vụ Đông Xuân 2025-2026``: no days are known, and the year alone is not what is meant.

    Where its days follow, ``hè 2026 (tháng 6 - 8)``, it is only their name.
    """
    start = cursor.at
    if cursor.take_phrase(_SEASONS) is None or any(isinstance(mark, LunarNewYear) for mark in scan.marks):
        return None
    cursor.take(",")
    cursor.take_phrase(_YEAR_NAMES)
    if not _years_of_season(cursor):
        return None
    return [] if cursor.peek().text in ("(", ":", "từ") else Unread(cursor.words_since(start))


def _years_of_season(cursor: Cursor) -> bool:
    """``2026``, ``năm 2025 - 2026``, ``hằng năm``, ``năm nay``."""
    if cursor.take("hằng", "mỗi"):
        return cursor.take("năm")
    named = cursor.take("năm")
    if cursor.take_number() is None:
        return named and relative_year(cursor) is not None
    place = cursor.at
    if not cursor.take("-", "/") or cursor.take_number() is None:
        cursor.at = place
    return True


def _term(cursor: Cursor) -> Term:
    """``học kỳ II,``."""
    if not cursor.take_all("học", "kỳ"):
        return ""
    number = quarter_figure(cursor)
    cursor.take(",", "-", "của", "(")
    return "I" if number == 1 else "II" if number == 2 else ""


def year(cursor: Cursor, scan: Scan) -> Marks:
    """``năm 2025``, ``trong năm``, ``năm sau``, and the figures of ``giai đoạn 2026-2030``."""
    before = cursor.peek(-1).text
    subject = before in words.SUBJECTS
    if cursor.take("năm"):
        found = _after_noun(cursor, scan, before)
        return replace(found, subject=subject) if found else None
    left, joint = scan.left, scan.marks[-1] if scan.marks else None
    number = cursor.take_number()
    if number is None or not _FIRST_LONE_YEAR <= number <= _LAST_LONE_YEAR or "/" in (before, cursor.peek().text):
        return None
    if isinstance(left, Day | Month | Months | Quarter) and left.year and joint in (Sign.AND, Sign.COMMA, Sign.OR):
        return replace(left, year=number)  # "quý I năm 2026 và 2027"
    return Year(year=number, subject=subject)


def _after_noun(cursor: Cursor, scan: Scan, before: str) -> Year | None:
    whole = before in ("cả", "suốt")
    if cursor.peek().is_number:
        number = cursor.take_number()
        return None if number is None or number < 1000 or cursor.peek().text == "/" else Year(year=number, whole=whole)
    shift = relative_year(cursor)
    if shift is not None:
        return Year(year=scan.context.year + shift)
    return Year(whole=whole) if before in _BEFORE_BARE_YEAR else None
