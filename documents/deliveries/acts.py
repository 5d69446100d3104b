"""What a user may say of one delivery now: each act with its form, in the order in which the page offers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from documents.deliveries import selectors, services
from documents.deliveries.forms import AnswerForm, ReceiptForm, ReturnForm, TypedAnswerForm, WithdrawForm
from documents.deliveries.rules import side_of
from documents.deliveries.states import DeliveryState
from documents.models import Delivery

RECEIVE, RETURN, ANSWER, NOTE, WITHDRAW = "nhan", "tra-lai", "tra-loi", "ghi-tra-loi", "thu-hoi"
ACTS = {
    RECEIVE: "documents.receive_delivery",
    RETURN: "documents.receive_delivery",
    ANSWER: "documents.receive_delivery",
    NOTE: "documents.receive_delivery",
    WITHDRAW: "documents.withdraw_delivery",
}
"""What stands in «viec» → permission."""
_State = DeliveryState


@dataclass(slots=True)
class Act:
    code: str
    heading: str
    button: str
    form: Any
    run: Callable[[Delivery, Any], str]
    """Delivery, user → what to say when it is done."""
    is_main: bool = False
    """Shown open, with the page's primary button."""
    is_danger: bool = False
    has_answers: bool = True
    """Of an answer: whether the register has any paper to answer with."""


def offered_acts(
    delivery: Delivery, user: Any, *, data: Any = None, chosen_paper: str = "", bound: Act | None = None
) -> list[Act]:
    """``data`` is what was posted for one of them; ``bound`` takes the place of its unbound self."""
    state, side = delivery.state, side_of(user, delivery)
    acts: list[Act] = []
    if side is not None:
        acts += _acts_of_receiver(delivery, side, state, data, chosen_paper)
    if state == _State.SENT and user.has_perm(ACTS[WITHDRAW], delivery):
        acts.append(_withdrawal(data))
    return [bound if bound and act.code == bound.code else act for act in acts]


def _acts_of_receiver(delivery: Delivery, side: int, state: str, data: Any, chosen_paper: str) -> list[Act]:
    acts: list[Act] = []
    is_theirs = side == delivery.receiver_id
    if state == _State.SENT:
        acts.append(_receipt(delivery, side, data))
    if state == _State.RECEIVED:
        acts.append(_answer(delivery, data, chosen_paper) if is_theirs else _noted_answer(delivery, data))
    if state == _State.ANSWERED and not is_theirs and delivery.answered_by_id is None:
        acts.append(_noted_answer(delivery, data))
    if state in (_State.RECEIVED, _State.ANSWERED):
        acts.append(_receipt(delivery, side, data))
    if state in (_State.SENT, _State.RECEIVED):
        acts.append(_return(side, data, is_theirs))
    return acts


def _receipt(delivery: Delivery, side: int, data: Any) -> Act:
    def run(found: Delivery, user: Any) -> str:
        services.receive(found, actor=user, unit_id=side, day=form.cleaned_data["day"])
        return f"Đã ghi nhận được ngày {found.received_on:%d/%m/%Y}."

    form = ReceiptForm(data, initial={"day": delivery.received_on or timezone.localdate()}, prefix=RECEIVE)
    if delivery.received_on:
        return Act(RECEIVE, "Sửa ngày nhận", "Lưu ngày nhận", form, run)
    return Act(RECEIVE, "Ghi ngày nhận", "Ghi đã nhận", form, run, is_main=True)


def _return(side: int, data: Any, is_theirs: bool) -> Act:
    def run(found: Delivery, user: Any) -> str:
        services.send_back(found, actor=user, unit_id=side, reason=form.cleaned_data["reason"])
        return f"Đã ghi nhận: {found.paper} bị trả lại." if not is_theirs else f"Đã trả lại {found.paper}."

    form = ReturnForm(data, prefix=RETURN)
    heading = "Trả lại văn bản này" if is_theirs else "Ghi nhận nơi nhận trả lại"
    return Act(RETURN, heading, "Trả lại" if is_theirs else "Ghi nhận trả lại", form, run, is_danger=True)


def _answer(delivery: Delivery, data: Any, chosen_paper: str) -> Act:
    def run(found: Delivery, user: Any) -> str:
        services.answer(found, actor=user, paper=form.cleaned_data["paper"])
        return f"Đã trả lời bằng {found.answered_by}, gửi lại {found.sender.title}."

    papers = selectors.possible_answers(delivery)
    chosen = next((paper for paper in papers if str(paper.pk) == chosen_paper), None)
    form = AnswerForm(data, papers=papers, initial={"paper": chosen}, prefix=ANSWER)
    return Act(ANSWER, "Trả lời bằng văn bản", "Trả lời", form, run, is_main=True, has_answers=bool(papers))


def _noted_answer(delivery: Delivery, data: Any) -> Act:
    def run(found: Delivery, user: Any) -> str:
        services.note_answer(found, actor=user, **form.cleaned_data)
        return f"Đã ghi nhận {found.receiver_title} trả lời bằng văn bản {found.answer_number}."

    form = TypedAnswerForm(data, initial={"number": delivery.answer_number, "day": delivery.answered_on}, prefix=NOTE)
    is_first = not delivery.answered_on
    heading = "Ghi nhận văn bản trả lời" if is_first else "Sửa văn bản trả lời"
    return Act(NOTE, heading, "Ghi nhận trả lời", form, run, is_main=is_first)


def _withdrawal(data: Any) -> Act:
    def run(found: Delivery, user: Any) -> str:
        services.withdraw(found, actor=user)
        if found.way != Delivery.Way.INSIDE:
            return f"Đã ghi thu hồi {found.paper} gửi {found.receiver_title}."
        return f"Đã thu hồi {found.paper}. {found.receiver_title} không xem được văn bản này nữa."

    return Act(WITHDRAW, "Thu hồi văn bản đã gửi", "Thu hồi", WithdrawForm(data), run, is_danger=True)
