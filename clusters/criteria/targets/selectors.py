"""Reads: the season with its members and criteria, what was given, who may write in whose column."""

from __future__ import annotations

from typing import Any

from django.db import models

from clusters.criteria.targets.values import Given, Key, given_in
from clusters.models import Assignment, Criterion, Member, Season
from clusters.rules import belongs_to, organises, works_for
from clusters.scheme import Kind
from clusters.selectors import visible_seasons
from clusters.states import SeasonState

OF_TARGETS = tuple(kind.value for kind in Kind if kind.needs_target)
BEFORE_SCORING = (SeasonState.DRAFT, SeasonState.RUNNING)
BEFORE_RANKING = (*BEFORE_SCORING, SeasonState.SCORING)


def seasons_with_criteria(user: Any) -> models.QuerySet[Season]:
    return visible_seasons(user).filter(criteria__isnull=False).prefetch_related("members__unit", "members__part")


def criteria_of(season: Season, *, every: bool) -> list[Criterion]:
    """Those that are measured by a target; ``every``: whatever of the scale a unit may be without."""
    rows = Criterion.objects.filter(set=season.criteria_id).exclude(kind="")
    rows = rows.exclude(kind__in=(Kind.BONUS, Kind.PENALTY)) if every else rows.filter(kind__in=OF_TARGETS)
    return list(rows.order_by("order"))


def given(season: Season) -> dict[Key, Given]:
    rows = Assignment.objects.filter(member__season=season)
    return {(row.member_id, row.criterion_id): given_in(row) for row in rows}


def may_give(user: Any, season: Season, member: Member) -> bool:
    """The organiser until the ranks stand; a member its own, as its registration, before scoring opens.

    Who belongs to the member speaks only for it, whatever else he is.
    """
    if belongs_to(user, member):
        return season.state in BEFORE_SCORING and works_for(user, member.unit_id)
    return season.state in BEFORE_RANKING and organises(user, season)
