"""The list of sittings: its filters and its order."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models

from awards.councils.selectors import sittings_for_list
from awards.models import Sitting
from awards.selectors import visible_rounds
from awards.states import SittingState
from core.filters import WordsFilter

SORTS = {"ngay": ("at",), "ten": ("name",), "trang-thai": ("state", "at")}


class SittingFilter(django_filters.FilterSet):
    q = WordsFilter()
    dot = django_filters.ChoiceFilter(label="Đợt xét", field_name="round", empty_label="Mọi đợt")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=SittingState.choices, empty_label="Mọi trạng thái"
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=sittings_for_list(user))
        rounds: models.QuerySet[Any] = visible_rounds(user).order_by("-year", "-pk")
        self.filters["dot"].extra["choices"] = list(rounds.values_list("pk", "name"))

    class Meta:
        model = Sitting
        fields: list[str] = []
