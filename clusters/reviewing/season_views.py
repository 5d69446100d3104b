"""The organiser's acts on a whole season: who cross-checks whom, until when explanations may come; rows accepted."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from clusters import rules
from clusters.models import ScoreSheet, Season
from clusters.reviewing import crossing, presenters
from clusters.reviewing.accepting import Accepted, accept
from clusters.reviewing.doors import season_to_review, sheet_to_judge
from clusters.reviewing.explaining import is_window_open, last_day, may_open, open_window
from clusters.reviewing.forms import CrossForm, WindowForm
from clusters.sheets.acting import is_open
from clusters.sheets.selectors import sheets_of
from clusters.standing import read_season
from clusters.states import SeasonState, SheetStage
from clusters.wording import in_season
from core.errors import AppError, UnfitField

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# -- Who cross-checks whom ---------------------------------------------------------------


@get_or_post
def cross(request: HttpRequest, pk: int) -> HttpResponse:
    """Sheets without a checker come with a proposal; «de-nghi» proposes anew for all that may change."""
    season = season_to_review(request, pk)
    if not season.has_cross or season.state != SeasonState.SCORING:
        messages.info(request, "Phân công chấm chéo khi năm thi đua đang chấm điểm và có bước chấm chéo.")
        return redirect("clusters:reviewing", pk)
    sheets = sheets_of(request.user, season)
    unbegun = set(crossing.still_open(ScoreSheet.objects.filter(member__season=season)).values_list("pk", flat=True))
    changeable = [one for one in sheets if one.pk in unbegun and rules.decides_on_sheet(request.user, one)]
    initial = _proposed(season, sheets, changeable, anew="de-nghi" in request.GET)
    form = CrossForm(request.POST or None, sheets=changeable, members=list(season.members.all()), initial=initial)
    if form.is_valid() and (answer := _assigned(request, season, form, changeable)):
        return answer
    context = {
        "season": season,
        "title": "Phân công chấm chéo",
        "standing": _cross_words(sheets),
        "form": form,
        "rows": [(sheet, form[str(sheet.pk)] if sheet in changeable else None) for sheet in sheets],
        "has_changeable": bool(changeable),
    }
    return render(request, "clusters/reviewing/cross.html", context, status=422 if form.errors else 200)


def _proposed(
    season: Season, sheets: list[ScoreSheet], changeable: list[ScoreSheet], *, anew: bool
) -> dict[str, int | str]:
    """The rotation only where it can stand whole: beside what was chosen already it could give one member two."""
    is_free = all(sheet.cross_by_id is None for sheet in sheets)
    rotation = crossing.proposed(season, sheets) if is_free or anew else {}
    return {str(sheet.pk): rotation.get(sheet.pk) or sheet.cross_by_id or "" for sheet in changeable}


def _cross_words(sheets: list[ScoreSheet]) -> str:
    assigned = sum(sheet.cross_by_id is not None for sheet in sheets)
    if not assigned:
        return "Chưa phân công. Dưới đây là đề nghị luân phiên, tránh lặp lại năm trước; sửa rồi lưu."
    return f"Đã phân công {assigned}/{len(sheets)} đơn vị; đổi được khi bên chấm chéo chưa ghi điểm."


def _assigned(
    request: HttpRequest, season: Season, form: CrossForm, changeable: list[ScoreSheet]
) -> HttpResponse | None:
    try:
        count = crossing.assign(season, form.read(changeable), actor=request.user)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    except AppError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, f"Đã phân công chấm chéo {count} đơn vị." if count else "Phân công giữ nguyên.")
    return redirect("clusters:reviewing", season.pk)


# -- The window for explanations ---------------------------------------------------------


@get_or_post
def window(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_review(request, pk)
    if season.state != SeasonState.SCORING:
        messages.info(request, "Mở giải trình khi năm thi đua đang chấm điểm.")
        return redirect("clusters:reviewing", pk)
    sheets = [one for one in sheets_of(request.user, season) if rules.decides_on_sheet(request.user, one)]
    offered = [one for one in sheets if may_open(one)]
    today = timezone.localdate()
    choices = [(one.pk, _choice(one, today)) for one in offered]
    wanted = [one.pk for one in offered if one.explain_until is None]
    if (asked := request.GET.get("bang", "")).isdecimal() and len(asked) < 19:
        wanted = [int(asked)]
    initial = {"days": season.explain_days or 5, "sheets": wanted}
    form = WindowForm(request.POST or None, choices=choices, initial=initial)
    if form.is_valid():
        chosen = [one for one in offered if one.pk in form.cleaned_data["sheets"]]
        try:
            until = open_window(season, chosen, days=form.cleaned_data["days"], actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã mở giải trình cho {len(chosen)} đơn vị, đến hết ngày {until:%d/%m/%Y}.")
            return redirect("clusters:reviewing", pk)
    context = {
        "season": season,
        "title": "Mở giải trình",
        "standing": "Đơn vị xem điểm từng dòng và giải trình dòng bị trừ cho đến hết hạn.",
        "form": form,
        "offered": offered,
        "until": last_day(season, season.explain_days or 5, today),
        "others": [one for one in sheets if not may_open(one)],
    }
    return render(request, "clusters/reviewing/window.html", context, status=422 if form.errors else 200)


def _choice(sheet: ScoreSheet, today: Any) -> str:
    if sheet.explain_until is None:
        return sheet.member.name
    words = "đang mở đến hết ngày" if is_window_open(sheet, today) else "đã hết hạn ngày"
    return f"{sheet.member.name} ({words} {sheet.explain_until:%d/%m/%Y})"


# -- Rows accepted at once ---------------------------------------------------------------


@get_or_post
def accept_page(request: HttpRequest, pk: int) -> HttpResponse:
    """«viec»: «chon» takes the ticked rows, «ca-bang» all of them, «nhom-12» a group."""
    sheet = sheet_to_judge(request, pk)
    if not is_open(sheet) or sheet.stage == SheetStage.SELF:
        messages.info(request, "Bảng điểm này không ở bước có điểm đề nghị để chấp nhận.")
        return redirect("clusters:sheet", pk)
    season = sheet.member.season
    only = request.GET.get("loc", "")
    rows = presenters.accept_rows(read_season(season), sheet, request.user, only)
    if request.method == "POST":
        return _accepted(request, sheet, rows)
    stage = in_season(sheet.get_stage_display(), season)
    waiting = [row for row in rows if row.is_waiting]
    context = {
        "sheet": sheet,
        "season": season,
        "title": f"Chấp nhận điểm đề nghị: {sheet.member}",
        "standing": f"{stage}: {len(waiting)} dòng chưa xác nhận." if waiting else f"{stage}: các dòng đã xác nhận.",
        "rows": rows,
        "waiting": len([row for row in waiting if not row.why]),
        "filters": presenters.ACCEPT_FILTERS,
        "only": only if only in presenters.ACCEPT_FILTERS else "",
        "has_rows": any(row.cell for row in rows),
    }
    return render(request, "clusters/reviewing/accept.html", context)


def _accepted(request: HttpRequest, sheet: ScoreSheet, rows: list[presenters.AcceptRow]) -> HttpResponse:
    """Of what the page showed: «cả bảng» under a filter takes the rows that fit it."""
    wanted = request.POST.get("viec", "")
    shown = {row.line.row.pk for row in rows if row.cell}
    if wanted == "chon":
        ticked = {int(one) for one in request.POST.getlist("chon") if one.isdecimal() and len(one) < 19}
        shown &= ticked
    elif wanted != "ca-bang":
        shown = {row.line.row.pk for row in rows if row.cell and f"nhom-{row.group}" == wanted}
    back = redirect(request.get_full_path())
    if not shown:
        messages.warning(request, "Đánh dấu ít nhất một dòng để chấp nhận.")
        return back
    try:
        found = accept(sheet, stage=request.POST.get("buoc", ""), actor=request.user, only=shown)
    except AppError as error:
        messages.warning(request, str(error))
        return redirect("clusters:sheet", sheet.pk)
    _tell(request, found)
    return back


def _tell(request: HttpRequest, found: Accepted) -> None:
    if found.count:
        messages.success(request, f"Đã chấp nhận điểm đề nghị ở {found.count} dòng.")
    elif not found.left:
        messages.info(request, "Các dòng này đã được xác nhận từ trước.")
    if found.left:
        named = "; ".join(f"{one.row.code} {one.why}" for one in found.left[:8])
        more = f" và {len(found.left) - 8} dòng nữa" if len(found.left) > 8 else ""
        messages.warning(request, f"{len(found.left)} dòng phải xem riêng: {named}{more}.")
