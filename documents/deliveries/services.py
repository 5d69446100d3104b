"""Sending a paper and saying what became of it. Each act is one guarded UPDATE and one entry of the audit log.

The entry stands in the chain of the unit whose people did the act: the sender's chain proves that and when
it sent, the receiver's that and when it received. One act has one entry; the history of a delivery finds the
entries of both chains by their subject. ``unit_id`` says for which side an act is done (``rules.side_of``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import AppError
from core.states import MovedMeanwhile, MoveRefused
from core.text import as_pasted, clean_line, clean_lines, fold, refuse_markup
from documents.deliveries import hooks, selectors
from documents.deliveries.states import DAYS, MOVES, DeliveryState
from documents.models import Delivery, IssuedPaper
from units.models import Unit

NAME, PURPOSE, REASON, ANSWER = 300, 300, 2_000, 80
Way = Delivery.Way


class UnfitDelivery(AppError):
    """A value that cannot stand; ``field`` says which, so that a form can show it there."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class UnfitDays(AppError):
    """Days of receipt of which none was recorded: id of the delivery → what is wrong with its day."""

    def __init__(self, errors: dict[int, str]) -> None:
        super().__init__(f"Chưa ghi ngày nào: {len(errors)} dòng cần xem lại.")
        self.errors = errors


# -- Sending -------------------------------------------------------------------------------


@transaction.atomic
def send(
    paper: IssuedPaper,
    *,
    actor: Any,
    sent_on: dt.date,
    units: Sequence[Unit] = (),
    names: Sequence[str] = (),
    purpose: str = "",
    way: str = Way.INSIDE,
) -> list[Delivery]:
    """Send to units of the program and to receivers known by name; return what was sent now.

    Who has the paper already is passed over, so that a second click sends nothing. ``INSIDE`` holds for units
    with somebody who can receive there; to the others the paper goes by the document system.
    """
    sender = paper.issuer.unit
    names = [name for name in (_line("others", name, NAME, "Nơi nhận") for name in names) if name]
    purpose = _line("purpose", purpose, PURPOSE, "Mục đích gửi")
    if not units and not names:
        raise UnfitDelivery("units", "Chưa chọn nơi nhận nào.")
    _refuse_sent_day(paper, sent_on)
    _refuse_receivers(sender, units, names, sent_on)
    audit.wait_for_turn(sender.pk)  # two windows: the second one sees what the first has sent
    there = selectors.open_receivers(paper)
    has_it, has_it_by_name = {one.receiver_id for one in there}, {fold(one.receiver_name) for one in there}
    inside = selectors.units_in_program(units) if way == Way.INSIDE else set()
    common: dict[str, Any] = {"paper": paper, "sender": sender, "purpose": purpose, "sent_on": sent_on}
    rows = [
        Delivery(**common, receiver=unit, recorded_by=actor, way=_way(way, unit.pk in inside))
        for unit in {unit.pk: unit for unit in units}.values()
        if unit.pk not in has_it
    ]
    rows += [
        Delivery(**common, receiver_name=name, recorded_by=actor, way=_way(way, is_inside=False))
        for words, name in {fold(name): name for name in names}.items()
        if words not in has_it_by_name
    ]
    return _written(rows, actor)


def _way(way: str, is_inside: bool) -> str:
    return Way.NEXT_DOOR if way == Way.INSIDE and not is_inside else way


def _written(rows: list[Delivery], actor: Any) -> list[Delivery]:
    for row in rows:
        row.fill_search()
    for row in Delivery.objects.bulk_create(rows):
        told = {"receiver": row.receiver_title, "purpose": row.purpose, "sent_on": row.sent_on, "way": row.way}
        changes = {name: (None, value) for name, value in told.items() if value}
        audit.record("documents.delivery.sent", row, actor=actor, unit_id=row.sender_id, changes=changes)
    hooks.moved(rows)
    return rows


def _refuse_sent_day(paper: IssuedPaper, day: dt.date) -> None:
    if day > timezone.localdate():
        raise UnfitDelivery("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    if day < paper.date:
        raise UnfitDelivery("day", f"Văn bản ban hành ngày {paper.date:%d/%m/%Y}, không gửi trước ngày đó được.")


def _refuse_receivers(sender: Unit, units: Iterable[Unit], names: Iterable[str], day: dt.date) -> None:
    if any(unit.pk == sender.pk for unit in units) or fold(str(sender)) in {fold(name) for name in names}:
        raise UnfitDelivery("others", f"{sender.title} là nơi gửi, không phải nơi nhận.")
    for unit in units:
        if not unit.is_in_force(day):
            raise UnfitDelivery("units", f"{unit.title} không hoạt động vào ngày {day:%d/%m/%Y}; hãy bỏ chọn.")


# -- What became of it ---------------------------------------------------------------------


@transaction.atomic
def receive(delivery: Delivery, *, actor: Any, unit_id: int, day: dt.date) -> None:
    """Record the day of receipt, or correct it."""
    if error := receipt_error(delivery, day):
        raise UnfitDelivery("day", error)
    values: dict[str, Any] = {"received_on": day}
    if unit_id == delivery.receiver_id:
        values["received_by"] = actor
    if delivery.received_on:
        to, code = delivery.state, "documents.delivery.receipt_changed"
    else:
        to, code = DeliveryState.RECEIVED, "documents.delivery.received"
    _change(delivery, to, actor=actor, unit_id=unit_id, code=code, **values)


@transaction.atomic
def receive_many(days: Mapping[Delivery, dt.date], *, actor: Any, sides: Mapping[int, int]) -> None:
    """Record many days of receipt, all or none; raise ``UnfitDays``. ``sides``: id of a delivery → ``unit_id``."""
    errors = {one.pk: error for one, day in days.items() if (error := receipt_error(one, day))}
    # The chains of several units are always entered in one order, so that two people never wait for each other.
    for delivery in sorted(days, key=lambda one: (sides[one.pk], one.pk)):
        if not errors:
            try:
                receive(delivery, actor=actor, unit_id=sides[delivery.pk], day=days[delivery])
            except (MovedMeanwhile, MoveRefused) as error:
                errors[delivery.pk] = str(error)
    if errors:
        raise UnfitDays(errors)


def receipt_error(delivery: Delivery, day: dt.date) -> str:
    """Half of what ``receive`` refuses, for pages that ask for many days at once; blank where the day fits."""
    if day > timezone.localdate():
        return f"Ngày {day:%d/%m/%Y} chưa đến."
    if day < delivery.sent_on:
        return f"Văn bản gửi ngày {delivery.sent_on:%d/%m/%Y}, không nhận trước ngày đó được."
    if delivery.answered_on and day > delivery.answered_on:
        return f"Văn bản đã được trả lời ngày {delivery.answered_on:%d/%m/%Y}, không nhận sau ngày đó được."
    return ""


@transaction.atomic
def send_back(delivery: Delivery, *, actor: Any, unit_id: int, reason: str) -> None:
    """Trả lại. Where it was an answer, what it answered waits for another one."""
    reason = _lines("reason", reason, REASON, "Lý do trả lại")
    if not reason:
        raise UnfitDelivery("reason", "Ghi lý do trả lại, để nơi gửi biết cần làm gì.")
    values: dict[str, Any] = {"returned_on": timezone.localdate(), "return_reason": reason}
    code = "documents.delivery.returned"
    _change(delivery, DeliveryState.RETURNED, actor=actor, unit_id=unit_id, code=code, **values)
    _reopen(delivery, actor=actor, unit_id=unit_id)


@transaction.atomic
def answer(delivery: Delivery, *, actor: Any, paper: IssuedPaper) -> Delivery:
    """Answer by a paper of the receiver's, which goes back to the sender by a delivery of its own; return that."""
    if paper.issuer.unit_id != delivery.receiver_id:
        raise UnfitDelivery("paper", "Chọn văn bản do đơn vị mình ban hành.")
    if paper.date < delivery.sent_on:
        raise UnfitDelivery("paper", f"{paper} ban hành trước khi nhận được văn bản này; hãy chọn văn bản khác.")
    try:
        purpose, today = f"Trả lời {delivery.paper}", timezone.localdate()
        sent = send(paper, actor=actor, sent_on=today, units=[delivery.sender], purpose=purpose, way=delivery.way)
    except UnfitDelivery as error:
        raise UnfitDelivery("paper", str(error)) from None
    back = (sent or [one for one in selectors.open_receivers(paper) if one.receiver_id == delivery.sender_id])[0]
    _change(
        delivery,
        DeliveryState.ANSWERED,
        actor=actor,
        unit_id=paper.issuer.unit_id,
        code="documents.delivery.answered",
        answered_on=max(back.sent_on, delivery.received_on or back.sent_on),
        answered_by=paper,
    )
    return back


@transaction.atomic
def note_answer(delivery: Delivery, *, actor: Any, number: str, day: dt.date) -> None:
    """The sender types the answer of a receiver outside the program."""
    number = _line("number", number, ANSWER, "Số, ký hiệu")
    if not any(letter.isdigit() for letter in number):
        raise UnfitDelivery("number", "Ghi số và ký hiệu của văn bản trả lời, ví dụ 15/BC-UBND.")
    if day > timezone.localdate():
        raise UnfitDelivery("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    if day < (delivery.received_on or delivery.sent_on):
        raise UnfitDelivery("day", "Ngày trả lời sớm hơn ngày nhận; hãy xem lại hai ngày này.")
    if delivery.answered_by:
        raise MoveRefused(f"Nơi nhận đã trả lời bằng {delivery.answered_by}.")
    code, values = "documents.delivery.answered", {"answered_on": day, "answer_number": number}
    _change(delivery, DeliveryState.ANSWERED, actor=actor, unit_id=delivery.sender_id, code=code, **values)


@transaction.atomic
def withdraw(delivery: Delivery, *, actor: Any) -> None:
    """Thu hồi, before it was received: the receiver sees neither the delivery nor the paper any more."""
    code = "documents.delivery.withdrawn"
    values = {"withdrawn_on": timezone.localdate()}
    _change(delivery, DeliveryState.WITHDRAWN, actor=actor, unit_id=delivery.sender_id, code=code, **values)
    hooks.moved([delivery])
    _reopen(delivery, actor=actor, unit_id=delivery.sender_id)


def _reopen(back: Delivery, *, actor: Any, unit_id: int) -> None:
    """What the paper answered is unanswered again."""
    rows = Delivery.objects.filter(answered_by=back.paper_id, sender=back.receiver_id, receiver=back.sender_id)
    values: dict[str, Any] = {"answered_on": None, "answered_by": None}
    code = "documents.delivery.answer_gone"
    for delivery in rows.select_related("answered_by"):
        if delivery.state == DeliveryState.ANSWERED:
            _change(delivery, DeliveryState.RECEIVED, actor=actor, unit_id=unit_id, code=code, **values)


def _change(delivery: Delivery, to: DeliveryState, *, actor: Any, unit_id: int, code: str, **values: Any) -> None:
    """Write the days of a move that the table allows, if the row still stands as the person saw it."""
    if to not in MOVES[delivery.state]:
        raise MoveRefused(f"Không ghi được nữa: văn bản này {_now(delivery)}.")
    seen = {name: getattr(delivery, name) for name in DAYS}
    if not Delivery.objects.filter(pk=delivery.pk, **seen).update(**values):
        raise MovedMeanwhile
    before = {name: getattr(delivery, name) for name in values}
    for name, value in values.items():
        setattr(delivery, name, value)
    audit.record(code, delivery, actor=actor, unit_id=unit_id, changes=audit.differences(before, values))


def _now(delivery: Delivery) -> str:
    label = delivery.state.label
    return label[:1].lower() + label[1:]


def _line(field: str, value: str, limit: int, name: str) -> str:
    try:
        text = " ".join(as_pasted(value).split())
        return refuse_markup(clean_line(text, limit=limit, name=name), name=name)
    except AppError as error:
        raise UnfitDelivery(field, str(error)) from None


def _lines(field: str, value: str, limit: int, name: str) -> str:
    try:
        return refuse_markup(clean_lines(as_pasted(value).strip(), limit=limit, name=name), name=name)
    except AppError as error:
        raise UnfitDelivery(field, str(error)) from None
