"""Đã gửi / chưa gửi: the list of requests, filtered and sorted."""

from __future__ import annotations

import django_filters
from django.db import models
from django.utils import timezone

from core.filters import WordsFilter
from reminders.asking.selectors import is_late
from reminders.models import Request
from reminders.states import RequestState

SORTS = {
    "yeu-cau": ("search",),
    "han": ("due",),
    "chua-gui": ("missing",),
    "lap": ("at",),
}
NEWEST_FIRST = "-lap"
_FIRST_YEAR = 2025
_STATES = [
    ("dang-cho", "Đang chờ gửi về"),
    ("qua-han", "Quá hạn"),
    ("gui-du", "Đã gửi đủ"),
    ("dang-soan", "Đang soạn"),
    ("ket-thuc", "Đã kết thúc"),
]


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year + 1, _FIRST_YEAR - 1, -1)]


class RequestFilter(django_filters.FilterSet):
    """Rows are counted. ``nam`` is also what the top bar's year sets."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", field_name="due__year", choices=_years, empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=_STATES, method="standing", empty_label="Mọi tình trạng"
    )

    def standing(self, rows: models.QuerySet[Request], name: str, value: str) -> models.QuerySet[Request]:
        asked = models.Q(state=RequestState.ASKED)
        wanted = {
            "dang-cho": asked & models.Q(missing__gt=0),
            "qua-han": is_late(timezone.localdate()),
            "gui-du": asked & models.Q(missing=0),
            "dang-soan": models.Q(state=RequestState.DRAFT),
            "ket-thuc": models.Q(state=RequestState.CLOSED),
        }
        return rows.filter(wanted[value])
