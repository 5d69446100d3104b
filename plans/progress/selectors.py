"""Reads: the lines of progress, the newest one as SQL sees it, and whose eyes their files are for."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, ExtractQuarter

from plans.models import Plan, Progress, Task
from plans.selectors import are_duties_of, followed_plans, visible_tasks
from plans.states import TaskState

_Outcome = Progress.Outcome


def lines() -> models.Prefetch:
    """For ``prefetch_related``: every line of a task with all that a page tells of it, in one query."""
    rows = Progress.objects.select_related("evidence__file", "evidence__paper__signed_file", "by")
    return models.Prefetch("progress", rows.order_by("pk"))


def load_lines(plan: Plan) -> None:
    """Add the lines to a plan whose tasks were prefetched."""
    models.prefetch_related_objects(list(plan.tasks.all()), lines())


def lines_of(plan: Plan) -> list[Progress]:
    """Every line of a plan after ``load_lines``."""
    return [line for task in plan.tasks.all() for line in task.progress.all()]


def for_sheet(user: Any) -> models.QuerySet[Plan]:
    """A plan with its tasks and their lines, and no more of it; an amending plan has none of its own."""
    tasks = Task.objects.prefetch_related("assignments", "progress")
    return (
        followed_plans(user)
        .filter(amends=None)
        .select_related("issuer", "unit", "approved_by__person")
        .prefetch_related(models.Prefetch("tasks", tasks))
    )


def recordable_tasks(user: Any) -> models.QuerySet[Task]:
    """What the page of a task's results reads. Whether the user may write is asked after."""
    return visible_tasks(user).prefetch_related(lines())


def with_newest(tasks: models.QuerySet[Task]) -> models.QuerySet[Task]:
    """Annotate the line that counts, as ``Task.newest_line`` finds it; «» and 0 where there is none."""
    of_quarter = models.Case(
        models.When(task__is_ongoing=True, then=Coalesce("quarter", 0)), default=0, output_field=models.IntegerField()
    )
    newest = Progress.objects.filter(task=models.OuterRef("pk")).order_by(of_quarter.desc(), "-pk")
    return tasks.annotate(
        newest_outcome=Coalesce(models.Subquery(newest.values("outcome")[:1]), models.Value("")),
        newest_quarter=Coalesce(models.Subquery(newest.values("quarter")[:1]), 0),
        closing_quarter=Coalesce(ExtractQuarter("due"), 4),
    )


def standing_on(day: dt.date, state: str) -> models.Q:
    """``Task.state_on`` as a condition on ``with_newest``; tests hold the two together."""
    dropped = models.Q(newest_outcome=_Outcome.DROPPED)
    is_whole = models.Q(is_ongoing=False) | models.Q(newest_quarter=models.F("closing_quarter"))
    done = models.Q(newest_outcome=_Outcome.DONE) & is_whole
    begun = ~models.Q(newest_outcome="")
    undated = models.Q(due=None, start=None)
    overdue = models.Q(due__lt=day)
    still = models.Q(due=None) | models.Q(due__gte=day)
    return {
        TaskState.DONE.value: done,
        TaskState.DROPPED.value: dropped,
        TaskState.UNDATED.value: undated & ~begun,
        TaskState.OVERDUE.value: overdue & ~done & ~dropped,
        TaskState.IN_PROGRESS.value: still & ~done & ~dropped & (models.Q(start__lte=day) | begun),
        TaskState.NOT_DUE.value: still & ~begun & ~undated & (models.Q(start=None) | models.Q(start__gt=day)),
    }[state]


def is_settled(task: str = "pk", *, among: models.Q | None = None) -> models.Exists:
    """Of the task at that path: the line that counts says done or dropped, as ``Task.state_on`` has it.

    Asked as a line without one that counts more: PostgreSQL answers that for many tasks in a third of the time of
    looking up the newest line of each. ``among``: what is true of all lines of the tasks in question, for else it
    reads those of every unit.
    """
    known, of_quarter = Progress.objects.filter(among or models.Q()), Coalesce("quarter", 0)
    is_same_quarter = models.Q(task__is_ongoing=False) | models.Q(in_order=models.OuterRef("in_order"))
    later = known.filter(task=models.OuterRef("task")).annotate(in_order=of_quarter)
    later = later.filter(
        is_same_quarter & models.Q(pk__gt=models.OuterRef("pk"))
        | models.Q(task__is_ongoing=True, in_order__gt=models.OuterRef("in_order"))
    )
    is_whole = models.Q(task__is_ongoing=False) | models.Q(quarter=Coalesce(ExtractQuarter("task__due"), 4))
    settling = models.Q(outcome=_Outcome.DROPPED) | models.Q(outcome=_Outcome.DONE) & is_whole
    lines = known.filter(settling, task=models.OuterRef(task)).annotate(in_order=of_quarter)
    return models.Exists(lines.filter(~models.Exists(later)))


def unsettled(tasks: models.QuerySet[Task], *, among: models.Q | None = None) -> models.QuerySet[Task]:
    """Neither done nor dropped."""
    return tasks.filter(~is_settled(among=among))


def files_of_progress(user: Any) -> models.Q:
    """A scope for ``core.files``: whoever follows a plan, or is of a duty's unit, sees what proves results."""
    tasks = Task.objects.filter(models.Q(plan__in=followed_plans(user)) | are_duties_of(user))
    seen = Progress.objects.filter(task__in=tasks.order_by()).order_by()
    return models.Q(pk__in=seen.exclude(evidence__file=None).values("evidence__file")) | models.Q(
        pk__in=seen.exclude(evidence__paper__signed_file=None).values("evidence__paper__signed_file")
    )
