"""Cycles → a rule that calendars understand, and the first and last day on which it falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from documents.times import words
from documents.times.clauses import Facts, Finding
from documents.times.errors import ImpossibleTime
from documents.times.marks import Cycle, Weekdays
from documents.times.pieces import Day, DayOfQuarter, Month, Quarter, with_number
from documents.times.spans import MONTHS_OF_QUARTER, ONE_DAY, Span

NO_WEEK = "Chưa rõ thứ trong tuần này thuộc tuần nào."
_SKIPPED = "Có tháng không có ngày {day}; nếu là ngày cuối tháng, đề nghị ghi rõ."


@dataclass(frozen=True, slots=True)
class Returning:
    """Days that come again."""

    rule: str
    first: date
    last: date
    doubt: str = ""


def returning_unit(finding: Finding, facts: Facts) -> str:
    """``tháng`` or ``quý`` where the finding's blank is filled by every one of them; empty where nothing says so."""
    cycles = {cycle.unit for cycle in facts.cycles if cycle.every == 1 and cycle.times == 1}
    if isinstance(finding.first, Day | Month):
        return "tháng" if "tháng" in cycles else ""
    return "quý" if isinstance(finding.first, Quarter | DayOfQuarter) and "quý" in cycles else ""


def returning_days(findings: list[Finding], unit: str, base: Span) -> Returning | None:
    """``trước ngày 10, 20 hằng tháng``, ``ngày cuối cùng của quý``: all of one unit, within ``base``."""
    days: list[tuple[date, date]] = []
    month_days: set[int] = set()
    doubt = ""
    for finding in findings:
        found, missing = _occurrences(finding, unit, base)
        if missing and isinstance(finding.last, Day):
            doubt = _SKIPPED.format(day=finding.last.day)
        if found:
            days += found
            month_days.add(_month_day([due for _, due in found]))
    if not days:
        return None
    interval = f";INTERVAL={MONTHS_OF_QUARTER}" if unit == "quý" else ""
    rule = f"FREQ=MONTHLY{interval};BYMONTHDAY=" + ",".join(map(str, sorted(month_days, key=lambda day: day % 32)))
    return Returning(rule, min(start for start, _ in days), max(due for _, due in days), doubt)


def _occurrences(finding: Finding, unit: str, base: Span) -> tuple[list[tuple[date, date]], bool]:
    """First and due day in every month or quarter whose due day lies in ``base``; and whether some month lacks it."""
    step = MONTHS_OF_QUARTER if unit == "quý" else 1
    per_year = 12 // step
    begin = base.start.year * per_year + (base.start.month - 1) // step
    end = base.end.year * per_year + (base.end.month - 1) // step + 1
    found, missing = [], False
    for count in range(begin, end + 1):
        year, index = divmod(count, per_year)
        try:
            start, due = _in_one(finding, year, index + 1)
        except ImpossibleTime:
            missing = missing or count < end
            continue
        if base.start <= due <= base.end:
            found.append((start, due))
    return found, missing


def _in_one(finding: Finding, year: int, number: int) -> tuple[date, date]:
    first = with_number(finding.first, number).span(year)
    last = with_number(finding.last, number).span(year)
    due = last.start - ONE_DAY if finding.strict else last.end
    return (first.start if finding.is_range else due), due


def _month_day(dues: list[date]) -> int:
    """The day of the month, -1 for its last."""
    return -1 if all((due + ONE_DAY).day == 1 for due in dues) else dues[-1].day


def weekday_rule(facts: Facts) -> tuple[str, str]:
    """``thứ Hai hằng tuần``, ``thứ Sáu tuần cuối hằng tháng``: the rule, or a sentence on what is missing."""
    names: list[str] = []
    weekly = next((cycle for cycle in facts.cycles if cycle.unit == "tuần"), None)
    monthly = Cycle("tháng") in facts.cycles
    for weekdays, strict in facts.weekdays:
        names += _strict_names(weekdays) if strict else weekdays.names
    if weekly and weekly.rule:
        ordered = sorted(set(names), key=words.WEEK.index)
        return f"{weekly.rule};BYDAY={','.join(ordered)}", ""
    weeks = {weekdays.week for weekdays, _ in facts.weekdays}
    if monthly and 0 not in weeks and not any(strict for _, strict in facts.weekdays):
        parts = [f"{weekdays.week}{name}" for weekdays, _ in facts.weekdays for name in weekdays.names]
        return f"FREQ=MONTHLY;BYDAY={','.join(parts)}", ""
    return "", NO_WEEK


def _strict_names(weekdays: Weekdays) -> list[str]:
    """Before Friday is done by Thursday."""
    return [words.WEEK[words.WEEK.index(name) - 1] for name in weekdays.names]


def weekday_mismatch(facts: Facts, day: date) -> str:
    """``thứ Hai, ngày 20/6/2025``: that day is a Friday."""
    named = {name for weekdays, _ in facts.weekdays for name in weekdays.names}
    real = words.WEEK[day.weekday()]
    return "" if real in named else f"Ngày {day:%d/%m/%Y} là {words.WEEKDAY_NAMES[real]}, không khớp thứ đã ghi."


def plain_rule(facts: Facts, named: int, *, of_quarter: bool) -> str:
    """The rule of a cycle that names no day; ``named`` counts the days and stretches named besides.

    Several cycles at once (quý, 6 tháng, năm) are no single rule. Where the text names the
    days themselves, ``6 tháng (trước ngày 05/6) và năm (trước ngày 05/12)``, they say it all.
    """
    cycles = set(facts.cycles)
    if len(cycles) != 1:
        return ""
    cycle = cycles.pop()
    once = cycle.long or (cycle.unit == "quý" and of_quarter)
    if named and (once or (named > 1 and cycle.unit in ("tháng", "quý"))):
        return ""
    return cycle.rule


def next_weekday(day: date, name: str) -> date:
    """That weekday, from ``day`` on."""
    return day + ONE_DAY * ((words.WEEK.index(name) - day.weekday()) % len(words.WEEK))


def first_day(base: Span, issued: date | None) -> date:
    """What recurs begins with the stretch, or with the paper that orders it."""
    return max(base.start, issued) if issued and issued <= base.end else base.start
