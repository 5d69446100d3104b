"""The Celery app. Tasks are named ``<app>.<verb>`` and live in each app's ``tasks.py``."""

import os

from celery import Celery
from celery.signals import beat_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tdkt.settings")

app = Celery("tdkt")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@beat_init.connect
def beat_at_once(**kwargs: object) -> None:
    """The first beats go out when beat starts, not a period later, so that ``/healthz`` is soon green."""
    for entry in app.conf.beat_schedule.values():
        if entry["task"] == "core.beat":
            app.send_task(entry["task"], kwargs=entry["kwargs"], **entry["options"])
