"""The sheets of a season, one of them, and its way from stage to stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusters import rules
from clusters.models import ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.acting import is_open, stages_seen, works_now
from clusters.sheets.batches import batches
from clusters.sheets.board import in_words
from clusters.sheets.doors import season_seen, sheet_seen, sheet_to_return, sheet_to_score
from clusters.sheets.forms import ReturnForm
from clusters.sheets.grid_views import CUT, FILTERS, ONLY, settings_of
from clusters.sheets.presenters import SheetRow, SheetTable, standing_words, way_of
from clusters.sheets.stages import (
    hand_in,
    has_begun,
    next_stage,
    recall,
    send_back,
    stage_to_recall,
    stages_to_return_to,
)
from clusters.standing import read_season
from clusters.states import SeasonState, SheetStage, Stage
from clusters.wording import in_season
from core.errors import AppError, UnfitField
from core.history import history_lines


@require_safe
def sheets(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_seen(request, pk)
    if season.criteria is None:
        raise Http404
    seen = selectors.sheets_of(request.user, season)
    waiting = sum(works_now(request.user, sheet) for sheet in seen)
    context = {
        "season": season,
        "title": f"Bảng chấm {season}",
        "standing": _standing(season, seen, waiting),
        "stages": season.stages,
        "rows": _rows(season, seen, request.user),
        "batches": batches(request.user, seen),
    }
    return render(request, "clusters/sheets/sheets.html", context)


def _standing(season: Season, seen: list[ScoreSheet], waiting: int) -> str:
    if season.state != SeasonState.SCORING:
        return f"{SeasonState(season.state).label}: chỉ xem, không ghi điểm."
    done = sum(sheet.stage == SheetStage.DONE for sheet in seen)
    words = f"{done}/{len(seen)} bảng đã thẩm định xong."
    return f"{words} {waiting} bảng đang chờ bạn." if waiting else words


def _rows(season: Season, seen: list[ScoreSheet], user: Any) -> list[dict[str, Any]]:
    """With the total after each stage that has spoken."""
    standing = read_season(season)
    scores = {stage: standing.scores(stage) for stage in season.stages} if seen else {}
    decimals = standing.scheme.decimals
    found = []
    for sheet in seen:
        spoken = stages_seen(sheet)
        totals = [
            (stage.label, in_words(scores[stage][sheet.member_id].total, decimals) if stage in spoken else "")
            for stage in season.stages
        ]
        found.append({"sheet": sheet, "totals": totals, "is_mine": works_now(user, sheet)})
    return found


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_seen(request, pk)
    season = sheet.member.season
    table = SheetTable(read_season(season), sheet, request.user)
    only = request.GET.get(ONLY, "")
    rows = table.table()
    context = {
        "sheet": sheet,
        "season": season,
        "title": f"Bảng điểm {sheet.member} năm {season.year}",
        "standing": standing_words(sheet, table.total, is_open=table.is_open),
        "way": way_of(sheet),
        "stages": table.stages,
        "filters": FILTERS,
        "only": only if only in FILTERS else "",
        "rows": _wanted(rows, only),
        "footers": table.footers(),
        "is_open": table.is_open,
        "settings": settings_of(season, sheet.stage) if table.is_open else None,
        "acts": _acts(request, sheet),
        "history": history_lines(sheet) if _speaks(request.user, sheet) else None,
    }
    return render(request, "clusters/sheets/sheet.html", context)


def _speaks(user: Any, sheet: ScoreSheet) -> bool:
    """In some stage; others see what the season publishes, not who corrected what when."""
    return any(rules.may_work_on(user, sheet, stage) for stage in sheet.member.season.stages)


def _wanted(rows: list[SheetRow], only: str) -> list[SheetRow]:
    if only not in FILTERS:
        return rows
    return [row for row in rows if row.spoken and (_is_cut(row) if only == CUT else _differs(row))]


def _is_cut(row: SheetRow) -> bool:
    last = next((one for one in reversed(row.spoken) if one.is_here), None)
    return bool(last and last.is_cut)


def _differs(row: SheetRow) -> bool:
    return len({one.points for one in row.spoken}) > 1


def _acts(request: HttpRequest, sheet: ScoreSheet) -> dict[str, Any]:
    """What the user may do with the whole sheet."""
    user, is_scoring = request.user, sheet.member.season.state == SeasonState.SCORING
    judges = sheet.stage not in (SheetStage.SELF, SheetStage.DONE) and rules.works_on_sheet(user, sheet)
    may_return = is_scoring and (judges or rules.decides_on_sheet(user, sheet)) and bool(stages_to_return_to(sheet))
    works = works_now(user, sheet)
    return {
        "hand_in": works,
        "is_last": works and next_stage(sheet) == SheetStage.DONE,
        "send_back": may_return,
        "recall": stage_to_recall(user, sheet) is not None and not has_begun(sheet),
        "imports": works,
        "judges": works and sheet.stage != SheetStage.SELF,
        "explains": (waiting := selectors.explanations_waiting(user, sheet)) is not None,
        "waiting": waiting,
    }


# -- From stage to stage -----------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Tells what is empty and what lacks evidence; handing in stays possible."""
    sheet = sheet_to_score(request, pk)
    to = next_stage(sheet)
    if request.method == "POST":
        try:
            hand_in(sheet, actor=request.user)
        except AppError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, _handed_in(sheet, to))
        return redirect("clusters:sheet", pk=pk)
    table = SheetTable(read_season(sheet.member.season), sheet, request.user)
    context = {
        "sheet": sheet,
        "season": sheet.member.season,
        "title": _title(sheet, to),
        "standing": f"{sheet.member}: {table.total} điểm.",
        "told": table.missing().told,
        "to": to,
        "is_last": to == SheetStage.DONE,
        "explanations": selectors.open_explanations(sheet) if to == SheetStage.DONE else 0,
        "is_open": is_open(sheet),
    }
    return render(request, "clusters/sheets/hand_in.html", context)


def _title(sheet: ScoreSheet, to: SheetStage) -> str:
    if to == SheetStage.DONE:
        return f"Hoàn thành thẩm định {sheet.member}"
    return f"Gửi bảng điểm {sheet.member}"


def _handed_in(sheet: ScoreSheet, to: SheetStage) -> str:
    if to == SheetStage.DONE:
        return f"Đã thẩm định xong {sheet.member}."
    step = in_season(to.label, sheet.member.season)
    return f"Đã gửi bảng điểm {sheet.member} sang bước {step[:1].lower()}{step[1:]}."


@require_http_methods(["GET", "HEAD", "POST"])
def send_back_page(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_to_return(request, pk)
    stages = stages_to_return_to(sheet)
    if not stages or sheet.member.season.state != SeasonState.SCORING:
        messages.warning(request, "Bảng điểm này đang ở bước không trả lại được.")
        return redirect("clusters:sheet", pk=pk)
    form = ReturnForm(request.POST or None, stages=[(one.value, _label(sheet, one)) for one in stages])
    if form.is_valid():
        try:
            send_back(sheet, **form.cleaned_data, actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã trả lại bảng điểm {sheet.member}. Điểm đã ghi vẫn giữ nguyên.")
            return redirect("clusters:sheet", pk=pk)
    context = {
        "sheet": sheet,
        "season": sheet.member.season,
        "title": f"Trả lại bảng điểm {sheet.member}",
        "standing": f"{in_season(SheetStage(sheet.stage).label, sheet.member.season)}.",
        "form": form,
    }
    return render(request, "clusters/sheets/send_back.html", context, status=422 if form.errors else 200)


def _label(sheet: ScoreSheet, stage: SheetStage) -> str:
    return in_season(Stage(stage.value).label, sheet.member.season)


@require_POST
def recall_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = sheet_seen(request, pk)
    if not _speaks(request.user, sheet):
        raise PermissionDenied
    if stage_to_recall(request.user, sheet) is None:
        messages.warning(request, "Bảng điểm này đang ở bước không rút lại được.")
        return redirect("clusters:sheet", pk=pk)
    try:
        recall(sheet, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Đã rút lại bảng điểm để sửa tiếp.")
    return redirect("clusters:sheet", pk=pk)
