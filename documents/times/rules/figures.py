"""Figures as they stand after ngày, tháng, quý, and the year that goes on after them."""

from __future__ import annotations

from documents.times import words
from documents.times.errors import ImpossibleTime
from documents.times.marks import Mark, Scan
from documents.times.text import Cursor, Phrases

Marks = Mark | list[Mark] | None

TIME_NOUNS = ("ngày", "tuần", "tháng", "quý", "năm")
REPEATED = Phrases(dict.fromkeys(("hằng", "mỗi", "các", "từng"), True))
NEXT_ONE = Phrases(dict.fromkeys(("sau", "tiếp theo", "kế tiếp", "liền kề", "sau liền kề"), True))
LUNAR = Phrases(dict.fromkeys(("âm lịch", "âl", "( âm lịch )", "( âl )"), True))

_NUMBERS = Phrases(words.NUMBERS)
_RELATIVE_YEARS = Phrases(words.RELATIVE_YEARS)
_COUNTED = ("đồng", "người", "lượt", "lần")


def figure(cursor: Cursor) -> int | None:
    """One or two digits, or a number in words."""
    return cursor.take_number(2) if cursor.peek().is_number else cursor.take_phrase(_NUMBERS)


def quarter_figure(cursor: Cursor) -> int | None:
    """Roman (an l that scanning made of an I included), Arabic, in words, or the first and last of the year."""
    text = cursor.peek().text
    roman = words.ROMANS.get(text.replace("l", "i"))
    if roman is not None:
        cursor.at += 1
        return roman
    if text in ("đầu", "cuối"):
        cursor.at += 1
        cursor.take("năm")
        return 1 if text == "đầu" else 4
    return None if text == "năm" else figure(cursor)  # "các quý năm 2025" is no fifth quarter


def month_figure(cursor: Cursor, *, of_day: bool = False) -> tuple[int, bool] | None:
    """A month's number after the word tháng, and whether its name belongs to the lunar calendar.

    In ``6 tháng năm 2025`` and ``hằng tháng năm 2025`` năm is the year, in ``ngày 15 tháng năm`` it is May.
    """
    lunar = words.LUNAR_MONTHS.get(cursor.peek().text)
    if lunar is not None:
        cursor.at += 1
        return lunar, True
    before = cursor.peek(-2)
    if cursor.peek().text == "năm" and not of_day and (before.is_number or before.text in ("hằng", "mỗi", "các")):
        return None
    number = figure(cursor)
    return None if number is None or cursor.peek().text in ("lần", "tuần") else (number, False)


def checked_day(day: int) -> int:
    """A number that some month has; which months have it is seen when the year is known."""
    if not 1 <= day <= 31:
        raise ImpossibleTime(f"Không có ngày {day}: một tháng có nhiều nhất 31 ngày.")
    return day


def year_beside(cursor: Cursor, scan: Scan, *, after_figures: bool = False) -> int | None:
    """The year that goes on: ``/2025``, ``năm 2025``, ``, 2025``, ``(2025)``, ``/25``; else None, nothing taken.

    After figures, as in ``15/12``, only words lead to it: ``15/12 năm 2025``.
    """
    place = cursor.at
    bracket = cursor.take("(")
    stroke = not bracket and not after_figures and cursor.take("/")
    if not bracket and not stroke:
        cursor.take(",", "của", "thuộc", *([] if after_figures else ["-", "."]))
    found = _year_in_words(cursor, scan) if cursor.peek().text in ("năm", "cùng") else None
    if found is None and not after_figures:
        found = _year_in_figures(cursor, short=stroke)
    if found is not None and (not bracket or cursor.take(")")):
        return found
    cursor.at = place
    return None


def _year_in_words(cursor: Cursor, scan: Scan) -> int | None:
    cursor.take("cùng")
    cursor.take("năm")
    number = cursor.take_number()
    if number is not None:
        return number if number > 999 and _ends_a_year(cursor) else None
    shift = relative_year(cursor)
    return None if shift is None else scan.context.year + shift


def _year_in_figures(cursor: Cursor, *, short: bool) -> int | None:
    """Four digits; two after a stroke, where they can be no month: ``tháng 3/26`` but not ``tháng 3/4``."""
    digits = len(cursor.peek().text)
    number = cursor.take_number()
    if number is None or not _ends_a_year(cursor):
        return None
    if digits == 4:
        return number
    return 2000 + number if short and digits == 2 and number > 12 else None


def _ends_a_year(cursor: Cursor) -> bool:
    """Not the first half of ``2025-2026`` and not a count: ``tháng 12, 2025 người``."""
    following = cursor.peek(1).number or 0
    goes_on = cursor.peek().text == "-" and following > 1900
    return not goes_on and cursor.peek().text not in ("/", *_COUNTED)


def relative_year(cursor: Cursor) -> int | None:
    """``năm sau``, ``năm báo cáo``; but ``hằng năm trước ngày 15/12`` and ``một năm sau khi`` name no year."""
    place = cursor.at
    shift = cursor.take_phrase(_RELATIVE_YEARS)
    following = cursor.peek()
    opens_a_limit = following.is_number or following.text in (*TIME_NOUNS, "khi", "tết", "t", "mùng", "hoặc", "và")
    if shift is None or (opens_a_limit and cursor.peek(-1).text in ("trước", "sau") and cursor.peek(-2).text == "năm"):
        cursor.at = place
        return None
    return shift
