"""Running numbers of tasks: where they ran before a row came, went or moved, they run after it."""

from __future__ import annotations

import enum
from collections.abc import Sequence

from plans.models import Plan, Task

NumberedTask = tuple[int | None, int | None]
"""Quarter and number of one task, in the order of the paper."""


class Numbering(enum.Enum):
    NONE = "none"
    RUNNING = "running"
    BY_QUARTER = "by quarter"
    OWN = "own"
    """The writer's own numbers: never touched."""


def numbering_of(tasks: Sequence[NumberedTask]) -> Numbering:
    numbers = [number for _, number in tasks]
    if all(number is None for number in numbers):
        return Numbering.NONE if numbers else Numbering.RUNNING
    for kind in (Numbering.RUNNING, Numbering.BY_QUARTER):
        if numbers == _numbered(tasks, kind):
            return kind
    return Numbering.OWN


def _numbered(tasks: Sequence[NumberedTask], kind: Numbering) -> list[int | None]:
    numbers: list[int | None] = []
    last, before = 0, None
    for quarter, _ in tasks:
        last = 1 if kind is Numbering.BY_QUARTER and quarter != before else last + 1
        numbers.append(last)
        before = quarter
    return numbers


def rows_of(plan: Plan) -> list[Task]:
    return list(Task.objects.filter(plan=plan).only("pk", "plan_id", "quarter", "number", "order"))


def numbering_in(plan: Plan) -> Numbering:
    return numbering_of([(task.quarter, task.number) for task in rows_of(plan)])


def renumber(plan: Plan, kind: Numbering) -> None:
    if kind in {Numbering.NONE, Numbering.OWN}:
        return
    tasks = rows_of(plan)
    changed = []
    for task, number in zip(tasks, _numbered([(task.quarter, None) for task in tasks], kind), strict=True):
        if task.number != number:
            task.number = number
            changed.append(task)
    if changed:
        Task.objects.bulk_update(changed, ["number"])
