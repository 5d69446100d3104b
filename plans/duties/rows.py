"""A duty's rows and its plain values: a task without a plan, what it has besides, who leads and supports it."""

from __future__ import annotations

from typing import Any

from core import audit
from plans.duties.values import DutyData
from plans.models import Assignment, Duty, Task
from plans.services.task_rows import assignments_of
from units.models import Part, Unit


def data_of(task: Task) -> DutyData:
    duty = task.duty
    return DutyData(
        what=task.content,
        time_text=task.time_text,
        due=task.due,
        recurrence=duty.recurrence,
        send=duty.send,
        to=duty.to,
        lead=task.lead,
        support=task.support,
        note=task.note,
        follower=duty.follower,
        key=task.key,
    )


def make(
    data: DutyData, unit: Unit, parts: dict[str, Part], *, actor: Any, code: str, told: Any = None, **besides: Any
) -> Task:
    """``data`` is fit to keep. ``besides``: fields of ``Duty`` that nobody types; ``told``: the history's own."""
    task = Task(unit=unit, key=data.key, order=1, **task_fields(data))
    task.save()
    Duty.objects.create(task=task, **duty_fields(data), **besides)
    assign(task, data, parts)
    values = {name: (None, value) for name, value in values_of(data).items() if value not in (None, "", [])}
    audit.record(code, task, actor=actor, unit_id=unit.pk, changes=values | (told or {}))
    return task


def assign(task: Task, data: DutyData, parts: dict[str, Part]) -> None:
    """Names stay as printed; those of the unit's own parts mean these. No part is made of a superior's body."""
    Assignment.objects.bulk_create(assignments_of(task, data.lead, data.support, parts))
    getattr(task, "_prefetched_objects_cache", {}).pop("assignments", None)


def parts_of(unit: Unit) -> dict[str, Part]:
    return {part.name: part for part in Part.objects.on().filter(unit=unit)}


def task_fields(data: DutyData) -> dict[str, Any]:
    return {"content": data.what, "time_text": data.time_text, "due": data.due, "note": data.note}


def duty_fields(data: DutyData) -> dict[str, Any]:
    return {"send": data.send, "to": data.to, "recurrence": data.recurrence, "follower": data.follower}


def values_of(data: DutyData) -> dict[str, Any]:
    """For the history."""
    follower = str(data.follower) if data.follower else None
    people = {"follower": follower, "lead": list(data.lead), "support": list(data.support)}
    return {**task_fields(data), **duty_fields(data), **people}
