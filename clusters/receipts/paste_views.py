"""Lists out of a register: read, shown with what is unsure, then taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clusters.models import Season
from clusters.receipts import services
from clusters.receipts.board import Board, members_seen, penalties_of, read_board
from clusters.receipts.doors import season_to_record
from clusters.receipts.forms import PasteForm
from clusters.receipts.reading import Reading, read_register, read_returned, sayings_of
from clusters.receipts.returning import record_returned
from clusters.rules import belongs_to
from core.errors import AppError, UnfitRow
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_TAKE = "lay"


# -- The register of incoming papers ---------------------------------------------------------


@get_or_post
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_record(request, pk)
    if season.state not in services.OPEN:
        messages.warning(request, str(services.SeasonIsRanked()))
        return redirect("clusters:receipts", pk)
    form = PasteForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, season, form)
    members = [one for one in members_seen(request.user, season) if not belongs_to(request.user, one)]
    board = read_board(season, members)
    try:
        reading = read_register(board, members, request.POST.dict(), is_answer="viec" in request.POST)
    except AppError as error:
        form.add_error("text", str(error))
        return _ask(request, season, form, 422)
    if request.POST.get("viec") != _TAKE or any(one.error for one in reading.taken):
        status = 422 if request.POST.get("viec") == _TAKE else 200
        return _preview(request, board, members, reading, status=status)
    return _take(request, board, members, reading)


def _ask(request: HttpRequest, season: Season, form: PasteForm, status: int = 200) -> HttpResponse:
    context = {
        "title": "Dán sổ văn bản đến",
        "standing": "Chương trình đọc ra văn bản của đơn vị nào, cho việc nào, để xem lại; chưa ghi gì.",
        "season": season,
        "form": form,
    }
    return render(request, "clusters/receipts/paste.html", context, status=status)


def _take(request: HttpRequest, board: Board, members: Any, reading: Reading) -> HttpResponse:
    sayings = sayings_of(reading, request.POST)
    if not sayings:
        messages.warning(request, "Chưa đánh dấu lấy dòng nào.")
        return _preview(request, board, members, reading, status=422)
    try:
        count = services.record_receipts(board.season, sayings, actor=request.user)
    except UnfitRow as error:
        reading.taken[error.position].error = str(error)
        return _preview(request, board, members, reading, status=422)
    except EditedMeanwhile:
        messages.warning(request, "Vừa có người ghi văn bản của các đơn vị này; xem lại rồi lấy lần nữa.")
        return _preview(request, board, members, reading, status=409)
    except AppError as error:
        messages.warning(request, str(error))
        return redirect("clusters:receipts", board.season.pk)
    left = len(reading.shown) - len(sayings)
    more = f" {left} dòng không lấy." if left else ""
    messages.success(request, f"Đã ghi {count} văn bản từ sổ.{more}")
    return redirect("clusters:receipts", board.season.pk)


def _preview(request: HttpRequest, board: Board, members: Any, reading: Reading, *, status: int = 200) -> HttpResponse:
    sure = len(reading.taken)
    asked = len(reading.shown) - sure
    context = {
        "title": "Xem lại sổ vừa dán",
        "standing": f"{len(reading.shown)} dòng: lấy {sure}, {asked} dòng cần bạn xem. Chưa ghi gì.",
        "season": board.season,
        "text": request.POST.get("text", ""),
        "html": request.POST.get("html", ""),
        "reading": reading,
        "members": members,
        "steps": board.steps,
        "errors": [one for one in reading.shown if one.error],
    }
    return render(request, "clusters/receipts/paste_preview.html", context, status=status)


# -- Returned dossiers -----------------------------------------------------------------------


@get_or_post
def returned(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_record(request, pk)
    criteria = (
        [row for row in penalties_of([season.criteria]) if row.rule.get("returned_each")] if season.criteria else []
    )
    if not criteria:
        messages.warning(request, "Bộ tiêu chí không trừ điểm hồ sơ bị trả lại.")
        return redirect("clusters:receipts", pk)
    form = PasteForm(request.POST or None)
    context: dict[str, Any] = {
        "title": "Dán danh sách hồ sơ trả lại",
        "standing": f"Số hồ sơ của từng đơn vị được ghi vào mục {criteria[0].code} của bảng điểm, ở bước thẩm định.",
        "season": season,
        "form": form,
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "clusters/receipts/returned.html", context)
    members = [one for one in members_seen(request.user, season) if not belongs_to(request.user, one)]
    try:
        paste, lines = read_returned(members, request.POST.dict(), is_answer="viec" in request.POST)
        if request.POST.get("viec") == _TAKE:
            written = record_returned(season, criteria[0], lines, actor=request.user)
            return _told(request, season, written)
    except AppError as error:
        if request.POST.get("viec") != _TAKE:
            form.add_error("text", str(error))
            return render(request, "clusters/receipts/returned.html", context, status=422)
        messages.warning(request, str(error))
    context |= {"paste": paste, "lines": lines, "members": members, "title": "Xem lại danh sách vừa dán"}
    context["standing"] = f"{len(lines)} dòng, lấy {sum(one.is_taken for one in lines)}. Chưa ghi gì."
    status = 422 if request.POST.get("viec") == _TAKE else 200
    return render(request, "clusters/receipts/returned.html", context, status=status)


def _told(request: HttpRequest, season: Season, written: Any) -> HttpResponse:
    if written.sheets:
        messages.success(request, f"Đã ghi hồ sơ trả lại vào {len(written.sheets)} bảng điểm.")
    if written.waiting:
        names = ", ".join(member.name for member in written.waiting)
        messages.warning(
            request, f"Chưa ghi được vì bảng điểm chưa ở bước thẩm định: {names}. Dán lại khi đến bước đó."
        )
    return redirect("clusters:receipts", season.pk)
