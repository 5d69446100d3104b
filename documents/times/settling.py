"""Marks → marks: what only the neighbours can settle. Figures get their kind, hours and lengths go into the days."""

from __future__ import annotations

from documents.times.marks import JOINTS, LIMITS, Clock, Cycle, Mark, Number, Sign, Unread, Word
from documents.times.pieces import Day, Lasting, Length, Month, Months, Moved, Piece, Quarter
from documents.times.rules.figures import checked_day
from documents.times.spans import check_month, check_quarter

_ENDS = (Sign.TO, Sign.UNTIL)
_COUNTS_FROM = (Sign.FROM, Sign.SINCE, Sign.AFTER, Sign.BEFORE)
_BESIDE_LENGTH = ("ít", "nhất", "tối", "thiểu", "là", "khoảng", "độ")
_REPORT_MONTHS = (3, 6, 9, 12)


def settle(marks: list[Mark]) -> list[Mark]:
    for one in (_figures, _hours, _lengths_before_days, _lengths_after_days):
        marks = one(marks)
    return marks


def _figures(marks: list[Mark]) -> list[Mark]:
    """``15 đến 20/12``, ``3-4/2023``, ``6 tháng, 9 tháng đầu năm``: the kind stands at the end of the list."""
    settled: list[Mark] = []
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        right = settled[-2] if len(settled) > 1 and (settled[-1] in JOINTS or settled[-1] in _ENDS) else None
        if isinstance(mark, Number):
            settled += _figure_like(mark, right, marks[place - 1 : place] + settled[-1:])
        elif isinstance(mark, Length) and mark.unit == "tháng" and isinstance(right, Months) and right.first == 1:
            settled.append(Months(first=1, last=min(mark.count, 12), year=right.year))
        else:
            settled.append(mark)
    return settled[::-1]


def _figure_like(number: Number, right: Mark | None, beside: list[Mark]) -> list[Mark]:
    if isinstance(right, Month):
        check_month(number.value)
        return [Month(number=number.value)]
    if isinstance(right, Quarter):
        check_quarter(number.value)
        return [Quarter(number=number.value)]
    if isinstance(right, Day):
        return [Day(day=checked_day(number.value))]
    if Cycle("tháng") in beside:
        return [Day(day=checked_day(number.value))]  # "trước 25 hằng tháng"
    return [] if number.labels else [Unread(str(number.value))]


def _hours(marks: list[Mark]) -> list[Mark]:
    """``trước 16h ngày 22/7`` ends within that day; ``từ 8h đến 11h ngày 22/7`` is that day."""
    settled: list[Mark] = []
    for place, mark in enumerate(marks):
        if not isinstance(mark, Clock):
            settled.append(mark)
        elif settled and settled[-1] is Sign.BEFORE and not mark.midnight:
            settled[-1] = Sign.BY
        elif settled and settled[-1] is Sign.UNTIL and not mark.midnight:
            settled[-1] = Sign.TO
        elif settled and settled[-1] is Sign.AFTER:
            settled[-1] = Sign.FROM
        elif settled and settled[-1] in (Sign.FROM, Sign.TO, Sign.DASH) and _hours_around(marks, place):
            settled.pop()
    return settled


def _hours_around(marks: list[Mark], place: int) -> bool:
    """The hour belongs to a stretch of one day: another hour stands before or after it with a dash or đến."""
    before, after = marks[max(place - 2, 0) : place], marks[place + 1 : place + 3]
    return any(
        len(pair) == 2 and isinstance(pair[hour], Clock) and pair[1 - hour] in (Sign.TO, Sign.DASH)
        for pair, hour in ((before, 0), (after, 1))
    )


def _lengths_before_days(marks: list[Mark]) -> list[Mark]:
    """``05 ngày làm việc kể từ ngày 15/3``, ``10 ngày trước ngày 20/11``, ``20 ngày sau khi …``."""
    settled: list[Mark] = []
    place = 0
    while place < len(marks):
        mark = marks[place]
        beside = place + 1
        if isinstance(mark, Length) and marks[beside : beside + 1] in ([Sign.COMMA], [Sign.OPEN]):
            beside += 1 if marks[beside + 1 : beside + 2] in ([Sign.FROM], [Sign.SINCE]) else 0
        sign = marks[beside] if beside < len(marks) else None
        if not isinstance(mark, Length) or sign not in _COUNTS_FROM or _is_report_cycle(mark, sign):
            settled.append(mark)
            place += 1
            continue
        counted, used = _counted(mark, sign, marks[beside + 1 :])
        if counted and settled and settled[-1] in LIMITS:
            settled.pop()
        settled += counted
        place = beside + used
    return settled


def _is_report_cycle(length: Length, sign: Mark | None) -> bool:
    """``báo cáo 6 tháng trước ngày 15/6``: the report's cycle, no length before a day."""
    months = length.count * (12 if length.unit == "năm" else 1)
    return sign is Sign.BEFORE and length.unit in ("tháng", "năm") and months in _REPORT_MONTHS


def _counted(length: Length, sign: Mark | None, following: list[Mark]) -> tuple[list[Mark], int]:
    """What a length comes to, and how many marks from its sign on that took; nothing, where a range goes on there."""
    anchor = next((mark for mark in following[:3] if not isinstance(mark, Word)), None)
    if not isinstance(anchor, Piece):
        return [Sign.WAIT], 1
    place = following.index(anchor)
    if sign is Sign.BEFORE:
        return [Sign.BY, Moved(anchor=anchor, length=length, backwards=True)], place + 2
    goes_on = following[place + 1] if place + 1 < len(following) else None
    if sign is Sign.FROM and (goes_on in _ENDS or goes_on is Sign.DASH):
        return [], 0
    if sign is Sign.FROM and not length.within:
        return [Lasting(anchor=anchor, length=length)], place + 2
    return [Moved(anchor=anchor, length=length)], place + 2


def _lengths_after_days(marks: list[Mark]) -> list[Mark]:
    """``trước ngày 20/11 ít nhất 10 ngày``, ``sau Tết 05 ngày``; ``trước 10 ngày`` alone waits for an event."""
    settled: list[Mark] = []
    for mark in marks:
        beside = [place for place, earlier in enumerate(settled) if not _is_beside(earlier)]
        last = beside[-1] if beside else -1
        if isinstance(mark, Length) and mark.unit in ("ngày", "tuần") and last > 0:
            anchor, sign = settled[last], settled[last - 1]
            if isinstance(anchor, Piece) and sign in (Sign.BEFORE, Sign.AFTER):
                backwards = sign is Sign.BEFORE
                moved = Moved(anchor=anchor, length=mark, backwards=backwards)
                settled[last - 1 :] = [Sign.BY, moved] if backwards else [moved]
                continue
        settled.append(mark)
    return settled


def _is_beside(mark: Mark) -> bool:
    return isinstance(mark, Word) and mark.text in _BESIDE_LENGTH
