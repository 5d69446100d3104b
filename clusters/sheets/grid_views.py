"""The table of a whole season: criteria down, members across, typed into like a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clusters import rules
from clusters.models import ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.acting import stage_with_work
from clusters.sheets.batches import batch_at
from clusters.sheets.board import Board, Cell, Line, stage_from
from clusters.sheets.doors import UnfitRequest, json_of, season_seen
from clusters.sheets.saving import Saver, read_cells
from clusters.sheets.services import NotYours
from clusters.standing import read_season
from clusters.states import SeasonState, Stage
from clusters.wording import in_season
from core.errors import AppError
from core.states import EditedMeanwhile

STAGE, ONLY = "buoc", "loc"
CUT, CHANGED = "tru", "lech"
FILTERS = {CUT: "Chỉ dòng bị trừ", CHANGED: "Chỉ dòng chênh lệch"}


@dataclass(frozen=True, slots=True)
class GridRow:
    line: Line
    cells: list[Cell]
    """Empty for a group, whose sums stand under the names of ``Board.outs``."""
    sums: list[tuple[str, str]]


@require_safe
def grid(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_seen(request, pk)
    if season.criteria is None:
        raise Http404
    sheets = selectors.sheets_of(request.user, season)
    stage = stage_from(request.GET.get(STAGE, ""), season.stages, stage_with_work(request.user, sheets))
    only = request.GET.get(ONLY, "")
    board = Board(read_season(season), stage, sheets, request.user)
    context = {
        "season": season,
        "title": f"Bảng chấm {season}",
        "standing": _standing(season, board),
        "sheets": sheets,
        "stage": stage,
        "stages": season.stages,
        "filters": FILTERS,
        "only": only if only in FILTERS else "",
        "rows": (rows := _rows(board, sheets, only)),
        "has_rows": any(row.cells for row in rows),
        "footers": _footers(board, sheets),
        "is_open": bool(board.open_to),
        "batch": batch_at(request.user, sheets, stage),
        "settings": settings_of(season, stage),
    }
    return render(request, "clusters/sheets/grid.html", context)


def settings_of(season: Season, stage: str) -> dict[str, Any]:
    """What the page's script needs."""
    return {
        "save": reverse("clusters:grid_save", args=[season.pk]),
        "row": reverse("clusters:entry", args=[0, 0]),
        "stage": stage,
        "judges": stage != Stage.SELF,
        "key": f"{season.pk}.{stage}",
    }


def _standing(season: Season, board: Board) -> str:
    if season.state != SeasonState.SCORING:
        return f"{SeasonState(season.state).label}: chỉ xem, không ghi điểm."
    count = len(board.open_to)
    words = f"Bước {in_season(Stage(board.stage).label, season)}: "
    return words + (f"{count}/{len(board.sheets)} đơn vị đang chờ bạn chấm." if count else "chỉ xem.")


def _rows(board: Board, sheets: Sequence[ScoreSheet], only: str) -> list[GridRow]:
    outs = board.outs(sheets, board.standing.criteria)
    found: list[GridRow] = []
    for line in board.lines():
        if line.row.kind:
            cells = [board.cell(sheet, line.row) for sheet in sheets]
            if _is_wanted(cells, only):
                found.append(GridRow(line, cells, []))
        else:
            names = [f"g-{sheet.member_id}-{line.row.pk}" for sheet in sheets]
            found.append(GridRow(line, [], [(name, outs[name]) for name in names]))
    return _without_empty_groups(found) if only in FILTERS else found


def _is_wanted(cells: Sequence[Cell], only: str) -> bool:
    if only == CUT:
        return any(cell.is_cut for cell in cells)
    return only != CHANGED or any(cell.is_changed for cell in cells)


def _without_empty_groups(rows: Sequence[GridRow]) -> list[GridRow]:
    kept = {row.line.row.parent_id for row in rows if row.cells}
    parents = {row.line.row.pk: row.line.row.parent_id for row in rows if not row.cells}
    for place in list(kept):
        while place is not None and (place := parents.get(place)) is not None:
            kept.add(place)
    return [row for row in rows if row.cells or row.line.row.pk in kept]


def _footers(board: Board, sheets: Sequence[ScoreSheet]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    outs = board.outs(sheets, [])
    names = [(name, words, [f"{name}-{sheet.member_id}" for sheet in sheets]) for name, words in board.footers()]
    return [(name, words, [(key, outs[key]) for key in keys]) for name, words, keys in names]


@require_POST
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Cells of the grid or of one sheet. 200 also where some were refused or in each other's way: each is named."""
    season = season_seen(request, pk)
    if season.criteria is None:
        raise Http404
    sheets = selectors.sheets_of(request.user, season)
    _refuse_reader(request, season, sheets)
    try:
        data = json_of(request)
        cells = read_cells(data)
        saver = Saver(season, _stage_of(season, data), sheets, request.user)
        if len(saver.known(cells)) != len(cells):
            raise Http404
        return JsonResponse(saver.save(cells))
    except EditedMeanwhile as error:
        return JsonResponse({"message": str(error)}, status=409)
    except NotYours:
        raise PermissionDenied from None
    except UnfitRequest as error:
        return JsonResponse({"message": str(error)}, status=400)
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=422)


def _stage_of(season: Season, data: dict[str, Any]) -> str:
    stage = data.get("stage")
    if stage not in [one.value for one in season.stages]:
        raise UnfitRequest
    return str(stage)


def _refuse_reader(request: HttpRequest, season: Season, sheets: Sequence[ScoreSheet]) -> None:
    """Who speaks for none of the sheets in any stage; of others ``save_many`` asks cell by cell."""
    if not any(rules.may_work_on(request.user, sheet, stage) for sheet in sheets for stage in season.stages):
        raise PermissionDenied
