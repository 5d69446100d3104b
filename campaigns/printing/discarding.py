"""A draft of a plan goes, and its campaign with it, unless something hangs on that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from campaigns.models import Campaign, Movement, Result, Target, Wave
from campaigns.states import CampaignState
from core import audit
from plans.models import Plan
from plans.services.claiming import PlanIsClosed

_OWN = (Wave, Movement, Target)
"""What is nothing without its campaign; all else was entered because of it."""


def discard(plan: Plan, *, actor: Any) -> None:
    """Inside the transaction that deletes the draft. Raise ``PlanIsClosed`` with what hangs on the campaign."""
    campaign = Campaign.objects.select_for_update().filter(plan=plan).first()
    if campaign is None:
        return
    if campaign.state in (CampaignState.RUNNING, CampaignState.CLOSED):
        raise PlanIsClosed(
            f"Phong trào «{campaign}» của kế hoạch này đã phát động nên không xóa được dự thảo. "
            "Nếu thôi làm, hãy ghi phong trào là «Không thực hiện» kèm lý do."
        )
    if hanging := list(_hanging(campaign)):
        raise PlanIsClosed(
            f"Phong trào «{campaign}» của kế hoạch này đã có {', '.join(hanging)} nên không xóa được dự thảo. "
            "Nếu thôi làm, hãy ghi phong trào là «Không thực hiện» kèm lý do."
        )
    audit.record("campaigns.campaign.discarded", campaign, actor=actor, unit_id=campaign.unit_id)
    campaign.delete()


def _hanging(campaign: Campaign) -> Iterator[str]:
    if Result.objects.filter(target__campaign=campaign).exists():
        yield str(Result._meta.verbose_name_plural)
    for relation in Campaign._meta.related_objects:
        model = relation.related_model
        if model not in _OWN and model._base_manager.filter(**{relation.field.name: campaign}).exists():
            yield str(model._meta.verbose_name_plural)
