"""The list of clusters: its filters and its order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db import models

from clusters.models import Cluster
from clusters.running.selectors import clusters_for_list, organisers_of
from clusters.selectors import visible_seasons
from clusters.states import SeasonState
from core.filters import WordsFilter
from plans.forms import years

SORTS = {
    "ten": ("unit__name", "order", "name"),
    "don-vi": ("unit__name", "order"),
    "han": ("nearest", "order"),
}


class ClusterFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets. A cluster that never had a season stands in every year."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", method="in_year", choices=years, empty_label="Mọi năm")
    don_vi = django_filters.ChoiceFilter(label="Đơn vị tổ chức", field_name="unit", empty_label="Mọi đơn vị")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", method="in_state", choices=SeasonState.choices, empty_label="Mọi trạng thái"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=Cluster.Kind.choices, empty_label="Cụm và khối"
    )

    def __init__(self, data: Any, *, user: Any, today: dt.date) -> None:
        super().__init__(data, queryset=clusters_for_list(user, today))
        self.seasons = visible_seasons(user).order_by()
        self.filters["don_vi"].extra["choices"] = organisers_of(user)

    class Meta:
        model = Cluster
        fields: list[str] = []

    def in_year(self, rows: models.QuerySet[Cluster], name: str, year: str) -> models.QuerySet[Cluster]:
        of_year = self.seasons.filter(cluster=models.OuterRef("pk"), year=year)
        of_any = self.seasons.filter(cluster=models.OuterRef("pk"))
        return rows.filter(models.Exists(of_year) | ~models.Exists(of_any))

    def in_state(self, rows: models.QuerySet[Cluster], name: str, state: str) -> models.QuerySet[Cluster]:
        """Of the year that is looked at, or of any."""
        of_state = self.seasons.filter(cluster=models.OuterRef("pk"), state=state)
        if year := self.form.cleaned_data.get("nam"):
            of_state = of_state.filter(year=year)
        return rows.filter(models.Exists(of_state))
