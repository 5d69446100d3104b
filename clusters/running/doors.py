"""What every page that changes a cluster or a season asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clusters.models import Cluster, Season
from clusters.selectors import visible_clusters, visible_seasons


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
