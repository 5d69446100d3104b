"""Figures that no noun explains: they take their kind from their neighbours, or are reported."""

from __future__ import annotations

from dataclasses import replace

from documents.times import words
from documents.times.marks import Number, Scan, Unread, Word
from documents.times.pieces import Day, Month, Quarter
from documents.times.rules.figures import TIME_NOUNS, Marks, checked_day, year_beside
from documents.times.spans import check_month, check_quarter
from documents.times.text import Cursor

# Words that may follow a figure without being what it counts.
_NO_COUNTED_NOUN = frozenset(
    {"và", "đến", "tới", "hoặc", "hằng", "mỗi", "của", "năm", "trước", "sau", "trong", "theo", "các", "từ", "tháng"}
)
_LABELLED = ("đợt", "lần", "vòng", "bước", "số", "đoạn", "mục", "khoản", "điểm")
_MONTHS = 12
_LIKE_FIGURES = ("l", "o", "i", "s", "b")


def lone_number(cursor: Cursor, scan: Scan) -> Marks:
    """``12`` in ``tháng 11-12``, ``II`` in ``Quý I, II``: takes the kind of what a list joins it to."""
    left = scan.left
    roman = words.ROMANS.get(cursor.peek().text)
    if roman is not None:
        cursor.at += 1
        if not isinstance(left, Quarter):
            return []
        check_quarter(roman)
        return replace(left, number=roman, year=year_beside(cursor, scan))
    number = cursor.take_number(2)
    if number is None:
        return None
    if _counts_something(cursor):
        return []
    labelled = bool(scan.marks) and isinstance(scan.marks[-1], Word)
    if isinstance(left, Quarter):
        check_quarter(number)
        return replace(left, number=number, year=year_beside(cursor, scan))
    if isinstance(left, Month) or (isinstance(left, Day) and left.month_in_words and number <= _MONTHS):
        check_month(number)
        year = year_beside(cursor, scan)
        if isinstance(left, Day):
            return replace(left, month=number, year=year)
        return replace(left, number=number, year=year)
    if isinstance(left, Day):
        return Day(day=checked_day(number))
    return Number(number, labelled)


def _counts_something(cursor: Cursor) -> bool:
    """``tháng 3, 45 người``."""
    following = cursor.peek()
    return following.text == "%" or (following.is_word and following.text not in _NO_COUNTED_NOUN)


def smudged(cursor: Cursor, scan: Scan) -> Marks:
    """``l5/12``, ``1O/6``: a letter that scanning put for a figure. The rest would be read as another day."""
    start = cursor.at
    first, second = cursor.peek(), cursor.peek(1)
    letter, figure = (second, first) if first.is_number else (first, second)
    if letter.text not in _LIKE_FIGURES or not second.glued or not figure.is_number:
        return None
    while cursor.peek().glued or cursor.at == start:
        cursor.at += 1
    return Unread(cursor.words_since(start))


def label(cursor: Cursor, scan: Scan) -> Marks:
    """``đợt 1: tháng 3``, ``lần 2 tháng 10``: a number that only tells things apart."""
    if not cursor.take(*_LABELLED):
        return None
    cursor.take("thứ")
    return [] if cursor.take_number(2) is not None and cursor.peek().text != "/" else None


def broken(cursor: Cursor, scan: Scan) -> Marks:
    """``năm 20225``, ``tháng 3/4``: a noun of time and figures that no rule could take."""
    start = cursor.at
    if cursor.take_all("ngày", "làm", "việc") and cursor.take("đầu", "cuối"):
        return Unread(cursor.words_since(start))
    cursor.at = start
    if not cursor.take(*TIME_NOUNS) or not cursor.peek().is_number:
        return None
    _take_figures(cursor)
    return Unread(cursor.words_since(start))


def broken_figures(cursor: Cursor, scan: Scan) -> Marks:
    """``15/2/2025/6``: figures with strokes that are no date."""
    start = cursor.at
    if not (cursor.peek().is_number and cursor.peek(1).text == "/" and cursor.peek(2).is_number):
        return None
    _take_figures(cursor)
    return Unread(cursor.words_since(start))


def _take_figures(cursor: Cursor) -> None:
    while cursor.peek().is_number or (cursor.peek().text in ("/", ".", "-") and cursor.peek(1).is_number):
        cursor.at += 1
