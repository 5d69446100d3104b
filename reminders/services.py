"""Writes: what people add to a deadline that an app collects. Whether somebody may is asked by the pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import AppError, UnfitField
from core.text import clean_line, refuse_markup
from reminders.deadlines import Deadline, Key
from reminders.models import Snooze, Watcher
from reminders.selectors import group_of
from units.models import Person

REASON = 300
LONGEST = dt.timedelta(days=366)


@transaction.atomic
def snooze(deadline: Deadline, *, actor: Any, until: dt.date, reason: str) -> Snooze:
    """Nobody is told of it up to that day, which counts. A second time changes day and reason.

    Raise ``UnfitField``.
    """
    today = timezone.localdate()
    if until < today:
        raise UnfitField("until", "Ngày này đã qua; hãy ghi hôm nay hoặc một ngày sau hôm nay.")
    if until > today + LONGEST:
        raise UnfitField("until", "Chỉ tạm hoãn được trong một năm; hãy ghi ngày gần hơn.")
    reason = _reason(reason)
    audit.wait_for_turn(deadline.unit_id)  # two windows: the second one changes what the first has set
    row = _snoozes(deadline).first() or Snooze(unit_id=deadline.unit_id, **_named(deadline.key))
    before = {"until": row.until, "reason": row.reason} if row.pk else {}
    changes = audit.differences(before, {"until": until, "reason": reason})
    if not changes:
        return row
    row.until, row.reason, row.by, row.at = until, reason, actor, timezone.now()
    row.save()
    _record("reminders.snooze.set", row, deadline, actor, changes)
    return row


@transaction.atomic
def end_snooze(deadline: Deadline, *, actor: Any) -> bool:
    """Whether there was one."""
    audit.wait_for_turn(deadline.unit_id)
    row = _snoozes(deadline).first()
    if row is None:
        return False
    _record("reminders.snooze.ended", row, deadline, actor, {"until": (row.until, None), "reason": (row.reason, None)})
    row.delete()
    return True


@transaction.atomic
def watch(deadline: Deadline, *, actor: Any, person: Person, whole_group: bool = False) -> Watcher:
    """Tell this person, too: of the deadline, or of all of the group that it belongs to.

    Who is named already stays. Raise ``UnfitField`` for somebody of another unit, or who has left.
    """
    if person.unit_id != deadline.unit_id or not person.is_in_force(timezone.localdate()):
        raise UnfitField("person", "Chỉ nhắc thêm được người đang ở trong danh sách Nhân sự của đơn vị.")
    key = (group_of(deadline) if whole_group else None) or deadline.key
    audit.wait_for_turn(deadline.unit_id)
    row, is_new = Watcher.objects.get_or_create(
        **_named(key), person=person, defaults={"unit_id": deadline.unit_id, "added_by": actor}
    )
    if is_new:
        _record("reminders.watcher.added", row, deadline, actor, {"person": (None, str(person))})
    return row


@transaction.atomic
def unwatch(watcher: Watcher, deadline: Deadline, *, actor: Any) -> bool:
    """Whether he still was one."""
    audit.wait_for_turn(watcher.unit_id)
    if not Watcher.objects.filter(pk=watcher.pk).exists():
        return False
    _record("reminders.watcher.removed", watcher, deadline, actor, {"person": (str(watcher.person), None)})
    watcher.delete()
    return True


def _snoozes(deadline: Deadline) -> Any:
    return Snooze.objects.filter(unit=deadline.unit_id, **_named(deadline.key))


def _named(key: Key) -> dict[str, Any]:
    return {"kind": key.kind, "subject": key.subject, "slot": key.slot}


def _reason(text: str) -> str:
    try:
        reason = refuse_markup(clean_line(text.strip(), limit=REASON, name="Lý do"), name="Lý do")
    except AppError as error:
        raise UnfitField("reason", str(error)) from None
    if not reason:
        raise UnfitField("reason", "Ghi lý do tạm hoãn, để người khác mở ra cũng hiểu.")
    return reason


def _record(code: str, row: Snooze | Watcher, deadline: Deadline, actor: Any, changes: dict[str, Any]) -> None:
    told = {"deadline": (None, deadline.what)}
    audit.record(code, row, actor=actor, unit_id=row.unit_id, changes=told | changes)
