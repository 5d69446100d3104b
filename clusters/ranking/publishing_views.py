"""All clusters of a unit and year: how far each is, and their results published at one moment."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters.models import Season
from clusters.ranking import selectors, services
from clusters.ranking.doors import RANK
from clusters.ranking.presenters import readers_of
from clusters.ranking.views import get_or_post
from clusters.rules import WORKING
from clusters.running.presenters import look_of
from clusters.selectors import AFTER_PUBLICATION
from clusters.states import SeasonState
from core.errors import AppError
from core.filters import WordsFilter
from core.paging import list_page
from core.year import current_year
from plans.forms import years
from units.doors import unit_to_work_for
from units.models import Unit

SORTS = {"ten": ("cluster__order", "cluster__name"), "trang-thai": ("state", "cluster__order", "cluster__name")}


class PublicationFilter(django_filters.FilterSet):
    """Unit and year chose the rows already; they stand here so that the form keeps them."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", method="kept", choices=years, empty_label=None)
    dv = django_filters.ChoiceFilter(label="Đơn vị tổ chức", method="kept", empty_label=None)
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=SeasonState.choices, empty_label="Mọi trạng thái"
    )

    def __init__(self, data: Any, *, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.filters["dv"].extra["choices"] = [(str(unit.pk), unit.title) for unit in units]
        for name in ("nam", "dv"):
            self.filters[name].extra["initial"] = data[name]
        if len(units) == 1:
            self.filters["dv"].extra["widget"] = forms.HiddenInput

    class Meta:
        model = Season
        fields: list[str] = []

    def kept(self, rows: models.QuerySet[Season], name: str, value: str) -> models.QuerySet[Season]:
        return rows


@require_safe
def publication(request: HttpRequest) -> HttpResponse:
    unit, units = unit_to_work_for(request, *WORKING)
    year = current_year(request)
    seasons = selectors.seasons_to_publish(request.user, unit, year)
    data = request.GET.copy()
    data["nam"], data["dv"] = str(year), str(unit.pk)
    found = PublicationFilter(data, units=units, queryset=seasons)
    page = list_page(request, found.qs, sorts=SORTS, default="ten")
    ready = seasons.filter(state=SeasonState.RANKED).order_by().count()
    context = {
        "title": f"Công bố kết quả năm {year}",
        "standing": f"Các cụm, khối thi đua do {unit} tổ chức: {ready} cụm, khối đã chốt, chờ công bố.",
        "year": year,
        "filter": found,
        "page": page,
        "rows": [(season, look_of(season), readiness_of(season)) for season in page.rows],
        "is_filtered": any(data.get(name) for name in ("q", "trang_thai")),
        "ready": ready,
        "without_year": selectors.clusters_without_year(unit, year),
        "publish_url": f"{reverse('clusters:publish')}?{_query(unit, year)}",
    }
    return render(request, "clusters/ranking/publication.html", context)


def _query(unit: Unit, year: int) -> str:
    query = QueryDict(mutable=True)
    query.update({"dv": str(unit.pk), "nam": str(year)})
    return query.urlencode()


def readiness_of(season: Any) -> str:
    """In words; ``season`` comes from ``seasons_to_publish``."""
    if season.state in AFTER_PUBLICATION and season.published_at:
        return f"Công bố lúc {timezone.localtime(season.published_at):%H:%M ngày %d/%m/%Y}"
    if season.state == SeasonState.RANKED:
        return f"Chốt lần {season.frozen} ngày {timezone.localtime(season.frozen_at):%d/%m/%Y}, sẵn sàng công bố"
    if season.state == SeasonState.SCORING and season.done_count < season.sheet_count:
        return f"Đã thẩm định xong {season.done_count}/{season.sheet_count} đơn vị"
    if season.state == SeasonState.SCORING:
        return "Đã thẩm định xong, chưa chốt xếp hạng"
    return "Chưa chấm điểm"


@get_or_post
def publish(request: HttpRequest) -> HttpResponse:
    """Names what is published; ``?chon=`` ticks only those, else all that are ready."""
    unit, _ = unit_to_work_for(request, *WORKING)
    year = current_year(request)
    ready = list(
        selectors.seasons_to_publish(request.user, unit, year)
        .filter(state=SeasonState.RANKED)
        .order_by("cluster__order", "cluster__name", "pk")
    )
    back = f"{reverse('clusters:publication')}?{_query(unit, year)}"
    mine = [season for season in ready if not request.user.has_perm(RANK, season)]
    offered = [season for season in ready if season not in mine]
    if request.method != "POST" and not offered:
        messages.info(request, f"Năm {year} chưa có cụm, khối nào đã chốt xếp hạng để bạn công bố.")
        return redirect(back)
    error = ""
    chosen = set((request.POST if request.method == "POST" else request.GET).getlist("chon"))
    if request.method == "POST":
        error = _publish(request, offered, chosen)
        if not error:
            return redirect(back)
    context = {
        "title": f"Công bố kết quả năm {year}",
        "standing": "Công bố cùng một lúc; từ lúc ấy đơn vị thành viên xem được theo quy định của từng năm thi đua.",
        "offered": [(season, not chosen or str(season.pk) in chosen, readers_of(season)) for season in offered],
        "mine": mine,
        "error": error,
        "back": back,
        "action": f"{request.path}?{_query(unit, year)}",
    }
    return render(request, "clusters/ranking/publish.html", context, status=422 if error else 200)


def _publish(request: HttpRequest, offered: list[Season], chosen: set[str]) -> str:
    """What is wrong, in a sentence; blank when they are published."""
    seasons = [season for season in offered if str(season.pk) in chosen]
    if not chosen:
        return "Chọn ít nhất một cụm, khối để công bố."
    if len(seasons) != len(chosen):
        return "Có cụm, khối không còn ở trạng thái đã chốt. Hãy xem lại danh sách rồi công bố."
    try:
        count = services.publish(seasons, actor=request.user)
    except AppError as error:
        return str(error)
    messages.success(request, f"Đã công bố kết quả của {count} cụm, khối.")
    return ""
