"""The draft that a worker makes of a file, with the places that a person should look at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from core import audit
from core.errors import AppError
from documents.reading.source import Source
from plans import interchange
from plans.editor.pointing import Spots
from plans.editor.state import state_of
from plans.models import Plan, Reading, Unsure
from plans.moving.places import Place
from plans.reading import ReadPlan
from plans.receiving.fitting import ToSee, fitted
from plans.receiving.source import shown_source
from plans.selectors import plan_data, with_content
from plans.services import create_plan
from units.selectors import issuers_of

_STEP = re.compile(r"[^.\[\]]+")


class AlreadyRead(AppError):
    message = "Tệp này đã được đọc thành dự thảo."


@transaction.atomic
def make_draft(reading: Reading, source: Source, read: ReadPlan) -> Plan:
    """Raise ``AlreadyRead`` where another worker was faster."""
    data, to_see = fitted(read.plan, reading.unit, list(issuers_of(reading.unit_id).order_by("pk")))
    data = interchange.read(interchange.write(data))  # no file says more in one place than a plan can hold there
    plan = create_plan(data, actor=reading.by, unit=reading.unit)
    claimed = Reading.objects.filter(pk=reading.pk, plan=None).update(
        plan=plan, source=shown_source(source), notes=list(source.notes)
    )
    if not claimed:
        raise AlreadyRead
    reading.plan = plan
    unsure = [ToSee(_place_of(one.path), one.why, one.text, one.inferred) for one in read.unsure]
    _write_unsure(reading, plan, [*to_see, *unsure])
    changes = {"plan": (None, str(plan)), "unsure": (None, len(to_see) + len(unsure))}
    audit.record("plans.reading.read", reading, actor=reading.by, unit_id=reading.unit_id, changes=changes)
    return plan


def _write_unsure(reading: Reading, plan: Plan, to_see: Iterable[ToSee]) -> None:
    fresh = with_content(Plan.objects.filter(pk=plan.pk)).get()
    spots = Spots(plan_data(fresh), state_of(fresh))
    Unsure.objects.bulk_create(
        Unsure(
            reading=reading,
            spot=_spot(spots, one.place),
            place=one.place.label[:300] if one.place else "",
            words=one.words,
            why=one.why,
            is_inferred=one.is_inferred,
        )
        for one in to_see
    )


def _spot(spots: Spots, place: Place | None) -> dict[str, Any] | None:
    found = spots.of(place) if place else None
    return asdict(found) if found else None


def _place_of(path: str) -> Place | None:
    """``tasks[3].due`` as a place of the plan; None for words that landed nowhere."""
    return Place(tuple(_STEP.findall(path))) if path else None
