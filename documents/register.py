"""Sổ văn bản: the papers that an office issued, as a list that is filtered, sorted and taken into Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models.functions import Length
from django.http import QueryDict
from django.utils import timezone

from core.exporting import Listed
from core.filters import WordsFilter
from documents.models import IssuedPaper
from documents.resources import PaperResource
from documents.selectors import own_papers
from units.models import Issuer
from units.selectors import units_of, visible_issuers

SORTS = {
    "so": ("number_length", "number"),
    "ky-hieu": ("symbol",),
    "ngay": ("date",),
    "ten": ("kind", "subject"),
    "nguoi-ky": ("signer",),
}
NEWEST_FIRST = "-ngay"
_FIRST_YEAR = 2000


def papers_for_list(user: Any) -> models.QuerySet[IssuedPaper]:
    """``number_length`` before the number puts 9 before 27 and 27 before 100; «27a» stays near."""
    return own_papers(user).annotate(number_length=Length("number"))


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year, _FIRST_YEAR - 1, -1)]


class PaperFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", field_name="date__year", choices=_years, empty_label="Mọi năm")
    cq = django_filters.ModelChoiceFilter(
        label="Cơ quan ban hành", field_name="issuer", queryset=Issuer.objects.none(), empty_label="Mọi cơ quan"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["cq"].queryset = visible_issuers(user).order_by("unit__name", "pk")


def list_papers(user: Any, target_id: int, query: QueryDict) -> Listed:
    rows = PaperFilter(query, papers_for_list(user), user=user).qs.order_by("-date", "-pk")
    unit_id = units_of(user).values_list("pk", flat=True).first() or 0
    return Listed(PaperResource(), rows, "Sổ văn bản đã ban hành", "so-van-ban", unit_id)
