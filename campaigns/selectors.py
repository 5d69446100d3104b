"""Reads: what of the campaigns a user sees, with the joins that a page reads."""

from __future__ import annotations

from typing import Any

from django.db import models

from campaigns.models import Campaign
from campaigns.states import CampaignState
from documents.deliveries.selectors import delivered_paper_ids
from units.selectors import readable_unit_ids, standing_of

SHOWN_OUTSIDE = (CampaignState.RUNNING, CampaignState.CLOSED)


def visible_campaigns(user: Any) -> models.QuerySet[Campaign]:
    """Of the own units and their predecessors; and, once launched, those whose paper was delivered to the own units.

    What a unit above or below reads of a campaign is its head: title, theme, waves, targets. Results of parts,
    registrations and drafts of reports stay inside (``inside_campaigns``) until a report is delivered.
    """
    delivered = models.Q(plan__paper__in=delivered_paper_ids(user), state__in=SHOWN_OUTSIDE)
    return Campaign.objects.filter(models.Q(unit__in=readable_unit_ids(user)) | delivered)


def inside_campaigns(user: Any) -> models.QuerySet[Campaign]:
    """With all that became of them: own units and what their predecessors left."""
    return Campaign.objects.filter(unit__in=readable_unit_ids(user))


def is_inside(user: Any, campaign: Campaign) -> bool:
    """Of a campaign that the user sees."""
    return campaign.unit_id in standing_of(user).unit_ids or inside_campaigns(user).filter(pk=campaign.pk).exists()
