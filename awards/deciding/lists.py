"""Decisions of the unit, filtered and sorted."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from awards.models import Decision, Grant, Nominee
from awards.selectors import visible_decisions
from awards.states import DecisionState
from core.filters import WordsFilter

SORTS = {
    "ngay": ("shown_day",),
    "so": ("number",),
    "trich-yeu": ("subject",),
    "so-luong": ("people",),
}
NEWEST_FIRST = "-ngay"
OWN, OTHERS = "don-vi", "noi-khac"
_FIRST_YEAR = 1990


def decisions_for_list(user: Any) -> models.QuerySet[Decision]:
    """With ``people``: whom it is about, and ``shown_day``: of the signature, of a draft when it was begun."""
    nominees = _count(Nominee.objects.filter(decision=models.OuterRef("pk")), "decision")
    grants = _count(Grant.objects.filter(decision=models.OuterRef("pk")), "decision")
    return visible_decisions(user).annotate(
        people=models.Case(models.When(state=DecisionState.DRAFT, then=nominees), default=grants),
        shown_day=Coalesce("day", models.F("at__date"), output_field=models.DateField()),
    )


def _count(rows: models.QuerySet, owner: str) -> Coalesce:
    counted = rows.order_by().values(owner).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year, _FIRST_YEAR - 1, -1)]


class DecisionFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets; ``dot`` is one round, from its pages."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", choices=_years, method="of_year", empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=DecisionState.choices, empty_label="Mọi trạng thái"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại", field_name="kind", choices=Decision.Kind.choices, empty_label="Mọi loại"
    )
    cua = django_filters.ChoiceFilter(
        label="Của",
        choices=[(OWN, "Đơn vị ban hành"), (OTHERS, "Cấp khác quyết định")],
        method="of_whom",
        empty_label="Mọi nơi",
    )
    dot = django_filters.NumberFilter(field_name="round", widget=forms.HiddenInput)

    def of_year(self, rows: models.QuerySet[Decision], name: str, value: str) -> models.QuerySet[Decision]:
        return rows.annotate(shown_year=ExtractYear("shown_day")).filter(shown_year=int(value))

    def of_whom(self, rows: models.QuerySet[Decision], name: str, value: str) -> models.QuerySet[Decision]:
        is_own = models.Q(outside=None, issuer_name="")
        return rows.filter(is_own if value == OWN else ~is_own)
