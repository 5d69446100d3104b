"""What every page of targets and results asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.models import Campaign, Target
from campaigns.results.selectors import targets_of
from campaigns.selectors import inside_campaigns

WRITE = "campaigns.write_campaign"


def campaign_inside(request: HttpRequest, pk: int) -> Campaign:
    """404 to whoever is not of the unit, also where a delivery shows them the campaign's head."""
    return get_object_or_404(inside_campaigns(request.user).select_related("unit", "plan"), pk=pk)


def campaign_to_write(request: HttpRequest, pk: int) -> Campaign:
    """403 to a colleague who only reads."""
    campaign = campaign_inside(request, pk)
    refuse_reader(request, campaign)
    return campaign


def refuse_reader(request: HttpRequest, campaign: Campaign) -> None:
    if not request.user.has_perm(WRITE, campaign):
        raise PermissionDenied


def target_of(campaign: Campaign, pk: int) -> Target:
    target = get_object_or_404(targets_of(campaign), pk=pk)
    target.campaign = campaign
    return target
