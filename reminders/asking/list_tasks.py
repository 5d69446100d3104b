"""Work of the worker on lists; ``reminders.tasks`` names these for Celery."""

from __future__ import annotations

import io

from celery import shared_task

from core import files, jobs
from reminders.asking import list_drops, list_export, selectors


@shared_task(name="reminders.read_lists")
def read_lists(job_id: int, drop: int) -> None:
    """Read every file of a drop; the officer looks at the result before anything is taken."""
    with jobs.running(job_id) as job:
        if job is not None:
            list_drops.read_drop(job, drop)


@shared_task(name="reminders.render_lists")
def render_lists(job_id: int, request_id: int) -> None:
    """Put a long list together and leave the file on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        request = selectors.visible_requests(job.owner).filter(pk=request_id).first()
        if request is not None:
            content = io.BytesIO(list_export.merged(request))
            name = f"{list_export.merged_name(request)}.xlsx"
            jobs.attach(job, files.store(content, name=name, unit_id=request.unit_id, actor=job.owner))
