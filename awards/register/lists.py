"""Sổ khen thưởng as a list: filtered, sorted, taken into Excel."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from awards.models import Grant
from awards.models.common import Level, RecipientKind
from awards.register.resources import GrantResource
from awards.selectors import visible_grants
from awards.shipped import shipped_awards
from core.exporting import Listed
from core.filters import WordsFilter
from core.text import fold
from units.models import Unit
from units.selectors import readable_unit_ids, units_of

SORTS = {
    "ngay": ("decision__day", "decision_id", "-order"),
    "so": ("decision__number", "-order"),
    "ten": ("search",),
    "danh-hieu": ("award_name",),
    "nam": ("year",),
    "tien": ("money",),
}
NEWEST_FIRST = "-ngay"
EXPORT = "awards.register"
_FIRST_YEAR = 1990
_OTHER = "khac"
_STANDING = [("hieu-luc", "Đang có hiệu lực"), ("da-huy", "Đã bị hủy bỏ"), ("dong-huy", "Dòng hủy bỏ, thu hồi")]


def grants_for_list(user: Any) -> models.QuerySet[Grant]:
    return visible_grants(user).select_related("reversed_by__decision", "reverses__decision")


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year, _FIRST_YEAR - 1, -1)]


def _awards() -> list[tuple[str, str]]:
    return [*((one.code, one.name) for one in shipped_awards().values()), (_OTHER, "Ngoài danh mục")]


class GrantFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets; words are looked for in the decision, too."""

    q = WordsFilter(label="Tìm tên, đơn vị, số quyết định", method="with_words")
    nam = django_filters.ChoiceFilter(
        label="Năm quyết định", field_name="decision__day__year", choices=_years, empty_label="Mọi năm"
    )
    danh_hieu = django_filters.ChoiceFilter(
        label="Danh hiệu, hình thức", choices=_awards, method="with_award", empty_label="Tất cả"
    )
    doi_tuong = django_filters.ChoiceFilter(
        label="Đối tượng", field_name="kind", choices=RecipientKind.choices, empty_label="Tất cả"
    )
    phan_loai = django_filters.ChoiceFilter(
        label="Phân loại", field_name="level", choices=[one for one in Level.choices if one[0]], empty_label="Tất cả"
    )
    phuong_thuc = django_filters.ChoiceFilter(
        label="Phương thức", field_name="mode", choices=Grant.ModeKind.choices, empty_label="Tất cả"
    )
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=_STANDING, method="standing", empty_label="Tất cả"
    )
    don_vi = django_filters.ChoiceFilter(
        label="Sổ của đơn vị", field_name="unit", choices=[], empty_label="Tất cả, kể cả kế thừa"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = list(Unit.objects.filter(pk__in=readable_unit_ids(user)).order_by("-valid_from", "name", "pk"))
        self.form.fields["don_vi"].choices = [(str(unit.pk), _titled(unit)) for unit in units]
        if len(units) < 2:  # one register: nothing to choose
            del self.form.fields["don_vi"]

    def with_words(self, rows: models.QuerySet[Grant], name: str, value: str) -> models.QuerySet[Grant]:
        for word in fold(value).split():
            rows = rows.filter(Q(search__contains=word) | Q(decision__search__contains=word))
        return rows

    def with_award(self, rows: models.QuerySet[Grant], name: str, value: str) -> models.QuerySet[Grant]:
        return rows.filter(award="" if value == _OTHER else value)

    def standing(self, rows: models.QuerySet[Grant], name: str, value: str) -> models.QuerySet[Grant]:
        wanted = {
            "hieu-luc": Q(entry=Grant.Entry.GIVEN, reversed_by=None),
            "da-huy": Q(entry=Grant.Entry.GIVEN, reversed_by__isnull=False),
            "dong-huy": Q(entry=Grant.Entry.REVOKED),
        }
        return rows.filter(wanted[value])


def _titled(unit: Unit) -> str:
    return f"{unit.title} (đến {unit.valid_to:%d/%m/%Y})" if unit.valid_to else unit.title


def list_grants(user: Any, target_id: int, query: QueryDict) -> Listed:
    rows = GrantFilter(query, grants_for_list(user), user=user).qs.order_by("-decision__day", "-decision_id", "order")
    unit_id = units_of(user).values_list("pk", flat=True).first() or 0
    return Listed(GrantResource(), rows, "Sổ khen thưởng", "so-khen-thuong", unit_id)
