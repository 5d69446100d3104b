"""Rows as the page sends them, read into what the services take."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from core.errors import UnfitField
from plans.editor.acts import UnfitActs, read_key, text, texts
from plans.editor.values import level_for, read_day, read_heading
from plans.interchange import TaskData
from plans.models import Plan, Section, Task
from plans.services import SectionData, read_dates
from units.models import Person

Row = Mapping[str, Any]


def fresh(model: type[Section] | type[Task], rows: Iterable[Row]) -> dict[uuid.UUID, Row]:
    """Those that are not there yet: a request sent again after a lost answer adds nothing twice."""
    by_key = {key: row for row in rows if (key := read_key(row.get("key")))}
    there = set(model._default_manager.filter(key__in=by_key).values_list("key", flat=True)) if by_key else set()
    return {key: row for key, row in by_key.items() if key not in there}


def person(plan: Plan, value: Any) -> Person | None:
    if value is None:
        return None
    found = Person.objects.filter(unit=plan.unit_id, pk=value).first() if isinstance(value, int) else None
    if found is None:
        raise UnfitField("follower", "Người theo dõi phải thuộc đơn vị của kế hoạch.")
    return found


# -- Sections ----------------------------------------------------------------------------


def heading_values(plan: Plan, section: Section, line: str) -> dict[str, Any]:
    """A heading's line; emptied, its lines belong to the section before."""
    marker, heading = read_heading(line)
    if not marker and not heading:
        return {"marker": "", "heading": "", "level": 0}
    level = section.level
    if not level or bool(marker) != bool(section.marker):
        level = level_for(marker, _levels(plan, but=section))
    return {"marker": marker, "heading": heading, "level": level}


def sections_of(plan: Plan, rows: Iterable[Row]) -> list[SectionData]:
    levels = _levels(plan)
    sections = []
    for row in rows:
        marker, heading = read_heading(text(row.get("line")))
        level = row.get("level")
        if not isinstance(level, int):
            level = level_for(marker, levels) if marker or heading else 0
        sections.append(SectionData(marker, heading, level, text(row.get("body"))))
    return sections


def _levels(plan: Plan, but: Section | None = None) -> list[tuple[str, int]]:
    others = Section.objects.filter(plan=plan)
    return list((others.exclude(pk=but.pk) if but else others).values_list("marker", "level"))


# -- Tasks -------------------------------------------------------------------------------


def task_of(plan: Plan, row: Row) -> TaskData:
    """Dates that the page names are kept (a row taken back), else they are read from the time words."""
    time_text, quarter = text(row.get("time_text")), _quarter("quarter", row.get("quarter"), plan)
    start, due = (read_day(name, text(row.get(name)), plan.year) for name in ("start", "due"))
    dates: dict[str, Any] = {"start": start, "due": due, "is_ongoing": bool(row.get("is_ongoing"))}
    if start is None and due is None:
        dates = read_dates(time_text, plan, quarter=quarter)
    return TaskData(
        number=_number("number", row.get("number") or "", plan),
        quarter=quarter,
        content=text(row.get("content")),
        lead=texts(row.get("lead", [])),
        support=texts(row.get("support", [])),
        time_text=time_text,
        note=text(row.get("note")),
        **dates,
    )


def _text(name: str, value: Any, plan: Plan) -> str:
    return text(value)


def _names(name: str, value: Any, plan: Plan) -> tuple[str, ...]:
    return texts(value)


def _day(name: str, value: Any, plan: Plan) -> Any:
    return read_day(name, text(value), plan.year)


def _quarter(name: str, value: Any, plan: Plan) -> int | None:
    if value is not None and (isinstance(value, bool) or value not in (1, 2, 3, 4)):
        raise UnfitActs
    return value


def _number(name: str, value: Any, plan: Plan) -> int | None:
    typed = text(value).strip().rstrip(".")
    if not typed:
        return None
    if not typed.isdecimal() or len(typed) > 6:
        raise UnfitField(name, "Số thứ tự là số, ví dụ 3.")
    return int(typed)


TASK_FIELDS: dict[str, Callable[[str, Any, Plan], Any]] = {
    "content": _text,
    "time_text": _text,
    "note": _text,
    "lead": _names,
    "support": _names,
    "quarter": _quarter,
    "number": _number,
    "start": _day,
    "due": _day,
    "planned_for": _day,
    "asks_day": lambda name, value, plan: bool(value),
}
"""What can be typed into a row's cells, and how the page's value is read."""
