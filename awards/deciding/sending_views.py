"""What goes up: the page that sends, the one that takes back, the one on which the superior's decision is recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from awards.deciding import issuing, sending
from awards.deciding.candidates import desk_of, own_deciders
from awards.deciding.doors import round_to_decide
from awards.deciding.forms import OutsideForm, RecallForm, SendForm
from awards.deciding.issuing import Outside
from awards.deciding.views import get_or_post
from awards.models import Nominee, Round
from awards.money import By
from awards.shipped import award_name, shipped_awards
from awards.states import NomineeState
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from documents.deliveries.services import UnfitDelivery


def _back(award_round: Round) -> str:
    return f"{reverse('awards:decisions')}?dot={award_round.pk}"


def _sent(award_round: Round) -> list[Nominee]:
    rows = Nominee.objects.filter(round=award_round, state=NomineeState.SENT)
    return list(rows.select_related("round", "above__proposal").order_by("award", "order", "pk"))


def _words(nominee: Nominee) -> str:
    return f"{nominee.name}: {award_name(nominee.award)}"


@get_or_post
def send(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = round_to_decide(request, pk)
    today = timezone.localdate()
    desk = desk_of(award_round, today)
    if not desk.above:
        messages.info(request, "Không còn đối tượng nào chờ trình cấp trên.")
        return redirect(_back(award_round))
    papers, rounds = sending.papers_to_send(award_round), sending.rounds_above(award_round)
    data = request.POST if request.method == "POST" else None
    form = SendForm(data, groups=desk.above, papers=papers, rounds=rounds)
    if form.is_valid() and _sent_up(request, award_round, form):
        return redirect(_back(award_round))
    context = {
        "title": "Trình cấp trên",
        "standing": f"{award_round}. {desk.deciders(today)} quyết định các mục này.",
        "round": award_round,
        "form": form,
        "submit": "Ghi nhận đã trình",
        "back": _back(award_round),
    }
    return render(request, "awards/deciding/draft.html", context, status=422 if form.errors else 200)


def _sent_up(request: HttpRequest, award_round: Round, form: SendForm) -> bool:
    said = form.cleaned_data
    try:
        count = sending.send_up(
            award_round,
            actor=request.user,
            groups=said["groups"],
            day=said["day"],
            paper=said.get("paper"),
            to=said.get("to"),
        )
    except (UnfitField, UnfitDelivery) as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except AppError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, f"Đã ghi nhận trình {count} đối tượng.")
        return True
    return False


@get_or_post
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = round_to_decide(request, pk)
    nominees = _sent(award_round)
    if not nominees:
        messages.info(request, "Không có đối tượng nào đang trình cấp trên.")
        return redirect(_back(award_round))
    data = request.POST if request.method == "POST" else None
    form = RecallForm(data, nominees=nominees, words=_words)
    if form.is_valid():
        said = form.cleaned_data
        ids = [int(one) for one in said["nominees"]]
        try:
            count = sending.recall(award_round, actor=request.user, nominee_ids=ids, reason=said["reason"])
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã rút lại {count} đối tượng; sửa rồi trình lại được.")
            return redirect(_back(award_round))
    context = {
        "title": "Rút lại đề nghị đã trình",
        "standing": "Rút lại được khi cấp trên chưa tiếp nhận.",
        "round": award_round,
        "form": form,
        "submit": "Rút lại",
        "back": _back(award_round),
    }
    return render(request, "awards/deciding/draft.html", context, status=422 if form.errors else 200)


@get_or_post
def outside(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = round_to_decide(request, pk)
    nominees = _sent(award_round)
    if not nominees:
        messages.info(request, "Không có đối tượng nào đang chờ cấp trên quyết định.")
        return redirect(_back(award_round))
    form = OutsideForm(
        request.POST or None, request.FILES or None, nominees=nominees, deciders=_deciders(award_round, nominees)
    )
    if form.is_valid() and _recorded(request, award_round, form):
        return redirect(_back(award_round))
    context = {
        "title": "Ghi nhận quyết định của cấp trên",
        "standing": f"{len(nominees)} đối tượng đang chờ. Mỗi lần ghi một quyết định; ai chưa có thì để nguyên.",
        "round": award_round,
        "form": form,
        "rows": [(one, award_name(one.award), outcome, reason) for one, outcome, reason in form.rows()],
        "back": _back(award_round),
    }
    return render(request, "awards/deciding/outside.html", context, status=422 if form.errors else 200)


def _deciders(award_round: Round, nominees: list[Nominee]) -> list[By]:
    """Whoever may decide on any of them and is not the unit itself."""
    own, today, known = own_deciders(award_round.unit), timezone.localdate(), shipped_awards()
    found = {by for one in nominees if one.award in known for by in known[one.award].decided_by(today)}
    return [by for by in By if by in found and by not in own] or [by for by in By if by not in own]


def _recorded(request: HttpRequest, award_round: Round, form: OutsideForm) -> bool:
    said: dict[str, Any] = form.cleaned_data
    try:
        made = issuing.record_outside(
            award_round,
            actor=request.user,
            said=Outside(
                by=said["by"],
                number=said["number"],
                day=said["date"] or timezone.localdate(),
                issuer=said["issuer"],
                signer=said["signer"],
                proof=form.proof(),
            ),
            given=form.given(),
            refused=form.refused(),
        )
    except MovedMeanwhile:
        messages.info(request, "Không ghi nhận thêm: người khác vừa ghi kết quả của một đối tượng trong số này.")
        return True
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except AppError as error:
        form.add_error(None, str(error))
    else:
        told = f"Đã ghi nhận {made} và vào Sổ khen thưởng." if made else "Đã ghi nhận kết quả không khen."
        messages.success(request, told)
        return True
    return False
