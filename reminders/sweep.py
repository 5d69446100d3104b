"""The two ways to wake reminding: the running program's sweep, each minute, and ``send_reminders``, at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from reminders import planning, sending
from reminders.digests import compose
from reminders.models import Message
from reminders.planning import PlannedCounts
from reminders.sending import Counts
from reminders.states import MessageState
from reminders.weekly import plan_weekly

MAIL_SECONDS = 50
"""A run of mails ends before the next one begins; what is left goes with that."""


def sweep(moment: dt.datetime) -> Counts:
    """Plan what is to be told and show it in the program; mails have a run of their own (``mail_due``)."""
    _plan(moment, at_once=False)
    counts = sending.give_up(moment)
    return counts + sending.hand_over(moment, respects_quiet=True, channels=(Message.Channel.APP,))


def mail_due(moment: dt.datetime) -> Counts:
    return sending.hand_over(moment, respects_quiet=True, channels=(Message.Channel.MAIL,), seconds=MAIL_SECONDS)


@dataclass(frozen=True, slots=True)
class Sent:
    planned: PlannedCounts
    counts: Counts


def send_now(moment: dt.datetime) -> Sent:
    """Plan and hand over in one go: neither quiet hours nor the ten minutes of collecting are waited for."""
    planned = _plan(moment, at_once=True)
    counts = sending.give_up(moment)
    return Sent(planned, counts + sending.hand_over(moment, respects_quiet=False))


def rehearse(moment: dt.datetime) -> tuple[PlannedCounts, list[dict[str, Any]]]:
    """What ``send_now`` would do at ``moment``: planned and read in a transaction that is taken back."""
    with transaction.atomic():
        planned = _plan(moment, at_once=True)
        would_go = _would_go(moment)
        transaction.set_rollback(True)
    return planned, would_go


def _plan(moment: dt.datetime, *, at_once: bool) -> PlannedCounts:
    """The leaders' week first: by how far planning had come it knows whether the week has begun."""
    weekly = plan_weekly(moment, at_once=at_once)
    planned = planning.plan(moment, at_once=at_once)
    planned.messages += weekly
    return planned


def _would_go(moment: dt.datetime) -> list[dict[str, Any]]:
    oldest = timezone.localdate(moment) - sending.MISSED_AFTER
    due = Message.objects.filter(state=MessageState.DUE, next_try_at__lte=moment, day__gte=oldest)
    messages = list(due.select_related("unit", "person").order_by("unit", "person", "pk"))
    contents = compose(messages, moment)
    return [
        {"unit": str(message.unit), "to": str(message.person), "channel": message.channel, "subject": content.subject}
        for message in messages
        if (content := contents[message.pk])
    ]
