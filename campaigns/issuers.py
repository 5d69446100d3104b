"""Who heads and signs the papers of a campaign: whoever issued its plan; else as the unit would issue one."""

from __future__ import annotations

from django.utils import timezone

from campaigns.models import Campaign
from plans.models import Plan
from plans.starting.selectors import issuers_in_force
from plans.starting.services import default_issuer
from units.models import Issuer


def issuers_of(campaign: Campaign) -> list[Issuer]:
    """Of the unit, in force today; of one that is no more those of its last day."""
    unit, today = campaign.unit, timezone.localdate()
    return issuers_in_force(unit, min(today, unit.valid_to) if unit.valid_to else today)


def issuer_of(campaign: Campaign) -> Issuer | None:
    if campaign.plan is not None:
        return campaign.plan.issuer
    return default_issuer(issuers_of(campaign), kind=Plan.Kind.CAMPAIGN)


def to_choose(campaign: Campaign) -> list[Issuer]:
    """Who may issue a report of it: the one that would by default is the first."""
    found = issuers_of(campaign)
    wanted = campaign.plan.issuer_id if campaign.plan else None
    default = next((one for one in found if one.pk == wanted), None) or issuer_of(campaign)
    others = [one for one in found if default is None or one.pk != default.pk]
    return [default, *others] if default else others
