"""The day of a sitting that is not closed yet, for the unit's people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from awards.models import Sitting
from awards.states import SittingState
from reminders.deadlines import Collector, Deadline, Scope, as_line, unit_in_force

SITTING = "awards.sitting"
_LOOKED_BACK = dt.timedelta(days=92)
"""Older ones were forgotten, not missed."""
_OPEN = (SittingState.DRAFT, SittingState.OPEN, SittingState.COUNTING)


def collect(scope: Scope) -> Iterator[Deadline]:
    """In one query."""
    today = timezone.localdate()
    rows = Sitting.objects.filter(unit_in_force(today), state__in=_OPEN, at__date__gte=today - _LOOKED_BACK)
    if scope.units is not None:
        rows = rows.filter(unit__in=scope.units)
    if scope.subjects is not None:
        rows = rows.filter(pk__in=scope.subjects)
    if scope.until is not None:
        rows = rows.filter(at__date__lte=scope.until)
    for sitting in rows.select_related("round").order_by("pk"):
        assert sitting.at is not None
        at = timezone.localtime(sitting.at)
        yield Deadline(
            SITTING,
            sitting.pk,
            sitting.unit_id,
            at.date(),
            as_line(f"{sitting.name}, {at:%H:%M}{f', {sitting.place}' if sitting.place else ''}"),
            origin=as_line(sitting.round.name) if sitting.round else "",
        )


def _page(deadline: Deadline) -> str:
    return reverse("awards:sitting", args=[deadline.subject])


COLLECTOR = Collector(SITTING, "Phiên họp Hội đồng", collect, _page, _page, record_words="Mở phiên họp")
