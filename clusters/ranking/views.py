"""Pages of one ranking: as it stands, frozen, opened again, its earlier snapshots, its files."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from clusters.models import Ranking, Season
from clusters.ranking import excel, presenters, selectors, services
from clusters.ranking.differences import differences
from clusters.ranking.doors import RANK, season_seen, season_to_rank
from clusters.ranking.forms import FreezeForm, ReasonForm, show_at_field
from clusters.ranking.selectors import Sight
from clusters.ranking.snapshots import canonical
from clusters.states import SeasonState
from core.errors import AppError
from core.exporting import download
from core.states import MovedMeanwhile, MoveRefused

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

EXCEL, FILE, CONTENT = "excel", "tinh-lai", "ban-chot"


@require_safe
def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_seen(request, pk)
    sight = selectors.sight_of(request.user, season)
    inside, may_rank = sight is Sight.INSIDE, request.user.has_perm(RANK, season)
    own = set() if inside else selectors.own_members(request.user, season)
    is_early = sight is not Sight.WAITING and season.state in (SeasonState.SCORING, SeasonState.RANKED)
    is_live = is_early and season.state == SeasonState.SCORING and season.criteria is not None
    ballots = list(season.ballots.prefetch_related("counts")) if inside or is_live else []
    live = presenters.live_of(season, ballots) if is_live else None
    latest = selectors.latest_of(season) if sight is not Sight.WAITING and season.state in selectors.FROZEN else None
    units = live.units if live else latest.content["units"] if latest else []
    members = {member.pk: member for member in season.members.all()} if live else None
    commended = [] if live else selectors.commendations_shown(season, sight, own)
    context = {
        "title": f"Xếp hạng {season}",
        "standing": presenters.standing_of(season, sight, latest, live),
        "season": season,
        "is_inside": inside,
        "who_sees": presenters.who_sees_early(season) if is_early else "",
        "may_rank": may_rank,
        "belongs": not may_rank and request.user.has_perm("clusters.run_season", season),
        "live": live,
        "latest": latest,
        "may_download": latest is not None and sight.has_details,
        "may_read_why": sight.has_names,  # a reason may name a unit
        "board": presenters.board_of(
            season, selectors.units_shown(units, sight, own), has_details=sight.has_details, live=members
        ),
        "ties": presenters.ties_shown(season, live) if live else [],
        "problems": presenters.problems_shown(season, live) if live and inside else [],
        "ballots": presenters.ballots_shown(season, ballots, live.voted.applied if live else None) if inside else [],
        "commended": presenters.commended_shown(commended),
        "is_frozen": season.state in selectors.FROZEN,
        "forecasts": selectors.forecasts(request.user, season) if sight is Sight.WAITING else [],
        "snapshots": list(selectors.snapshots_of(season)) if inside else [],
        "act": presenters.next_act(season, live, commended) if may_rank else None,
    }
    return render(request, "clusters/ranking/ranking.html", context)


# -- Frozen, and opened again ----------------------------------------------------------------


@get_or_post
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_rank(request, pk)
    if season.state != SeasonState.SCORING or season.criteria is None:
        messages.info(request, "Năm thi đua không ở bước chấm điểm nên không chốt xếp hạng.")
        return redirect("clusters:ranking", pk)
    ballots = list(season.ballots.prefetch_related("counts"))
    live = presenters.live_of(season, ballots)
    is_again = season.rankings.exists()
    form = FreezeForm(request.POST if request.method == "POST" else None, is_again=is_again, ties=live.voted.ties)
    if form.is_valid() and (made := _frozen(request, season, form)):
        messages.success(request, f"Đã chốt xếp hạng lần {made.number}. Chưa công bố cho các đơn vị.")
        return redirect("clusters:ranking", pk)
    context = {
        "title": "Chốt xếp hạng",
        "standing": f"{season}: lưu lại tiêu chí, số liệu, điểm và thứ hạng như lúc này.",
        "season": season,
        "form": form,
        "live": live,
        "ties": presenters.ties_shown(season, live),
    }
    return render(request, "clusters/ranking/freeze.html", context, status=422 if form.errors else 200)


def _frozen(request: HttpRequest, season: Season, form: FreezeForm) -> Ranking | None:
    said = form.cleaned_data
    try:
        return services.freeze(
            season, actor=request.user, why=said.get("why", ""), keeps_ties=said.get("keeps_ties", False)
        )
    except services.TieNeedsVote as error:
        form.add_error("keeps_ties" if "keeps_ties" in form.fields else None, str(error))
    except AppError as error:
        show_at_field(form, error)
    return None


@get_or_post
def open_again(request: HttpRequest, pk: int) -> HttpResponse:
    texts = {
        "title": "Mở lại việc chấm điểm",
        "told": "Điểm sửa được trở lại. Kết quả đã chốt vẫn được lưu; lần chốt sau phải ghi lý do.",
        "submit": "Mở lại việc chấm điểm",
        "done": "Đã mở lại việc chấm điểm. Bảng điểm đã thẩm định xong thì mở lại từng bảng ở phần Bảng chấm.",
    }
    return _with_reason(request, pk, SeasonState.RANKED, services.open_again, texts)


@get_or_post
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    texts = {
        "title": "Thu hồi công bố",
        "told": "Đơn vị thành viên không xem được kết quả nữa, cho đến khi công bố lại. Kết quả đã chốt vẫn được lưu.",
        "submit": "Thu hồi công bố",
        "done": "Đã thu hồi công bố. Kết quả vẫn ở trạng thái đã chốt.",
    }
    return _with_reason(request, pk, SeasonState.PUBLISHED, services.withdraw, texts)


def _with_reason(
    request: HttpRequest, pk: int, state: str, act: Callable[..., None], texts: dict[str, str]
) -> HttpResponse:
    season = season_to_rank(request, pk)
    if season.state != state:
        messages.info(request, f"Năm thi đua đang ở bước khác: {season.get_state_display().lower()}.")
        return redirect("clusters:ranking", pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(season, actor=request.user, reason=form.cleaned_data["reason"])
        except (MovedMeanwhile, MoveRefused) as error:
            messages.error(request, str(error))
            return redirect("clusters:ranking", pk)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, texts["done"])
            return redirect("clusters:ranking", pk)
    context = {**texts, "standing": str(season), "season": season, "form": form}
    return render(request, "clusters/ranking/reason.html", context, status=422 if form.errors else 200)


# -- Snapshots -------------------------------------------------------------------------------


@require_safe
def snapshot(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One of the frozen ones and what it changed: the organiser's people only."""
    season = season_seen(request, pk)
    if selectors.sight_of(request.user, season) is not Sight.INSIDE:
        raise PermissionDenied
    found = get_object_or_404(season.rankings.select_related("by__person"), number=number)
    before = season.rankings.filter(number=number - 1).first()
    shown = selectors.units_shown(found.content["units"], Sight.INSIDE, ())
    context = {
        "title": f"Xếp hạng chốt lần {number}",
        "standing": f"{season}. {found.why}".strip(),
        "season": season,
        "latest": found,
        "board": presenters.board_of(season, shown, has_details=True),
        "before": before,
        "changed": differences(before.content, found.content) if before else [],
        "may_download": True,
    }
    return render(request, "clusters/ranking/snapshot.html", context)


@require_safe
def files(request: HttpRequest, pk: int, number: int, form: str) -> HttpResponse:
    """Members only where they see everything, and only what is published last."""
    season = season_seen(request, pk)
    sight = selectors.sight_of(request.user, season)
    if not sight.has_details:
        raise PermissionDenied
    found = get_object_or_404(season.rankings.select_related("season__cluster"), number=number)
    if sight is not Sight.INSIDE and season.rankings.filter(number__gt=number).exists():
        raise Http404
    if form == EXCEL:
        return download(*excel.written(found))
    if form not in (FILE, CONTENT):
        raise Http404
    name = f"{form}-{season.pk}-{season.year}-lan-{number}.json"
    if form == CONTENT:
        return _json(canonical(found.content), name)
    return _json(json.dumps(found.content["file"], ensure_ascii=False, indent=1).encode(), name)


def _json(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
