"""The board: who bears a target × targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from campaigns.models import Campaign, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.board import COLUMNS, Board, Cell, board_of
from campaigns.results.doors import WRITE, campaign_inside
from campaigns.results.standing import Reported, latest_of_places
from campaigns.results.views import PERIOD, bearer_key, period_asked
from core.filters import WordsFilter
from core.paging import list_page
from units.models import Part, Unit

_STANDINGS = [("con-thieu", "Còn thiếu số liệu"), ("du", "Đã đủ số liệu")]
COLUMN = "cot"
"""In the address: from which target on."""


class BoardFilter(django_filters.FilterSet):
    """``lacking``: ids of those who have sent no figures for the period."""

    q = WordsFilter(label="Tìm nơi thực hiện, không cần gõ dấu")
    ky = django_filters.ChoiceFilter(label="Kỳ", method="pass_over", empty_label=None)
    tinh_trang = django_filters.ChoiceFilter(
        label="Số liệu", choices=_STANDINGS, method="standing", empty_label="Tất cả"
    )

    def __init__(self, *args: Any, lacking: set[int], periods: list[Period], initial: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lacking = lacking
        choices = [(period.code, f"{period.words[:1].upper()}{period.words[1:]}") for period in periods]
        self.form.fields[PERIOD] = forms.ChoiceField(label="Kỳ", choices=choices, required=False, initial=initial)

    def pass_over(self, rows: models.QuerySet, name: str, value: str) -> models.QuerySet:
        """The period was read before: it decides what the cells hold."""
        return rows

    def standing(self, rows: models.QuerySet, name: str, value: str) -> models.QuerySet:
        wanted = models.Q(pk__in=self.lacking)
        return rows.filter(wanted if value == "con-thieu" else ~wanted)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = campaign_inside(request, pk)
    reported = selectors.figures_of(campaign)
    period = period_asked(request, campaign, otherwise=_telling(campaign, reported))
    found = board_of(campaign, period, reported)
    filtered = _filter(request, campaign, found, period)
    page = list_page(request, filtered.qs, sorts=_sorts(campaign), default="thu-tu")
    first = _first_column(request, len(found.targets))
    targets = found.targets[first : first + COLUMNS]
    kept = {selectors.bearer_of(row) for row in filtered.qs}
    context = {
        "campaign": campaign,
        "title": "Bảng theo dõi",
        "standing": _standing(found, period),
        "filter": filtered,
        "is_filtered": bool(request.GET.get("q") or request.GET.get("tinh_trang")),
        "page": page,
        "period": period,
        "targets": [(target, found.total(target, kept)) for target in targets],
        "rows": [_row(found, row, targets) for row in page.rows],
        "total_missing": sum(found.missing_of(bearer) for bearer in kept),
        "before": first - COLUMNS if first else None,
        "after": first + COLUMNS if first + COLUMNS < len(found.targets) else None,
        "columns": len(found.targets),
        "may_write": request.user.has_perm(WRITE, campaign),
        "what": "đơn vị" if selectors.has_units_below(campaign) else "nơi thực hiện",
    }
    return render(request, "campaigns/board.html", context)


def _telling(campaign: Campaign, reported: Mapping[int, Sequence[Reported]]) -> Period:
    """The last one of which a place reported; before any did the one in course, else the last."""
    offered = selectors.periods_to_report(campaign)
    latest = latest_of_places(chain.from_iterable(reported.values()))
    if latest in offered:
        return latest
    today = timezone.localdate()
    return next((period for period in offered if period.last >= today), offered[-1])


def _row(found: Board, row: Part | Unit, targets: list[Target]) -> tuple[Part | Unit, str, list[Cell | None], int]:
    bearer = selectors.bearer_of(row)
    return row, bearer_key(row), found.row(bearer, targets), found.missing_of(bearer)


def _filter(request: HttpRequest, campaign: Campaign, found: Board, period: Period) -> BoardFilter:
    """Those who bear something; «còn thiếu» are those of them without figures."""
    model: type[Any] = Unit if selectors.has_units_below(campaign) else Part
    rows = model.objects.filter(pk__in=[pk for _, pk in found.bearers])
    lacking = {pk for _, pk in found.lacking}
    periods = selectors.periods_to_report(campaign)
    data = request.GET.copy()
    data[PERIOD] = period.code
    return BoardFilter(data, rows, lacking=lacking, periods=periods, initial=period.code)


def _sorts(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    by_name = {"ten": ("name",)}
    return {**by_name, "thu-tu": ("name",) if selectors.has_units_below(campaign) else ("order",)}


def _first_column(request: HttpRequest, count: int) -> int:
    text = request.GET.get(COLUMN, "")
    first = int(text) if text.isdecimal() and len(text) < 6 else 0
    return first - first % COLUMNS if first < count else 0


def _standing(found: Board, period: Period) -> str:
    words = f"{period.words[:1].upper()}{period.words[1:]}"
    if not found.targets:
        return f"{words}: chưa giao chỉ tiêu nào cho các nơi."
    missing = len(found.lacking)
    whole = f"{words}: {len(found.bearers)} nơi, {len(found.targets)} chỉ tiêu"
    return f"{whole}; {missing} nơi còn thiếu số liệu." if missing else f"{whole}; đã đủ số liệu."
