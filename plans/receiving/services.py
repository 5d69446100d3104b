"""Writes: a file is kept and handed to a worker; what it was not sure of is looked at; the draft is accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from core import audit
from plans.models import Reading, Unsure
from plans.receiving.keeping import keep_to_read
from plans.tasks import read_file
from units.models import Unit


def receive(content: BinaryIO, *, name: str, unit: Unit, actor: Any) -> Reading:
    """Keep the file as it came and let a worker make a draft of it."""
    return keep_to_read(Reading, read_file, content, name=name, title="Đọc tệp", unit=unit, actor=actor)


@transaction.atomic
def settle(unsure: Sequence[Unsure], *, actor: Any, again: bool = False) -> None:
    """Say that somebody has looked at these places; ``again``: they are to be looked at once more."""
    settled = None if again else timezone.now()
    for one in unsure:
        if Unsure.objects.filter(pk=one.pk, settled_at__isnull=not again).update(settled_at=settled):
            changes = {"place": (None, f"{one.place}: {one.why}"[:300])}
            code = "plans.reading.reopened" if again else "plans.reading.settled"
            audit.record(code, one.reading, actor=actor, unit_id=one.reading.unit_id, changes=changes)


@transaction.atomic
def accept(reading: Reading, *, actor: Any) -> None:
    """The draft is what the file says: its source stays attached, and is no longer asked about."""
    if Reading.objects.filter(pk=reading.pk, accepted_at=None).update(accepted_at=timezone.now()):
        left = reading.unsure.filter(settled_at=None).count()
        audit.record(
            "plans.reading.accepted", reading, actor=actor, unit_id=reading.unit_id, changes={"left": (None, left)}
        )
