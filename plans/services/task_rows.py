"""Tasks written as rows, with who leads and supports them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from plans.interchange import TaskData
from plans.models import Assignment, Plan, Task
from units.models import Part
from units.services import ensure_parts


def write_tasks(
    plan: Plan, tasks: Sequence[TaskData], *, actor: Any, behind: int = 0, keys: Sequence[uuid.UUID] = ()
) -> list[Task]:
    """Rows from the place ``behind`` on, which must be free; ``keys`` as the page gave them, if it did."""
    rows = []
    for position, data in enumerate(tasks):
        task = Task(
            plan=plan,
            unit=plan.unit,
            order=behind + position + 1,
            number=data.number,
            quarter=data.quarter,
            content=data.content,
            time_text=data.time_text,
            start=data.start,
            due=data.due,
            is_ongoing=data.is_ongoing,
            note=data.note,
        )
        if keys:
            task.key = keys[position]
        task.fill_search()
        rows.append(task)
    Task.objects.bulk_create(rows)
    names = {name for data in tasks for name in (*data.lead, *data.support)}
    parts = ensure_parts(plan.unit, sorted(names), actor=actor) if names else {}
    Assignment.objects.bulk_create(
        assignment
        for task, data in zip(rows, tasks, strict=True)
        for assignment in assignments_of(task, data.lead, data.support, parts)
    )
    return rows


def assignments_of(
    task: Task, lead: Sequence[str], support: Sequence[str], parts: dict[str, Part]
) -> list[Assignment]:
    return [
        Assignment(task=task, role=role, order=order, name=name, part=parts.get(name))
        for role, names in ((Assignment.Role.LEAD, lead), (Assignment.Role.SUPPORT, support))
        for order, name in enumerate(names, start=1)
    ]
