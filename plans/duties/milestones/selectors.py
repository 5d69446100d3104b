"""Reads: the milestones of a duty, and what was asked of others for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from plans.deadlines import MILESTONE
from plans.duties.countback import is_astray
from plans.models import Duty, Task
from plans.states import TaskState
from reminders.calendars import workdays_of
from reminders.models import Request
from reminders.workdays import WorkDays

SETTLED = (TaskState.DONE, TaskState.DROPPED)


def milestones_of(duty: Duty) -> list[Task]:
    """The earliest first, each with its lines of progress."""
    tasks = Task.objects.filter(duty__milestone_of=duty).select_related("unit", "duty__follower")
    return list(tasks.prefetch_related("assignments", "progress").order_by("due", "pk"))


def open_ones(milestones: Iterable[Task], today: dt.date) -> list[Task]:
    return [task for task in milestones if task.state_on(today) not in SETTLED]


def astray(due: dt.date | None, milestones: Iterable[Task], workdays: WorkDays) -> list[Task]:
    """Those that no longer fit the duty's day."""
    if due is None:
        return []
    return [task for task in milestones if task.due and is_astray(task.due, due, task.duty.days_before, workdays)]


def workdays_for(unit_id: int) -> WorkDays:
    return workdays_of([unit_id])[unit_id]


def requests_for(tasks: Collection[Task]) -> dict[int, Request]:
    """The newest request to parts or lower units that was made for each; key: the task's id."""
    found = Request.objects.filter(kind=MILESTONE, subject__in=[task.pk for task in tasks])
    units = {task.unit_id for task in tasks}
    return {request.subject or 0: request for request in found.filter(unit__in=units).order_by("pk")}
