"""Reads: files that became plans, and what in them a person should look at."""

from __future__ import annotations

from typing import Any

from django.db import models

from plans.models import Plan, Reading, Unsure
from units.selectors import standing_of


def visible_readings(user: Any) -> models.QuerySet[Reading]:
    return Reading.objects.filter(unit__in=standing_of(user).unit_ids).select_related("file", "job", "plan", "unit")


def visible_files(user: Any) -> models.Q:
    """The files themselves, for whoever belongs to the unit."""
    return models.Q(pk__in=visible_readings(user).order_by().values("file"))


def reading_of(plan: Plan) -> Reading | None:
    """With its unsure places, the open ones first."""
    ordered = Unsure.objects.order_by(models.F("settled_at").asc(nulls_first=True), "pk")
    found = Reading.objects.filter(plan=plan).select_related("file")
    return found.prefetch_related(models.Prefetch("unsure", ordered)).first()


def unsure_of(plan: Plan) -> models.QuerySet[Unsure]:
    return Unsure.objects.filter(reading__plan=plan).select_related("reading")
