"""What every page that changes a cluster or a season asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from clusters.models import Cluster, Season
from clusters.running import selectors
from clusters.selectors import visible_clusters, visible_seasons
from units.models import Unit


def run_cluster(request: HttpRequest, pk: int) -> Cluster:
    """404 to strangers, 403 to those who may only read: colleagues, members."""
    found = get_object_or_404(visible_clusters(request.user).select_related("reviewer"), pk=pk)
    if not request.user.has_perm("clusters.run_season", found):
        raise PermissionDenied
    return found


def run_season(request: HttpRequest, pk: int) -> Season:
    found = get_object_or_404(visible_seasons(request.user), pk=pk)
    if not request.user.has_perm("clusters.run_season", found):
        raise PermissionDenied
    return found


def unit_to_organise_for(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit that ``dv`` (or the form's own field) names, else the user's first; and all for which he may."""
    units = selectors.units_to_organise_for(request.user)
    if not units:
        raise PermissionDenied
    wanted = request.POST.get("unit") or request.GET.get("dv", "")
    if not wanted:
        return units[0], units
    unit = next((one for one in units if str(one.pk) == wanted), None)
    if unit is None:
        raise Http404
    return unit, units
