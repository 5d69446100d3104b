"""The member's own page, made for a phone: one ballot, cast once. Also where the secretary enters for an absent one.

Nothing of a secret vote is told to the session or to the history, and no form keeps it in the browser.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from awards.councils import box, moving, open_votes, selectors
from awards.councils.ballots import casts_ballot, house_of
from awards.councils.doors import own_seat, sitting_seen, sitting_to_run
from awards.models import Item, OpenVote, Seat, Sitting
from awards.shipped import award_name
from awards.states import SittingState
from core.errors import AppError

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_MISSING = "Chọn một ô cho tên này."


@get_or_post
def sitting_vote(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_seen(request, pk)
    seat = own_seat(request, sitting)
    if sitting.state != SittingState.OPEN or sitting.medium == Sitting.Medium.PAPER:
        messages.info(request, "Phiên họp không nhận phiếu trong chương trình lúc này.")
        return redirect("awards:sitting", pk)
    items = _ballot_of(sitting, seat)
    if seat.has_voted or not items or not casts_ballot(sitting, seat):
        return _done(request, sitting, seat, has_names=bool(items))
    choices, problem = _choices(request, items), ""
    if request.method == "POST" and len(choices) == len(items):
        try:
            _cast(request, sitting, choices)
        except box.BallotCast:
            return redirect("awards:sitting_vote", pk)
        except AppError as error:
            problem = str(error)
        else:
            return redirect("awards:sitting_vote", pk)
    return _ballot_page(request, sitting, items, choices, problem)


def _cast(request: HttpRequest, sitting: Sitting, choices: dict[int, str]) -> None:
    if sitting.medium == Sitting.Medium.SECRET:
        assert request.user.person_id is not None
        box.cast(sitting, person_id=request.user.person_id, choices=choices)
    else:
        open_votes.vote(sitting, actor=request.user, choices=choices)


@get_or_post
def sitting_vote_for(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Of an open vote."""
    sitting = sitting_to_run(request, pk)
    seat = get_object_or_404(sitting.seats, pk=seat_pk)
    seat.sitting = sitting
    if sitting.state != SittingState.OPEN or sitting.medium != Sitting.Medium.OPEN:
        messages.info(request, "Chỉ ghi thay được khi đang biểu quyết công khai trong chương trình.")
        return redirect("awards:sitting", pk)
    items = _ballot_of(sitting, seat)
    there = dict(OpenVote.objects.filter(seat=seat).values_list("item", "choice"))
    choices, problem = (_choices(request, items) if request.method == "POST" else there), ""
    if request.method == "POST" and len(choices) == len(items):
        try:
            open_votes.enter_for(seat, actor=request.user, choices=choices)
        except AppError as error:
            problem = str(error)
        else:
            messages.success(request, f"Đã ghi ý kiến của {seat.name}.")
            return redirect("awards:sitting", pk)
    return _ballot_page(request, sitting, items, choices, problem, seat)


def _ballot_of(sitting: Sitting, seat: Seat) -> list[Item]:
    names = box.names_for(sitting, seat)
    return [item for item in selectors.items_for_page(sitting) if item.pk in names]


def _choices(request: HttpRequest, items: list[Item]) -> dict[int, str]:
    said = {item.pk: request.POST.get(f"item_{item.pk}", "") for item in items}
    return {pk: choice for pk, choice in said.items() if choice in box.CHOICES}


def _done(request: HttpRequest, sitting: Sitting, seat: Seat, *, has_names: bool) -> HttpResponse:
    told = "Phiếu của bạn đã ở trong hòm phiếu. Kết quả có khi Thư ký mở hòm phiếu."
    if not seat.has_voted:
        told = (
            "Thư ký chưa điểm danh bạn có mặt. Hãy báo Thư ký rồi tải lại trang."
            if has_names
            else "Bạn không tham gia bỏ phiếu tên nào trong danh sách."
        )
    elif sitting.medium == Sitting.Medium.OPEN:
        told = "Ý kiến của bạn đã được ghi."
    context = {
        "title": "Đã bỏ phiếu" if seat.has_voted else "Bỏ phiếu",
        "standing": sitting.name,
        "sitting": sitting,
        "told": told,
        "has_voted": seat.has_voted,
    }
    return render(request, "awards/councils/voted.html", context)


def _ballot_page(
    request: HttpRequest,
    sitting: Sitting,
    items: list[Item],
    choices: dict[int, str],
    problem: str,
    seat: Seat | None = None,
) -> HttpResponse:
    is_sent = request.method == "POST"
    secret = sitting.medium == Sitting.Medium.SECRET
    rows = [
        {
            "item": item,
            "award": award_name(item.nominee.award),
            "place": item.nominee.workplace or str(item.nominee.proposal),
            "chosen": choices.get(item.pk, ""),
            "fault": _MISSING if is_sent and item.pk not in choices else "",
        }
        for item in items
    ]
    missing = [row for row in rows if row["fault"]]
    context: dict[str, Any] = {
        "title": f"Ghi ý kiến của {seat.name}" if seat else ("Phiếu kín" if secret else "Biểu quyết"),
        "standing": sitting.name,
        "sitting": sitting,
        "rows": rows,
        "choices": OpenVote.Choice.choices,
        "missing": missing,
        "problem": problem,
        "secret": secret,
        "weak": moving.few_voters(sitting, house_of(sitting)) if secret else "",
        "for_seat": seat,
    }
    return render(request, "awards/councils/ballot.html", context, status=422 if missing or problem else 200)
