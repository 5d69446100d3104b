"""A plan's rows given other words in place, as the signed paper has them.

Rows stay what they are: their keys, their results, who is meant by a name that did not change. The caller holds the
plan's version, whatever its state.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db import transaction

from core import audit
from documents.outline import Line, read_body, write_body
from plans import cleaning
from plans.interchange import Block, Heading, PlanData, Table, TaskData
from plans.models import Assignment, Plan, Section, Task, TaskTable
from plans.selectors import with_content
from plans.services.header import settle_header
from plans.services.tasks import followers_of, refuse_days
from units.services import ensure_parts

_TEXTS = ("place", "title", "subject", "closing", "archive", "signature_post")
_LISTS = ("preamble", "recipients", "signature_lines")
_TASK_TEXTS = ("content", "time_text", "note")
_APPENDIX_TEXTS = ("title", "subject", "reference")


@transaction.atomic
def rewrite_plan(plan: Plan, before: PlanData, after: PlanData, *, actor: Any, gone: Collection[int] = ()) -> None:
    """What ``after`` says otherwise than ``before``, which is the plan as its rows have it.

    Both have the same texts, but for the blocks ``gone``, counted as in ``before``. Number, symbol, day and name of
    whoever signs are not touched (``settle_header``), nor is what belongs to the issuer. Raise ``UnfitField`` for
    words that no plan can hold.
    """
    rows = with_content(Plan.objects.filter(pk=plan.pk)).get()
    settle_header(plan, actor=actor, **_header_changes(before, after))
    _rewrite_sections(rows, after.blocks, set(gone), actor)
    _rewrite_tables(rows, before, after, actor)
    prints_quarters = any(not _is_without_quarters(table) for table in _tables(after))
    for task, was, now in zip(rows.tasks.all(), before.tasks, after.tasks, strict=True):
        task.plan = plan  # its day is the signed paper's by now
        _rewrite_task(task, was, now, actor, keeps_quarter=prints_quarters)


def _header_changes(before: PlanData, after: PlanData) -> dict[str, str]:
    texts = {name: getattr(after, name) for name in _TEXTS if getattr(after, name) != getattr(before, name)}
    lists = {name: "\n".join(getattr(after, name)) for name in _LISTS if getattr(after, name) != getattr(before, name)}
    return texts | lists


# -- Sections ------------------------------------------------------------------------------


def _rewrite_sections(plan: Plan, blocks: Sequence[Block], gone: set[int], actor: Any) -> None:
    """Each section has as many blocks as before, but for those that are gone."""
    left, at = iter(blocks), 0
    for section in plan.sections.all():
        lines = read_body(section.body)
        count = len(lines) + bool(section.level)
        kept = [next(left) for position in range(at, at + count) if position not in gone]
        loses_heading = bool(section.level) and at in gone
        at += count
        if kept or not count:
            _rewrite_section(section, lines, kept, actor, loses_heading=loses_heading)
        else:
            _remove_section(section, actor)


def _rewrite_section(
    section: Section, lines: Sequence[Line], kept: Sequence[Block], actor: Any, *, loses_heading: bool
) -> None:
    after: dict[str, Any] = {}
    body = [block for block in kept if isinstance(block, Line)]
    for heading in (block for block in kept if isinstance(block, Heading)):
        after |= {"marker": heading.marker, "heading": heading.text}
    if loses_heading:
        after |= {"level": 0, "marker": "", "heading": ""}
    if body != list(lines):
        after["body"] = write_body(body)
    changes = {
        name: (getattr(section, name), cleaning.section_value(name, value))
        for name, value in after.items()
        if value != getattr(section, name)
    }
    if not changes:
        return
    for name, (_, value) in changes.items():
        setattr(section, name, value)
    section.save(update_fields=list(changes))
    audit.record("plans.section.changed", section, actor=actor, unit_id=section.plan.unit_id, changes=changes)


def _remove_section(section: Section, actor: Any) -> None:
    words = f"{section}\n{section.body}".strip()
    plan = section.plan
    section.delete()
    audit.record(
        "plans.sections.removed", plan, actor=actor, unit_id=plan.unit_id, changes={"sections": ([words], [])}
    )


# -- Tables --------------------------------------------------------------------------------


def _tables(plan: PlanData) -> Iterator[Table]:
    yield from (table for table in (plan.table, plan.appendix and plan.appendix.table) if table)


def _is_without_quarters(table: Table) -> bool:
    return table.layout.is_table and not table.layout.by_quarter


def _rewrite_tables(plan: Plan, before: PlanData, after: PlanData, actor: Any) -> None:
    for row in plan.task_tables.all():
        said = audit.differences(_table_texts(row, before), _table_texts(row, after))
        changes = {name: (getattr(row, name), cleaning.table_value(name, value)) for name, (_, value) in said.items()}
        if not changes:
            continue
        for name, (_, value) in changes.items():
            setattr(row, name, value)
        if len(row.heads) != row.parsed_layout.column_count:
            raise cleaning.UnfitField("columns", "Bảng nhiệm vụ không thể có cột không tên.")
        row.save(update_fields=list(changes))
        audit.record("plans.table.changed", plan, actor=actor, unit_id=plan.unit_id, changes=changes)


def _table_texts(row: TaskTable, data: PlanData) -> dict[str, str]:
    if row.place == TaskTable.Place.BODY:
        return {"columns": "\n".join(data.table.columns)} if data.table else {}
    if data.appendix is None:
        return {}
    texts = {name: getattr(data.appendix, name) for name in _APPENDIX_TEXTS}
    return texts | {"columns": "\n".join(data.appendix.table.columns)}


# -- Tasks ---------------------------------------------------------------------------------


def _rewrite_task(task: Task, was: TaskData, now: TaskData, actor: Any, *, keeps_quarter: bool) -> None:
    """Time words are read anew; a quarter that is printed over its tasks stays where the signed paper has it."""
    after: dict[str, Any] = {
        name: cleaning.task_value(name, getattr(now, name))
        for name in _TASK_TEXTS
        if getattr(now, name) != getattr(was, name)
    }
    if "time_text" in after and task.plan is not None:
        after = followers_of(task, task.plan, after | ({"quarter": task.quarter} if keeps_quarter else {})) | after
    changes: dict[str, tuple[Any, Any]] = audit.differences({name: getattr(task, name) for name in after}, after)
    for role in Assignment.Role.values:
        if getattr(now, role) != getattr(was, role):
            changes[role] = (getattr(was, role), _rename(task, role, getattr(now, role), actor))
    if not changes:
        return
    for name in after:
        setattr(task, name, after[name])
    if task.plan is not None:
        refuse_days(task, task.plan)
    if after:
        task.save(update_fields=list(after))
    audit.record("plans.task.changed", task, actor=actor, unit_id=task.unit_id, changes=changes)


def _rename(task: Task, role: str, names: Sequence[str], actor: Any) -> tuple[str, ...]:
    """The names that stand there now; a name that did not change still means the part that it meant."""
    rows = [row for row in task.assignments.all() if row.role == role]
    changed = [(row, cleaning.names(role, [name])) for row, name in zip(rows, names, strict=True) if row.name != name]
    parts = ensure_parts(task.unit, sorted(name for _, cleaned in changed for name in cleaned), actor=actor)
    for row, cleaned in changed:
        row.name = "".join(cleaned)
        if row.name:
            row.part = parts.get(row.name)
            row.save(update_fields=["name", "part"])
        else:
            row.delete()
    return tuple(row.name for row in rows if row.name)
