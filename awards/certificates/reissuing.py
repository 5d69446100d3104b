"""Cấp đổi, cấp lại: asked for with a reason, printed with the name as corrected, noted when given. All are kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.models import Decision, Grant, Reissue
from awards.states import DecisionState
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile
from plans import cleaning

REASON, NAME, DETAIL = 300, 300, 400


class Revoked(AppError):
    message = "Khen thưởng này đã bị hủy bỏ, thu hồi nên không cấp lại."


@dataclass(frozen=True, slots=True)
class Asked:
    kind: str
    reason: str
    asked_on: dt.date
    name: str = ""
    """As the new certificate says it, where the old one has it wrong."""
    detail: str = ""
    decision: Decision | None = None
    """The one that corrects the name."""


@transaction.atomic
def ask(grant: Grant, *, actor: Any, said: Asked) -> Reissue:
    """Raises ``Revoked``, ``UnfitField``."""
    audit.wait_for_turn(grant.unit_id)
    if Grant.objects.filter(reverses=grant).exists():
        raise Revoked
    reason = cleaning.line("reason", " ".join(said.reason.split()), REASON)
    if not reason:
        raise UnfitField("reason", "Ghi lý do, ví dụ: bị rách, bị mất, in sai họ tên.")
    if said.asked_on > timezone.localdate():
        raise UnfitField("asked_on", "Ngày đề nghị không sau hôm nay.")
    name = cleaning.line("name", " ".join(said.name.split()), NAME)
    detail = cleaning.line("detail", " ".join(said.detail.split()), DETAIL)
    if (name, detail) == (grant.name, grant.detail):
        name = detail = ""
    made = Reissue.objects.create(
        grant=grant,
        kind=said.kind,
        reason=reason,
        asked_on=said.asked_on,
        name=name or (grant.name if detail else ""),
        detail=detail if name or detail else "",
        decision=said.decision,
        by=actor,
    )
    changes: dict[str, tuple[Any, Any]] = {
        "reissue": (None, made.get_kind_display()),
        "reason": (None, reason),
        "asked_on": (None, said.asked_on),
    }
    if made.name:
        changes |= {"printed_name": (grant.name, made.name), "printed_detail": (grant.detail, made.detail)}
    if made.decision:
        changes["corrected_by"] = (None, str(made.decision))
    audit.record("awards.reissue.asked", grant, actor=actor, unit_id=grant.unit_id, changes=changes)
    return made


@transaction.atomic
def give(reissue: Reissue, *, actor: Any, day: dt.date) -> None:
    """Raises ``UnfitField``, ``MovedMeanwhile`` where it was noted already."""
    grant = reissue.grant
    audit.wait_for_turn(grant.unit_id)
    if day > timezone.localdate() or day < reissue.asked_on:
        raise UnfitField("day", f"Ngày cấp từ ngày đề nghị {reissue.asked_on:%d/%m/%Y} đến hôm nay.")
    if not Reissue.objects.filter(pk=reissue.pk, done_on=None).update(done_on=day):
        raise MovedMeanwhile
    changes = {"reissue": (None, reissue.get_kind_display()), "done_on": (None, day)}
    audit.record("awards.reissue.given", grant, actor=actor, unit_id=grant.unit_id, changes=changes)


def corrections_of(unit_id: int) -> Any:
    """Decisions that corrected something, the newest first."""
    rows = Decision.objects.filter(unit=unit_id, kind=Decision.Kind.CORRECT)
    return rows.exclude(state=DecisionState.DRAFT).order_by("-day", "-pk")
