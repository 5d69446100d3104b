"""Everything that the editor's page shows of a plan, as plain values that become JSON."""

from __future__ import annotations

from typing import Any

from plans import cleaning
from plans.editor.values import day_text, heading_line, partial_date_text
from plans.models import Plan, Section, Task, TaskTable
from plans.services import time_problem

HEADER = (*cleaning.LINE, *cleaning.LINES)
_WEEKS_OF_A_QUARTER = 80
"""Days: time words that span as many name no day that one could work towards."""


def state_of(plan: Plan) -> dict[str, Any]:
    """``plan`` comes from ``selectors.with_content``."""
    return {
        "version": plan.version,
        "header": header_values(plan),
        "follower": plan.follower_id,
        "sections": [section_values(section) for section in plan.sections.all()],
        "tables": {table.place: table_values(table) for table in plan.task_tables.all()},
        "tasks": [task_values(task, plan) for task in plan.tasks.all()],
    }


def header_values(plan: Plan) -> dict[str, str]:
    values = {name: getattr(plan, name) for name in HEADER}
    return values | {"paper_date": partial_date_text(plan.paper_date)}


def section_values(section: Section) -> dict[str, Any]:
    return {
        "key": str(section.key),
        "line": heading_line(section.marker, section.heading),
        "level": section.level,
        "body": section.body,
    }


def table_values(table: TaskTable) -> dict[str, str]:
    return {name: getattr(table, name) for name in ("layout", "columns", "title", "subject", "reference")}


def task_values(task: Task, plan: Plan) -> dict[str, Any]:
    return time_values(task, plan) | {
        "content": task.content,
        "lead": list(task.lead),
        "support": list(task.support),
        "note": task.note,
    }


def time_values(task: Task, plan: Plan) -> dict[str, Any]:
    """What follows when one of a row's values changes; ``problem`` and ``asks_day`` are for a person to look at."""
    task.plan = plan
    return {
        "key": str(task.key),
        "number": "" if task.number is None else str(task.number),
        "quarter": task.quarter,
        "time_text": task.time_text,
        "start": day_text(task.start),
        "due": day_text(task.due),
        "is_ongoing": task.is_ongoing,
        "planned_for": day_text(task.planned_for),
        "asks_day": asks_day(task),
        "problem": time_problem(task),
    }


def asks_day(task: Task) -> bool:
    """Only a quarter is known and nobody has said yet when the work is meant to be done."""
    if task.is_ongoing or task.is_planned_day_settled or task.start is None or task.due is None:
        return False
    return (task.due - task.start).days >= _WEEKS_OF_A_QUARTER
