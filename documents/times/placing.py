"""Findings → days: what the text leaves blank comes from its neighbours, then from the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from documents.times import spans
from documents.times.clauses import Finding, Kind
from documents.times.errors import ImpossibleTime
from documents.times.marks import JOINTS, Context
from documents.times.pieces import (
    FIRST_SCHOOL_MONTH,
    Day,
    DayOfQuarter,
    Month,
    Moved,
    Piece,
    Quarter,
    SchoolYear,
    Year,
    with_number,
)
from documents.times.spans import Span

UNSURE_YEAR = "Thời gian này sang năm khác mà chưa ghi rõ năm; đề nghị ghi đủ năm."
_LONGEST_GUESS = 270  # days: a stretch into a year that is not named, longer than nine months, is rather a slip


@dataclass(slots=True)
class Placed:
    """A finding with its days. A start has no end, a deadline no start."""

    finding: Finding
    kind: Kind
    span: Span
    """What the calendar piece or range stands for, its strict end already taken off."""
    doubt: str = ""


def fill_blanks(findings: list[Finding], context: Context) -> None:
    """``từ ngày 08 đến ngày 10 tháng 12``, ``tháng 6 (trước ngày 15)``, ``cuối quý`` under a heading QUÝ II."""
    for place, finding in enumerate(findings):
        clause = [other for other in findings if other.clause == finding.clause]
        if finding.is_range:
            _fill_range(finding)
        for end in ("first", "last"):
            piece: Piece = getattr(finding, end)
            borrows = piece.blank and not finding.returning
            number = _number_nearby(piece, clause, findings[place + 1 :], context) if borrows else None
            if number is not None:
                filled = with_number(piece, number)
                if not finding.is_range:
                    finding.first = finding.last = filled
                else:
                    setattr(finding, end, filled)


def _fill_range(finding: Finding) -> None:
    """``ngày 08 đến ngày 10 tháng 12``: the month is shared; ``ngày 28 đến ngày 05 tháng 3`` begins in February."""
    first, last = finding.first, finding.last
    if isinstance(first, Day) and isinstance(last, Day):
        if first.month is None and last.month is not None:
            finding.first = replace(first, month=last.month if first.day <= last.day else (last.month - 2) % 12 + 1)
        elif last.month is None and first.month is not None:
            finding.last = replace(last, month=first.month if first.day <= last.day else first.month % 12 + 1)


def _number_nearby(piece: Piece, clause: list[Finding], later: list[Finding], context: Context) -> int | None:
    """The month or quarter that stands nearest in the clause, on the right first; a quarter also from the heading."""
    if isinstance(piece, Quarter | DayOfQuarter):
        named = [other.first.number for other in clause if isinstance(other.first, Quarter) and other.first.number]
        return named[0] if named else context.quarter
    after = [other for other in later if other in clause]
    for other in (*after, *reversed(clause)):
        month = _month_of(other.first)
        if month is not None:
            return month
    return None


def _month_of(piece: Piece) -> int | None:
    if isinstance(piece, Day):
        return piece.month
    if isinstance(piece, Moved):
        return _month_of(piece.anchor)
    return piece.number if isinstance(piece, Month) and piece.portion is None else None


def place(findings: list[Finding], context: Context) -> list[Placed]:
    """Give every finding its days. Raise ``ImpossibleTime`` where none has them or an end precedes its start."""
    return [
        _place_range(finding, years) if finding.is_range else _place_single(finding, years)
        for finding, years in zip(findings, _years(findings, context), strict=True)
    ]


@dataclass(slots=True)
class _Years:
    """The year that counts where the finding names none."""

    own: int
    """The plan's, or that of a clause in front: ``Năm 2025: …``."""
    lent: int | None = None
    """A neighbour's in the same list: ``tháng 6 và tháng 12/2025``."""
    guessed: bool = False
    """Neither the neighbour's nor the plan's year would do."""


def _years(findings: list[Finding], context: Context) -> list[_Years]:
    """Years are lent from right to left, ``Quý I và quý III năm 2025``, then from left to right."""
    owns = _own_years(findings, context)
    years = [
        _Years(own, _printed(finding) or _of_school_year(finding, findings))
        for finding, own in zip(findings, owns, strict=True)
    ]
    for place in range(len(findings) - 2, -1, -1):
        _lend(findings, years, place, place + 1)
    for place in range(1, len(findings)):
        _lend(findings, years, place, place - 1)
    return years


def _own_years(findings: list[Finding], context: Context) -> list[int]:
    own, result = context.year, []
    for finding in findings:
        result.append(own)
        if isinstance(finding.first, Year) and finding.first.year and not finding.is_range:
            own = finding.first.year
    return result


def _of_school_year(finding: Finding, findings: list[Finding]) -> int | None:
    """``trước ngày 30/5 năm học 2025-2026`` is in 2026: school years are printed with both their years."""
    month = _month_of(finding.first)
    for other in findings:
        if month and other.clause == finding.clause and isinstance(other.first, SchoolYear) and other.first.year:
            return other.first.year + (month < FIRST_SCHOOL_MONTH)
    return None


def _printed(finding: Finding) -> int | None:
    return finding.first.year or finding.last.year


def _lend(findings: list[Finding], years: list[_Years], place: int, beside: int) -> None:
    """The neighbour's year if the list then runs forwards in time, else the plan's, else one year over.

    ``trước 15/12 và trong tháng 01/2026`` in a plan of 2025: that December is of 2025. What only stands
    beside another, ``tháng 02/2025 (sau Tết)``, may look back.
    """
    finding, neighbour, lent = findings[place], findings[beside], years[beside].lent
    if years[place].lent or not lent or finding.clause != neighbour.clause:
        return
    step = beside - place
    listed = (neighbour if step > 0 else finding).joint in JOINTS
    there = neighbour.first.span(lent).start
    candidates = (lent, years[place].own, lent - step) if listed else (lent, years[place].own)
    forwards = [year for year in candidates if (there - finding.first.span(year).start).days * step >= 0]
    years[place].lent = forwards[0] if forwards else lent
    years[place].guessed = bool(forwards) and forwards[0] not in (lent, years[place].own)


def _place_single(finding: Finding, years: _Years) -> Placed:
    year = years.lent or years.own
    whole = finding.first.span(year)
    doubt = _single_doubt(finding, year) or (UNSURE_YEAR if years.guessed else "")
    if finding.strict and finding.kind is Kind.START:
        next_day = whole.end + spans.ONE_DAY
        return Placed(finding, Kind.START, Span(next_day, next_day), doubt)
    if finding.strict:
        day_before = whole.start - spans.ONE_DAY
        if not finding.first.year and day_before.year != whole.start.year:
            doubt = doubt or UNSURE_YEAR
        return Placed(finding, Kind.DEADLINE, Span(day_before, day_before), doubt)
    return Placed(finding, finding.kind, whole, doubt)


def _single_doubt(finding: Finding, year: int) -> str:
    if finding.kind is Kind.START:
        return _rough(finding.first, 0) if isinstance(finding.first, Year) else finding.first.doubt(year)
    if finding.kind is Kind.DEADLINE and not finding.strict and isinstance(finding.first, Year):
        return _rough(finding.first, -1)
    return finding.first.doubt(year)


def _rough(piece: Piece, edge: int) -> str:
    """``từ đầu năm`` is surely 1 January, ``đến cuối năm`` 31 December, however long those parts of the year are."""
    sure = not isinstance(piece, Year) or piece.portion is None or piece.portion.index == edge
    return "" if sure else piece.doubt(0)


def _place_range(finding: Finding, years: _Years) -> Placed:
    """An end without a year takes that of the other, the plan's, or the one that lies before or after it."""
    first, last, own = finding.first, finding.last, years.own
    if last.year and not first.year:
        pairs = [(year, last.year) for year in (last.year, own, last.year - 1)]
    elif first.year and not last.year:
        pairs = [(first.year, year) for year in (first.year, own, first.year + 1)]
    elif first.year:
        pairs = [(first.year, first.year)]
    else:
        base = years.lent or own
        pairs = [(base, base), (base, base + 1)]
    for place, (start_year, end_year) in enumerate(pairs):
        span = _between(finding, start_year, end_year)
        guessed = place > 0 and pairs[place] not in ((own, last.year), (first.year, own))
        if span.start <= span.end and not (guessed and (span.end - span.start).days > _LONGEST_GUESS):
            unsure = UNSURE_YEAR if guessed or years.guessed else ""
            return Placed(finding, Kind.SPAN, span, _rough(finding.first, 0) or _rough(finding.last, -1) or unsure)
    span = _between(finding, *pairs[0])
    raise ImpossibleTime(f"Ngày kết thúc {span.end:%d/%m/%Y} đứng trước ngày bắt đầu {span.start:%d/%m/%Y}.")


def _between(finding: Finding, start_year: int, end_year: int) -> Span:
    end = finding.last.span(end_year)
    return Span(finding.first.span(start_year).start, end.start - spans.ONE_DAY if finding.strict else end.end)
