"""What every page that changes a campaign asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.models import Campaign
from campaigns.running import selectors
from units.models import Unit


def writable(request: HttpRequest, pk: int) -> Campaign:
    """404 to strangers, 403 to those who may only read: colleagues, and units to which it was delivered."""
    found = get_object_or_404(selectors.for_saving(request.user), pk=pk)
    if not request.user.has_perm("campaigns.write_campaign", found):
        raise PermissionDenied
    return found


def unit_to_run_for(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit that ``dv`` (or the form's own field) names, else the user's first; and all that he may write for."""
    units = selectors.units_to_run_for(request.user)
    if not units:
        raise PermissionDenied
    wanted = request.POST.get("unit") or request.GET.get("dv", "")
    if not wanted:
        return units[0], units
    unit = next((one for one in units if str(one.pk) == wanted), None)
    if unit is None:
        raise Http404
    return unit, units
