"""Writes: figures reached. What stands there is never overwritten; a correction replaces it and says what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from campaigns.figures import show_figure
from campaigns.models import Campaign, Result, Target
from campaigns.periods import period_of
from campaigns.states import CampaignState
from core import audit
from core.errors import AppError
from core.states import EditedMeanwhile
from documents.models import Evidence
from units.models import Part, Unit

_OPEN = (CampaignState.RUNNING, CampaignState.CLOSED)

Cell = tuple[int, str, int | None, int | None]
"""Target, period, part, unit below."""


class NotRunning(AppError):
    message = "Phong trào chưa phát động hoặc đã thôi thực hiện nên chưa ghi kết quả được."


class FigureMeanwhile(EditedMeanwhile):
    """Somebody entered another figure for the same cell: both are told, nothing is lost."""

    def __init__(self, theirs: Result, ours: Decimal) -> None:
        who = theirs.by or "Người khác"
        super().__init__(
            f"{who} vừa ghi {show_figure(theirs.value)}; bạn ghi {show_figure(ours)}. Hãy xem lại rồi ghi tiếp."
        )
        self.theirs, self.ours = theirs, ours


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: a target in a period, of the whole or of one part or unit below."""

    target: Target
    period: str
    value: Decimal
    part: Part | None = None
    lower: Unit | None = None
    was: int | None = None
    """The result that the person saw there; None: none."""
    note: str = ""
    evidence: Evidence | None = None


@transaction.atomic
def record_results(campaign: Campaign, entries: Sequence[Entry], *, actor: Any) -> list[Result]:
    """All of them or none. The same figure again changes nothing.

    Raise ``NotRunning``, or ``FigureMeanwhile`` for the first cell that is not as the person saw it.
    """
    if Campaign.objects.filter(pk=campaign.pk, state__in=_OPEN).select_for_update().first() is None:
        raise NotRunning
    current = _current(campaign)
    return [_record(entry, current, actor) for entry in entries]


def _current(campaign: Campaign) -> dict[Cell, Result]:
    rows = Result.objects.filter(target__campaign=campaign, replaced_by=None).select_related("by__person")
    return {(row.target_id, row.period, row.part_id, row.lower_id): row for row in rows}


def _record(entry: Entry, current: dict[Cell, Result], actor: Any) -> Result:
    cell = (
        entry.target.pk,
        period_of(entry.period).code,
        entry.part.pk if entry.part else None,
        entry.lower.pk if entry.lower else None,
    )
    before = current.get(cell)
    if (
        before is not None
        and before.value == entry.value
        and (before.note, before.evidence)
        == (
            entry.note,
            entry.evidence,
        )
    ):
        return before
    if before is not None and before.pk != entry.was:
        raise FigureMeanwhile(before, entry.value)
    result = Result(
        target=entry.target,
        period=entry.period,
        part=entry.part,
        lower=entry.lower,
        value=entry.value,
        note=entry.note,
        evidence=entry.evidence,
        by=actor,
        replaces=before,
    )
    try:
        with transaction.atomic():
            result.save()
    except IntegrityError:
        raise EditedMeanwhile from None
    current[cell] = result
    changes = {"value": (show_figure(before.value) if before else None, show_figure(entry.value))}
    audit.record(
        "campaigns.result.corrected" if before else "campaigns.result.recorded",
        result,
        actor=actor,
        unit_id=entry.target.campaign.unit_id,
        changes=changes | ({"note": (before.note if before else None, entry.note)} if entry.note else {}),
    )
    return result
