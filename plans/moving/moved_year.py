"""Every proposal that moves a plan to a later year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from core.errors import AppError
from documents.dates import PartialDate
from documents.times import TimeReading, read_time
from documents.tree import Header
from documents.wording import follow_header
from plans.interchange import LAST_YEAR, Heading, PlanData, TaskData
from plans.moving.anniversaries import find_anniversaries
from plans.moving.citations import Citation, find_citations
from plans.moving.periods import find_periods
from plans.moving.places import Place, texts_of
from plans.moving.proposals import Finding, Group, Kind, Proposal, keep_apart, placed, whole
from plans.moving.years import Move, find_iso_day, find_school_years, find_years, why_of_day

_NOT_OURS = {"superior", "issuer", "place", "signature_lines", "signature_post"}
_REFERENCE = Place(("appendix", "reference"))
_AUTUMN = 10  # month from which papers for the next year are issued
_LAST_QUARTER = 4
_OF_SUPERIOR = re.compile(r"\b(?:huyện|quận|thị xã|thành phố|tỉnh|trung ương|chính phủ|cấp trên)\b", re.IGNORECASE)


class UnfitYear(AppError):
    message = "Năm chuyển đến phải sau năm của kế hoạch."


def propose_year(plan: PlanData, to_year: int) -> list[Proposal]:
    """In the order of the paper, none over another; nothing for the plan's own year.

    Raise ``UnfitYear`` for a year before the plan's or after the last that a plan may have.
    """
    move = Move(plan.year, to_year)
    if not move.by:
        return []
    if move.by < 0 or to_year > LAST_YEAR:
        raise UnfitYear(f"Kế hoạch năm {plan.year} chỉ chuyển được sang một năm sau đó, đến năm {LAST_YEAR}.")
    proposals = [*_header(plan, move)]
    looking_back = _looking_back(plan, move)
    for place, text in texts_of(plan):
        if text and place.path[0] not in _NOT_OURS:
            proposals += _of_text(plan, place, text, move, looks_back=place in looking_back)
        if place.path[0] == "tasks" and place.path[-1] == "note":
            task = Place(place.path[:2])
            proposals += _task_dates(task, plan.tasks[int(place.path[1])], plan, move)
    return proposals


def _of_text(plan: PlanData, place: Place, text: str, move: Move, *, looks_back: bool) -> list[Proposal]:
    if place == _REFERENCE:
        return _reference(plan, move, text)
    findings = _findings(text, move, looks_back=looks_back, is_part=place.path[0] == "parts")
    return placed(place, text, _doubting_the_last_quarter(plan, place, findings, move))


def _findings(text: str, move: Move, *, looks_back: bool = False, is_part: bool = False) -> list[Finding]:
    if is_part and (found := list(find_iso_day(text, move))):
        return found
    citations = find_citations(text)
    asked = [_asked_citation(citation, move) for citation in citations if _is_of_the_year(citation, move)]
    own_time = (
        *find_anniversaries(text, move),
        *find_school_years(text, move),
        *find_periods(text, move),
        *find_years(text, move, looks_back=looks_back),
    )
    own = keep_apart(own_time, [citation.span for citation in citations])
    return sorted([*asked, *own], key=lambda finding: finding.start)


def _is_of_the_year(citation: Citation, move: Move) -> bool:
    """A paper that somebody issues anew each year: it names the plan's year or was issued for it."""
    if citation.is_law:
        return False
    if move.old in citation.years:
        return True
    day = None if citation.is_central else citation.date
    return day is not None and (day.year == move.old or (day.year == move.old - 1 and day.month >= _AUTUMN))


def _asked_citation(citation: Citation, move: Move) -> Finding:
    kind = citation.kind[:1].upper() + citation.kind[1:] if citation.kind else "Văn bản"
    issuer = " của cấp trên" if _OF_SUPERIOR.search(citation.issuer) else ""
    what = "số mấy, ngày nào" if citation.number or not citation.date else "ngày nào"
    why = f"{kind}{issuer} năm {move.new} {what}?"
    return Finding(citation.start, citation.end, None, why, Group.CITATION, Kind.ASK)


def _header(plan: PlanData, move: Move) -> Iterator[Proposal]:
    why = f"Kế hoạch chuyển sang năm {move.new}."
    yield whole(Place(("year",)), str(move.old), str(move.new), why, Group.HEADER)
    if plan.number:
        yield whole(Place(("number",)), plan.number, "", "Dự thảo mới chưa có số.", Group.HEADER)
    if plan.date.year:
        new = str(_new_date(plan, move))
        yield whole(Place(("date",)), str(plan.date), new, "Dự thảo mới để trống ngày, tháng.", Group.HEADER)


def _new_date(plan: PlanData, move: Move) -> PartialDate:
    return PartialDate(plan.date.year + move.by) if plan.date.year else PartialDate()


def _reference(plan: PlanData, move: Move, text: str) -> list[Proposal]:
    """``(Kèm theo Kế hoạch số … ngày …)`` repeats the plan's own number and day."""
    before = Header(number=plan.number, symbol=plan.symbol, place=plan.place, date=plan.date, issuer=())
    after = Header(number="", symbol=plan.symbol, place=plan.place, date=_new_date(plan, move), issuer=())
    new = follow_header(text, before, after)
    if new == text:
        return placed(_REFERENCE, text, keep_apart(find_years(text, move)))
    start = next(position for position, pair in enumerate(zip(text, new, strict=False)) if pair[0] != pair[1])
    tail = 0
    while tail < min(len(text), len(new)) - start and text[-1 - tail] == new[-1 - tail]:
        tail += 1
    end = len(text) - tail
    finding = Finding(
        start, end, new[start : len(new) - tail], "Số, ngày theo dự thảo mới, còn để trống.", Group.HEADER
    )
    return placed(_REFERENCE, text, [finding])


def _looking_back(plan: PlanData, move: Move) -> set[Place]:
    """Paragraphs under a heading that names the year before: figures of that year stand in them."""
    places: set[Place] = set()
    is_back = False
    for position, block in enumerate(plan.blocks):
        if isinstance(block, Heading):
            is_back = bool(re.search(rf"(?<!\d){move.old - 1}(?!\d)", block.text))
        elif is_back:
            places.add(Place(("blocks", str(position), "text")))
    return places


def _doubting_the_last_quarter(plan: PlanData, place: Place, findings: list[Finding], move: Move) -> Iterator[Finding]:
    """In the last quarter a plan looks back on its own year: the year before is most likely a slip kept for years."""
    is_late = (
        place.path[0] == "tasks"
        and place.path[-1] == "content"
        and _is_in_last_quarter(plan.tasks[int(place.path[1])], move)
    )
    for finding in findings:
        if is_late and finding.group is Group.YEAR and (finding.new or "").endswith(str(move.new - 1)):
            why = f"Việc quý IV năm {move.old} lại ghi năm {move.old - 1}: dời cùng số năm, hãy xem lại."
            yield Finding(finding.start, finding.end, finding.new, why, finding.group, finding.kind, is_doubtful=True)
        else:
            yield finding


def _is_in_last_quarter(task: TaskData, move: Move) -> bool:
    if task.quarter:
        return task.quarter == _LAST_QUARTER
    return task.start is not None and (task.start.year, task.start.month) >= (move.old, _AUTUMN)


def _task_dates(place: Place, task: TaskData, plan: PlanData, move: Move) -> Iterator[Proposal]:
    start, due = _moved_dates(task, plan, move)
    for name, old, new in (("start", task.start, start), ("due", task.due, due)):
        if old and new and old != new:
            is_doubtful = old.year < move.old
            why = why_of_day(old.year, move) if is_doubtful else f"Theo thời gian của nhiệm vụ trong năm {move.new}."
            where = place.into(name)
            yield whole(where, old.isoformat(), new.isoformat(), why, Group.TASK_DATES, is_doubtful=is_doubtful)


def _moved_dates(task: TaskData, plan: PlanData, move: Move) -> tuple[dt.date | None, dt.date | None]:
    """Read anew from the moved time words where the old ones gave the old dates, else so many years later."""
    before = read_time(task.time_text, move.old, issued=plan.date.exact, quarter=task.quarter)
    after = read_time(_moved_time(task.time_text, move), move.new, quarter=task.quarter)
    if _dates(before) == (task.start, task.due) and [*map(bool, _dates(before))] == [*map(bool, _dates(after))]:
        return _dates(after)
    return _later_span(task.start, task.due, move)


def _dates(reading: TimeReading) -> tuple[dt.date | None, dt.date | None]:
    return reading.start, reading.due


def _moved_time(text: str, move: Move) -> str:
    for finding in reversed(
        [one for one in _findings(text, move) if one.kind is Kind.CERTAIN and one.new is not None]
    ):
        text = text[: finding.start] + (finding.new or "") + text[finding.end :]
    return text


def _later_span(start: dt.date | None, due: dt.date | None, move: Move) -> tuple[dt.date | None, dt.date | None]:
    """Whole months stay whole: the last day of February is the last day of February."""
    later_start, later_due = start and move.day(start), due and move.day(due)
    if start and due and later_due and start.day == 1 and (due + dt.timedelta(days=1)).day == 1:
        later_due = (move.day(due.replace(day=1)) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return later_start, later_due
