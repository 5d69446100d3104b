"""Many sheets handed in at once."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clusters import rules
from clusters.models import ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.acting import stage_with_work
from clusters.sheets.batches import Batch, batch_at, rows_of
from clusters.sheets.board import stage_from
from clusters.sheets.doors import season_seen
from clusters.sheets.stages import HandedIn, hand_in_all
from clusters.wording import in_season

STAGE, CHOSEN = "buoc", "chon"


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the stage in the address; «chon»: the sheets that are ticked."""
    season = season_seen(request, pk)
    if season.criteria is None:
        raise Http404
    sheets = selectors.sheets_of(request.user, season)
    if not _speaks(request, season, sheets):
        raise PermissionDenied
    stage = stage_from(request.GET.get(STAGE, ""), season.stages, stage_with_work(request.user, sheets))
    batch = batch_at(request.user, sheets, stage, fewest=1)
    if batch is None:
        messages.info(request, "Không có bảng điểm nào ở bước này đang chờ bạn.")
        return redirect("clusters:sheets", pk)
    if request.method == "POST" and (chosen := _chosen(request, batch)):
        _tell(request, batch, hand_in_all(chosen, actor=request.user))
        return redirect("clusters:sheets", pk)
    is_refused = request.method == "POST"
    rows = rows_of(season, batch, request.user)
    title = "Hoàn thành thẩm định nhiều bảng" if batch.is_last else "Gửi nhiều bảng điểm"
    context = {
        "title": title,
        "standing": f"{season}: bước {_label(season, batch)}, {len(rows)} bảng đang chờ bạn.",
        "season": season,
        "batch": batch,
        "rows": rows,
        "is_refused": is_refused,
    }
    return render(request, "clusters/sheets/hand_in_many.html", context, status=422 if is_refused else 200)


def _speaks(request: HttpRequest, season: Season, sheets: Sequence[ScoreSheet]) -> bool:
    return any(rules.may_work_on(request.user, sheet, stage) for sheet in sheets for stage in season.stages)


def _chosen(request: HttpRequest, batch: Batch) -> list[ScoreSheet]:
    ticked = set(request.POST.getlist(CHOSEN))
    return [sheet for sheet in batch.sheets if str(sheet.pk) in ticked]


def _label(season: Season, batch: Batch) -> str:
    label = in_season(batch.stage.label, season)
    return f"{label[:1].lower()}{label[1:]}"


def _tell(request: HttpRequest, batch: Batch, found: HandedIn) -> None:
    if found.count:
        done = "Đã thẩm định xong" if batch.is_last else "Đã gửi"
        messages.success(request, f"{done} {found.count} bảng điểm.")
    for sheet, why in found.left:
        messages.warning(request, f"{sheet.member}: {why}")
