"""Writes: a campaign that was there before the superior's paper came is made its answer, or is so no more."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from campaigns.models import Campaign
from campaigns.running.selectors import delivery_to
from campaigns.running.services import refuse_second_answer
from campaigns.selectors import SHOWN_OUTSIDE
from campaigns.states import CampaignState
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from documents.models import Delivery

_OPEN = (CampaignState.DRAFT, CampaignState.RUNNING)


class SentUp(AppError):
    message = "Đã trả lời cấp trên bằng phong trào này nên không bỏ liên kết được nữa."


@transaction.atomic
def link_parent(campaign: Campaign, *, actor: Any, parent: Campaign) -> None:
    """It answers ``parent``, whose paper came to the unit.

    Raise ``UnfitField``, ``AnsweredAlready`` where another one does, ``MovedMeanwhile`` where it answers one already.
    """
    audit.wait_for_turn(campaign.unit_id)
    refuse_second_answer(campaign.unit, parent)
    delivery = delivery_to(campaign.unit, parent) if parent.state in SHOWN_OUTSIDE else None
    if delivery is None:
        raise UnfitField("parent", "Chọn một phong trào mà văn bản đã gửi đến đơn vị.")
    _set(campaign, parent, delivery, "linked", actor)


@transaction.atomic
def unlink_parent(campaign: Campaign, *, actor: Any) -> None:
    """Linked by mistake. Raise ``SentUp`` once the superior was answered by it, ``MovedMeanwhile``."""
    audit.wait_for_turn(campaign.unit_id)
    if has_gone_up(campaign):
        raise SentUp
    _set(campaign, None, None, "unlinked", actor)


def has_gone_up(campaign: Campaign) -> bool:
    """Its plan was sent to the launcher, or the delivery by which that came was answered."""
    if campaign.parent is None:
        return False
    answered = models.Q(pk=campaign.delivery_id, answered_on__isnull=False)
    if campaign.plan is not None and campaign.plan.paper_id is not None:
        paper = campaign.plan.paper_id
        answered |= models.Q(paper=paper, receiver=campaign.parent.unit_id, withdrawn_on=None, returned_on=None)
    return Delivery.objects.filter(answered).exists()


def _set(campaign: Campaign, parent: Campaign | None, delivery: Delivery | None, act: str, actor: Any) -> None:
    before = campaign.parent
    unmoved = Campaign.objects.filter(pk=campaign.pk, parent=before, state__in=_OPEN)
    is_other = before is None or parent is None
    if not is_other or not unmoved.update(parent=parent, delivery=delivery, version=models.F("version") + 1):
        raise MovedMeanwhile
    campaign.parent, campaign.delivery = parent, delivery
    campaign.version += 1
    changes = {"parent": (before, parent)}
    audit.record(f"campaigns.campaign.{act}", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
