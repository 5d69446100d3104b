"""Reads: the list of sets, one set with its rows, the units that a user may write sets for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from clusters.models import Cluster, CriteriaSet, Criterion, Season
from clusters.selectors import visible_seasons, visible_sets
from units.models import Unit


def sets_for_list(user: Any) -> models.QuerySet[CriteriaSet]:
    leaves = Criterion.objects.filter(set=models.OuterRef("pk")).exclude(kind="").order_by().values("set")
    base = leaves.exclude(kind__in=(Criterion.Kind.BONUS, Criterion.Kind.PENALTY))
    return (
        visible_sets(user)
        .annotate(
            leaf_count=_of(leaves.annotate(n=models.Count("pk")), models.IntegerField()),
            base_points=_of(base.annotate(n=models.Sum("maximum")), models.DecimalField()),
            season_count=_of(
                Season.objects.filter(criteria=models.OuterRef("pk"), pk__in=visible_seasons(user).values("pk"))
                .order_by()
                .values("criteria")
                .annotate(n=models.Count("pk")),
                models.IntegerField(),
            ),
        )
        .defer("basis")
    )


def _of(rows: models.QuerySet, kind: models.Field) -> Coalesce:
    return Coalesce(models.Subquery(rows.values("n"), output_field=kind), 0, output_field=kind)


def set_for_page(user: Any) -> models.QuerySet[CriteriaSet]:
    return visible_sets(user).select_related("unit", "cluster", "copied_from")


def seasons_by(criteria_set: CriteriaSet, user: Any) -> list[Season]:
    """Years that are scored by the set and that the user may know of."""
    return list(visible_seasons(user).filter(criteria=criteria_set).order_by("-year", "cluster__order", "pk")[:40])


def clusters_of(unit: Unit, *, also: int | None = None) -> list[Cluster]:
    """Those that the unit organises today; ``also``: the one that was chosen before."""
    today = timezone.localdate()
    return [one for one in Cluster.objects.filter(unit=unit) if one.is_in_force(today) or one.pk == also]
