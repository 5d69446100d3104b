"""«Thông báo»: what was said to the user inside the program, and what of it he has not opened yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from reminders.models import Message
from reminders.states import MessageState
from units.accounts import two_steps_of
from units.selectors import units_of

_KEPT = "_own_units"


def own_notices(user: Any) -> models.QuerySet[Message]:
    """Whoever was told may read it again, also after a role ended: it was said to the person."""
    return Message.objects.filter(
        person=user.person_id, channel=Message.Channel.APP, state=MessageState.SENT
    ).select_related("unit")


def unread(user: Any) -> models.QuerySet[Message]:
    return own_notices(user).filter(read_at=None)


def unread_number(user: Any) -> Coalesce:
    """As a column for a query that is asked anyway: every page shows the number."""
    counted = unread(user).order_by().values("person").annotate(number=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("number")), 0)


def own_units(user: Any) -> list[Any]:
    """The user's units, with what every page shows beside them: asked once a request, and kept on the user.

    Each has ``unread`` and ``has_two_steps``, which are the user's.
    """
    kept = getattr(user, _KEPT, None)
    if kept is None:
        kept = list(units_of(user).annotate(unread=unread_number(user), has_two_steps=two_steps_of(user)))
        setattr(user, _KEPT, kept)
    return kept


def mark_read(message: Message) -> None:
    """Kept once, by the first opening. When a person reads is nobody's business: no audit entry."""
    now = timezone.now()
    if Message.objects.filter(pk=message.pk, read_at=None).update(read_at=now):
        message.read_at = now


def mark_all_read(user: Any, *, until: dt.datetime) -> int:
    """All that were sent by then: what arrived after the person saw the list stays unread."""
    return unread(user).filter(ended_at__lte=until).update(read_at=timezone.now())
