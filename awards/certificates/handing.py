"""Đã trao: certificates that were handed over, many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.certificates.selectors import printable
from awards.models import Decision, Grant
from core import audit
from core.errors import UnfitField


@transaction.atomic
def hand_over(decision: Decision, *, actor: Any, grant_ids: Collection[int] | None, day: dt.date) -> int:
    """Of those not handed over yet; None: all of them. How many. Raises ``UnfitField``."""
    audit.wait_for_turn(decision.unit_id)
    if day > timezone.localdate():
        raise UnfitField("day", "Ngày trao không sau hôm nay.")
    if decision.day and day < decision.day:
        raise UnfitField("day", f"Ngày trao không trước ngày quyết định {decision.day:%d/%m/%Y}.")
    waiting = printable(decision).filter(handed_on=None)
    if grant_ids is not None:
        waiting = waiting.filter(pk__in=grant_ids)
    wanted = list(waiting.values_list("pk", flat=True))
    count = Grant.objects.filter(pk__in=wanted, handed_on=None).update(handed_on=day)
    if not count:
        raise UnfitField("lines", "Đánh dấu ít nhất một dòng chưa trao.")
    changes = {"handed": (None, count), "handed_on": (None, day)}
    audit.record("awards.certificates.handed", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    return count


@transaction.atomic
def undo(decision: Decision, *, actor: Any, grant_id: int) -> None:
    audit.wait_for_turn(decision.unit_id)
    found = decision.grants.filter(pk=grant_id).exclude(handed_on=None).first()
    if found is None:
        return
    Grant.objects.filter(pk=found.pk).update(handed_on=None)
    changes = {"nominees": (None, found.name), "handed_on": (found.handed_on, None)}
    audit.record("awards.certificates.hand_undone", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
