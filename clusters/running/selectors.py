"""Reads: clusters of the list and of one page, seasons with what their page shows, what forms offer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from clusters.lateness import day_that_counts
from clusters.models import Cluster, CriteriaSet, Member, Receipt, ScoreSheet, Season, Step
from clusters.selectors import visible_clusters, visible_seasons
from clusters.states import SetState
from plans.models import Plan
from plans.selectors import visible_plans
from units.models import Part, Person, Unit
from units.selectors import readable_unit_ids, standing_of

LAST_DAY = dt.date(9999, 12, 31)
"""Stands for no day at all, so that both databases put such rows last."""


# -- The list ------------------------------------------------------------------------------


def clusters_for_list(user: Any, today: dt.date) -> models.QuerySet[Cluster]:
    """Each with its visible seasons as ``years``, the newest first, and ``nearest``, its next day of a timetable."""
    seasons = visible_seasons(user)
    mine = Step.objects.filter(season__in=seasons.order_by().values("pk"), season__cluster=models.OuterRef("pk"))
    nearest = _open(mine, today).order_by("due").values("due")[:1]
    last = models.Value(LAST_DAY, output_field=models.DateField())
    return (
        visible_clusters(user)
        .prefetch_related(models.Prefetch("seasons", seasons_told(seasons, today), to_attr="years"))
        .annotate(nearest=Coalesce(models.Subquery(nearest), last))
    )


def seasons_told(seasons: models.QuerySet[Season], today: dt.date) -> models.QuerySet[Season]:
    """With ``member_count`` and what is next: ``next_due``, ``next_kind``."""
    members = Member.objects.filter(season=models.OuterRef("pk")).order_by().values("season")
    count = members.annotate(n=models.Count("pk")).values("n")
    coming = _open(Step.objects.filter(season=models.OuterRef("pk")), today).order_by("due", "order")
    return seasons.annotate(
        member_count=Coalesce(models.Subquery(count, output_field=models.IntegerField()), 0),
        next_due=models.Subquery(coming.values("due")[:1]),
        next_kind=models.Subquery(coming.values("kind")[:1]),
    ).order_by("-year", "pk")


def _open(steps: models.QuerySet[Step], today: dt.date) -> models.QuerySet[Step]:
    return steps.filter(done_on=None, due__gte=today)


def organisers_of(user: Any) -> list[tuple[str, str]]:
    """Of the clusters that the user sees, as choices."""
    units = Unit.objects.filter(pk__in=visible_clusters(user).order_by().values("unit")).order_by("name", "pk")
    return [(str(unit.pk), unit.title) for unit in units]


# -- One cluster, one season ---------------------------------------------------------------


def cluster_for_page(user: Any, today: dt.date) -> models.QuerySet[Cluster]:
    years = seasons_told(visible_seasons(user), today).prefetch_related("members", "quotas")
    return (
        visible_clusters(user)
        .select_related("unit", "reviewer")
        .prefetch_related(models.Prefetch("seasons", years, to_attr="years"))
    )


def season_for_page(user: Any) -> models.QuerySet[Season]:
    members = Member.objects.select_related("unit", "part", "sheet").order_by("order", "pk")
    return (
        visible_seasons(user)
        .select_related("cluster__reviewer", "plan", "handed_to")
        .prefetch_related(models.Prefetch("members", members), "steps", "quotas")
    )


def is_inside(user: Any, season: Season) -> bool:
    """Of the organiser: who reads all of it, its history too."""
    return readable_unit_ids(user).filter(pk=season.cluster.unit_id).exists()


def own_sheets(user: Any, season: Season) -> list[ScoreSheet]:
    """Of the members that are the user's own units."""
    own = standing_of(user).unit_ids
    return list(ScoreSheet.objects.filter(member__season=season, member__unit__in=own).select_related("member"))


def papers_missing(season: Season, today: dt.date) -> list[tuple[Step, list[Member]]]:
    """Lines by which each member owes a paper, due within a month or over, with those from whom none is recorded."""
    near = today + dt.timedelta(days=30)
    asked = [step for step in season.steps.all() if step.asks_members and step.due and step.due <= near]
    if not asked:
        return []
    came = {
        (row.step_id, row.member_id)
        for row in Receipt.objects.filter(step__in=asked)
        if row.waived
        or day_that_counts(season.late_from, received=row.received_on, sent=row.sent_on, signed=row.signed_on)
    }
    found = [(step, [one for one in season.members.all() if (step.pk, one.pk) not in came]) for step in asked]
    return [(step, members) for step, members in found if members]


def visible_plan_of(user: Any, season: Season) -> Plan | None:
    if season.plan_id is None:
        return None
    return visible_plans(user).filter(pk=season.plan_id).only("pk", "title", "subject", "state", "paper").first()


def season_after(season: Season) -> Season | None:
    return season.cluster.seasons.filter(year=season.year + 1).first()


# -- What forms offer ----------------------------------------------------------------------


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).order_by("full_name", "pk"))


def sets_to_choose(season: Season) -> list[CriteriaSet]:
    """Published ones of the organiser, for all its clusters or for this one; the season's own year first."""
    rows = CriteriaSet.objects.filter(unit=season.cluster.unit_id, state=SetState.PUBLISHED)
    fitting = rows.filter(models.Q(cluster=None) | models.Q(cluster=season.cluster_id))
    return sorted(fitting, key=lambda one: (one.year != season.year, -one.year, one.name))


def candidates(season: Season, today: dt.date) -> list[Unit | Part]:
    """Units directly below the organiser and its parts, as of the season's year, that are not in yet."""
    day = min(today, dt.date(season.year, 12, 31))
    there = season.members.all()
    units = Unit.objects.on(day).filter(parent=season.cluster.unit_id)
    parts = Part.objects.on(day).filter(unit=season.cluster.unit_id)
    return [
        *units.exclude(pk__in=there.filter(unit__isnull=False).values("unit")).order_by("name", "pk"),
        *parts.exclude(pk__in=there.filter(part__isnull=False).values("part"))
        .exclude(kind__in=(Part.Kind.GROUP, Part.Kind.COUNCIL))
        .order_by("order", "name", "pk"),
    ]


def plan_to_begin_with(user: Any, pk: int) -> models.QuerySet[Plan]:
    return visible_plans(user).filter(pk=pk, kind=Plan.Kind.CLUSTER, amends=None).select_related("unit", "issuer")
