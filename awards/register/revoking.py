"""Hủy bỏ quyết định, thu hồi (Luật số 06/2022/QH15, Điều 93): a line of its own; the old one stays and says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from awards.models import Decision, Grant
from awards.states import DecisionState
from core import audit
from core.errors import AppError, UnfitField
from core.text import clean_line, clean_lines, refuse_markup

REASON, NUMBER, SIGNER = 2_000, 80, 120
MOST_MONEY = 10**12
"""Đồng."""


class NotRevocable(AppError):
    message = "Chỉ hủy bỏ được dòng khen thưởng, không hủy được dòng hủy bỏ."


class RevokedAlready(AppError):
    message = "Dòng này đã được hủy bỏ, thu hồi rồi. Không ghi thêm lần nữa."


class NothingToRecover(AppError):
    message = "Chỉ ghi tiền đã thu hồi ở dòng hủy bỏ, thu hồi."


@dataclass(frozen=True, slots=True)
class Revocation:
    """By which decision, why, and what money has to come back."""

    number: str
    day: dt.date
    reason: str
    to_recover: int = 0
    """Đồng."""
    signer: str = ""


@transaction.atomic
def revoke(grant: Grant, *, actor: Any, data: Revocation) -> Grant:
    """The new line. Of two at once one writes it, the other is told.

    Raises ``NotRevocable``, ``RevokedAlready``, ``UnfitField``.
    """
    audit.wait_for_turn(grant.unit_id)
    if grant.entry != Grant.Entry.GIVEN:
        raise NotRevocable
    if Grant.objects.filter(reverses=grant).exists():
        raise RevokedAlready
    reason = refuse_markup(clean_lines(data.reason.strip(), limit=REASON, name="Lý do"), name="lý do")
    if not reason:
        raise UnfitField("reason", "Ghi lý do hủy bỏ, ví dụ: gian dối trong kê khai thành tích.")
    if not 0 <= data.to_recover <= MOST_MONEY:
        raise UnfitField("to_recover", "Ghi số tiền phải thu hồi bằng đồng, từ 0 trở lên.")
    decision = _decision_of(grant, data, actor)
    last = decision.grants.aggregate(last=Max("order"))["last"] or 0
    made = Grant(
        unit_id=grant.unit_id,
        decision=decision,
        order=last + 1,
        entry=Grant.Entry.REVOKED,
        reverses=grant,
        reason=reason,
        money=data.to_recover,
        is_public=False,
        by=actor,
        **{name: getattr(grant, name) for name in _SAME},
    )
    made.save(force_insert=True)
    changes = {"revoked_by": (None, str(decision)), "reason": (None, reason), "to_recover": (None, data.to_recover)}
    audit.record("awards.grant.revoked", grant, actor=actor, unit_id=grant.unit_id, changes=changes)
    return made


_SAME = (
    *("subject", "kind", "honorific", "name", "detail", "award", "award_name"),
    *("year", "period", "mode", "level"),
)


def _decision_of(grant: Grant, data: Revocation, actor: Any) -> Decision:
    """One decision may take back several awards; one that was recorded already is that one."""
    number = refuse_markup(clean_line(data.number.strip(), limit=NUMBER, name="Số quyết định"), name="số quyết định")
    if not any(letter.isdigit() for letter in number):
        raise UnfitField("number", "Ghi số, ký hiệu quyết định hủy bỏ, ví dụ 415/QĐ-UBND.")
    if data.day > timezone.localdate():
        raise UnfitField("day", "Ngày quyết định không sau hôm nay.")
    if grant.decision.day and data.day < grant.decision.day:
        raise UnfitField("day", f"Quyết định hủy bỏ không trước ngày khen thưởng {grant.decision.day:%d/%m/%Y}.")
    there = Decision.objects.filter(
        unit_id=grant.unit_id, kind=Decision.Kind.REVOKE, number=number, day=data.day
    ).exclude(state=DecisionState.DRAFT)
    if found := there.order_by("pk").first():
        return found
    made = Decision.objects.create(
        unit_id=grant.unit_id,
        kind=Decision.Kind.REVOKE,
        decider=grant.decision.decider,
        subject=f"Về việc hủy bỏ {grant.decision}, thu hồi {grant.award_name}",
        state=DecisionState.ISSUED,
        day=data.day,
        number=number,
        signer=refuse_markup(clean_line(data.signer.strip(), limit=SIGNER, name="Người ký"), name="người ký"),
        issuer=grant.decision.issuer,
        issuer_name=grant.decision.issuer_name,
        by=actor,
    )
    audit.record("awards.decision.recorded", made, actor=actor, unit_id=grant.unit_id)
    return made


@transaction.atomic
def note_recovered(revocation: Grant, *, actor: Any, amount: int, day: dt.date) -> None:
    """How much of the money has come back in all, and when the last of it did."""
    if revocation.entry != Grant.Entry.REVOKED:
        raise NothingToRecover
    if not 0 <= amount <= (revocation.money or 0):
        raise UnfitField("recovered", "Số tiền đã thu hồi không vượt số tiền phải thu hồi.")
    if day > timezone.localdate() or (revocation.decision.day and day < revocation.decision.day):
        raise UnfitField("recovered_on", "Ngày thu hồi từ ngày quyết định hủy bỏ đến hôm nay.")
    before = {name: getattr(revocation, name) for name in ("recovered", "recovered_on")}
    after = {"recovered": amount, "recovered_on": day}
    if before == after:
        return
    Grant.objects.filter(pk=revocation.pk).update(**after)
    for name, value in after.items():
        setattr(revocation, name, value)
    audit.record(
        "awards.grant.recovered",
        revocation,
        actor=actor,
        unit_id=revocation.unit_id,
        changes=audit.differences(before, after),
    )
