"""Tasks of a draft: their words, dates and people; rows added, moved and taken out."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from documents import times
from documents.dates import ROMAN, PartialDate
from plans import cleaning
from plans.interchange import MOST_TASKS, TaskData
from plans.models import Assignment, Plan, Task
from plans.services.claiming import PlanIsClosed, claim
from plans.services.days import refuse_days_outside
from plans.services.ordering import last_place, make_room, place_behind
from plans.services.task_numbers import Numbering, numbering_in, renumber
from plans.services.task_rows import assignments_of, write_tasks
from units.services import ensure_parts

_A_QUARTER = re.compile(r"(quý\s+)(IV|III|II|I|[1-4])(?![\w-])(.*)", re.IGNORECASE | re.DOTALL)
_ONLY_A_YEAR = re.compile(r"\s*(?:/|năm)?\s*(?:\d{4})?\s*")


# -- One task ----------------------------------------------------------------------------


@transaction.atomic
def update_task(task: Task, *, actor: Any, version: int, **values: Any) -> Task:
    """Change a draft's task. New time words are read into dates, unless dates come with them.

    ``lead`` and ``support`` are lists of names. What time words could not be read is
    answered by ``time_problem`` when the page asks; the words themselves always stay.
    """
    plan = task.plan
    if plan is None:
        raise PlanIsClosed
    names = {role: cleaning.names(role, values.pop(role)) for role in Assignment.Role.values if role in values}
    after = {name: cleaning.task_value(name, value) for name, value in values.items()}
    after = followers_of(task, plan, after) | after
    before = {name: getattr(task, name) for name in (*after, *names)}
    changes = audit.differences(before, after | names)
    if not changes:
        return task
    for name in after:
        setattr(task, name, after[name])
    refuse_days(task, plan)
    claim(plan, version)
    if after:
        task.save(update_fields=list(after))
    if names:
        _assign(task, names, actor=actor)
    audit.record("plans.task.changed", task, actor=actor, unit_id=plan.unit_id, changes=changes)
    return task


def followers_of(task: Task, plan: Plan, after: dict[str, Any]) -> dict[str, Any]:
    """What changes with it: a quarter's words with the quarter, dates with the words, the planned day with both."""
    text, quarter = after.get("time_text", task.time_text), after.get("quarter", task.quarter)
    followers: dict[str, Any] = {}
    if quarter != task.quarter and "time_text" not in after:
        text = followers["time_text"] = in_quarter(task.time_text, quarter)
    elif text != task.time_text and "quarter" not in after and quarter == named_quarter(task.time_text):
        quarter = followers["quarter"] = named_quarter(text)
    has_new_time = text != task.time_text or (quarter != task.quarter and not text)
    if has_new_time and not {"start", "due"} & set(after):
        followers |= read_dates(text, plan, quarter=quarter)
    if has_new_time and "planned_for" not in after:
        followers |= {"planned_for": None, "is_planned_day_settled": False}
    elif "planned_for" in after:
        followers["is_planned_day_settled"] = True
    return followers


def in_quarter(time_text: str, quarter: int | None) -> str:
    """«Quý I/2026» said of another quarter; all other words stay as they are.

    >>> in_quarter("Quý I/2026", 3)
    'Quý III/2026'
    """
    match = _A_QUARTER.fullmatch(time_text.strip())
    if quarter is None or match is None or named_quarter(time_text) is None:
        return time_text
    return f"{match[1]}{quarter if match[2].isdigit() else ROMAN[quarter]}{match[3]}"


def named_quarter(time_text: str) -> int | None:
    """The quarter that the words are, and nothing besides."""
    match = _A_QUARTER.fullmatch(time_text.strip())
    if match is None or not _ONLY_A_YEAR.fullmatch(match[3]):
        return None
    return next(number for number, roman in ROMAN.items() if match[2].upper() in {roman, str(number)})


def refuse_days(task: Task, plan: Plan) -> None:
    if task.start and task.due and task.due < task.start:
        raise UnfitField("due", f"Hạn {task.due:%d/%m/%Y} lại trước ngày bắt đầu {task.start:%d/%m/%Y}.")
    if task.due and plan.unit.valid_from and task.due < plan.unit.valid_from:
        raise UnfitField("due", f"Hạn này trước ngày {plan.unit} được thành lập ({plan.unit.valid_from:%d/%m/%Y}).")


def _assign(task: Task, names: dict[str, tuple[str, ...]], *, actor: Any) -> None:
    before = {"lead": task.lead, "support": task.support}
    wanted = before | names
    parts = ensure_parts(task.unit, sorted({name for group in names.values() for name in group}), actor=actor)
    if any(before[role] for role in names):
        task.assignments.filter(role__in=names).delete()
    rows = assignments_of(task, wanted["lead"], wanted["support"], parts)
    Assignment.objects.bulk_create(row for row in rows if row.role in names)
    getattr(task, "_prefetched_objects_cache", {}).pop("assignments", None)


# -- Rows --------------------------------------------------------------------------------


@transaction.atomic
def add_tasks(
    plan: Plan,
    *,
    actor: Any,
    version: int,
    rows: Sequence[TaskData],
    after: int | None = None,
    keys: Sequence[uuid.UUID] = (),
) -> list[Task]:
    """New rows behind the place ``after`` (0: in front; None: at the end), numbered as the others are."""
    claim(plan, version)
    there = Task.objects.filter(plan=plan)
    if there.count() + len(rows) > MOST_TASKS:
        raise UnfitField("content", f"Một kế hoạch có nhiều nhất {MOST_TASKS:,} nhiệm vụ.".replace(",", "."))
    cleaned = [_cleaned(row) for row in rows]
    refuse_days_outside(plan.unit, plan.year, PartialDate(), cleaned)
    numbering = numbering_in(plan)
    if numbering is Numbering.NONE:
        cleaned = [replace(row, number=None) for row in cleaned]
    behind = last_place(there) if after is None else after
    make_room(there, behind, len(cleaned))
    tasks = write_tasks(plan, cleaned, actor=actor, behind=behind, keys=keys)
    renumber(plan, numbering)
    contents = [task.content[:200] for task in tasks]
    audit.record("plans.tasks.added", plan, actor=actor, unit_id=plan.unit_id, changes={"tasks": ([], contents)})
    return tasks


def _cleaned(row: TaskData) -> TaskData:
    return replace(
        row,
        quarter=cleaning.task_value("quarter", row.quarter),
        content=cleaning.task_value("content", row.content),
        lead=cleaning.names("lead", row.lead),
        support=cleaning.names("support", row.support),
        time_text=cleaning.task_value("time_text", row.time_text),
        note=cleaning.task_value("note", row.note),
    )


@transaction.atomic
def move_task(task: Task, *, actor: Any, version: int, after: int, quarter: int | None) -> Task:
    """Put the row behind the place ``after``, among the tasks of ``quarter``."""
    plan = task.plan
    if plan is None:
        raise PlanIsClosed
    numbering = numbering_in(plan)
    if quarter != task.quarter:
        update_task(task, actor=actor, version=version, quarter=quarter)
    else:
        claim(plan, version)
        audit.record("plans.task.moved", task, actor=actor, unit_id=plan.unit_id)
    place_behind(Task.objects.filter(plan=plan), task, after)
    renumber(plan, numbering)
    return task


@transaction.atomic
def remove_tasks(plan: Plan, *, actor: Any, version: int, tasks: Sequence[Task]) -> None:
    """Rows of a draft; what they said stays in the history."""
    claim(plan, version)
    numbering = numbering_in(plan)
    contents = [task.content[:200] for task in tasks]
    Task.objects.filter(plan=plan, pk__in=[task.pk for task in tasks]).delete()
    renumber(plan, numbering)
    audit.record("plans.tasks.removed", plan, actor=actor, unit_id=plan.unit_id, changes={"tasks": (contents, [])})


# -- Time --------------------------------------------------------------------------------


def reading_of(time_text: str, plan: Plan, *, quarter: int | None) -> times.TimeReading:
    """What the words mean in this plan: of its year, as of the day of its paper."""
    return times.read_time(time_text, plan.year, issued=plan.date.exact, quarter=quarter)


def read_dates(time_text: str, plan: Plan, *, quarter: int | None) -> dict[str, Any]:
    """Start, due and ongoing as the time words say; blanks where they say nothing that can be read."""
    reading = reading_of(time_text, plan, quarter=quarter)
    return {"start": reading.start, "due": reading.due, "is_ongoing": reading.ongoing}


def time_problem(task: Task) -> str:
    """What a person should know of the task's time words: not read, doubtful, or without any day."""
    if task.plan is None:
        return ""
    return problem_of(task.time_text, reading_of(task.time_text, task.plan, quarter=task.quarter))


def problem_of(time_text: str, reading: times.TimeReading) -> str:
    if not time_text or reading.problem or reading.start or reading.due:
        return reading.problem if time_text else ""
    return says_no_day(time_text)


def says_no_day(time_text: str) -> str:
    return f"Lời ghi «{time_text}» không cho biết ngày nào, nên nhiệm vụ này chưa có hạn."
