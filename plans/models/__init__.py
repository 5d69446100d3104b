"""Nouns of the plans: a paper with its sections and tasks, what became of them, and how drafts came in."""

from __future__ import annotations

from plans.models.change import Remark, Revision
from plans.models.duty import Duty, DutyType, Incoming
from plans.models.plan import Plan, Section, TaskTable, UnclaimedPart
from plans.models.reading import PassedOver, Reading, Unsure
from plans.models.task import Assignment, Progress, Task

__all__ = [
    "Assignment",
    "Duty",
    "DutyType",
    "Incoming",
    "PassedOver",
    "Plan",
    "Progress",
    "Reading",
    "Remark",
    "Revision",
    "Section",
    "Task",
    "TaskTable",
    "UnclaimedPart",
    "Unsure",
]
