"""What every page of receipts asks first: 404 to strangers, 403 to who sees a row but may not record it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from clusters.models import Member, Season, Step
from clusters.receipts.board import Row, members_seen, read_board
from clusters.rules import belongs_to
from clusters.selectors import visible_seasons


@dataclass(frozen=True, slots=True)
class Pair:
    season: Season
    row: Row
    may_record: bool

    @property
    def member(self) -> Member:
        return self.row.member

    @property
    def step(self) -> Step:
        return self.row.step


def season_seen(request: HttpRequest, pk: int) -> Season:
    """With its timetable."""
    seasons = visible_seasons(request.user).prefetch_related(
        Prefetch("steps", Step.objects.order_by("order", "pk")),
    )
    return get_object_or_404(seasons, pk=pk)


def season_to_record(request: HttpRequest, pk: int) -> Season:
    season = season_seen(request, pk)
    if not request.user.has_perm("clusters.run_season", season):
        raise PermissionDenied
    return season


def pair_seen(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> Pair:
    """One member's paper. Another member's is nobody's business: 404."""
    season = season_seen(request, pk)
    members = [member for member in members_seen(request.user, season) if member.pk == member_pk]
    rows = [row for row in read_board(season, members).rows if row.step.pk == step_pk] if members else []
    if not rows:
        raise Http404
    may = request.user.has_perm("clusters.run_season", season) and not belongs_to(request.user, rows[0].member)
    return Pair(season, rows[0], may)


def pair_to_record(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> Pair:
    pair = pair_seen(request, pk, member_pk, step_pk)
    if not pair.may_record:
        raise PermissionDenied
    return pair
