"""A plan told to the person at the screen: sentences and groups, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from core.text import fold
from documents.outline import Kind, Line, depth_of, read_body
from plans.blocks import block_at
from plans.models import Plan, Remark, Section, Task
from plans.progress.presenters import ShownLine as ProgressLine
from plans.progress.presenters import days_late, shown_lines
from plans.states import PlanState, TaskState

_QUARTER_NAMES = {1: "Quý I", 2: "Quý II", 3: "Quý III", 4: "Quý IV", None: "Không theo quý"}
_UNITS_OF_INDENT = 3
_DAYS_THAT_ALARM = 30
"""What fell due earlier in a plan not yet issued says so quietly: nobody can record whether it was done."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    task: Task
    state: str
    note: str
    """How many days, where that matters."""
    lines: tuple[ProgressLine, ...] = ()
    """What was recorded of it, the newest first; only where a page shows it."""


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
    is_block: bool = False
    """``text`` names what is printed here out of another app's part."""


def standing(plan: Plan, remarks: Sequence[Remark] = ()) -> str:
    """How the plan stands, in one sentence. ``remarks`` are a draft's, where the page knows them."""
    date = f" ngày {plan.date.exact:%d/%m/%Y}" if plan.date.exact else ""
    if plan.state == PlanState.ISSUED:
        return f"Đã ban hành, số {plan.full_number}{date}."
    if plan.state == PlanState.APPROVED:
        day = f" ngày {plan.approved_on:%d/%m/%Y}" if plan.approved_on else ""
        return f"{f'{plan.approved_by} đã' if plan.approved_by else 'Đã'} duyệt{day}, chờ lấy số và phát hành."
    if plan.state == PlanState.SUBMITTED:
        return _waiting(plan)
    if remarks:
        return _returned(remarks)
    if plan.number:
        return f"Dự thảo, ghi số {plan.full_number}{date}; chưa ghi nhận là đã ban hành."
    return "Dự thảo, chưa có số."


def _waiting(plan: Plan) -> str:
    day = f" ngày {plan.submitted_on:%d/%m/%Y}" if plan.submitted_on else ""
    act, nobody_named = ("duyệt", "duyệt") if plan.unit.approves_inside else ("ký", "ký và cấp số")
    return f"Đã trình{day}, chờ {f'{plan.submitted_to} {act}' if plan.submitted_to else nobody_named}."


def _returned(remarks: Sequence[Remark]) -> str:
    last, still_open = remarks[-1], sum(remark.settled_at is None for remark in remarks)
    start = f"{last.by} trả lại ngày {timezone.localtime(last.made_at):%d/%m/%Y}"
    if still_open:
        return f"{start}, còn {still_open} ý kiến chưa sửa."
    return f"{start}; đã sửa các ý kiến, chưa trình lại."


def file_name(plan: Plan, to: str) -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    words = fold(f"{plan.full_number.replace('/', '-')} {plan.subject}")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words).split())[:80] + f".{to}"


def quarters(plan: Plan, today: dt.date) -> list[Quarter]:
    """The tasks by quarter, in the order of the paper within each."""
    groups: dict[int | None, list[TaskRow]] = {}
    for task in plan.tasks.all():
        row = replace(task_row(task, plan, today), lines=tuple(shown_lines(task)))
        groups.setdefault(quarter_of(task, plan.year), []).append(row)
    order = sorted(groups, key=lambda quarter: quarter or 5)
    return [Quarter(_QUARTER_NAMES[quarter], tuple(groups[quarter])) for quarter in order]


def as_sent(groups: list[Quarter]) -> list[Quarter]:
    """The tasks as the paper has them, for those it was delivered to: how they stand is the unit's own matter."""
    return [Quarter(group.name, tuple(TaskRow(row.task, "", "") for row in group.rows)) for group in groups]


def quarter_of(task: Task, year: int) -> int | None:
    """As printed; where a task without a printed quarter falls due; ongoing ones in none."""
    if task.quarter:
        return task.quarter
    if task.due is None or task.is_ongoing or task.due.year != year:
        return None
    return (task.due.month + 2) // 3


def task_row(task: Task, plan: Plan | None, today: dt.date) -> TaskRow:
    """How the task stands, as a badge tells it; ``plan`` is None for a duty. Reads prefetched progress."""
    state, note, line = str(task.state_on(today)), "", task.newest_line
    if line and state in (TaskState.DONE, TaskState.DROPPED):
        late = days_late(task, line)
        return TaskRow(task, state, f"chậm {late} ngày" if late else "")
    if plan is not None and plan.year < today.year:
        return TaskRow(task, "", "")  # a past year's plan is a record; nothing in it is waiting
    if task.due and state == TaskState.OVERDUE:
        days = (today - task.due).days
        is_told = days <= _DAYS_THAT_ALARM or plan is None or plan.state == PlanState.ISSUED
        state, note = (state, f"quá {days} ngày") if is_told else ("past", "")
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
    if block := block_at(line):
        return ShownLine("", block.line.strip("[]"), 0, is_table=False, is_block=True)
    indent = min(_UNITS_OF_INDENT, depth_of(line.marker) // 2) if line.kind is Kind.ITEM else 0
    return ShownLine(line.marker, line.text, indent, is_table=False)
