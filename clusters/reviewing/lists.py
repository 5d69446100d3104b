"""Chờ thẩm định: the queue's filters and its order."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models

from clusters.models import ScoreSheet
from clusters.reviewing import selectors
from clusters.rules import WORKING
from clusters.states import SheetStage
from core.filters import WordsFilter
from plans.forms import years
from units.selectors import standing_of

SORTS = {
    "cho": ("since", "member__season__cluster__order", "member__order"),
    "don-vi": ("member__name",),
    "cum": ("member__season__cluster__order", "member__season__cluster__name", "member__order"),
    "tru": ("deductions",),
    "giai-trinh": ("explained",),
}
MINE, NOBODY = "toi", "chua-giao"
_ONLY = [("giai-trinh", "Có giải trình chờ trả lời"), ("tru", "Có dòng bị trừ")]


class _MemberWords(WordsFilter):
    """Names of members are folded when they are looked for; the filter's parent knows the user."""

    def filter(self, qs: models.QuerySet, value: str) -> models.QuerySet:
        return qs.filter(member__in=selectors.members_named(self.parent.user, value)) if value else qs


class QueueFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    q = _MemberWords()
    nam = django_filters.ChoiceFilter(
        label="Năm", field_name="member__season__year", choices=years, empty_label="Mọi năm"
    )
    buoc = django_filters.ChoiceFilter(
        label="Đang ở bước", field_name="stage", choices=SheetStage.choices, empty_label="Mọi bước"
    )
    cum = django_filters.ChoiceFilter(
        label="Cụm, khối", field_name="member__season__cluster", empty_label="Mọi cụm, khối"
    )
    chuyen_vien = django_filters.ChoiceFilter(label="Chuyên viên", method="of_reviewer", empty_label="Mọi người")
    chi = django_filters.ChoiceFilter(label="Chỉ xem", method="only", choices=_ONLY, empty_label="Tất cả")

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=selectors.sheets_to_review(user))
        self.user = user
        seasons = selectors.seasons_to_review(user).order_by("cluster__order", "cluster__name")
        clusters = dict(seasons.values_list("cluster", "cluster__name"))
        self.filters["cum"].extra["choices"] = [(str(pk), name) for pk, name in clusters.items()]
        people = [(MINE, "Tôi"), (NOBODY, "Chưa giao ai"), *selectors.reviewers(user)]
        self.filters["chuyen_vien"].extra["choices"] = people

    class Meta:
        model = ScoreSheet
        fields: list[str] = []

    def of_reviewer(self, rows: models.QuerySet, name: str, value: str) -> models.QuerySet:
        if value == NOBODY:
            return rows.filter(member__season__cluster__reviewer=None)
        person = getattr(self.user, "person_id", None) if value == MINE else int(value)
        return rows.filter(member__season__cluster__reviewer=person) if person else rows.none()

    def only(self, rows: models.QuerySet, name: str, value: str) -> models.QuerySet:
        return rows.filter(explained__gt=0) if value == "giai-trinh" else rows.filter(deductions__gt=0)


def organises_something(user: Any) -> bool:
    return bool(standing_of(user).units_with_role(*WORKING))
