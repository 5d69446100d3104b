from __future__ import annotations

import io
from functools import partial

from celery import shared_task

from core import files, jobs
from core.models import Job
from documents.reading.files import read_source
from documents.rendering import render
from documents.tree import Paper
from plans.amending.selectors import visible_revisions
from plans.duties.reading import note_read
from plans.models import Incoming, Reading
from plans.printing import printed, printed_before
from plans.reading import read_plan
from plans.receiving.drafts import make_draft
from plans.selectors import visible_plans, with_content


@shared_task(name="plans.render_plan")
def render_plan(job_id: int, plan_id: int, to: str) -> None:
    """Set a long plan and leave the file on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        plan = with_content(visible_plans(job.owner).filter(pk=plan_id)).first()
        if plan is not None:
            _leave(job, printed(plan), to, f"ke-hoach-{plan.pk}", plan.unit_id)


@shared_task(name="plans.render_revision")
def render_revision(job_id: int, revision_id: int, to: str) -> None:
    """Set a long plan as it stood before it was amended."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        revision = visible_revisions(job.owner).filter(pk=revision_id).first()
        if revision is not None:
            name = f"ke-hoach-{revision.plan_id}-truoc-sua-lan-{revision.number}"
            _leave(job, printed_before(revision), to, name, revision.plan.unit_id)


def _leave(job: Job, paper: Paper, to: str, name: str, unit_id: int) -> None:
    content = io.BytesIO(render(paper, to))
    jobs.attach(job, files.store(content, name=f"{name}.{to}", unit_id=unit_id, actor=job.owner))


@shared_task(name="plans.read_file")
def read_file(job_id: int, reading_id: int) -> None:
    """Make a draft of a file that somebody dropped in."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        reading = Reading.objects.select_related("unit", "by", "file").get(pk=reading_id)
        with files.open_stored(reading.file) as content:
            source = read_source(content, reading.file.name, on_progress=partial(jobs.progress, job))
        make_draft(reading, source, read_plan(source))


@shared_task(name="plans.read_incoming")
def read_incoming(job_id: int, incoming_id: int) -> None:
    """Propose duties of a paper that somebody dropped in."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        incoming = Incoming.objects.select_related("unit", "by", "file").get(pk=incoming_id)
        assert incoming.file is not None  # what was pasted is read at once
        with files.open_stored(incoming.file) as content:
            note_read(incoming, read_source(content, incoming.file.name, on_progress=partial(jobs.progress, job)))
