"""What a quarter's page shows: its check-list, and beside it the tasks that have a day of their own in the quarter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from plans import quarters
from plans.models import Plan, Progress, Task
from plans.presenters import TaskRow, task_row
from plans.states import TaskState

_SETTLED = (TaskState.DONE, TaskState.DROPPED)


@dataclass(frozen=True, slots=True)
class QuarterList:
    due: dt.date
    open: list[TaskRow]
    """As ``plans.deadlines`` counts them: when none is left, nobody is told any more."""
    settled: list[TaskRow]
    dated: list[TaskRow]
    """Each is told by itself."""

    @property
    def standing(self) -> str:
        count, due = len(self.open) + len(self.settled), f"{self.due:%d/%m/%Y}"
        if not count:
            return "Quý này không có việc nào phải rà soát chung: việc nào cũng có hạn riêng."
        if not self.open:
            return f"Cả {count} việc đã có kết quả."
        return f"Còn {len(self.open)} trong {count} việc chưa ghi kết quả, hạn {due}."


def quarters_with_list(plan: Plan) -> list[int]:
    """Those of the plan's year, and those after it that hold something. ``plan`` comes with its tasks."""
    later = {quarter for task in plan.tasks.all() for quarter in quarters.check_lists(task, plan.year)}
    return sorted({1, 2, 3, 4} | later)


def quarter_list(plan: Plan, quarter: int, today: dt.date) -> QuarterList:
    """``plan`` comes with its tasks and their progress."""
    shown = QuarterList(quarters.last_day(quarter, plan.year), [], [], [])
    for task in plan.tasks.all():
        lists = quarters.check_lists(task, plan.year)
        if quarter in lists:
            row = _row(task, plan, quarter, today)
            (shown.open if _is_open(task, quarter, today) else shown.settled).append(row)
        elif not lists and (day := task.planned_for or task.due) and quarters.quarter_of(day, plan.year) == quarter:
            shown.dated.append(task_row(task, plan, today))
    return shown


def _is_open(task: Task, quarter: int, today: dt.date) -> bool:
    is_written = task.is_ongoing and _line(task, quarter) is not None
    return not is_written and task.state_on(today) not in _SETTLED


def _row(task: Task, plan: Plan, quarter: int, today: dt.date) -> TaskRow:
    """An ongoing task says how it stands in this quarter, not in its whole time."""
    if not task.is_ongoing or task.state_on(today) in _SETTLED:
        return task_row(task, plan, today)
    if line := _line(task, quarter):
        return TaskRow(task, "in_progress" if line.outcome == Progress.Outcome.PARTLY else line.outcome, "")
    end = quarters.last_day(quarter, plan.year)
    if end < today:
        return TaskRow(task, TaskState.OVERDUE.value, f"quá {(today - end).days} ngày")
    has_begun = quarters.quarter_of(today, plan.year) >= quarter
    return TaskRow(task, (TaskState.IN_PROGRESS if has_begun else TaskState.NOT_DUE).value, "")


def _line(task: Task, quarter: int) -> Progress | None:
    return max((line for line in task.progress.all() if line.quarter == quarter), key=lambda one: one.pk, default=None)
