"""What every page of rankings asks first: 404 to strangers, 403 to who may only read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clusters.models import Season
from clusters.ranking import selectors

RANK = "clusters.rank_season"


def season_seen(request: HttpRequest, pk: int) -> Season:
    """With its members and their sheets."""
    return get_object_or_404(selectors.season_for_ranking(request.user), pk=pk)


def season_to_rank(request: HttpRequest, pk: int) -> Season:
    found = season_seen(request, pk)
    if not request.user.has_perm(RANK, found):
        raise PermissionDenied
    return found
