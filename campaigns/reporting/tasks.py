from __future__ import annotations

import io

from celery import shared_task

from campaigns.reporting.presenters import file_name
from campaigns.reporting.printing import report_of
from campaigns.reporting.selectors import review_for
from core import files, jobs
from documents.rendering import render


@shared_task(name="campaigns.render_review")
def render_review(job_id: int, review_id: int, to: str) -> None:
    """Set a long report and leave the file on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        review = review_for(job.owner).filter(pk=review_id).first()
        if review is None:
            return
        report = report_of(review)
        content = io.BytesIO(render(report.paper(), to))
        name, unit_id = file_name(report.figures, to), review.campaign.unit_id
        jobs.attach(job, files.store(content, name=name, unit_id=unit_id, actor=job.owner))
