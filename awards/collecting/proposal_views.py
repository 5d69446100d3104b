"""Pages of one sender's list: opened, typed as a table, pasted, received, returned; one nominee withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.collecting import presenters, proposals, rows, selectors
from awards.collecting.doors import may_run, proposal_of, run_nominee, run_proposal, run_round
from awards.collecting.row_forms import ReceiveForm, ReturnForm, SenderForm, WithdrawForm
from awards.models import Proposal
from awards.states import ProposalState
from core.errors import AppError, UnfitField
from core.history import history_lines

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PLACE, SEEN = "noi", "danh-sach"
_OPEN_NOMINEE = ("proposed", "correcting", "ready", "passed")


@get_or_post
def proposal_new(request: HttpRequest, pk: int) -> HttpResponse:
    """«Nhập danh sách»: ``?noi=part-12`` names whose; a sender that has one is led to it."""
    found = run_round(request, pk)
    places = selectors.places_to_send(found)
    bound = request.POST if request.method == "POST" else None
    form = SenderForm(bound, places=places, initial=_asked_for(request, places))
    if form.is_valid():
        said = form.cleaned_data
        sender = selectors.sender_of(said["place"], found)
        try:
            one = proposals.open_proposal(
                found, actor=request.user, sender=sender, day=said["day"], name=said["sender"]
            )
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            return redirect("awards:proposal_rows", pk, one.pk)
    context = {
        "title": "Nhập danh sách đề nghị",
        "standing": "Danh sách nhận qua bản giấy, điện thoại, Zalo: cán bộ nhập thay cho nơi gửi.",
        "round": found,
        "form": form,
    }
    return render(request, "awards/collecting/proposal_form.html", context, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest, places: Any) -> dict[str, Any]:
    wanted = request.GET.get(PLACE, "")
    found = next((one for one in places if f"{_kind(one)}-{one.pk}" == wanted), None)
    return {"place": found} if found else {}


def _kind(place: Any) -> str:
    return "part" if hasattr(place, "unit_id") else "lower"


# -- One list --------------------------------------------------------------------------------


@require_safe
def proposal_page(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    return _page(request, proposal_of(request, pk, proposal_pk))


def _page(
    request: HttpRequest, one: Proposal, *, back: ReturnForm | None = None, take: ReceiveForm | None = None
) -> HttpResponse:
    found = one.round
    nominees = list(selectors.nominees_for_list(found).filter(proposal=one).order_by("order", "pk"))
    doubles = selectors.doubles_of(nominees)
    runs = may_run(request, found) and found.state in proposals.OPEN_STATES
    answer = one.answer
    context = {
        "title": f"Danh sách đề nghị: {one}",
        "standing": presenters.list_sentence(one, sum(row.state != "withdrawn" for row in nominees)),
        "round": found,
        "proposal": one,
        "look": presenters.list_look(one),
        "rows": [presenters.nominee_row(row, doubles) for row in nominees],
        "may_edit": runs,
        "may_withdraw": may_run(request, found),
        "may_receive": runs and one.state == ProposalState.SENT and bool(nominees),
        "back": back or ReturnForm(offers_answer=proposals.may_send_answer_back(answer)),
        "take": take or ReceiveForm(),
        "open_states": _OPEN_NOMINEE,
        "answer_url": reverse("reminders:ask", args=[answer.ask.request_id, answer.ask_id]) if answer else "",
        "history": history_lines(one, nominees, last=50),
    }
    return render(request, "awards/collecting/proposal.html", context, status=422 if back or take else 200)


@require_POST
def proposal_receive(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    one = run_proposal(request, pk, proposal_pk)
    form = ReceiveForm(request.POST)
    if form.is_valid():
        version = request.POST.get("version", "")
        seen = {one.pk: int(version) if version.isdecimal() and len(version) < 10 else 0}
        try:
            received = proposals.receive(one.round, actor=request.user, seen=seen, day=form.cleaned_data["day"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            messages.info(request, str(error))
            return redirect("awards:proposal", pk, proposal_pk)
        else:
            if received:
                messages.success(request, f"Đã tiếp nhận danh sách của {one}.")
            else:
                messages.info(request, "Danh sách vừa thay đổi hoặc đã tiếp nhận rồi; hãy xem lại.")
            return redirect("awards:proposal", pk, proposal_pk)
    return _page(request, one, take=form)


@require_POST
def proposal_return(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    one = run_proposal(request, pk, proposal_pk)
    form = ReturnForm(request.POST, offers_answer=proposals.may_send_answer_back(one.answer))
    if form.is_valid():
        said = form.cleaned_data
        try:
            proposals.give_back(
                one, actor=request.user, reason=said["reason"], with_answer=bool(said.get("with_answer"))
            )
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            messages.info(request, str(error))
            return redirect("awards:proposal", pk, proposal_pk)
        else:
            messages.success(request, f"Đã trả lại danh sách của {one}.")
            return redirect("awards:proposal", pk, proposal_pk)
    return _page(request, one, back=form)


@require_POST
def proposal_again(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """Nơi gửi đã sửa: waits to be received again, sent today."""
    one = run_proposal(request, pk, proposal_pk)
    try:
        proposals.send_again(one, actor=request.user, day=timezone.localdate())
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Đã ghi nơi gửi đã sửa và gửi lại; chờ tiếp nhận.")
    return redirect("awards:proposal", pk, proposal_pk)


@require_POST
def proposal_discard(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    one = run_proposal(request, pk, proposal_pk)
    name = str(one)
    try:
        proposals.discard(one, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
        return redirect("awards:proposal", pk, proposal_pk)
    messages.success(request, f"Đã xóa danh sách trống của {name}.")
    return redirect("awards:round", pk)


# -- All that wait -----------------------------------------------------------------------------


@get_or_post
def receive_all(request: HttpRequest, pk: int) -> HttpResponse:
    """«Tiếp nhận» of many lists with one day."""
    found = run_round(request, pk)
    counts = {row.proposal.pk: row for row in selectors.senders_of(found) if row.proposal is not None and row.count}
    waiting = [row for row in counts.values() if row.proposal and row.proposal.state == ProposalState.SENT]
    form = ReceiveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        seen = dict(pair for value in request.POST.getlist(SEEN) if (pair := _seen(value)))
        if not seen:
            form.add_error(None, "Chưa chọn danh sách nào để tiếp nhận.")
        else:
            try:
                received = proposals.receive(found, actor=request.user, seen=seen, day=form.cleaned_data["day"])
            except UnfitField as error:
                form.add_error(error.field, str(error))
            except AppError as error:
                form.add_error(None, str(error))
            else:
                _tell(request, len(received), len(seen))
                return redirect("awards:round", pk)
    context = {
        "title": "Tiếp nhận danh sách",
        "standing": f"{len(waiting)} danh sách chờ tiếp nhận."
        if waiting
        else "Không còn danh sách nào chờ tiếp nhận.",
        "round": found,
        "form": form,
        "waiting": waiting,
        "chosen": request.POST.getlist(SEEN) if form.is_bound else None,
    }
    return render(request, "awards/collecting/receive.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, received: int, asked: int) -> None:
    if received == asked:
        messages.success(request, f"Đã tiếp nhận {received} danh sách.")
    else:
        messages.info(
            request, f"Đã tiếp nhận {received} danh sách; {asked - received} danh sách vừa thay đổi, hãy xem lại."
        )


def _seen(value: str) -> tuple[int, int] | None:
    row, _, version = value.partition(":")
    fits = row.isdecimal() and version.isdecimal() and len(value) < 30
    return (int(row), int(version)) if fits else None


# -- One nominee -------------------------------------------------------------------------------


@get_or_post
def nominee_withdraw(request: HttpRequest, pk: int, nominee_pk: int) -> HttpResponse:
    nominee = run_nominee(request, pk, nominee_pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            rows.withdraw(nominee, actor=request.user, reason=form.cleaned_data["reason"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            messages.info(request, str(error))
            return redirect("awards:proposal", pk, nominee.proposal_id)
        else:
            messages.success(request, f"Không đề nghị {nominee} nữa.")
            return redirect("awards:proposal", pk, nominee.proposal_id)
    context = {
        "title": f"Không đề nghị nữa: {nominee}",
        "standing": f"{presenters.nominee_row(nominee, {}).award}, danh sách của {nominee.proposal}.",
        "round": nominee.round,
        "nominee": nominee,
        "form": form,
    }
    return render(request, "awards/collecting/withdraw.html", context, status=422 if form.errors else 200)


@require_POST
def nominee_restore(request: HttpRequest, pk: int, nominee_pk: int) -> HttpResponse:
    nominee = run_nominee(request, pk, nominee_pk)
    try:
        rows.restore(nominee, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"Đã đề nghị lại {nominee}.")
    return redirect("awards:proposal", pk, nominee.proposal_id)
