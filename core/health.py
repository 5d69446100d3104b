"""What the program needs from around it: database, queue of work, workers that answer.

``tdkt/healthz.py`` adds the typeface and shows all of it; ``scripts/run --check`` waits for it.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from core.models import Heartbeat

_MISSED_BEATS = 3
_CONNECT_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Finding:
    name: str
    well: bool
    sentence: str


def findings() -> list[Finding]:
    return [database(), broker(), *workers()]


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding("database", False, "Không nối được cơ sở dữ liệu.")
    return Finding("database", True, "Cơ sở dữ liệu hoạt động.")


def broker() -> Finding:
    if _broker_answers():
        return Finding("broker", True, "Hàng đợi công việc hoạt động.")
    return Finding("broker", False, "Không nối được hàng đợi công việc.")


def workers() -> list[Finding]:
    """One finding for each queue that beat pings."""
    oldest = timezone.now() - dt.timedelta(seconds=settings.HEARTBEAT_SECONDS * _MISSED_BEATS)
    try:
        alive = set(Heartbeat.objects.filter(at__gte=oldest).values_list("queue", flat=True))
    except DatabaseError:
        alive = set()
    return [_worker(queue, queue in alive) for queue in _pinged_queues()]


def _worker(queue: str, is_alive: bool) -> Finding:
    verdict = "hoạt động" if is_alive else "chưa báo nhịp"
    return Finding(f"worker-{queue}", is_alive, f"Bộ chạy nền «{queue}» {verdict}.")


def _pinged_queues() -> list[str]:
    schedule: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE
    return sorted(entry["kwargs"]["queue"] for entry in schedule.values() if entry["task"] == "core.beat")


def _broker_answers() -> bool:
    options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    if folder := options.get("folder"):
        # A folder is not connected to before the first message, so that would always be well.
        return os.path.isdir(folder) and os.access(folder, os.R_OK | os.W_OK)
    limits = {"socket_connect_timeout": _CONNECT_SECONDS, "socket_timeout": _CONNECT_SECONDS}
    try:
        with current_app.connection_for_read(transport_options=limits) as link:
            link.ensure_connection(max_retries=1, timeout=_CONNECT_SECONDS)
    except Exception:  # each broker's library has errors of its own
        return False
    return True
