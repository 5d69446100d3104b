"""Writes: which share of a target each part bears (or each unit below)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from campaigns.models import Share, Target
from campaigns.results.selectors import bearer_of
from campaigns.results.services import Misplaced
from campaigns.wording import share_in_words
from core import audit
from core.errors import AppError
from core.states import EditedMeanwhile
from units.models import Part, Unit

Figures = tuple[Decimal | None, Decimal | None]
"""Low and high; (None, None): no share."""
NONE: Figures = (None, None)


class UnfitShare(AppError):
    message = "Số cuối của khoảng không nhỏ hơn số đầu."


@dataclass(frozen=True, slots=True)
class ShareRow:
    bearer: Part | Unit
    low: Decimal | None
    high: Decimal | None = None
    was: Figures = NONE
    """What the person saw there."""

    @property
    def figures(self) -> Figures:
        return self.low, self.high


class ShareMeanwhile(EditedMeanwhile):
    """``theirs``: what stands now, by the place of the row that was sent."""

    def __init__(self, theirs: dict[int, Figures]) -> None:
        super().__init__()
        self.theirs = theirs


@transaction.atomic
def save_shares(target: Target, rows: Sequence[ShareRow], *, actor: Any) -> int:
    """How many changed. All of them or none; a row without figures takes the share back.

    Raise ``UnfitShare``, or ``ShareMeanwhile`` where somebody gave another figure since the page was shown.
    """
    Target.objects.select_for_update().get(pk=target.pk)  # two who give shares of one target stand in line
    current = {("part", share.part_id) if share.part_id else ("lower", share.lower_id): share for share in _of(target)}
    unit_id = target.campaign.unit_id
    theirs = {}
    for place, row in enumerate(rows):
        _check(row, unit_id)
        there = _figures(current.get(bearer_of(row.bearer)))
        if there not in (row.was, row.figures):
            theirs[place] = there
    if theirs:
        raise ShareMeanwhile(theirs)
    changes = {}
    for row in rows:
        share = current.get(bearer_of(row.bearer))
        if _figures(share) != row.figures:
            changes[str(row.bearer)] = (_words(target, _figures(share)), _words(target, row.figures))
            _write(target, row, share)
    if changes:
        audit.record("campaigns.shares.given", target, actor=actor, unit_id=unit_id, changes=changes)
    return len(changes)


def _of(target: Target) -> list[Share]:
    return list(Share.objects.filter(target=target))


def _figures(share: Share | None) -> Figures:
    return (share.low, share.high) if share else NONE


def _words(target: Target, figures: Figures) -> str | None:
    return share_in_words(target, *figures) or None


def _check(row: ShareRow, unit_id: int) -> None:
    owner = row.bearer.unit_id if isinstance(row.bearer, Part) else row.bearer.parent_id
    if owner != unit_id:
        raise Misplaced
    if row.high is not None and (row.low is None or row.high < row.low):
        raise UnfitShare


def _write(target: Target, row: ShareRow, share: Share | None) -> None:
    if row.low is None:
        if share is not None:
            share.delete()
        return
    share = share or Share(target=target, **{bearer_of(row.bearer)[0]: row.bearer})
    share.low, share.high = row.low, row.high
    share.save()
