"""Reads: which clusters, seasons and score sheets a user sees. Every page of the app begins here.

The organiser's people see all of it. A member's people see the season once it is no draft, and their own sheet in all
its stages; the head (the deputy for the head's own sheet) and who cross-checks see the sheets that they judge; what of
the others is open after publication, ``Season.shows`` says.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from clusters.models import Cluster, CriteriaSet, Member, ScoreSheet, Season
from clusters.states import SeasonState, SetState, SheetStage
from units.selectors import readable_unit_ids, standing_of

AFTER_PUBLICATION = (SeasonState.PUBLISHED, SeasonState.CLOSED)


def visible_clusters(user: Any) -> QuerySet[Cluster]:
    return Cluster.objects.filter(
        Q(unit__in=readable_unit_ids(user)) | Q(pk__in=visible_seasons(user).values("cluster"))
    ).select_related("unit")


def visible_seasons(user: Any) -> QuerySet[Season]:
    own = readable_unit_ids(user)
    # Asked of each season by the index of its members: a list of seasons inside a list of units sent PostgreSQL
    # astray where it knew nothing of the tables yet.
    is_member = Exists(Member.objects.filter(season=OuterRef("pk"), unit__in=own))
    return Season.objects.filter(Q(cluster__unit__in=own) | is_member & ~Q(state=SeasonState.DRAFT)).select_related(
        "cluster__unit", "criteria"
    )


def organised_seasons(user: Any) -> QuerySet[Season]:
    """Of the clusters that the user's own units organise: what reviewers go through."""
    return Season.objects.filter(cluster__unit__in=standing_of(user).unit_ids).select_related(
        "cluster__unit", "criteria"
    )


def visible_sheets(user: Any) -> QuerySet[ScoreSheet]:
    """Detailed sheets. Totals and ranks of others are shown from the frozen ranking, as the season allows."""
    own = readable_unit_ids(user)
    seasons_headed = Member.objects.filter(unit__in=own, role=Member.Role.HEAD).values("season")
    heads_deputised = Member.objects.filter(unit__in=own, role=Member.Role.DEPUTY).values("season")
    in_season = Member.objects.filter(unit__in=own).values("season")
    handed_in = ~Q(stage=SheetStage.SELF)
    return ScoreSheet.objects.filter(
        Q(member__season__cluster__unit__in=own)
        | Q(member__unit__in=own)
        | Q(member__season__in=seasons_headed) & handed_in
        | Q(member__season__in=heads_deputised, member__role=Member.Role.HEAD) & handed_in
        | Q(cross_by__unit__in=own) & handed_in
        | Q(
            member__season__in=in_season,
            member__season__shows=Season.Shows.ALL,
            member__season__state__in=AFTER_PUBLICATION,
        )
    ).select_related("member__season__cluster__unit", "member__unit", "member__part", "cross_by")


def visible_sets(user: Any) -> QuerySet[CriteriaSet]:
    seasons = visible_seasons(user).values("criteria")
    return CriteriaSet.objects.filter(
        Q(unit__in=readable_unit_ids(user)) | Q(pk__in=seasons, state=SetState.PUBLISHED)
    ).select_related("unit", "cluster")
