"""Writes: a campaign begun as a whole: alone, out of a plan, together with a draft of its plan, as an answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from campaigns.interchange import CampaignData
from campaigns.models import Campaign, Movement, Target, Wave
from campaigns.part import fields_of
from campaigns.running import rows
from campaigns.running.services import create_campaign
from campaigns.running.values import VALUE_NAMES, CampaignValues, cleaned
from campaigns.states import CampaignState
from core import audit
from core.errors import AppError
from documents.models import Delivery
from plans.models import Plan
from plans.samples import REFORM
from plans.samples import get as sample_of
from plans.services import update_plan
from plans.starting.selectors import issuers_in_force
from plans.starting.services import default_issuer, start_empty, start_from_sample
from units.models import Unit

_SAMPLE = "commune_campaign"
_LAUNCHING = "Phát động "
_NOTHING = CampaignData("", (), (), ())


class MadeAlready(AppError):
    """``there``: the campaign that the first click made."""

    def __init__(self, there: Campaign) -> None:
        super().__init__(f"Đơn vị đang chuẩn bị phong trào cùng tên «{there}».")
        self.there = there


@dataclass(frozen=True, slots=True)
class Taken:
    """What is taken over from the campaign that is answered."""

    waves: bool = False
    movements: bool = False
    targets: bool = False


@transaction.atomic
def start_campaign(
    unit: Unit,
    *,
    actor: Any,
    values: CampaignValues,
    plan: Plan | None = None,
    drafts_plan: dt.date | None = None,
    parent: Campaign | None = None,
    delivery: Delivery | None = None,
    taken: Taken | None = None,
) -> Campaign:
    """``drafts_plan``: the day on which a draft of its plan is made too.

    Raise what ``create_campaign`` raises, and ``MadeAlready`` at a second click.
    """
    values = cleaned(values, unit)
    audit.wait_for_turn(unit.pk)
    if plan is None and parent is None:
        _refuse_twin(unit, values)
    campaign = create_campaign(unit, actor=actor, values=values, plan=plan, parent=parent, delivery=delivery)
    if drafts_plan is not None:
        _with_draft(campaign, actor=actor, today=drafts_plan)
    if parent is not None and taken is not None:
        _take(campaign, parent, taken)
    return campaign


def _refuse_twin(unit: Unit, values: CampaignValues) -> None:
    """Of one name and year only one is being prepared."""
    rows = Campaign.objects.filter(unit=unit, title=values.title, year=values.year, state=CampaignState.DRAFT)
    there = rows.order_by("-pk").first()
    if there is not None:
        raise MadeAlready(there)


def _with_draft(campaign: Campaign, *, actor: Any, today: dt.date) -> None:
    """A plan made from the template brings waves, movements and targets along: they become this campaign's."""
    plan = _draft_for(campaign, actor=actor, today=today)
    update_plan(plan, actor=actor, version=plan.version, subject=_subject(campaign.title))
    proposed = Campaign.objects.filter(plan=plan).first()
    if proposed is not None:
        for model in (Wave, Movement, Target):
            model.objects.filter(campaign=proposed).update(campaign=campaign)
        if proposed.theme and not campaign.theme:
            campaign.theme = proposed.theme
        proposed.delete()
    campaign.plan = plan
    campaign.save(update_fields=["plan", "theme"])
    audit.record(
        "campaigns.campaign.plan_drafted",
        campaign,
        actor=actor,
        unit_id=campaign.unit_id,
        changes={"plan": (None, plan)},
    )


def _draft_for(campaign: Campaign, *, actor: Any, today: dt.date) -> Plan:
    """From the template where there is one for such a unit and its time, else an empty outline."""
    unit, year = campaign.unit, campaign.year
    if unit.kind in sample_of(_SAMPLE).for_levels and year >= REFORM.year and today >= REFORM:
        return start_from_sample(actor=actor, unit=unit, year=year, code=_SAMPLE, today=today)
    issuer = default_issuer(issuers_in_force(unit, today), kind=Plan.Kind.CAMPAIGN)
    return start_empty(actor=actor, unit=unit, year=year, kind=Plan.Kind.CAMPAIGN, issuer=issuer)


def _subject(title: str) -> str:
    """«Phong trào thi đua …» → «Phát động phong trào thi đua …», as plans are named."""
    if title.lower().startswith("phong trào"):
        return f"{_LAUNCHING}{title[:1].lower()}{title[1:]}"
    return title


def _take(campaign: Campaign, parent: Campaign, taken: Taken) -> None:
    if taken.waves:
        rows.take_waves(campaign, parent)
    if taken.movements:
        rows.take_movements(campaign, parent)
    if taken.targets:
        rows.take_targets(campaign, parent)


# -- Proposed ------------------------------------------------------------------------------


def values_from_plan(plan: Plan) -> CampaignValues:
    """What the plan says of a campaign that is made of it."""
    found = fields_of(plan, plan.unit.kind, _NOTHING)
    return CampaignValues(**{name: value for name, value in found.items() if name in VALUE_NAMES})


def values_from_parent(parent: Campaign, unit: Unit) -> CampaignValues:
    """What a unit below would write to answer it: the same, launched by itself."""
    return CampaignValues(
        title=parent.title,
        year=parent.year,
        theme=parent.theme,
        kind=parent.kind,
        level=unit.kind,
        period=parent.period,
        start=parent.start,
        end=parent.end,
        register_by=None,
    )
