"""Reads: incoming papers and the duties out of them, for whoever belongs to the unit."""

from __future__ import annotations

from typing import Any

from django.db import models

from plans.models import Incoming, Task
from plans.progress.selectors import lines
from plans.selectors import are_duties_of
from units.models import Part, Person, Unit
from units.selectors import readable_unit_ids

_LONG = ("source", "proposals", "notes")
_SHOWN = 10


def visible_incoming(user: Any) -> models.QuerySet[Incoming]:
    """Of the own units and what their predecessors left."""
    return Incoming.objects.filter(unit__in=readable_unit_ids(user)).select_related(
        "unit", "by__person", "file", "job"
    )


def recent_incoming(user: Any) -> list[Incoming]:
    """The last ones, each with ``taken``: how many duties were taken from it."""
    papers = visible_incoming(user).defer(*_LONG).annotate(taken=models.Count("duties")).order_by("-pk")
    return list(papers[:_SHOWN])


def visible_files(user: Any) -> models.Q:
    """The files themselves: a scope for ``core.files``."""
    return models.Q(pk__in=visible_incoming(user).order_by().values("file"))


def visible_duties(user: Any) -> models.QuerySet[Task]:
    """With everything that the page of one duty shows."""
    return (
        Task.objects.filter(are_duties_of(user), duty__isnull=False)
        .select_related("unit", "duty__incoming", "duty__follower", "duty__previous__task", "duty__following__task")
        .select_related("duty__milestone_of__task")
        .prefetch_related("assignments", lines())
    )


def taken_from(incoming: Incoming) -> list[Task]:
    """Each with ``milestone_count``: whether its day was counted back."""
    tasks = Task.objects.filter(duty__incoming=incoming, duty__previous=None)
    counted = tasks.annotate(milestone_count=models.Count("duty__milestones"))
    return list(counted.prefetch_related("progress").order_by("pk"))


def part_names(unit: Unit) -> list[str]:
    return list(Part.objects.on().filter(unit=unit).order_by("order", "pk").values_list("name", flat=True))


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).order_by("full_name", "pk"))
