from __future__ import annotations

import io

from celery import shared_task

from awards.deciding.printing import file_name, printed
from awards.selectors import visible_decisions
from core import files, jobs
from documents.rendering import render


@shared_task(name="awards.render_decision")
def render_decision(job_id: int, decision_id: int, to: str) -> None:
    """Make the file of a long draft and leave it on the job. What its owner may no longer see is not made."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        rows = visible_decisions(job.owner).select_related("issuer__unit", "round__campaign")
        decision = rows.filter(pk=decision_id).first()
        if decision is None:
            return
        jobs.progress(job, 0, 1)
        content = io.BytesIO(render(printed(decision).paper(), to))
        name = file_name(decision, to)
        jobs.attach(job, files.store(content, name=name, unit_id=decision.unit_id, actor=job.owner))
