from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from core.models import Heartbeat


@shared_task(name="core.beat")
def beat(queue: str) -> None:
    """Say that a worker of this queue is alive; ``/healthz`` reads it."""
    Heartbeat.objects.update_or_create(queue=queue, defaults={"at": timezone.now()})
