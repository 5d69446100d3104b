"""Sections of a draft: their words and their order."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from documents.outline import Kind, read_body
from plans import cleaning
from plans.interchange import MOST_BLOCKS
from plans.layouts import DEFAULT_COLUMNS
from plans.models import Plan, Section, TaskTable
from plans.services.claiming import claim
from plans.services.ordering import make_room, place_behind

DEFAULT_LAYOUT = "columns-5"


@dataclass(frozen=True, slots=True)
class SectionData:
    """``level`` 0: lines without a heading."""

    marker: str
    heading: str
    level: int
    body: str


@transaction.atomic
def update_section(section: Section, *, actor: Any, version: int, **values: Any) -> Section:
    """Change ``marker``, ``heading``, ``level`` or ``body`` (lines as typed) of a draft's section."""
    after = {name: cleaning.section_value(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(section, name) for name in after}, after)
    if not changes:
        return section
    plan = section.plan
    claim(plan, version)
    for name, (_, value) in changes.items():
        setattr(section, name, value)
    section.save(update_fields=list(changes))
    if "body" in changes:
        _keep_one_tasks_line(plan)
    audit.record("plans.section.changed", section, actor=actor, unit_id=plan.unit_id, changes=changes)
    return section


@transaction.atomic
def add_sections(
    plan: Plan,
    *,
    actor: Any,
    version: int,
    sections: Sequence[SectionData],
    after: int,
    keys: Sequence[uuid.UUID] = (),
) -> list[Section]:
    """New sections behind the place ``after`` (0: in front)."""
    claim(plan, version)
    there = Section.objects.filter(plan=plan)
    if there.count() + len(sections) > MOST_BLOCKS:
        raise UnfitField("heading", "Kế hoạch có quá nhiều mục.")
    make_room(there, after, len(sections))
    rows = []
    for position, data in enumerate(sections):
        values = {name: getattr(data, name) for name in ("marker", "heading", "level", "body")}
        row = Section(plan=plan, order=after + position + 1)
        for name, value in values.items():
            setattr(row, name, cleaning.section_value(name, value))
        if keys:
            row.key = keys[position]
        rows.append(row)
    Section.objects.bulk_create(rows)
    _keep_one_tasks_line(plan)
    headings = [str(row)[:200] for row in rows]
    audit.record("plans.sections.added", plan, actor=actor, unit_id=plan.unit_id, changes={"sections": ([], headings)})
    return rows


@transaction.atomic
def move_section(section: Section, *, actor: Any, version: int, after: int) -> Section:
    """Put the section behind the place ``after`` (0: in front)."""
    claim(section.plan, version)
    place_behind(Section.objects.filter(plan=section.plan), section, after)
    audit.record("plans.section.moved", section, actor=actor, unit_id=section.plan.unit_id)
    return section


@transaction.atomic
def remove_section(section: Section, *, actor: Any, version: int) -> None:
    """Out of the draft; what it said stays in the history."""
    plan = section.plan
    claim(plan, version)
    words = f"{section}\n{section.body}".strip()
    section.delete()
    audit.record(
        "plans.sections.removed", plan, actor=actor, unit_id=plan.unit_id, changes={"sections": ([words], [])}
    )


def _keep_one_tasks_line(plan: Plan) -> None:
    """A tasks line needs a table to stand for, and only one of them can print it."""
    bodies = plan.sections.values_list("body", flat=True)
    lines = sum(line.kind is Kind.TASKS for body in bodies for line in read_body(body))
    if lines > 1:
        raise UnfitField("body", "Kế hoạch đã có bảng nhiệm vụ ở chỗ khác; mỗi kế hoạch chỉ in bảng một lần.")
    if lines and not plan.task_tables.filter(place=TaskTable.Place.BODY).exists():
        columns = "\n".join(DEFAULT_COLUMNS[DEFAULT_LAYOUT])
        TaskTable.objects.create(plan=plan, place=TaskTable.Place.BODY, layout=DEFAULT_LAYOUT, columns=columns)
