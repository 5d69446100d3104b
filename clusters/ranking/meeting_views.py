"""Pages of the meeting: votes as they were counted, whom the cluster commends, what the superior decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from clusters.models import Ballot, Member, Season
from clusters.ranking import ballots, commending, presenters, selectors
from clusters.ranking.doors import season_to_rank
from clusters.ranking.forms import BallotForm, CommendForm, DecideForm, ReasonForm, show_at_field
from clusters.ranking.selectors import Sight
from clusters.ranking.views import get_or_post
from clusters.states import SeasonState
from core.errors import AppError
from core.states import EditedMeanwhile

# -- Votes ---------------------------------------------------------------------------------


@get_or_post
def tie_ballot(request: HttpRequest, pk: int, member_pk: int) -> HttpResponse:
    """Of those who share a rank with the member."""
    season = season_to_rank(request, pk)
    get_object_or_404(season.members, pk=member_pk)
    tie = _tie_of(season, member_pk)
    if tie is None:
        messages.info(request, "Đơn vị này không cùng hạng với đơn vị nào đang chờ bỏ phiếu.")
        return redirect("clusters:ranking", pk)
    members = [member for member in season.members.all() if str(member.pk) in tie.names]
    texts = {
        "title": f"Bỏ phiếu phân hạng {tie.rank}",
        "told": f"{', '.join(member.name for member in members)} cùng hạng {tie.rank}. Ai nhiều phiếu hơn xếp trên.",
        "done": "Đã ghi kết quả bỏ phiếu.",
    }
    return _ballot(
        request,
        season,
        members,
        texts,
        lambda data: ballots.record_tie(season, actor=request.user, rank=tie.rank, data=data),
    )


def _tie_of(season: Season, member_pk: int) -> Any:
    if season.state != SeasonState.SCORING or season.criteria is None:
        return None
    live = presenters.live_of(season, list(season.ballots.prefetch_related("counts")))
    if live.waiting:
        return None
    return next((tie for tie in live.voted.ties if str(member_pk) in tie.names), None)


@get_or_post
def commend_ballot(request: HttpRequest, pk: int, quota_pk: int) -> HttpResponse:
    season = season_to_rank(request, pk)
    quota = get_object_or_404(season.quotas, pk=quota_pk)
    members = ballots.commendable(season.members.all())
    if season.state not in ballots.AFTER_FREEZING or not members:
        messages.info(request, "Bỏ phiếu suy tôn ghi sau khi chốt xếp hạng, trước khi bàn giao.")
        return redirect("clusters:ranking", pk)
    each = f"Mỗi phiếu chọn nhiều nhất {quota.count} đơn vị." if quota.count > 1 else "Mỗi phiếu chọn một đơn vị."
    texts = {
        "title": f"Bỏ phiếu suy tôn {quota.award}",
        "told": f"Số lượng được đề nghị: {quota}. {each} Đơn vị để trống là không có phiếu nào.",
        "done": "Đã ghi kết quả bỏ phiếu. Chọn đơn vị được suy tôn ở dưới.",
        "next": "clusters:commend",
    }
    return _ballot(
        request,
        season,
        members,
        texts,
        lambda data: ballots.record_commending(season, actor=request.user, quota=quota, data=data),
        choices=quota.count,
    )


def _ballot(
    request: HttpRequest,
    season: Season,
    members: Sequence[Member],
    texts: dict[str, str],
    record: Callable[[ballots.BallotData], Ballot],
    *,
    choices: int = 1,
) -> HttpResponse:
    form = BallotForm(request.POST if request.method == "POST" else None, members=members, choices=choices)
    following = texts.get("next", "clusters:ranking")
    if form.is_valid():
        try:
            record(form.data_said())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, texts["done"])
            return redirect(following, season.pk)
    context = {**texts, "standing": str(season), "season": season, "form": form, "following": following}
    return render(request, "clusters/ranking/ballot.html", context, status=422 if form.errors else 200)


@get_or_post
def ballot_drop(request: HttpRequest, pk: int, ballot_pk: int) -> HttpResponse:
    season = season_to_rank(request, pk)
    ballot = get_object_or_404(season.ballots, pk=ballot_pk)
    ballot.season = season
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ballots.drop(ballot, actor=request.user, reason=form.cleaned_data["reason"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã xóa lần bỏ phiếu. Lịch sử giữ lại những gì đã nhập.")
            return redirect("clusters:ranking", pk)
    context = {
        "title": "Xóa lần bỏ phiếu nhập sai",
        "told": f"{ballots.told(ballot)}. Lịch sử giữ lại những gì đã nhập.",
        "submit": "Xóa lần bỏ phiếu này",
        "standing": str(season),
        "season": season,
        "form": form,
    }
    return render(request, "clusters/ranking/reason.html", context, status=422 if form.errors else 200)


# -- Suy tôn -------------------------------------------------------------------------------


@get_or_post
def commend(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_rank(request, pk)
    if season.state not in ballots.AFTER_FREEZING:
        messages.info(request, "Suy tôn ghi sau khi chốt xếp hạng, trước khi bàn giao.")
        return redirect("clusters:ranking", pk)
    members, quotas = _by_rank(season), list(season.quotas.all())
    rows = selectors.commendations_shown(season, Sight.INSIDE, ())
    there = {row.member_id: commending.Said(row.award, row.reason) for row in rows}
    allowed = [member for member in members if not ballots.why_not(member) or member.pk in there]
    form = CommendForm(
        request.POST if request.method == "POST" else None,
        members=allowed,
        quotas=quotas,
        there=there,
        initial={"version": season.version},
    )
    status = 200
    if form.is_valid():
        status = _commend(request, season, form)
        if status == 302:
            messages.success(request, "Đã lưu danh sách suy tôn.")
            return redirect("clusters:ranking", pk)
    context = {
        "title": "Suy tôn",
        "standing": f"{season}: chọn đơn vị đề nghị khen thưởng theo kết quả cuộc họp.",
        "season": season,
        "form": form,
        "rows": _commend_rows(season, form),
        "left_out": presenters.left_out(season),
        "quotas": presenters.quota_lines(season, rows),
        "now": _behind(season, form) if status == 409 else [],
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "clusters/ranking/commend.html", context, status=status)


def _commend(request: HttpRequest, season: Season, form: CommendForm) -> int:
    """The status of the answer; what does not fit stands at its field."""
    version = form.cleaned_data["version"]
    try:
        commending.commend(season, actor=request.user, version=version, said=form.said())
    except commending.UnfitCommending as error:
        for field, told in error.faults.items():
            form.add_error(field if field in form.fields else None, told)
        return 422
    except EditedMeanwhile as error:
        form.add_error(None, str(error))
        return 409
    except AppError as error:
        form.add_error(None, str(error))
        return 422
    return 302


def _behind(season: Season, form: CommendForm) -> list[Any]:
    """What somebody else saved meanwhile; sent again, the form takes its place."""
    data = form.data.copy()
    data["version"] = str(Season.objects.values_list("version", flat=True).get(pk=season.pk))
    form.data = data
    return selectors.commendations_shown(season, Sight.INSIDE, ())


def _by_rank(season: Season) -> list[Member]:
    """As they were ranked; who is not ranked comes last."""
    places = commending.places_of(selectors.latest_of(season))
    last = commending.Place(None)

    def key(member: Member) -> tuple[bool, bool, int]:
        place = places.get(member.pk, last)
        return place.is_apart, place.rank is None, place.rank or 0

    found = sorted(season.members.all(), key=key)
    for member in found:
        member.place = places.get(member.pk, last)  # type: ignore[attr-defined]
    return found


def _commend_rows(season: Season, form: CommendForm) -> list[dict[str, Any]]:
    """With what the last ballot of each award said of the member."""
    votes: dict[int, dict[str, str]] = {}
    held = season.ballots.filter(purpose=Ballot.Purpose.COMMEND).prefetch_related("counts")
    for ballot in held.order_by("pk"):
        for count in ballot.counts.all():
            votes.setdefault(count.member_id, {})[ballot.award] = f"{count.votes}/{ballot.valid}"
    return [
        {"member": member, "award": award, "reason": reason, "votes": votes.get(member.pk, {})}
        for member, award, reason in form.rows()
    ]


@get_or_post
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_to_rank(request, pk)
    rows = selectors.commendations_shown(season, Sight.INSIDE, ())
    if season.state not in commending.DECIDED_IN or not rows:
        messages.info(request, "Chưa có đơn vị nào được suy tôn để ghi quyết định.")
        return redirect("clusters:ranking", pk)
    rows = sorted(rows, key=lambda row: bool(row.outcome))
    is_sent = request.method == "POST"
    form = DecideForm(request.POST if is_sent else None, request.FILES if is_sent else None, commended=rows)
    if form.is_valid():
        try:
            commending.decide(season, actor=request.user, decided=form.decided(), proof=form.proof())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi quyết định của cấp trên.")
            return redirect("clusters:ranking", pk)
    context = {
        "title": "Quyết định khen thưởng của cấp trên",
        "standing": f"{season}: một quyết định ghi một lần cho các đơn vị có trong đó.",
        "season": season,
        "form": form,
    }
    return render(request, "clusters/ranking/decide.html", context, status=422 if form.errors else 200)
