"""The list of sets: its filters and its order."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models

from clusters.criteria.selectors import sets_for_list
from clusters.models import Cluster, CriteriaSet
from clusters.selectors import visible_clusters
from clusters.states import SetState
from core.filters import WordsFilter
from plans.forms import years

SORTS = {
    "nam": ("year", "name"),
    "ten": ("name",),
    "don-vi": ("unit__name", "cluster__name"),
    "trang-thai": ("state", "-year"),
}
_EVERY_CLUSTER = "chung"


class SetFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", choices=years, empty_label="Mọi năm")
    cum = django_filters.ChoiceFilter(label="Cụm, khối", method="of_cluster", empty_label="Mọi cụm, khối")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=SetState.choices, empty_label="Mọi trạng thái"
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=sets_for_list(user))
        clusters = visible_clusters(user).order_by("order", "name", "pk")[:200]
        offered = [(str(one.pk), str(one)) for one in clusters]
        self.filters["cum"].extra["choices"] = [(_EVERY_CLUSTER, "Dùng chung các cụm, khối"), *offered]

    class Meta:
        model = CriteriaSet
        fields: list[str] = []

    def of_cluster(self, rows: models.QuerySet[CriteriaSet], name: str, value: str) -> models.QuerySet[CriteriaSet]:
        """A set for all clusters of an organiser is also that of each."""
        if value == _EVERY_CLUSTER:
            return rows.filter(cluster=None)
        unit = Cluster.objects.filter(pk=value).values("unit")
        return rows.filter(models.Q(cluster=value) | models.Q(cluster=None, unit__in=unit))
