"""Names before printing: each recipient confirms name, birth year and workplace on a list; who did and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.deciding.facts import nominees_of
from awards.models import Decision, Nominee
from awards.models.common import RecipientKind
from awards.shipped import award_name
from core import audit
from core.errors import UnfitField
from plans import cleaning

_BY = 120


@dataclass(frozen=True, slots=True)
class Name:
    """One line of the list to sign."""

    nominee_id: int
    order: int
    kind: str
    name: str
    birth: str
    detail: str
    award: str
    confirmed_by: str
    confirmed_on: dt.date | None


def names_of(decision: Decision) -> list[Name]:
    """Of a draft as well: a wrong name is best found before the paper is signed."""
    return [
        Name(
            one.pk,
            order,
            RecipientKind(one.kind).label,
            " ".join(filter(None, (one.honorific, one.name))),
            _birth(one),
            ", ".join(filter(None, (one.post, one.workplace))),
            award_name(one.award),
            one.name_confirmed_by,
            one.name_confirmed_on,
        )
        for order, one in enumerate(nominees_of(decision), start=1)
    ]


def _birth(nominee: Nominee) -> str:
    if nominee.birth_date:
        return f"{nominee.birth_date:%d/%m/%Y}"
    known = nominee.subject.birth_year if nominee.subject else None
    return str(nominee.birth_year or known or "")


@transaction.atomic
def confirm(decision: Decision, *, actor: Any, nominee_ids: Collection[int] | None, by: str, day: dt.date) -> int:
    """Of those not confirmed yet; None: all of them. How many. Raises ``UnfitField``."""
    audit.wait_for_turn(decision.unit_id)
    by = cleaning.line("confirmed_by", " ".join(by.split()), _BY)
    if not by:
        raise UnfitField("confirmed_by", "Ghi ai xác nhận, ví dụ: Từng người ký vào danh sách.")
    if day > timezone.localdate():
        raise UnfitField("confirmed_on", "Ngày xác nhận không sau hôm nay.")
    rows = Nominee.objects.filter(decision=decision, name_confirmed_on=None)
    if nominee_ids is not None:
        rows = rows.filter(pk__in=nominee_ids)
    count = rows.update(name_confirmed_by=by, name_confirmed_on=day)
    if not count:
        raise UnfitField("lines", "Đánh dấu ít nhất một dòng chưa xác nhận.")
    changes = {"names_confirmed": (None, count), "confirmed_by": (None, by), "confirmed_on": (None, day)}
    audit.record("awards.names.confirmed", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    return count


@transaction.atomic
def undo(decision: Decision, *, actor: Any, nominee_id: int) -> None:
    """One that was ticked by mistake."""
    audit.wait_for_turn(decision.unit_id)
    found = Nominee.objects.filter(decision=decision, pk=nominee_id).exclude(name_confirmed_on=None).first()
    if found is None:
        return
    was = found.name_confirmed_on
    Nominee.objects.filter(pk=found.pk).update(name_confirmed_by="", name_confirmed_on=None)
    changes = {"nominees": (None, found.name), "confirmed_on": (was, None)}
    audit.record("awards.names.undone", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
