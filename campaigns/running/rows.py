"""Writes: waves and thematic movements of a campaign, all of one kind at once as the page sends them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from django.db import models, transaction

from campaigns import part
from campaigns.interchange import TargetData
from campaigns.models import Campaign, Movement, Review, Share, Target, Wave
from campaigns.running.values import MovementRow, WaveRow, cleaned_movements, cleaned_waves
from core import audit
from core.errors import UnfitRow
from core.states import EditedMeanwhile, claim_version

_OUT_OF_THE_WAY = 10_000
"""Added to every place before the new ones are given, for no two rows may share one even for a moment."""


@transaction.atomic
def save_waves(campaign: Campaign, *, actor: Any, version: int, rows: Sequence[WaveRow]) -> None:
    """The waves in their order; one that is not among them goes. Targets of a wave that goes are of the whole period.

    Raise ``UnfitRow``, or ``EditedMeanwhile``.
    """
    rows = cleaned_waves(rows)
    audit.wait_for_turn(campaign.unit_id)
    gone = Wave.objects.filter(campaign=campaign).exclude(pk__in=[row.pk for row in rows if row.pk])
    if reviewed := Review.objects.filter(wave__in=gone).select_related("wave").first():
        raise UnfitRow(0, "", f"«{reviewed.wave}» đã có báo cáo sơ kết nên không bỏ được. Hãy giữ lại đợt này.")
    _save(campaign, Wave, rows, version, actor, "waves")


@transaction.atomic
def save_movements(campaign: Campaign, *, actor: Any, version: int, rows: Sequence[MovementRow]) -> None:
    """Likewise."""
    _save(campaign, Movement, cleaned_movements(rows), version, actor, "movements")


def _save(campaign: Campaign, model: Any, rows: Sequence[Any], version: int, actor: Any, name: str) -> None:
    audit.wait_for_turn(campaign.unit_id)
    there = {row.pk: row for row in model.objects.filter(campaign=campaign)}
    if any(row.pk is not None and row.pk not in there for row in rows):
        raise EditedMeanwhile  # somebody took the row out
    before = [_words(row) for row in there.values()]
    if _same(list(there.values()), rows):
        return
    claim_version(campaign, version)
    kept = {row.pk for row in rows}
    model.objects.filter(pk__in=[pk for pk in there if pk not in kept]).delete()
    model.objects.filter(campaign=campaign).update(order=models.F("order") + _OUT_OF_THE_WAY)
    for order, row in enumerate(rows, start=1):
        values = _values(row)
        if row.pk is None:
            model.objects.create(campaign=campaign, order=order, **values)
        else:
            model.objects.filter(pk=row.pk).update(order=order, **values)
    after = [_words(row) for row in model.objects.filter(campaign=campaign)]
    changes = {name: (before or None, after or None)}
    audit.record(f"campaigns.{name}.changed", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)


def _values(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name != "pk"}


def _same(there: Sequence[Any], rows: Sequence[Any]) -> bool:
    if [row.pk for row in there] != [row.pk for row in rows]:
        return False
    pairs = zip(there, rows, strict=True)
    return all(getattr(old, name) == value for old, row in pairs for name, value in _values(row).items())


def _words(row: Wave | Movement) -> str:
    """For the history."""
    if isinstance(row, Movement):
        return f"{row.name} ({row.lead})" if row.lead else row.name
    days = [f"{day:%d/%m/%Y}" if day else "…" for day in (row.start, row.end)]
    told = [f"{days[0]} - {days[1]}"] if row.start or row.end else []
    told += [f"sơ kết {row.review_by:%d/%m/%Y}"] if row.review_by else []
    told += [row.occasion] if row.occasion else []
    return f"{row.name}: {'; '.join(told)}" if told else row.name


# -- Taken over from the campaign that is answered ------------------------------------------


def take_waves(campaign: Campaign, parent: Campaign) -> None:
    """Inside the transaction that makes the campaign."""
    Wave.objects.filter(campaign=campaign).delete()
    part.write_waves(campaign, part.waves_told(parent.waves.all()))


def take_movements(campaign: Campaign, parent: Campaign) -> None:
    """Without who leads them there."""
    Movement.objects.filter(campaign=campaign).delete()
    told = part.movements_told(parent.movements.all())
    part.write_movements(campaign, [replace(movement, lead="") for movement in told])


def take_targets(campaign: Campaign, parent: Campaign) -> None:
    """As a proposal. What sums up (tonnes, trees) is taken with the share that the unit was given, else without a

    figure: the figure of a whole province is nobody's but the province's. Waves and movements are found by place.
    """
    Target.objects.filter(campaign=campaign).delete()
    waves, movements = list(campaign.waves.all()), list(campaign.movements.all())
    targets = parent.targets.select_related("wave", "movement").prefetch_related(
        models.Prefetch("shares", to_attr="given", queryset=_shares_of(campaign))
    )
    told = [
        TargetData(
            text=target.text,
            measure=target.measure,
            direction=target.direction,
            adds_up=target.adds_up,
            wave=_place(target.wave, waves),
            movement=_place(target.movement, movements),
            **_aim(target),
        )
        for target in targets
    ]
    part.write_targets(campaign, told, waves, movements)


def _place(row: Wave | Movement | None, own: Sequence[Any]) -> int | None:
    """From 1; None where the campaign has nothing at that place."""
    return row.order if row is not None and row.order <= len(own) else None


def _shares_of(campaign: Campaign) -> models.QuerySet:
    return Share.objects.filter(lower=campaign.unit_id)


def _aim(target: Any) -> dict[str, Any]:
    comparison, low, high = target.comparison, target.low, target.high
    if target.given:
        [share] = target.given
        low, high = share.low, share.high
        comparison = Target.Comparison.BETWEEN if high is not None else _plain(comparison)
    elif target.adds_up:
        low, high, comparison = None, None, _plain(comparison)
    return {"comparison": comparison, "low": low, "high": high}


def _plain(comparison: str) -> str:
    """A comparison with one figure."""
    return Target.Comparison.EQUAL if comparison == Target.Comparison.BETWEEN else comparison
