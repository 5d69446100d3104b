from __future__ import annotations

import datetime as dt
from typing import Any

from celery import current_app, shared_task
from django.utils import timezone

from core import jobs
from core.exporting import render_sheet
from core.importing import import_check, import_write
from core.models import Heartbeat

__all__ = ["beat", "fail_lost_jobs", "import_check", "import_write", "render_sheet"]

LOST_JOBS_EVERY = dt.timedelta(minutes=10)


@shared_task(name="core.beat")
def beat(queue: str) -> None:
    """Say that a worker of this queue is alive; ``/healthz`` reads it."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"at": timezone.now()})


@shared_task(name="core.fail_lost_jobs")
def fail_lost_jobs() -> None:
    jobs.fail_lost()


@current_app.on_after_finalize.connect
def schedule(sender: Any, **kwargs: Any) -> None:
    # A stopped worker must not wake to a pile of them.
    expires = LOST_JOBS_EVERY.total_seconds() - 5
    sender.add_periodic_task(LOST_JOBS_EVERY, fail_lost_jobs.s(), name="lost-jobs", expires=expires)
