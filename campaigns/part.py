"""The part ``campaign`` of a plan as rows: made when the plan is loaded, given back when it is exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from campaigns import interchange
from campaigns.interchange import CampaignData, MovementData, TargetData, WaveData, adds_up
from campaigns.models import Campaign, Movement, Target, Wave
from plans.models import Plan, UnclaimedPart
from units.models import Unit

NAME = "campaign"
_LEVELS = {
    Unit.Kind.PROVINCE.value: Campaign.Level.PROVINCE,
    Unit.Kind.DISTRICT.value: Campaign.Level.DISTRICT,
    Unit.Kind.COMMUNE.value: Campaign.Level.COMMUNE,
}


def load(plan: Plan, content: Any) -> None:
    """Make the campaign of a plan that was just made; what no rows can hold stays verbatim."""
    data = interchange.read(content)
    if data is None:
        UnclaimedPart.objects.create(plan=plan, name=NAME, content=content)
        return
    campaign = Campaign(plan=plan, unit=plan.unit, **fields_of(plan, plan.unit.kind, data))
    campaign.save()
    write_rows(campaign, data)


def dump(plan: Plan) -> Any:
    campaign = getattr(plan, "campaign", None)
    return interchange.write(data_of(campaign, plan)) if campaign else None


def pk_of(plan: Plan) -> int | None:
    return Campaign.objects.filter(plan=plan).values_list("pk", flat=True).first()


def data_of(campaign: Campaign, plan: Plan) -> CampaignData:
    """``plan``: the campaign's own."""
    waves, movements = list(campaign.waves.all()), list(campaign.movements.all())
    wave_numbers, movement_numbers = ({row.pk: at for at, row in enumerate(rows, 1)} for rows in (waves, movements))
    data = CampaignData(
        campaign.theme,
        waves_told(waves),
        movements_told(movements),
        tuple(
            TargetData(
                row.text,
                row.comparison,
                row.low,
                row.high,
                row.measure,
                row.direction,
                row.baseline,
                None if row.adds_up == adds_up(row.measure) else row.adds_up,
                wave_numbers.get(row.wave_id),
                movement_numbers.get(row.movement_id),
            )
            for row in campaign.targets.all()
        ),
    )
    told = fields_of(plan, plan.unit.kind, data)
    said = {name: getattr(campaign, name) for name in interchange.HEAD}
    return replace(data, head={name: value for name, value in said.items() if value != told.get(name, "")})


def waves_told(waves: Iterable[Wave]) -> tuple[WaveData, ...]:
    return tuple(
        WaveData(wave.name, wave.start, wave.end, wave.as_printed, wave.review_by, wave.occasion) for wave in waves
    )


def movements_told(movements: Iterable[Movement]) -> tuple[MovementData, ...]:
    return tuple(MovementData(movement.name, movement.lead) for movement in movements)


def fields_of(plan: Any, unit_kind: str, data: CampaignData) -> dict[str, Any]:
    """What the part and the plan around it say of a campaign. Of one calendar year unless they say otherwise."""
    is_of_a_year = plan.period == Plan.Period.YEAR
    told = {
        "title": plan.subject,
        "theme": data.theme,
        "kind": Campaign.Kind.WAVE if data.waves else Campaign.Kind.REGULAR,
        "level": _LEVELS[unit_kind],
        "year": plan.year,
        "period": plan.period,
        "start": dt.date(plan.year, 1, 1) if is_of_a_year else None,
        "end": dt.date(plan.year, 12, 31) if is_of_a_year else None,
        "register_by": None,
        "follower": plan.follower,
    } | dict(data.head)
    if told["start"] and told["end"] and told["end"] < told["start"]:
        told["end"] = None  # one day was moved to another year and the other not: no row may hold both
    return told


def write_rows(campaign: Any, data: CampaignData, models: Any = (Wave, Movement, Target)) -> None:
    """``models``: as a migration knows them."""
    wave_model, movement_model, target_model = models
    waves = write_waves(campaign, data.waves, wave_model)
    movements = write_movements(campaign, data.movements, movement_model)
    write_targets(campaign, data.targets, waves, movements, target_model)


def write_waves(campaign: Any, waves: Iterable[WaveData], model: Any = Wave) -> list[Any]:
    return model.objects.bulk_create(
        model(
            campaign_id=campaign.pk,
            order=order,
            name=wave.name,
            start=wave.start,
            end=wave.end,
            as_printed=wave.as_printed,
            review_by=wave.review_by,
            occasion=wave.occasion,
        )
        for order, wave in enumerate(waves, start=1)
    )


def write_movements(campaign: Any, movements: Iterable[MovementData], model: Any = Movement) -> list[Any]:
    return model.objects.bulk_create(
        model(campaign_id=campaign.pk, order=order, name=movement.name, lead=movement.lead)
        for order, movement in enumerate(movements, start=1)
    )


def write_targets(
    campaign: Any,
    targets: Iterable[TargetData],
    waves: Sequence[Any],
    movements: Sequence[Any],
    model: Any = Target,
) -> None:
    """``waves`` and ``movements``: those of the campaign, which the targets name by their place."""
    model.objects.bulk_create(
        model(
            campaign_id=campaign.pk,
            order=order,
            text=target.text,
            comparison=target.comparison,
            low=target.low,
            high=target.high,
            measure=target.measure,
            direction=target.direction,
            baseline=target.baseline,
            adds_up=adds_up(target.measure) if target.adds_up is None else target.adds_up,
            wave_id=waves[target.wave - 1].pk if target.wave else None,
            movement_id=movements[target.movement - 1].pk if target.movement else None,
        )
        for order, target in enumerate(targets, start=1)
    )
