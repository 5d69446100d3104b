"""Long work in a worker: its row tells how far it is, so a person may leave and come back.

A task takes the job's id and runs its work inside ``running``; what fails ends on the row
in words for a person.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import Task
from django.db import models, transaction
from django.utils import timezone

from core.errors import AppError
from core.models import Job, StoredFile

logger = logging.getLogger(__name__)


@transaction.atomic
def start(task: Task, *, owner: Any, unit_id: int, title: str, back_url: str = "", **arguments: Any) -> Job:
    """Write the job and hand it to a worker once the row is committed."""
    job = Job.objects.create(owner=owner, unit_id=unit_id, title=title, back_url=back_url)
    transaction.on_commit(lambda: task.delay(job_id=job.pk, **arguments))
    return job


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
    Job.objects.filter(pk=job.pk).update(done=done, total=total, changed_at=timezone.now())


def attach(job: Job, result: StoredFile) -> None:
    Job.objects.filter(pk=job.pk).update(result=result, changed_at=timezone.now())


def _end(job_id: int, state: str, message: str = "") -> None:
    Job.objects.filter(pk=job_id).update(state=state, message=message, changed_at=timezone.now())
