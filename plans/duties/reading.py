"""A kept paper is read, at once or by a worker, and what it asks is kept beside it."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from core import audit
from documents.reading.source import Source
from plans.duties.proposing import Taker, propose
from plans.models import Incoming
from plans.reading import read_plan

LONGEST = {"kind": 120, "number": 80, "issuer": 300}
"""Letters, as ``Incoming`` keeps them."""


@transaction.atomic
def note_read(incoming: Incoming, source: Source) -> Incoming:
    """Keep what was read; a paper that another worker has read meanwhile stays as it is."""
    today = timezone.localdate()
    unit = incoming.unit
    read = propose(source, read_plan(source, today=today), Taker(unit.kind, (str(unit),)), today)
    head = asdict(read.head)
    for name, most in LONGEST.items():
        head[name] = head[name][:most]
    kept = {
        **head,
        "read_at": timezone.now(),
        "source": read.source,
        "notes": list(source.notes),
        "proposals": [one.as_json() | {"key": str(uuid.uuid4())} for one in read.proposals],
    }
    if not Incoming.objects.filter(pk=incoming.pk, read_at=None).update(**kept):
        incoming.refresh_from_db()
        return incoming
    for name, value in kept.items():
        setattr(incoming, name, value)
    changes = {"paper": (None, str(incoming)), "proposed": (None, len(read.proposals))}
    audit.record("plans.incoming.read", incoming, actor=incoming.by, unit_id=incoming.unit_id, changes=changes)
    return incoming
