"""Writes: a campaign is made and changed, launched, closed, reopened, dropped with a reason, prepared again.

Each act first takes its place in the unit's chain (``audit.wait_for_turn``), so that two windows cannot both answer
the same campaign of a superior.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.running.values import VALUE_NAMES, CampaignValues, cleaned, cleaned_reason
from campaigns.states import CAMPAIGN_MOVES, CampaignState
from core import audit, states
from core.errors import AppError, UnfitField
from core.states import claim_version
from documents.models import Delivery
from plans.models import Plan
from units.models import Unit


class AnsweredAlready(AppError):
    """``there``: the campaign by which the unit answers it."""

    def __init__(self, there: Campaign) -> None:
        super().__init__(f"{there.unit.title} đã có phong trào hưởng ứng: «{there}».")
        self.there = there


class PlanHasCampaign(UnfitField):
    """``there``: the campaign of that plan."""

    def __init__(self, there: Campaign) -> None:
        super().__init__("plan", f"Kế hoạch này đã gắn với phong trào «{there}».")
        self.there = there


@transaction.atomic
def create_campaign(
    unit: Unit,
    *,
    actor: Any,
    values: CampaignValues,
    plan: Plan | None = None,
    parent: Campaign | None = None,
    delivery: Delivery | None = None,
) -> Campaign:
    """A campaign that is being prepared. ``parent`` is the one that it answers, ``delivery`` how that came down.

    Raise ``UnfitField``, ``PlanHasCampaign`` or ``AnsweredAlready``.
    """
    values = cleaned(values, unit)
    audit.wait_for_turn(unit.pk)
    if plan is not None:
        _refuse_plan(plan, unit)
    if parent is not None:
        refuse_second_answer(unit, parent)
    campaign = Campaign(unit=unit, plan=plan, parent=parent, delivery=delivery, made_by=actor, **_fields(values))
    campaign.save()
    told = _fields(values) | {"plan": plan, "parent": parent}
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("campaigns.campaign.created", campaign, actor=actor, unit_id=unit.pk, changes=changes)
    return campaign


@transaction.atomic
def change_campaign(
    campaign: Campaign, *, actor: Any, version: int, values: CampaignValues, plan: Plan | None = None
) -> None:
    """The head and the plan in which its words are printed. Nothing changed: nothing claimed.

    Raise ``UnfitField``, or ``EditedMeanwhile`` where somebody saved since it was shown.
    """
    values = cleaned(values, campaign.unit)
    audit.wait_for_turn(campaign.unit_id)
    before = {name: getattr(campaign, name) for name in (*VALUE_NAMES, "plan")}
    after = _fields(values) | {"plan": plan}
    changes = audit.differences(before, after)
    if not changes:
        return
    if plan is not None and "plan" in changes:
        _refuse_plan(plan, campaign.unit)
    claim_version(campaign, version)
    for name in changes:
        setattr(campaign, name, after[name])
    campaign.save(update_fields=list(changes))
    audit.record("campaigns.campaign.changed", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)


def _fields(values: CampaignValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in VALUE_NAMES}


def _refuse_plan(plan: Plan, unit: Unit) -> None:
    if plan.unit_id != unit.pk or plan.kind != Plan.Kind.CAMPAIGN or plan.amends_id:
        raise UnfitField("plan", "Chọn một kế hoạch phong trào thi đua của đơn vị.")
    there = Campaign.objects.filter(plan=plan).first()
    if there is not None:
        raise PlanHasCampaign(there)


def refuse_second_answer(unit: Unit, parent: Campaign) -> None:
    """Raise ``UnfitField`` or ``AnsweredAlready``."""
    if parent.unit_id == unit.pk:
        raise UnfitField("title", "Phong trào của chính đơn vị thì không cần hưởng ứng.")
    there = Campaign.objects.filter(unit=unit, parent=parent).exclude(state=CampaignState.DROPPED).first()
    if there is not None:
        raise AnsweredAlready(there)


# -- States --------------------------------------------------------------------------------


@transaction.atomic
def launch(campaign: Campaign, *, actor: Any, day: dt.date) -> None:
    """Ghi nhận đã phát động: from then on results are written, deadlines are told, and others see it."""
    if day > timezone.localdate():
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} chưa đến. Phát động rồi hãy ghi nhận.")
    if abs(day.year - campaign.year) > 1 and not (campaign.start and campaign.start <= day):
        raise UnfitField("day", f"Năm {day.year} cách xa năm của phong trào ({campaign.year}); hãy xem lại ngày.")
    _move(campaign, CampaignState.RUNNING, actor, "launched", launched_on=day)


@transaction.atomic
def close(campaign: Campaign, *, actor: Any) -> None:
    """Đã tổng kết. Corrections are still possible: closed is not forbidden."""
    _move(campaign, CampaignState.CLOSED, actor, "closed")


@transaction.atomic
def reopen(campaign: Campaign, *, actor: Any) -> None:
    _move(campaign, CampaignState.RUNNING, actor, "reopened")


@transaction.atomic
def drop(campaign: Campaign, *, actor: Any, reason: str) -> None:
    """Không thực hiện: it stays in the list with its reason."""
    _move(campaign, CampaignState.DROPPED, actor, "dropped", drop_reason=cleaned_reason(reason))


@transaction.atomic
def prepare_again(campaign: Campaign, *, actor: Any) -> None:
    """What was dropped becomes a draft; refused where another answers the same campaign by now."""
    audit.wait_for_turn(campaign.unit_id)
    if campaign.state == CampaignState.DROPPED and campaign.parent is not None:
        refuse_second_answer(campaign.unit, campaign.parent)
    _move(campaign, CampaignState.DRAFT, actor, "prepared", drop_reason="", launched_on=None)


def _move(campaign: Campaign, to: CampaignState, actor: Any, act: str, **also: Any) -> None:
    code = f"campaigns.campaign.{act}"
    states.move(campaign, to.value, CAMPAIGN_MOVES, actor=actor, unit_id=campaign.unit_id, code=code, **also)
