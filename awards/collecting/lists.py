"""The list of rounds and the one list of all nominees of a round: filters and orders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db import models

from awards.collecting.selectors import ASKED_OF, doubled, nominees_for_list, rounds_for_list, units_of_rounds
from awards.models import Nominee, Proposal, Round
from awards.models.common import PathKind, RecipientKind
from awards.shipped import award_name
from awards.states import LIVE, NomineeState, RoundState
from core.filters import WordsFilter
from plans.forms import years

ROUND_SORTS = {
    "nam": ("year", "pk"),
    "ten": ("name",),
    "don-vi": ("unit__name", "-year"),
    "han": (ASKED_OF, "-year"),
}
NOMINEE_SORTS = {
    "tt": ("proposal__part__order", "proposal__part", "proposal", "order"),
    "ten": ("name", "order"),
    "noi": ("proposal__part__name", "proposal__lower__name", "order"),
    "danh-hieu": ("award", "order"),
    "tinh-trang": ("state", "order"),
}
UNKNOWN, DOUBLE, NO_WORDS, NOT_TAKEN = "chua-xac-dinh", "trung", "thieu-thanh-tich", "chua-tiep-nhan"
DOUBTS = [
    (UNKNOWN, "Chưa xác định là ai"),
    (DOUBLE, "Trùng đề nghị"),
    (NO_WORDS, "Chưa có tóm tắt thành tích"),
    (NOT_TAKEN, "Danh sách chưa tiếp nhận"),
]


class RoundFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", choices=years, empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=RoundState.choices, empty_label="Mọi trạng thái"
    )
    loai = django_filters.ChoiceFilter(
        label="Loại hình", field_name="path", choices=PathKind.choices, empty_label="Mọi loại hình"
    )
    don_vi = django_filters.ChoiceFilter(label="Đơn vị", field_name="unit", empty_label="Mọi đơn vị")

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=rounds_for_list(user))
        units = units_of_rounds(user)
        self.filters["don_vi"].extra["choices"] = units
        if len(units) < 2:
            del self.filters["don_vi"]

    class Meta:
        model = Round
        fields: list[str] = []


class NomineeFilter(django_filters.FilterSet):
    q = WordsFilter()
    noi = django_filters.ChoiceFilter(label="Nơi gửi", field_name="proposal", empty_label="Mọi nơi")
    danh_hieu = django_filters.ChoiceFilter(label="Danh hiệu, hình thức", field_name="award", empty_label="Tất cả")
    doi_tuong = django_filters.ChoiceFilter(
        label="Đối tượng", field_name="kind", choices=RecipientKind.choices, empty_label="Tất cả"
    )
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=NomineeState.choices, empty_label="Mọi trạng thái"
    )
    can_xem = django_filters.ChoiceFilter(label="Cần xem", method="doubtful", choices=DOUBTS, empty_label="Tất cả")

    def __init__(self, data: Any, *, found: Round, proposals: Sequence[Proposal], awards: Sequence[str]) -> None:
        super().__init__(data, queryset=nominees_for_list(found))
        self.filters["noi"].extra["choices"] = [(str(one.pk), str(one)) for one in proposals]
        self.filters["danh_hieu"].extra["choices"] = [(code, award_name(code)) for code in awards]

    class Meta:
        model = Nominee
        fields: list[str] = []

    def doubtful(self, rows: models.QuerySet[Nominee], name: str, doubt: str) -> models.QuerySet[Nominee]:
        rows = rows.filter(state__in=LIVE)
        if doubt == UNKNOWN:
            return rows.filter(subject=None)
        if doubt == DOUBLE:
            return doubled(rows)
        return rows.filter(achievement="") if doubt == NO_WORDS else rows.exclude(proposal__state="taken")
