"""The part ``campaign`` of a plan as rows: made when the plan is loaded, given back when it is exported."""

from __future__ import annotations

import datetime as dt
from typing import Any

from campaigns import interchange
from campaigns.interchange import CampaignData, TargetData, WaveData
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
    campaign = Campaign.objects.filter(plan=plan).first()
    return interchange.write(data_of(campaign)) if campaign else None


def pk_of(plan: Plan) -> int | None:
    return Campaign.objects.filter(plan=plan).values_list("pk", flat=True).first()


def data_of(campaign: Campaign) -> CampaignData:
    return CampaignData(
        campaign.theme,
        tuple(
            WaveData(wave.name, wave.start, wave.end, wave.as_printed, wave.review_by) for wave in campaign.waves.all()
        ),
        tuple(movement.name for movement in campaign.movements.all()),
        tuple(
            TargetData(row.text, row.comparison, row.low, row.high, row.measure, row.direction)
            for row in campaign.targets.all()
        ),
    )


def fields_of(plan: Any, unit_kind: str, data: CampaignData) -> dict[str, Any]:
    """What the plan around it says of a campaign. Of one calendar year unless the plan says otherwise."""
    is_of_a_year = plan.period == Plan.Period.YEAR
    return {
        "title": plan.subject,
        "theme": data.theme,
        "kind": Campaign.Kind.WAVE if data.waves else Campaign.Kind.REGULAR,
        "level": _LEVELS[unit_kind],
        "year": plan.year,
        "period": plan.period,
        "start": dt.date(plan.year, 1, 1) if is_of_a_year else None,
        "end": dt.date(plan.year, 12, 31) if is_of_a_year else None,
        "follower": plan.follower,
    }


def write_rows(campaign: Campaign, data: CampaignData) -> None:
    Wave.objects.bulk_create(
        Wave(
            campaign=campaign,
            order=order,
            name=wave.name,
            start=wave.start,
            end=wave.end,
            as_printed=wave.as_printed,
            review_by=wave.review_by,
        )
        for order, wave in enumerate(data.waves, start=1)
    )
    Movement.objects.bulk_create(
        Movement(campaign=campaign, order=order, name=name) for order, name in enumerate(data.movements, start=1)
    )
    Target.objects.bulk_create(
        Target(
            campaign=campaign,
            order=order,
            text=target.text,
            comparison=target.comparison,
            low=target.low,
            high=target.high,
            measure=target.measure,
            direction=target.direction,
            adds_up=adds_up(target.measure),
        )
        for order, target in enumerate(data.targets, start=1)
    )


def adds_up(measure: str) -> bool:
    """Tonnes, trees, people; not percentages, nor so much a head or a year."""
    return bool(measure) and not measure.startswith(("%", "‰", "điểm")) and "/" not in measure
