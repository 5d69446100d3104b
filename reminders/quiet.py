"""Quiet hours: between them the running sweep hands nothing over. Local time; they may go past midnight."""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from reminders.models.settings import QUIET_FROM, QUIET_TO


def is_quiet(time: dt.time, quiet_from: dt.time = QUIET_FROM, quiet_to: dt.time = QUIET_TO) -> bool:
    """The first minute is quiet, the last is not. Equal ends: never quiet."""
    if quiet_from <= quiet_to:
        return quiet_from <= time < quiet_to
    return time >= quiet_from or time < quiet_to


def awake(moment: dt.datetime) -> Q:
    """Messages of units that may be disturbed at ``moment``: ``is_quiet`` as a condition."""
    time = timezone.localtime(moment).time()
    begins, ends = "unit__reminder_settings__quiet_from", "unit__reminder_settings__quiet_to"
    before, after = Q(**{f"{begins}__gt": time}), Q(**{f"{ends}__lte": time})
    own = (
        Q(**{begins: F(ends)})
        | Q(**{f"{begins}__lt": F(ends)}) & (before | after)
        | Q(**{f"{begins}__gt": F(ends)}) & before & after
    )
    return own if is_quiet(time) else own | Q(unit__reminder_settings__isnull=True)
