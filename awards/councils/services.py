"""Writes: a sitting is prepared, its list, who is there, who steps back, what was said. Moving it: ``moving``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from awards.councils.asked import in_order, known_awards, percent_of_award, ready_nominees
from awards.councils.seating import day_of, derived_recusals, recuse_derived, seat_council
from awards.models import Item, OpenVote, Recusal, Round, Seat, Sitting
from awards.models.common import RouteKind
from awards.states import SittingState
from core import audit
from core.errors import AppError, UnfitField
from core.text import clean_line, clean_lines
from units.models import Unit

NAME, REASON, TEXT = 300, 300, 20_000
MEDIA: dict[str, tuple[str, ...]] = {
    RouteKind.SECRET.value: (Sitting.Medium.PAPER, Sitting.Medium.SECRET),
    RouteKind.SHOW.value: (Sitting.Medium.PAPER, Sitting.Medium.OPEN),
    RouteKind.WRITTEN.value: (Sitting.Medium.PAPER, Sitting.Medium.OPEN),
    RouteKind.STANDING.value: (Sitting.Medium.PAPER, Sitting.Medium.OPEN, Sitting.Medium.SECRET),
}
"""How one can vote on each route; others need no council."""
Presence = Seat.Presence


class NotTheTime(AppError):
    message = "Phiên họp không còn ở bước này. Hãy tải lại trang để xem."


class VotedAlready(AppError):
    message = "Người này đã bỏ phiếu nên không thay đổi được nữa."


@dataclass(frozen=True, slots=True)
class SittingData:
    name: str
    route: str = RouteKind.SECRET
    medium: str = Sitting.Medium.PAPER
    quorum: str = Sitting.QuorumKind.FOUR_FIFTHS
    at: dt.datetime | None = None
    place: str = ""


# -- The sitting itself ----------------------------------------------------------------------


@transaction.atomic
def create_sitting(
    unit: Unit, *, actor: Any, data: SittingData, nominees: Collection[int], award_round: Round | None = None
) -> Sitting:
    """With the council of its day, and those of the nominees that are ready. Raise ``UnfitField``."""
    audit.wait_for_turn(unit.pk)
    data = _checked(data)
    if award_round is not None and award_round.unit_id != unit.pk:
        raise UnfitField("name", "Đợt xét không thuộc đơn vị này.")
    sitting = Sitting.objects.create(unit=unit, round=award_round, by=actor, **_fields(data))
    seat_council(sitting)
    _add_items(sitting, nominees)
    recuse_derived(sitting)
    changes = {name: (None, value) for name, value in _fields(data).items() if value}
    changes["items"] = (None, sitting.items.count())
    audit.record("awards.sitting.created", sitting, actor=actor, unit_id=unit.pk, changes=changes)
    return sitting


@transaction.atomic
def change_sitting(sitting: Sitting, *, actor: Any, data: SittingData) -> None:
    """Before it is opened; the council is that of the new day. Raise ``UnfitField``, ``NotTheTime``."""
    audit.wait_for_turn(sitting.unit_id)
    data = _checked(data)
    claim(sitting, SittingState.DRAFT)
    before = {name: getattr(sitting, name) for name in _fields(data)}
    for name, value in _fields(data).items():
        setattr(sitting, name, value)
    sitting.save(update_fields=[*_fields(data), "search"])
    refresh(sitting)
    changes = audit.differences(before, _fields(data))
    if changes:
        audit.record("awards.sitting.changed", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)


@transaction.atomic
def discard_sitting(sitting: Sitting, *, actor: Any) -> None:
    """One that was never opened. Its nominees stay ready. Raise ``NotTheTime``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT)
    if sitting.papers.exists():
        raise NotTheTime("Phiên họp đã có văn bản nên không xóa được.")
    audit.record("awards.sitting.discarded", sitting, actor=actor, unit_id=sitting.unit_id)
    sitting.delete()


def claim(sitting: Sitting, *states: str) -> None:
    """Take the sitting's row until the transaction ends, as it is now. Raise ``NotTheTime``."""
    rows = Sitting.objects.filter(pk=sitting.pk, state__in=states)
    if not rows.update(state=F("state")):
        raise NotTheTime
    sitting.refresh_from_db(fields=["state", "medium", "route", "version", "at"])


def refresh(sitting: Sitting) -> None:
    """Seats, majorities and recusals as council, rules and people are on the sitting's day."""
    seat_council(sitting)
    items = list(sitting.items.select_related("nominee"))
    effective = known_awards(sitting.unit_id, {item.nominee.award for item in items}, day_of(sitting))
    for item in items:
        item.percent = percent_of_award(item.nominee.award, effective)
    Item.objects.bulk_update(items, ["percent"], batch_size=200)
    recuse_derived(sitting)


def _checked(data: SittingData) -> SittingData:
    name = clean_line(data.name).strip()
    if not name or len(name) > NAME:
        raise UnfitField("name", f"Ghi tên phiên họp, không quá {NAME} chữ.")
    if data.medium not in MEDIA.get(data.route, ()):
        raise UnfitField("medium", "Cách bỏ phiếu này không hợp với cách xét đã chọn; hãy chọn lại.")
    return SittingData(name, data.route, data.medium, data.quorum, data.at, clean_line(data.place).strip()[:NAME])


def _fields(data: SittingData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in SittingData.__slots__}


# -- The list --------------------------------------------------------------------------------


@transaction.atomic
def choose_items(sitting: Sitting, *, actor: Any, nominees: Collection[int]) -> None:
    """The list is these, of those that are there or ready. Raise ``NotTheTime``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT)
    before = sitting.items.count()
    gone, _ = sitting.items.exclude(nominee__in=nominees).delete()
    added = _add_items(sitting, nominees)
    recuse_derived(sitting)
    if gone or added:
        changes = {"items": (before, sitting.items.count())}
        audit.record("awards.sitting.items", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)


def _add_items(sitting: Sitting, nominees: Collection[int]) -> int:
    there = {item.nominee_id: item for item in sitting.items.select_related("nominee")}
    new = list(ready_nominees(sitting.unit_id, sitting.round).filter(pk__in=nominees).exclude(pk__in=there))
    effective = known_awards(sitting.unit_id, {row.award for row in new}, day_of(sitting))
    everybody = in_order([*(item.nominee for item in there.values()), *new])
    places = {row.pk: place for place, row in enumerate(everybody, start=1)}
    for item in there.values():
        item.order = places[item.nominee_id]
    Item.objects.bulk_update(there.values(), ["order"], batch_size=200)
    Item.objects.bulk_create(
        Item(sitting=sitting, nominee=row, order=places[row.pk], percent=percent_of_award(row.award, effective))
        for row in in_order(new)
    )
    return len(new)


@transaction.atomic
def put_off(item: Item, *, actor: Any, note: str, is_back: bool = False) -> None:
    """Để lại xét sau: the council did not vote on it, the nominee stays ready. ``is_back``: it did after all."""
    sitting = item.sitting
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN, SittingState.COUNTING)
    note = clean_line(note).strip()[:REASON]
    if not is_back and not note:
        raise UnfitField("note", "Ghi lý do để lại xét sau.")
    if sitting.medium == Sitting.Medium.SECRET and sitting.seats.filter(has_voted=True).exists():
        raise NotTheTime("Đã có người bỏ phiếu kín nên danh sách không thay đổi được nữa.")
    outcome = Item.Outcome.WAITING if is_back else Item.Outcome.PUT_OFF
    changes = {"outcome": (item.outcome, outcome), "note": (item.note, "" if is_back else note)}
    item.outcome, item.note = outcome, "" if is_back else note
    item.save(update_fields=["outcome", "note"])
    audit.record("awards.item.put_off", item, actor=actor, unit_id=sitting.unit_id, changes=changes)


# -- Who is there, who steps back ------------------------------------------------------------


@transaction.atomic
def record_presence(
    sitting: Sitting, *, actor: Any, presence: Mapping[int, str], tellers: Collection[int], others: str = ""
) -> None:
    """By seat. Whoever has voted in a secret vote was there. Raise ``NotTheTime``, ``VotedAlready``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT, SittingState.OPEN, SittingState.COUNTING)
    changes: dict[str, Any] = {}
    for seat in sitting.seats.all():
        said, is_teller = presence.get(seat.pk, seat.presence), seat.pk in tellers
        if seat.has_voted and said != seat.presence:
            raise VotedAlready(f"{seat.name} đã bỏ phiếu nên không sửa điểm danh được nữa.")
        if said != seat.presence:
            changes[seat.name] = (seat.get_presence_display(), Presence(said).label)
        if is_teller != seat.is_teller:
            changes[f"Tổ kiểm phiếu: {seat.name}"] = (seat.is_teller, is_teller)
        if (said, is_teller) != (seat.presence, seat.is_teller):
            # Only these two fields: a vote may be cast beside it.
            Seat.objects.filter(pk=seat.pk).update(presence=said, is_teller=is_teller)
    others = clean_lines(others).strip()[:TEXT]
    if others != sitting.tellers:
        changes["tellers"] = (sitting.tellers, others)
        Sitting.objects.filter(pk=sitting.pk).update(tellers=others)
    if changes:
        audit.record("awards.sitting.presence", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)


@transaction.atomic
def recuse(seat: Seat, item: Item, *, actor: Any, reason: str) -> Recusal:
    """Raise ``UnfitField``, ``NotTheTime``, ``VotedAlready``."""
    sitting = item.sitting
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT, SittingState.OPEN, SittingState.COUNTING)
    reason = clean_line(reason).strip()[:REASON]
    if not reason:
        raise UnfitField("reason", "Ghi lý do không tham gia bỏ phiếu.")
    _refuse_voted(sitting, seat)
    if Recusal.objects.filter(seat=seat, item=item).exists():
        raise UnfitField("item", "Người này đã được ghi không tham gia bỏ phiếu đối tượng ấy.")
    found = Recusal.objects.create(seat=seat, item=item, reason=reason)
    changes = {"recusal": (None, f"{seat.name}: {item.nominee.name} ({reason})")}
    audit.record("awards.sitting.recused", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)
    return found


@transaction.atomic
def take_back_recusal(recusal: Recusal, *, actor: Any) -> None:
    """One by hand; who is proposed himself steps back in any case. Raise ``NotTheTime``, ``VotedAlready``."""
    sitting = recusal.item.sitting
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT, SittingState.OPEN, SittingState.COUNTING)
    if (recusal.seat_id, recusal.item_id) in derived_recusals(sitting):
        raise NotTheTime("Người được đề nghị hoặc đứng đầu tập thể được đề nghị không bỏ phiếu cho chính mình.")
    _refuse_voted(sitting, recusal.seat)
    changes = {"recusal": (f"{recusal.seat.name}: {recusal.item.nominee.name} ({recusal.reason})", None)}
    audit.record("awards.sitting.recused", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)
    recusal.delete()


def _refuse_voted(sitting: Sitting, seat: Seat) -> None:
    if sitting.medium == Sitting.Medium.PAPER:
        return
    if sitting.state == SittingState.COUNTING:
        raise NotTheTime("Đã chuyển sang kiểm phiếu nên không sửa được nữa.")
    if Seat.objects.filter(pk=seat.pk, has_voted=True).exists() or OpenVote.objects.filter(seat=seat).exists():
        raise VotedAlready(f"{seat.name} đã bỏ phiếu nên không sửa được nữa.")


# -- What was said ---------------------------------------------------------------------------


@transaction.atomic
def write_minutes(sitting: Sitting, *, actor: Any, opinions: str, conclusion: str) -> None:
    """Also after closing, until the minutes are signed: what was counted stands still. Raise ``NotTheTime``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN, SittingState.COUNTING, SittingState.CLOSED)
    if any(paper.is_frozen for paper in sitting.papers.filter(kind="minutes")):
        raise NotTheTime("Biên bản họp đã ký nên lời ghi không sửa được nữa.")
    after = {"opinions": clean_lines(opinions).strip()[:TEXT], "conclusion": clean_lines(conclusion).strip()[:TEXT]}
    changes = audit.differences({name: getattr(sitting, name) for name in after}, after)
    if not changes:
        return
    Sitting.objects.filter(pk=sitting.pk).update(**after)
    sitting.opinions, sitting.conclusion = after["opinions"], after["conclusion"]
    audit.record("awards.sitting.minutes", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)
