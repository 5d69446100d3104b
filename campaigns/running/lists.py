"""The list of campaigns: its filters and its order."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db import models

from campaigns.models import Campaign
from campaigns.running.selectors import campaigns_for_list, from_below
from campaigns.states import CampaignState
from core.filters import WordsFilter
from plans.forms import years
from units.selectors import readable_unit_ids

SORTS = {
    "han": ("nearest", "-year"),
    "ten": ("title",),
    "nam": ("year",),
    "don-vi": ("unit__name",),
}
OWN, ABOVE, BELOW = "cua-minh", "cap-tren", "cap-duoi"
SOURCES = [(OWN, "Của đơn vị"), (ABOVE, "Cấp trên phát động"), (BELOW, "Cấp dưới gửi lên")]


class CampaignFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets. What units below sent up is shown when it is asked for."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", method="in_year", choices=years, empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=CampaignState.choices, empty_label="Mọi trạng thái"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=Campaign.Kind.choices, empty_label="Mọi loại"
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp phát động", field_name="level", choices=Campaign.Level.choices, empty_label="Mọi cấp"
    )
    nguon = django_filters.ChoiceFilter(
        label="Nguồn", choices=SOURCES, method="from_source", empty_label="Của đơn vị và cấp trên"
    )

    def __init__(self, data: Any, *, user: Any, today: dt.date) -> None:
        super().__init__(data, queryset=campaigns_for_list(user, today))
        self.user = user

    class Meta:
        model = Campaign
        fields: list[str] = []

    def filter_queryset(self, queryset: models.QuerySet[Campaign]) -> models.QuerySet[Campaign]:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("nguon") == BELOW else found.exclude(from_below(self.user))

    def in_year(self, rows: models.QuerySet[Campaign], name: str, year: str) -> models.QuerySet[Campaign]:
        """Of that year, or of a stage that reaches into it."""
        first, last = dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)
        return rows.filter(models.Q(year=year) | models.Q(start__lte=last, end__gte=first))

    def from_source(self, rows: models.QuerySet[Campaign], name: str, source: str) -> models.QuerySet[Campaign]:
        if source == BELOW:
            return rows.filter(from_below(self.user))
        mine = models.Q(unit__in=readable_unit_ids(self.user))
        return rows.filter(mine if source == OWN else ~mine)
