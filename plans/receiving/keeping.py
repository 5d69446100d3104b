"""A file that a worker is to read: kept as it came, its row, its job and its audit entry written together."""

from __future__ import annotations

from typing import Any, BinaryIO, TypeVar

from celery import Task as Work
from django.db import transaction
from django.urls import reverse

from core import audit, files, jobs
from plans.models import Incoming, Reading
from plans.receiving.kinds import type_of_readable
from units.models import Unit

Kept = TypeVar("Kept", Reading, Incoming)


@transaction.atomic
def keep_to_read(
    kind: type[Kept], work: Work, content: BinaryIO, *, name: str, title: str, unit: Unit, actor: Any
) -> Kept:
    """``work`` takes the row's id by the model's name, and the row's page has that name too."""
    what = kind._meta.model_name
    stored = files.store(content, name=name, unit_id=unit.pk, actor=actor, type_of=type_of_readable)
    row = kind.objects.create(unit=unit, by=actor, file=stored)
    row.job = jobs.start(
        work,
        owner=actor,
        unit_id=unit.pk,
        title=f"{title} {stored.name}",
        back_url=reverse(f"plans:{what}", args=[row.pk]),
        **{f"{what}_id": row.pk},
    )
    row.save(update_fields=["job"])
    changes = {"file": (None, f"{stored.name} (SHA-256 {stored.sha256})")}
    audit.record(f"plans.{what}.received", row, actor=actor, unit_id=unit.pk, changes=changes)
    return row
