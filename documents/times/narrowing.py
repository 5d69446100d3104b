"""Findings beside each other: alternatives, frames around something narrower, what a report is about."""

from __future__ import annotations

from documents.times.clauses import Kind
from documents.times.marks import Sign
from documents.times.pieces import Day, Lasting, LunarNewYear, Moved, Piece, Year
from documents.times.placing import Placed
from documents.times.spans import ONE_DAY, Span


def narrow(placed: list[Placed]) -> list[Placed]:
    """What is left when neighbours have explained each other."""
    joined = _begun(_join(placed))
    result = []
    for place, item in enumerate(joined):
        clause = [other for other in joined if other is not item and other.finding.clause == item.finding.clause]
        apart = item.finding.joint is not None and _no_deadline_follows(joined[place + 1 :], item.finding.clause)
        kind = _kind_beside(item, clause, apart=apart) if _may_be_frame(item) else item.kind
        if kind is not None:
            result.append(Placed(item.finding, kind, item.span, item.doubt))
    return result


def _join(placed: list[Placed]) -> list[Placed]:
    """``tháng 12/2025 hoặc tháng 01/2026`` and ``cuối tháng 6, đầu tháng 7`` are one stretch each."""
    result: list[Placed] = []
    for item in placed:
        last = result[-1] if result else None
        if last and last.kind is item.kind is Kind.SPAN and last.finding.clause == item.finding.clause:
            follows = item.span.start == last.span.end + ONE_DAY and _is_part(item.finding.first)
            follows = follows and _is_part(last.finding.last) and item.finding.joint in (None, Sign.COMMA)
            if item.finding.joint is Sign.OR or follows:
                span = Span(min(last.span.start, item.span.start), max(last.span.end, item.span.end))
                result[-1] = Placed(last.finding, Kind.SPAN, span, last.doubt or item.doubt)
                continue
        result.append(item)
    return result


def _begun(placed: list[Placed]) -> list[Placed]:
    """``triển khai tháng 3, hoàn thành tháng 6``: the end of March is no due day; without hoàn thành it would be."""
    ends = [item.span.end for item in placed if item.finding.role is Sign.FINISH and item.kind is not Kind.START]
    return [
        Placed(item.finding, Kind.START, item.span, item.doubt)
        if item.finding.role is Sign.BEGIN and item.kind is Kind.SPAN and any(end > item.span.end for end in ends)
        else item
        for item in placed
    ]


def _is_part(piece: Piece) -> bool:
    return getattr(piece, "portion", None) is not None


def _may_be_frame(item: Placed) -> bool:
    single = item.kind is Kind.SPAN and not item.finding.is_range
    return single and not isinstance(item.finding.first, Day | Moved | Lasting | LunarNewYear)


def _no_deadline_follows(later: list[Placed], clause: int) -> bool:
    """``xong trước 31/10, tổng kết tháng 12``: that deadline is not the one of the report."""
    return not any(other.kind is Kind.DEADLINE and other.finding.clause == clause for other in later)


def _kind_beside(item: Placed, clause: list[Placed], *, apart: bool) -> Kind | None:
    """What a month, quarter or year is when others stand in its clause; None: it only explains them.

    ``quý II, xong trước ngày 15/6``: its start. ``báo cáo quý I trước ngày 05/4`` and
    ``quý I (trước ngày 05/4)``: nothing. ``trong năm 2025, từ tháng 3``: its end.
    ``năm 2025: tháng 3``: nothing, but in ``tháng 6 và cả năm`` both stand.
    """
    deadlines = [other for other in clause if other.kind is Kind.DEADLINE]
    if deadlines and item.finding.reported and not apart:
        return None
    if any(item.span.covers(other.span) for other in deadlines):
        return Kind.START
    if any(other.finding.bracketed and not item.finding.bracketed for other in deadlines):
        return None
    inside = [other for other in clause if item.span.covers(other.span) and item.span != other.span]
    if any(other.kind is Kind.START for other in inside):
        return Kind.DEADLINE
    whole = isinstance(item.finding.first, Year) and item.finding.first.whole
    if not whole and any(not _listed_with(item, other) for other in inside):
        return None
    return item.kind


def _listed_with(item: Placed, other: Placed) -> bool:
    """Joined by và, or of one kind: ``6 tháng, 9 tháng đầu năm``; but ``tháng 5, tuần 2 tháng 5`` are not."""
    alike = type(item.finding.first) is type(other.finding.first) and not _is_part(other.finding.first)
    return alike or Sign.AND in (item.finding.joint, other.finding.joint)
