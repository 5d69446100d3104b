"""What comes again: cycles, weekdays; and how long something may take."""

from __future__ import annotations

from documents.times import words
from documents.times.marks import Clock, Cycle, CycleUnit, Mark, Scan, Sign, Weekdays
from documents.times.pieces import Length, LengthUnit
from documents.times.rules.figures import Marks, figure
from documents.times.text import Cursor, Phrases

_UNITS: dict[str, CycleUnit] = {"ngày": "ngày", "tuần": "tuần", "tháng": "tháng", "quý": "quý", "năm": "năm"}
_LENGTH_UNITS: dict[str, LengthUnit] = {"ngày": "ngày", "tuần": "tuần", "tháng": "tháng", "năm": "năm"}
_EACH = Phrases(dict.fromkeys(("hằng", "mỗi", "từng", "theo", "theo từng", "trong từng", "mỗi một"), True))
_WITHIN = Phrases(dict.fromkeys(("trong vòng", "trong thời hạn", "trong thời gian", "thời hạn", "trong"), True))
_ONCE = Phrases(dict.fromkeys(("/ lần", "/ 1 lần", "/ 01 lần", "/ một lần", "một lần", "1 lần", "01 lần"), True))
_LIST_JOINTS = (",", "và", "/", "hoặc", "+")
_GOES_ON = ("đầu", "cuối", "học", "thứ", "giêng", "chạp", "giữa", "này")  # "tháng đầu", "năm học": no bare noun
_WEEKS_OF_MONTH = Phrases(
    {
        "đầu": 1,
        "đầu tiên": 1,
        "tuần đầu": 1,
        "tuần đầu tiên": 1,
        "cuối": -1,
        "cuối cùng": -1,
        "tuần cuối": -1,
        "tuần cuối cùng": -1,
    }
)
# A weekday stands after these; "đợt thi đua thứ hai" is a number.
_BEFORE_WEEKDAY = frozenset(
    {"\n", ",", "(", "-", ":", "ngày", "vào", "sáng", "chiều", "trưa", "tối", "trước", "từ", "đến", "và", "các"}
) | {"lúc", "kỳ", "nhất", "quá"}


def repeated(cursor: Cursor, scan: Scan) -> Marks:
    """``hằng tháng``, ``hằng quý, 6 tháng, năm``, ``định kỳ 06 tháng một lần``, ``mỗi năm 2 lần``, ``các quý``."""
    if cursor.take_all("thường", "niên"):
        return Cycle("năm")
    regular = cursor.take_all("định", "kỳ")
    each = cursor.take_phrase(_EACH) is not None
    if not regular and not each:
        if not cursor.take("các"):
            return None
        unit = _bare_unit(cursor)
        return None if unit is None or unit.unit == "năm" else unit
    cursor.take(":", ",", "(")
    if regular and not each:
        cursor.take_phrase(_EACH)
    found = _units(cursor)
    if not found:
        return None
    if cursor.take_phrase(_ONCE) is None and len(found) == 1:
        times = _times(cursor)
        return Cycle(found[0].unit, found[0].every, times) if times else found[0]
    return list(found)


def _times(cursor: Cursor) -> int:
    """``2 lần``, ``ít nhất hai lần``; 0 if nothing of the kind follows."""
    ahead = cursor.copy()
    ahead.take_all("ít", "nhất")
    times = figure(ahead)
    if not times or not ahead.take("lần"):
        return 0
    cursor.at = ahead.at
    return times


def _units(cursor: Cursor) -> list[Cycle]:
    """``quý, 6 tháng, năm``, ``6 tháng, cả năm``."""
    found: list[Cycle] = []
    while True:
        place = cursor.at
        if found and not cursor.take(*_LIST_JOINTS):
            return found
        if found:
            cursor.take_all("định", "kỳ")
            cursor.take("hằng", "mỗi")
        if found and cursor.take_all("cả", "năm"):  # the year itself may follow: "6 tháng, cả năm 2026"
            found.append(Cycle("năm"))
            continue
        unit = None if found and cursor.peek().text == "ngày" else _bare_unit(cursor)
        if unit is None:
            cursor.at = place
            return found
        found.append(unit)


def _bare_unit(cursor: Cursor) -> Cycle | None:
    """``tháng``, ``6 tháng``: a noun of time that no figure follows."""
    place = cursor.at
    every = 1
    if cursor.peek().is_number or cursor.peek(1).text in _UNITS:
        every = figure(cursor) or 1
    unit = _UNITS.get(cursor.peek().text)
    following = cursor.peek(1)
    names_one = following.is_number and cursor.peek(2).text != "lần"
    goes_on = following.text in (*_GOES_ON, *words.ROMANS) and (unit, following.text) != ("tuần", "thứ")
    if unit is None or names_one or goes_on or not every:
        cursor.at = place
        return None
    cursor.at += 1
    return Cycle(unit, every)


def times_per_unit(cursor: Cursor, scan: Scan) -> Marks:
    """``2 lần/năm``, ``01 lần/quý``, ``mỗi tuần một lần`` the other way round: ``một lần mỗi tuần``."""
    times = figure(cursor)
    if not times or not cursor.take("lần") or not cursor.take("/", "mỗi", "trong", "một"):
        return None
    cursor.take("một", "mỗi")
    ahead = cursor.copy()
    if ahead.take("năm") and ahead.peek().is_number:
        return Cycle("năm", times=times)  # "2 lần trong năm 2026": the year is read by its own rule
    unit = _bare_unit(cursor)
    return Cycle(unit.unit, unit.every, times) if unit else None


def one_in_so_many(cursor: Cursor, scan: Scan) -> Marks:
    """``6 tháng/lần``, ``hai tuần một lần``, ``quý/lần``, ``một năm 2 lần``."""
    unit = _UNITS.get(cursor.peek().text)
    if unit is not None and cursor.peek(1).text == "/" and cursor.peek(2).text in ("lần", "1", "01"):
        cursor.at += 1
        return Cycle(unit) if cursor.take_phrase(_ONCE) else None
    every = figure(cursor)
    unit = _UNITS.get(cursor.peek().text)
    if not every or unit is None:
        return None
    cursor.at += 1
    if cursor.take_phrase(_ONCE):
        return Cycle(unit, every)
    times = _times(cursor)
    return Cycle(unit, every, times) if times else None


def report_cycles(cursor: Cursor, scan: Scan) -> Marks:
    """``6 tháng, năm``, ``tháng, quý, 6 tháng và năm``: at least two, or they are no cycles."""
    if cursor.peek().text == "ngày":
        return None
    found = _units(cursor)
    return list(found) if len(found) > 1 and _not_only_lengths(found) else None


def _not_only_lengths(found: list[Cycle]) -> bool:
    return any(cycle.every == 1 for cycle in found)


def weekdays(cursor: Cursor, scan: Scan) -> Marks:
    """``thứ 2, 4, 6``, ``thứ Hai đến thứ Năm``, ``Chủ nhật``, ``thứ Sáu tuần cuối tháng``, ``T2 hằng tuần``."""
    before = cursor.peek(-1).text
    real = before in _BEFORE_WEEKDAY or bool(scan.marks and isinstance(scan.marks[-1], Clock | Cycle))
    names = [name] if (name := _weekday(cursor)) else []
    while names:
        ahead = cursor.copy()
        joint = ahead.take(",", "và") or ahead.take("-", "đến")
        to = ahead.peek(-1).text in ("-", "đến")
        ahead.take("ngày")
        name = _weekday(ahead, listed=True) if joint else None
        if name is None:
            break
        names += _days_between(names[-1], name) if to else [name]
        cursor.at = ahead.at
    if not names:
        return None
    if not real:
        return []
    return _week_of_every_month(cursor, tuple(names)) or Weekdays(tuple(names))


def _weekday(cursor: Cursor, *, listed: bool = False) -> str | None:
    if cursor.take_all("chủ", "nhật") or cursor.take("cn"):
        return "SU"
    named = cursor.take("thứ") or (_weekly(cursor) and cursor.take("t"))
    if not named and not (listed and cursor.peek(1).text in ("", "\n", ",", "và", "hằng", "mỗi", ")", ";")):
        return None
    name = words.WEEKDAYS.get(cursor.peek().text)
    if name:
        cursor.at += 1
    return name


def _weekly(cursor: Cursor) -> bool:
    """``T2`` is Monday only where the text speaks of every week; else it is February."""
    pairs = zip(cursor.tokens, cursor.tokens[1:], strict=False)
    return any(first.text in ("hằng", "mỗi") and second.text == "tuần" for first, second in pairs)


def _days_between(first: str, last: str) -> list[str]:
    """What follows ``first`` up to ``last``: Tuesday to Friday after Monday."""
    start, end = words.WEEK.index(first), words.WEEK.index(last)
    return list(words.WEEK[start + 1 : end + 1])


def _week_of_every_month(cursor: Cursor, names: tuple[str, ...]) -> list[Mark] | None:
    """The ``tuần thứ hai hằng tháng`` of a weekday; with a certain month it is a week of that month instead."""
    ahead = cursor.copy()
    ahead.take("của")
    week = ahead.take_phrase(_WEEKS_OF_MONTH)
    if week is None and ahead.take("tuần"):
        ahead.take("thứ")
        week = figure(ahead)
    ahead.take("của")
    ahead.take("hằng", "mỗi")
    if week is None or not -1 <= week <= 5 or not ahead.take("tháng") or ahead.peek().is_number:
        return None
    cursor.at = ahead.at
    return [Weekdays(names, week), Cycle("tháng")]


def length(cursor: Cursor, scan: Scan) -> Marks:
    """``trong vòng 05 ngày làm việc``, ``10 ngày``, ``05 (năm) ngày``, ``hai tuần``."""
    within = cursor.take_phrase(_WITHIN) is not None
    within = within or bool(scan.marks and scan.marks[-1] is Sign.BY)
    if cursor.peek().text == "năm":
        return None
    count = cursor.take_number(3) if cursor.peek().is_number else figure(cursor)
    if cursor.take("("):
        figure(cursor)
        if not cursor.take(")"):
            return None
    unit = _LENGTH_UNITS.get(cursor.peek().text)
    if not count or unit is None:
        return None
    cursor.at += 1
    if cursor.peek().is_number and unit in ("tháng", "năm"):
        return None
    return Length(count, unit, working=cursor.take_all("làm", "việc"), within=within)
