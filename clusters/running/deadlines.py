"""What falls due for whoever runs a season: the lines of its timetable, until each is done.

Members' own papers are told by their rooms. A line that is a task of an issued plan is told by the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import models
from django.urls import reverse
from django.utils import timezone

from clusters.models import Step
from clusters.states import SeasonState
from clusters.wording import worded
from plans.states import PlanState
from reminders.deadlines import Collector, Deadline, Scope, as_line

STEP, SEASON = "clusters.step", "clusters.season"
_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: who enters a season of last year is not told of all that it lacks, as with tasks of plans."""
_RUN = (SeasonState.RUNNING, SeasonState.SCORING, SeasonState.RANKED, SeasonState.PUBLISHED)
_READ = ("pk", "kind", "text", "due", "season", "season__year")
_CLUSTER = ("season__cluster__unit", "season__cluster__name", "season__cluster__kind", "season__cluster__reviewer")


def collect(scope: Scope) -> Iterator[Deadline]:
    """In one query."""
    for row in _rows(scope).values_list(*_READ, *_CLUSTER, named=True).iterator():
        label = worded(Step.Kind(row.kind).label, row.season__cluster__kind)
        what = row.text if row.kind == Step.Kind.OTHER else f"{label}: {row.text}"
        yield Deadline(
            STEP,
            row.pk,
            row.season__cluster__unit,
            row.due,
            as_line(what),
            follower_id=row.season__cluster__reviewer,
            group=row.season,
            origin=as_line(f"{row.season__cluster__name} năm {row.season__year}"),
        )


def _rows(scope: Scope) -> models.QuerySet[Step]:
    today = timezone.localdate()
    in_force = models.Q(season__cluster__unit__valid_to=None) | models.Q(season__cluster__unit__valid_to__gte=today)
    rows = (
        Step.objects.filter(in_force, season__state__in=_RUN, done_on=None, due__gte=today - _LOOKED_BACK)
        .exclude(task__isnull=False, season__plan__state=PlanState.ISSUED)
        .order_by("pk")
    )
    if scope.units is not None:
        rows = rows.filter(season__cluster__unit__in=scope.units)
    if scope.subjects is not None:
        rows = rows.filter(pk__in=scope.subjects)
    return rows if scope.until is None else rows.filter(due__lte=scope.until)


def _page(deadline: Deadline) -> str:
    return reverse("clusters:season", args=[deadline.group])


COLLECTOR = Collector(
    STEP,
    "Lịch cụm thi đua",
    collect,
    record_url=_page,
    page_url=_page,
    group_kind=SEASON,
    group_label="cả năm thi đua",
    record_words="Ghi đã xong",
)
