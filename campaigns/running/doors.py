"""What every page that changes a campaign asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.models import Campaign
from campaigns.running import selectors


def writable(request: HttpRequest, pk: int) -> Campaign:
    """404 to strangers, 403 to those who may only read: colleagues, and units to which it was delivered."""
    found = get_object_or_404(selectors.for_saving(request.user), pk=pk)
    if not request.user.has_perm("campaigns.write_campaign", found):
        raise PermissionDenied
    return found
