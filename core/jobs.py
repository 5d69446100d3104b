"""Long work in a worker: its row tells how far it is, so a person may leave and come back.

A task takes the job's id and runs its work inside ``running``; what fails ends on the row
in words for a person. Work that may last longer than ``LOST_AFTER`` tells its ``progress``
on the way, also where it has nothing to count: else it is taken for lost.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from celery import Task
from django.db import models, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.errors import AppError
from core.models import Job, StoredFile

logger = logging.getLogger(__name__)

NOBODY_TOOK_IT = (
    "Chưa giao được việc này cho phần chạy nền của chương trình. Hãy thử lại sau ít phút; "
    "nếu vẫn không được, báo người quản trị."
)

LOST_AFTER = dt.timedelta(hours=2)
"""Without a sign of life for so long, the worker was killed. No task has a time limit here, and
the queue itself takes a task back after one hour (``visibility_timeout``), so no less than that."""


@transaction.atomic
def start(task: Task, *, owner: Any, unit_id: int, title: str, back_url: str = "", **arguments: Any) -> Job:
    """Write the job and hand it to a worker once the row is committed."""
    job = Job.objects.create(owner=owner, unit_id=unit_id, title=title, back_url=back_url)
    transaction.on_commit(lambda: _hand_over(task, job.pk, arguments))
    return job


def _hand_over(task: Task, job_id: int, arguments: Mapping[str, Any]) -> None:
    """Without a queue the work is not lost in silence: its row says that nobody took it."""
    try:
        task.delay(job_id=job_id, **arguments)
    except (OperationalError, OSError):
        logger.exception("job %s was handed to nobody", job_id)
        _end(job_id, Job.State.FAILED, message=NOBODY_TOOK_IT)


def visible_jobs(user: Any) -> models.QuerySet[Job]:
    return Job.objects.filter(owner=user).select_related("result")


@contextmanager
def running(job_id: int) -> Iterator[Job | None]:
    """Claim a waiting job and carry its end to the row; None when it is gone or another worker has it."""
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(
        state=Job.State.RUNNING, changed_at=timezone.now()
    )
    if not claimed:
        yield None
        return
    job = Job.objects.select_related("owner").get(pk=job_id)
    try:
        yield job
    except AppError as error:
        _end(job_id, Job.State.FAILED, message=str(error))
    except Exception:
        _end(
            job_id,
            Job.State.FAILED,
            message="Việc này chưa làm xong được. Hãy thử lại; nếu vẫn không được, báo người quản trị.",
        )
        logger.exception("job %s failed", job_id)
    else:
        _end(job_id, Job.State.DONE)


def progress(job: Job, done: int, total: int) -> None:
    """How far the work is; also its sign of life."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, changed_at=timezone.now())


def attach(job: Job, result: StoredFile) -> None:
    Job.objects.filter(pk=job.pk).update(result=result, changed_at=timezone.now())


def fail_lost() -> int:
    """Jobs whose worker was killed outright, without a word, end as failed; how many.

    One that works on after all still tells its own end, which then stands.
    """
    lost = Job.objects.filter(state=Job.State.RUNNING, changed_at__lt=timezone.now() - LOST_AFTER)
    return lost.update(
        state=Job.State.FAILED,
        message="Việc này đã dừng giữa chừng, có thể vì máy chủ khởi động lại. Hãy thử lại.",
        changed_at=timezone.now(),
    )


def _end(job_id: int, state: str, message: str = "") -> None:
    Job.objects.filter(pk=job_id).update(state=state, message=message, changed_at=timezone.now())
