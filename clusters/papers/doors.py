"""What every page of a season's papers asks first: 404 for what is not open to a user, 403 to who only reads."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from clusters import rules
from clusters.models import Season
from clusters.papers import selectors
from clusters.papers.kinds import BY_SLUG, Sort


def season_seen(request: HttpRequest, pk: int) -> Season:
    """With its members, quotas and timetable."""
    return get_object_or_404(selectors.seasons_for_papers(request.user), pk=pk)


def paper_seen(request: HttpRequest, pk: int, slug: str) -> tuple[Season, Sort]:
    season = season_seen(request, pk)
    sort = BY_SLUG.get(slug)
    if sort is None or sort not in selectors.sorts_seen(request.user, season):
        raise Http404
    return season, sort


def paper_to_write(request: HttpRequest, pk: int, slug: str) -> tuple[Season, Sort]:
    season, sort = paper_seen(request, pk, slug)
    if not rules.writes_papers(request.user, season):
        raise PermissionDenied
    return season, sort
