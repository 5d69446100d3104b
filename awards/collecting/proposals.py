"""Writes: one sender's list is opened, received, returned, sent again; all of them stand in the unit's line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from awards.collecting.values import SENDER, Sender, checked_day, cleaned_reason
from awards.models import Proposal, Round
from awards.states import PROPOSAL_MOVES, ProposalState, RoundState
from core import audit, states
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from plans import cleaning
from reminders.asking import services as asking
from reminders.models import Answer
from reminders.states import RequestState

OPEN_STATES = (RoundState.COLLECTING.value, RoundState.APPRAISING.value)
_LONGEST_TOLD = 100


class RoundMovedOn(AppError):
    message = "Đợt xét đã qua bước tiếp nhận, thẩm định. Đưa đợt xét trở lại thẩm định rồi sửa danh sách."


class NobodyIn(AppError):
    message = "Danh sách chưa có đối tượng nào nên chưa tiếp nhận được."


@transaction.atomic
def open_proposal(
    found: Round,
    *,
    actor: Any,
    sender: Sender,
    day: dt.date,
    way: str = Proposal.Way.BEHALF,
    name: str = "",
    **also: Any,
) -> Proposal:
    """The sender's list in this round: the one that is there, else a new one.

    Raise ``UnfitField`` for a stranger or a day to come, ``RoundMovedOn``.
    """
    day = checked_day("day", day)
    name = cleaning.line("sender", " ".join(name.split()), SENDER)
    audit.wait_for_turn(found.unit_id)
    refuse_closed(found)
    _refuse_stranger(found, sender)
    there = Proposal.objects.filter(round=found, part=sender.part, lower=sender.lower).first()
    if there is not None:
        there.round = found
        return there
    way = Proposal.Way.OWN if way == Proposal.Way.BEHALF and sender == Sender() else way
    one = Proposal.objects.create(
        round=found, part=sender.part, lower=sender.lower, way=way, day=day, sender=name, by=actor, **also
    )
    changes = {"day": (None, day), "way": (None, way)} | ({"sender": (None, name)} if name else {})
    audit.record("awards.proposal.opened", one, actor=actor, unit_id=found.unit_id, changes=changes)
    return one


def refuse_closed(found: Round) -> None:
    """Looks how the round stands now, for the caller's turn has come."""
    found.state = Round.objects.values_list("state", flat=True).get(pk=found.pk)
    if found.state not in OPEN_STATES:
        raise RoundMovedOn


def _refuse_stranger(found: Round, sender: Sender) -> None:
    if sender.part is not None and sender.part.unit_id != found.unit_id:
        raise UnfitField("place", f"Chọn thôn, trường, cơ quan của {found.unit}.")
    if sender.lower is not None and sender.lower.parent_id != found.unit_id:
        raise UnfitField("place", f"Chọn đơn vị trực thuộc {found.unit}.")


# -- Received, returned --------------------------------------------------------------------


@transaction.atomic
def receive(found: Round, *, actor: Any, seen: Mapping[int, int], day: dt.date) -> list[Proposal]:
    """Tiếp nhận: ``seen`` is list → the version that was shown. The day chooses the law for all of its rows.

    Those that still stand so; a second click: none. Raise ``UnfitField``.
    """
    audit.wait_for_turn(found.unit_id)
    refuse_closed(found)
    rows = Proposal.objects.filter(round=found, pk__in=seen, state=ProposalState.SENT).order_by("pk")
    received = []
    for one in rows.select_related("part", "lower"):
        if one.version != seen[one.pk]:
            continue
        one.round = found
        checked_day("day", day, not_before=one.day)
        if not one.nominees.exists():
            raise NobodyIn(f"{one}: {NobodyIn.message[0].lower()}{NobodyIn.message[1:]}")
        _move(one, ProposalState.TAKEN, actor, "received", received_on=day)
        received.append(one)
    return received


@transaction.atomic
def give_back(one: Proposal, *, actor: Any, reason: str, with_answer: bool = False) -> None:
    """Trả lại. ``with_answer``: what came by a request goes back too, and whoever sent it gets a new link."""
    reason = cleaned_reason(reason, "trả lại, để nơi gửi biết cần sửa gì")
    audit.wait_for_turn(one.round.unit_id)
    refuse_closed(one.round)
    if one.state == ProposalState.RETURNED:
        raise MovedMeanwhile("Danh sách này đã được trả lại rồi.")
    _move(one, ProposalState.RETURNED, actor, "returned", return_reason=reason, received_on=None)
    if with_answer and one.answer is not None and may_send_answer_back(one.answer):
        asking.send_back(one.answer, actor=actor, reason=reason)


def may_send_answer_back(answer: Answer | None) -> bool:
    """It came by a request that still waits for answers, and was not sent back yet."""
    return answer is not None and answer.returned_at is None and answer.ask.request.state == RequestState.ASKED


@transaction.atomic
def send_again(one: Proposal, *, actor: Any, day: dt.date, **also: Any) -> None:
    """A returned list came back mended. Raise ``UnfitField``."""
    day = checked_day("day", day)
    audit.wait_for_turn(one.round.unit_id)
    refuse_closed(one.round)
    _move(one, ProposalState.SENT, actor, "sent_again", day=day, return_reason="", **also)


@transaction.atomic
def discard(one: Proposal, *, actor: Any) -> None:
    """Opened by mistake: a list that was not received and has no rows. Raise ``AppError``."""
    audit.wait_for_turn(one.round.unit_id)
    if one.state == ProposalState.TAKEN or one.nominees.exists():
        raise AppError("Danh sách đã có đối tượng hoặc đã tiếp nhận nên không xóa được.")
    audit.record("awards.proposal.discarded", one, actor=actor, unit_id=one.round.unit_id)
    one.delete()


def _move(one: Proposal, to: ProposalState, actor: Any, act: str, **also: Any) -> None:
    code = f"awards.proposal.{act}"
    states.move(one, to.value, PROPOSAL_MOVES, actor=actor, unit_id=one.round.unit_id, code=code, **also)
    bump(one)


def bump(one: Proposal) -> None:
    """Whoever was shown the list before sees that it changed."""
    one.version += 1
    Proposal.objects.filter(pk=one.pk).update(version=one.version)
