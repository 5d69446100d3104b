from __future__ import annotations

import datetime as dt
from typing import Any

from celery import current_app, shared_task
from django.utils import timezone

from reminders import sweep as sweeping
from reminders.asking.list_tasks import read_lists, render_lists

__all__ = ["mail_due", "read_lists", "render_lists", "sweep"]

EVERY = dt.timedelta(minutes=1)


@shared_task(name="reminders.sweep")
def sweep() -> None:
    sweeping.sweep(timezone.now())


@shared_task(name="reminders.mail_due")
def mail_due() -> None:
    sweeping.mail_due(timezone.now())


@current_app.on_after_finalize.connect
def schedule(sender: Any, **kwargs: Any) -> None:
    # A stopped worker must not wake to a pile of them.
    expires = EVERY.total_seconds() - 5
    sender.add_periodic_task(EVERY, sweep.s(), name="reminders-sweep", expires=expires)
    sender.add_periodic_task(EVERY, mail_due.s(), name="reminders-mail", expires=expires)
