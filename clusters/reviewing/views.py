"""Pages that show: the reviewer's queue, who has scored in a season, how far scorers are apart."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from clusters import rules
from clusters.models import ScoreSheet, Season
from clusters.reviewing import presenters
from clusters.reviewing.doors import season_compared, season_scored
from clusters.reviewing.lists import SORTS, QueueFilter, organises_something
from clusters.sheets.selectors import sheets_of
from clusters.standing import read_season
from clusters.states import SeasonState, SheetStage
from clusters.wording import worded
from core.paging import list_page
from plans.task_views import with_year
from units.selectors import readable_unit_ids

_ORDERS = {
    "buoc": "Chênh lệch giữa các bước",
    "don-vi": "Chênh lệch giữa các đơn vị",
    "bo": "Thứ tự trong bộ tiêu chí",
}


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What lies with the reviewer, unless the address asks for another stage, or for all («buoc=»)."""
    if not organises_something(request.user):
        raise PermissionDenied
    data = with_year(request)
    data.setdefault("buoc", SheetStage.REVIEW.value)
    found = QueueFilter(data, user=request.user)
    page = list_page(request, found.qs, sorts=SORTS, default="cho")
    today = timezone.localdate()
    own = {"nam": data["nam"], "buoc": SheetStage.REVIEW.value}
    context = {
        "title": "Chờ thẩm định",
        "standing": "Bảng điểm của các cụm, khối đơn vị tổ chức: đang ở bước nào, chờ bao lâu, ai theo dõi.",
        "filter": found,
        "page": page,
        "rows": [presenters.queue_row(sheet, request.user, today) for sheet in page.rows],
        "is_filtered": any(
            value and value != own.get(name) for name, value in data.items() if name in found.form.fields
        ),
        "shown_year": data["nam"],
    }
    return render(request, "clusters/reviewing/queue.html", context)


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_scored(request, pk)
    sheets = sheets_of(request.user, season)
    is_inside = _is_inside(request, season)
    rows = presenters.Overview(season, sheets, request.user, is_inside=is_inside).rows()
    organises = rules.organises(request.user, season)
    is_scoring = season.state == SeasonState.SCORING
    context = {
        "season": season,
        "title": f"Thẩm định {season}",
        "standing": presenters.standing_of_review(season, rows),
        "stages": [worded(stage.label, season.cluster.kind) for stage in season.stages],
        "rows": rows,
        "is_inside": is_inside,
        "may_assign": organises and is_scoring and season.has_cross and len(rows) > 1,
        "may_open": organises and is_scoring and bool(rows),
        "lacks_cross": season.has_cross and any(_waits_for_checker(row.sheet) for row in rows),
    }
    return render(request, "clusters/reviewing/overview.html", context)


def _waits_for_checker(sheet: ScoreSheet) -> bool:
    return sheet.cross_by_id is None and sheet.stage in (SheetStage.SELF, SheetStage.CROSS)


@require_safe
def spread(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_compared(request, pk)
    sheets = sheets_of(request.user, season)
    asked = request.GET.get("xep", "")
    order = asked if asked in _ORDERS else "buoc"
    rows: list[Any] = presenters.spread_rows(read_season(season), sheets, order) if sheets else []
    context = {
        "season": season,
        "title": "Độ chênh giữa những người chấm",
        "standing": _spread_words(rows),
        "rows": rows,
        "orders": _ORDERS,
        "order": order,
    }
    return render(request, "clusters/reviewing/spread.html", context)


def _spread_words(rows: list[Any]) -> str:
    differing = sum(bool(row.stages.size) for row in rows)
    return f"{differing} tiêu chí có các bước chấm khác nhau." if differing else "Các bước chấm như nhau."


def _is_inside(request: HttpRequest, season: Season) -> bool:
    return readable_unit_ids(request.user).filter(pk=season.cluster.unit_id).exists()
