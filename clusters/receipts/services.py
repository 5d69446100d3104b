"""Writes: on which days the members' papers came, and who is let off lateness.

All of it decides on points, so nobody does it for the unit he belongs to. Each act is one entry on the season.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.results.evidence import Proof, keep, proof_in_words
from clusters.models import Member, Receipt, Season, Step
from clusters.receipts.arithmetic import CAME
from clusters.rules import belongs_to
from clusters.running.rows import SeasonIsRanked
from clusters.states import SeasonState
from core import audit
from core.errors import AppError, UnfitField, UnfitRow
from core.states import EditedMeanwhile
from core.text import as_pasted, clean_line, refuse_markup
from documents.models import Delivery

OPEN = (SeasonState.DRAFT, SeasonState.RUNNING, SeasonState.SCORING)
_NUMBER, _REASON = 80, 300
"""Letters, as ``Receipt`` keeps them."""
FIELDS = ("number", "signed_on", "sent_on", "received_on")
_LABELS = {"signed_on": "ký", "sent_on": "gửi", "received_on": "nhận"}


class OwnUnit(AppError):
    message = "Không ai tự ghi ngày nhận, miễn trừ cho đơn vị của mình; nhờ người khác của đơn vị tổ chức ghi."


@dataclass(frozen=True, slots=True)
class Days:
    """As typed, pasted or read from a delivery."""

    number: str = ""
    signed_on: dt.date | None = None
    sent_on: dt.date | None = None
    received_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Saying:
    """One member's paper for one step, as somebody wants it recorded."""

    member: Member
    step: Step
    days: Days
    was: str
    """``fingerprint`` of what the person saw there."""
    source: str = Receipt.Source.TYPED
    delivery: Delivery | None = None
    """None: the one that it is tied to already stays."""


def days_of(receipt: Receipt) -> Days:
    return Days(**{name: getattr(receipt, name) for name in FIELDS})


def days_of_delivery(delivery: Delivery) -> Days:
    paper = delivery.paper
    return Days(paper.full_number[:_NUMBER], paper.date, delivery.sent_on, delivery.received_on)


def fingerprint(receipt: Receipt | None) -> str:
    """By which a page's save knows that nobody changed the row meanwhile; blank where there is none."""
    if receipt is None:
        return ""
    values = [getattr(receipt, name) for name in (*FIELDS, "waived", "waiver_id", "delivery_id")]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:16]


# -- Days ----------------------------------------------------------------------------------


@transaction.atomic
def record_receipts(season: Season, sayings: Sequence[Saying], *, actor: Any) -> int:
    """All or none; how many rows changed. Raise ``UnfitRow``, ``OwnUnit``, ``SeasonIsRanked``, ``EditedMeanwhile``."""
    cleaned = [_cleaned(season, at, saying) for at, saying in enumerate(sayings)]
    there = _begin(season, [(saying.member, saying.step) for saying in sayings], actor)
    changes: dict[str, tuple[Any, Any]] = {}
    for saying, days in zip(sayings, cleaned, strict=True):
        key = (saying.member.pk, saying.step.pk)
        old = there.get(key)
        if fingerprint(old) != saying.was:
            raise EditedMeanwhile
        before = _told(old)
        if old is not None and days_of(old) == days and (saying.delivery is None or saying.delivery == old.delivery):
            continue
        row = old or Receipt(member=saying.member, step=saying.step)
        for name in FIELDS:
            setattr(row, name, getattr(days, name))
        row.source, row.by = saying.source, actor
        row.delivery = saying.delivery or row.delivery
        row.save()
        there[key] = row
        changes[_name(saying.member, saying.step)] = (before, _told(row))
    if changes:
        audit.record("clusters.receipts.recorded", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return len(changes)


@transaction.atomic
def clear_receipt(season: Season, member: Member, step: Step, *, actor: Any) -> None:
    """What was recorded was a slip: nothing has come. A waiver stays. Raise as ``record_receipts``."""
    row = _begin(season, [(member, step)], actor).get((member.pk, step.pk))
    if row is None or _is_blank(row):
        return
    before = _told(row)
    if row.waived:
        Receipt.objects.filter(pk=row.pk).update(
            number="", signed_on=None, sent_on=None, received_on=None, delivery=None, at=timezone.now()
        )
    else:
        row.delete()
    changes = {_name(member, step): (before, None)}
    audit.record("clusters.receipt.cleared", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _is_blank(row: Receipt) -> bool:
    return days_of(row) == Days() and row.delivery_id is None


# -- Waivers -------------------------------------------------------------------------------


@transaction.atomic
def waive(season: Season, member: Member, step: Step, *, reason: str, proof: Proof, actor: Any) -> Receipt:
    """Lateness of this paper costs nothing. Raise ``UnfitField``, and as ``record_receipts`` and ``keep`` raise."""
    words = _line("reason", reason, _REASON, "Lý do")
    if not words:
        raise UnfitField("reason", "Ghi lý do miễn trừ, ví dụ: Bão số 10, mất điện diện rộng từ 28/11.")
    if not proof:
        raise UnfitField("file", "Chọn tệp, hoặc ghi số, ngày của văn bản kèm theo.")
    row = _begin(season, [(member, step)], actor).get((member.pk, step.pk))
    if row is not None and row.waived:
        raise EditedMeanwhile("Văn bản này đã được miễn trừ. Tải lại trang để xem.")
    row = row or Receipt(member=member, step=step, by=actor)
    row.waived, row.waiver = words, keep(proof, unit_id=season.unit_id, actor=actor)
    row.save()
    told = f"{words} ({proof_in_words(row.waiver) or row.waiver})"
    changes = {_name(member, step): (None, told)}
    audit.record("clusters.receipt.waived", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return row


@transaction.atomic
def take_waiver_back(season: Season, member: Member, step: Step, *, actor: Any) -> None:
    """Lateness counts again; the file stays on record. Raise as ``record_receipts``."""
    row = _begin(season, [(member, step)], actor).get((member.pk, step.pk))
    if row is None or not row.waived:
        return
    changes = {_name(member, step): (row.waived, None)}
    if _is_blank(row):
        row.delete()
    else:
        Receipt.objects.filter(pk=row.pk).update(waived="", waiver=None, at=timezone.now())
    audit.record("clusters.receipt.waiver_taken_back", season, actor=actor, unit_id=season.unit_id, changes=changes)


# -- Both ----------------------------------------------------------------------------------


def _begin(season: Season, pairs: Iterable[tuple[Member, Step]], actor: Any) -> dict[tuple[int, int], Receipt]:
    """Take the unit's turn; what is recorded of the pairs now."""
    pairs = list(pairs)
    if any(belongs_to(actor, member) for member, _ in pairs):
        raise OwnUnit
    audit.wait_for_turn(season.unit_id)
    if not Season.objects.filter(pk=season.pk, state__in=OPEN).exists():
        raise SeasonIsRanked
    rows = Receipt.objects.filter(
        member__in={member.pk for member, _ in pairs}, step__in={step.pk for _, step in pairs}, step__season=season
    )
    return {(row.member_id, row.step_id): row for row in rows.select_related("delivery")}


def _cleaned(season: Season, at: int, saying: Saying) -> Days:
    days = saying.days
    try:
        number = _line("number", days.number, _NUMBER, "Số, ký hiệu")
        check_days(days, season.late_from)
    except UnfitField as error:
        raise UnfitRow(at, error.field, str(error)) from None
    return Days(number, days.signed_on, days.sent_on, days.received_on)


def check_days(days: Days, late_from: str) -> None:
    """Raise ``UnfitField`` at the first day that cannot stand."""
    today = timezone.localdate()
    counting = {"received": "received_on", "sent": "sent_on", "signed": "signed_on"}[late_from]
    if getattr(days, counting) is None:
        verb = CAME[late_from]
        raise UnfitField(counting, f"Ghi ngày {verb}: năm thi đua này tính chậm từ ngày {verb} văn bản.")
    said = [(name, day) for name in ("signed_on", "sent_on", "received_on") if (day := getattr(days, name))]
    for name, day in said:
        if day > today:
            raise UnfitField(name, f"Ngày {day:%d/%m/%Y} chưa đến.")
    for (name, day), (later, after) in zip(said, said[1:], strict=False):
        if after < day:
            told = f"ngày {_LABELS[later]} {after:%d/%m/%Y} sớm hơn ngày {_LABELS[name]} {day:%d/%m/%Y}"
            raise UnfitField(later, f"Xem lại hai ngày: {told}.")


def _line(field: str, value: str, limit: int, name: str) -> str:
    try:
        return refuse_markup(clean_line(" ".join(as_pasted(value).split()), limit=limit, name=name), name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None


def _name(member: Member, step: Step) -> str:
    return f"{member.name[:80]}, {step.text[:80]}"


def _told(row: Receipt | None) -> str | None:
    """For the history: «27/BC-UBND, ký 25/11/2026, nhận 26/11/2026»."""
    if row is None or _is_blank(row):
        return None
    days = [f"{label} {day:%d/%m/%Y}" for name, label in _LABELS.items() if (day := getattr(row, name))]
    return ", ".join(filter(None, (row.number, *days)))
