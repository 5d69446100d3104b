"""Writes: one function a business act, in one transaction, with its audit entry."""

from __future__ import annotations

from plans.services.claiming import PlanIsClosed
from plans.services.header import set_follower, update_plan
from plans.services.making import create_plan
from plans.services.moves import OpenRemarks, delete_draft, issue_plan, recall_plan, submit_plan
from plans.services.sections import (
    DEFAULT_LAYOUT,
    SectionData,
    add_sections,
    move_section,
    remove_section,
    update_section,
)
from plans.services.tables import update_table
from plans.services.tasks import (
    add_tasks,
    move_task,
    problem_of,
    read_dates,
    reading_of,
    remove_tasks,
    says_no_day,
    time_problem,
    update_task,
)

__all__ = [
    "DEFAULT_LAYOUT",
    "OpenRemarks",
    "PlanIsClosed",
    "SectionData",
    "add_sections",
    "add_tasks",
    "create_plan",
    "delete_draft",
    "issue_plan",
    "move_section",
    "move_task",
    "problem_of",
    "read_dates",
    "reading_of",
    "recall_plan",
    "remove_section",
    "remove_tasks",
    "says_no_day",
    "set_follower",
    "submit_plan",
    "time_problem",
    "update_plan",
    "update_section",
    "update_table",
    "update_task",
]
