"""Days that have a name: commemorations, lunar feasts, Tết."""

from __future__ import annotations

from documents.times import words
from documents.times.marks import Scan
from documents.times.pieces import Day, LunarNewYear
from documents.times.rules.days import numeric_date
from documents.times.rules.figures import Marks, figure, month_figure, year_beside
from documents.times.text import Cursor, Phrases

_NAMED_DAYS = Phrases(words.NAMED_DAYS)
_LUNAR_DAYS = Phrases(words.LUNAR_DAYS)
_NEW_YEAR = Phrases(dict.fromkeys(words.NEW_YEAR, True))
_YEAR_NAMES = Phrases(dict.fromkeys(words.YEAR_NAMES, True))
_SHORTEST_ANNIVERSARY = 5  # years; no plan sets a task that long from a day to the same day


def anniversary(cursor: Cursor, scan: Scan) -> Marks:
    """``19/5/1890 - 19/5/2025`` is the day in the later year; ``80 năm`` before a name is no length."""
    if _years_of_anniversary(cursor):
        return []
    first = numeric_date(cursor, scan)
    if not isinstance(first, Day) or first.year is None or not cursor.take("-", "đến"):
        return None
    cursor.take("ngày")
    second = numeric_date(cursor, scan)
    if not isinstance(second, Day) or second.year is None or (first.day, first.month) != (second.day, second.month):
        return None
    return second if second.year - first.year >= _SHORTEST_ANNIVERSARY else None


def _years_of_anniversary(cursor: Cursor) -> bool:
    """``kỷ niệm 80 năm``, ``lần thứ 95``."""
    place = cursor.at
    if cursor.take_all("kỷ", "niệm"):
        cursor.take("lần")
        cursor.take("thứ")
        if cursor.take_number(3) is not None and cursor.take("năm"):
            return True
    cursor.at = place
    return False


def named_day(cursor: Cursor, scan: Scan) -> Marks:
    """``dịp Quốc khánh``, ``Giỗ Tổ Hùng Vương``; with its figure beside it (``Quốc khánh 2/9``) the figure counts."""
    place = cursor.at
    solar = cursor.take_phrase(_NAMED_DAYS)
    lunar = None if solar else cursor.take_phrase(_LUNAR_DAYS)
    found = solar or lunar
    if found is None:
        cursor.at = place
        return None
    cursor.take_all("việt", "nam")
    if _figure_follows(cursor):
        return []
    return Day(day=found[0], month=found[1], lunar=solar is None, year=year_beside(cursor, scan))


def _figure_follows(cursor: Cursor) -> bool:
    ahead = cursor.copy()
    ahead.take("(", "-", ",", ":")
    ahead.take("ngày")
    return ahead.peek().is_number and ahead.peek(1).text == "/"


def lunar_new_year(cursor: Cursor, scan: Scan) -> Marks:
    """``Tết Nguyên đán Bính Ngọ 2026``, ``mùng 4 Tết``."""
    day = figure(cursor) if cursor.take("mùng") else 0
    if day is None or not cursor.take_phrase(_NEW_YEAR):
        return None
    named = cursor.copy()
    named.take("năm")
    if named.take_phrase(_YEAR_NAMES):
        cursor.at = named.at
    year = year_beside(cursor, scan)
    if day:
        return Day(day=day, month=1, lunar=True, year=year)
    return LunarNewYear(year=year, after_issue=scan.context.issued)


def full_moon(cursor: Cursor, scan: Scan) -> Marks:
    """``rằm tháng Giêng``, ``rằm tháng 7``."""
    if not cursor.take_all("rằm", "tháng"):
        return None
    month = month_figure(cursor, of_day=True)
    return Day(day=15, month=month[0], lunar=True, year=year_beside(cursor, scan)) if month else None
