"""A plan told to the person at the screen: sentences and groups, from rows already read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from documents.outline import Kind, Line, depth_of, read_body
from plans.models import Plan, Section, Task
from plans.states import PlanState, TaskState

_QUARTER_NAMES = {1: "Quý I", 2: "Quý II", 3: "Quý III", 4: "Quý IV", None: "Không theo quý"}
_UNITS_OF_INDENT = 3
_DAYS_THAT_ALARM = 30
"""What fell due earlier says so quietly: without a record nobody knows whether it was done."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: Task
    state: str
    note: str
    """How many days, where that matters."""


@dataclass(frozen=True, slots=True)
class Quarter:
    name: str
    rows: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class ShownLine:
    marker: str
    text: str
    indent: int
    """0 to 3."""
    is_table: bool


def standing(plan: Plan) -> str:
    """How the plan stands, in one sentence."""
    date = f" ngày {plan.date.exact:%d/%m/%Y}" if plan.date.exact else ""
    if plan.state == PlanState.ISSUED:
        return f"Đã ban hành, số {plan.full_number}{date}."
    if plan.state == PlanState.SUBMITTED:
        return "Đã trình, chờ ký và cấp số."
    if plan.number:
        return f"Dự thảo, ghi số {plan.full_number}{date}; chưa ghi nhận là đã ban hành."
    return "Dự thảo, chưa có số."


def quarters(plan: Plan, today: dt.date) -> list[Quarter]:
    """The tasks by quarter, in the order of the paper within each."""
    groups: dict[int | None, list[TaskRow]] = {}
    for task in plan.tasks.all():
        groups.setdefault(task.quarter or _quarter_of(task, plan.year), []).append(task_row(task, plan, today))
    order = sorted(groups, key=lambda quarter: quarter or 5)
    return [Quarter(_QUARTER_NAMES[quarter], tuple(groups[quarter])) for quarter in order]


def _quarter_of(task: Task, year: int) -> int | None:
    """Where a task without a printed quarter falls due; ongoing ones in none."""
    if task.due is None or task.is_ongoing or task.due.year != year:
        return None
    return (task.due.month + 2) // 3


def task_row(task: Task, plan: Plan, today: dt.date) -> TaskRow:
    """How the task stands, as a badge tells it."""
    if plan.year < today.year:
        return TaskRow(task, "", "")  # a past year's plan is a record; nothing in it is waiting
    state, note = str(task.state_on(today)), ""
    if task.due and state == TaskState.OVERDUE:
        days = (today - task.due).days
        state, note = (state, f"quá {days} ngày") if days <= _DAYS_THAT_ALARM else ("past", "")
    elif task.due == today:
        state = "due_today"
    elif task.due and 0 < (task.due - today).days <= 7:
        note = f"còn {(task.due - today).days} ngày"
    return TaskRow(task, state, note)


def lines(section: Section) -> list[ShownLine]:
    return [_shown(line) for line in read_body(section.body)]


def _shown(line: Line) -> ShownLine:
    if line.kind is Kind.TASKS:
        return ShownLine("", "", 0, is_table=True)
    indent = min(_UNITS_OF_INDENT, depth_of(line.marker) // 2) if line.kind is Kind.ITEM else 0
    return ShownLine(line.marker, line.text, indent, is_table=False)
