"""Facts → the reading: start, due days, recurrence, and what must be said about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from documents.dates import ROMAN
from documents.times import placing, recurring, spans
from documents.times.clauses import Facts, Finding, Kind
from documents.times.errors import ImpossibleTime
from documents.times.marks import Context
from documents.times.narrowing import narrow
from documents.times.pieces import Day, Year
from documents.times.placing import Placed
from documents.times.reading import TimeReading
from documents.times.spans import Span

_FARTHEST = 30  # years after the plan's: beyond them a year is more likely a slip
_EARLIEST_MONTH = 10  # papers of a year set their first tasks in the last quarter before it
_SEVERAL_CYCLES = "Có nhiều kỳ lặp lại khác nhau; mới ghi được kỳ thứ nhất."
_AROUND = "“Trước, trong và sau” chưa nói rõ thời hạn; mới ghi được chính ngày đó."


def combine(facts: Facts, context: Context, text: str) -> TimeReading:
    """``text`` is what a sentence quotes. Raise ``ImpossibleTime`` for what no calendar has."""
    findings = _without_subjects(facts.findings)
    placing.fill_blanks(findings, context)
    blanks = [finding for finding in findings if finding.first.blank or finding.last.blank]
    placed = narrow(placing.place([finding for finding in findings if finding not in blanks], context))
    placed = _on_weekday(facts, placed)
    reading = _with_blanks(facts, placed, blanks, context) or _read(facts, placed, context)
    if reading is None:
        return _nothing(facts, context, text)
    if reading.start and reading.due and reading.start > reading.due:
        raise ImpossibleTime(f"Ngày kết thúc {reading.due:%d/%m/%Y} đứng trước ngày bắt đầu {reading.start:%d/%m/%Y}.")
    doubts = [
        *(f"Chưa đọc được phần “{part}”." for part in facts.unread),
        reading.problem,
        *_unclear(blanks, facts),
        *(item.doubt for item in placed),
        _AROUND if facts.around else "",
        _weekday_doubt(facts, placed),
        _outside_year(reading, placed, context),
        _outside_quarter(reading, context),
    ]
    return replace(reading, problem=next(filter(None, doubts), ""))


def _without_subjects(findings: list[Finding]) -> list[Finding]:
    """``xây dựng Kế hoạch năm 2026 trước ngày 15/12``: the year of the plan is not that of the day."""
    times = [finding for finding in findings if not (isinstance(finding.first, Year) and finding.first.subject)]
    return times or findings


def _with_blanks(facts: Facts, placed: list[Placed], blanks: list[Finding], context: Context) -> TimeReading | None:
    """``ngày 15 hằng tháng``: the days that every month or quarter brings."""
    units = [unit for finding in blanks if (unit := recurring.returning_unit(finding, facts))]
    if not units:
        return None
    doubt = "" if len(set(units)) == 1 else _SEVERAL_CYCLES
    days = [item for item in placed if isinstance(item.finding.first, Day) and not item.finding.is_range]
    base = _base([item for item in placed if item not in days], context)
    base = Span(recurring.first_day(base, context.issued), base.end)
    same = [finding for finding in blanks if recurring.returning_unit(finding, facts) == units[0]]
    found = recurring.returning_days(same, units[0], base)
    if found is None:
        return None
    dates = tuple(sorted({*_dues(days), found.last}))
    return TimeReading(found.first, dates[-1], dates, facts.ongoing, found.rule, found.doubt or doubt)


def _unclear(blanks: list[Finding], facts: Facts) -> list[str]:
    """Which month ``ngày 15`` belongs to, where neither a neighbour nor a cycle says so."""
    sentences = []
    for finding in blanks:
        if not recurring.returning_unit(finding, facts):
            piece = finding.first if finding.first.blank else finding.last
            sentences.append(piece.missing)
    return sentences


def _read(facts: Facts, placed: list[Placed], context: Context) -> TimeReading | None:
    all_year = len(placed) == 1 and isinstance(placed[0].finding.first, Year) and placed[0].finding.first.whole
    if facts.weekdays and any(cycle.unit in ("tuần", "tháng") for cycle in facts.cycles):
        rule, doubt = recurring.weekday_rule(facts)
        return _stretch(facts, placed, context, rule, doubt)
    rule = _cycle_rule(facts, placed, context)
    if facts.ongoing or all_year:
        return replace(_stretch(facts, placed, context, rule), ongoing=True)
    if rule or (facts.cycles and not placed):
        return _stretch(facts, placed, context, rule)
    return _plain(placed) if placed else None


def _cycle_rule(facts: Facts, placed: list[Placed], context: Context) -> str:
    named = [item for item in placed if not isinstance(item.finding.first, Year) and not item.finding.is_range]
    return recurring.plain_rule(facts, len(named), of_quarter=context.quarter is not None)


def _stretch(facts: Facts, placed: list[Placed], context: Context, rule: str, doubt: str = "") -> TimeReading:
    """What goes on or recurs from one day to another: as printed, else in the quarter or year of the plan."""
    base = _base(placed, context)
    begun = any(item.kind is Kind.START or item.finding.is_range for item in placed)
    start = recurring.first_day(base, context.issued) if rule and not begun else base.start
    dates = _dues(placed) or (base.end,)
    return TimeReading(start, dates[-1], dates, recurrence=rule, problem=doubt)


def _plain(placed: list[Placed]) -> TimeReading:
    starts = [item.span.start for item in placed if item.kind is not Kind.DEADLINE]
    dates = _dues(placed)
    return TimeReading(min(starts, default=None), dates[-1] if dates else None, dates)


def _dues(placed: list[Placed]) -> tuple[date, ...]:
    return tuple(sorted({item.span.end for item in placed if item.kind is not Kind.START}))


def _base(placed: list[Placed], context: Context) -> Span:
    """From the first start to the last due day; an end that is not named is that of the quarter or year around it."""
    starts = [item.span.start for item in placed if item.kind is not Kind.DEADLINE]
    ends = [item.span.end for item in placed if item.kind is not Kind.START]
    default = _default(context)
    start = min(starts, default=default.start)
    end = max(ends, default=max(default.end, spans.year_span(start.year).end) if start > default.end else default.end)
    if not starts and end < start:
        start = spans.year_span(end.year).start
    return Span(start, end)


def _default(context: Context) -> Span:
    return spans.quarter_span(context.year, context.quarter) if context.quarter else spans.year_span(context.year)


def _nothing(facts: Facts, context: Context, text: str) -> TimeReading:
    """No day was found: that may be right (an empty cell, an event that nobody can date yet), or it is said."""
    unclear = _unclear([finding for finding in facts.findings if finding.first.blank], facts)
    if unclear:
        return TimeReading(problem=unclear[0])
    empty = not any(letter.isalnum() for letter in text)
    if facts.unread or not (empty or facts.event or facts.on_demand):
        if facts.lengths and not facts.unread:
            return TimeReading(problem=f"Chưa rõ thời hạn “{text}” tính từ ngày nào.")
        if facts.weekdays and not facts.unread:
            return TimeReading(problem=recurring.NO_WEEK)
        return TimeReading(problem=f"Chưa đọc được thời gian “{text}”.")
    if context.quarter and not facts.on_demand:
        span = _default(context)
        return TimeReading(span.start, span.end, (span.end,))
    return TimeReading()


def _on_weekday(facts: Facts, placed: list[Placed]) -> list[Placed]:
    """``thứ Sáu tuần thứ hai tháng 5``: the one day of that week."""
    names = [name for weekdays, _ in facts.weekdays for name in weekdays.names]
    if len(names) != 1 or facts.cycles or len(placed) != 1:
        return placed
    item = placed[0]
    if item.kind is not Kind.SPAN or (item.span.end - item.span.start).days != spans.DAYS_OF_WEEK - 1:
        return placed
    day = recurring.next_weekday(item.span.start, names[0])
    return [Placed(item.finding, item.kind, Span(day, day), item.doubt)]


def _weekday_doubt(facts: Facts, placed: list[Placed]) -> str:
    """A weekday without a cycle goes with a day, and must be the right one."""
    if not facts.weekdays or any(cycle.unit in ("tuần", "tháng") for cycle in facts.cycles):
        return ""
    days = [item.span.end for item in placed if item.span.start == item.span.end]
    return recurring.weekday_mismatch(facts, days[0]) if days else recurring.NO_WEEK


def _outside_year(reading: TimeReading, placed: list[Placed], context: Context) -> str:
    """Stretches of earlier years, deadlines past when the paper was issued, years far ahead: read, and doubtful."""
    new_year = date(context.year, 1, 1)
    first_due = max(date(context.year - 1, _EARLIEST_MONTH, 1), min(context.issued or date.min, new_year))
    for item in placed:
        stretch = item.kind is Kind.SPAN and item.span.start != item.span.end
        limit = new_year if stretch else first_due
        if item.kind is not Kind.START and item.span.end < limit:
            return f"Thời gian này thuộc năm {item.span.end.year}, trước năm {context.year} của kế hoạch."
    last = reading.due or reading.start
    if last and last.year > context.year + _FARTHEST:
        return f"Năm {last.year} cách quá xa năm {context.year} của kế hoạch."
    return ""


def _outside_quarter(reading: TimeReading, context: Context) -> str:
    first, last = reading.start or reading.due, reading.due or reading.start
    if not context.quarter or first is None or last is None:
        return ""
    if Span(first, last).meets(_default(context)):
        return ""
    return f"Thời gian này không thuộc quý {ROMAN[context.quarter]}/{context.year} của đề mục."
