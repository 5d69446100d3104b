from __future__ import annotations

import io

from celery import shared_task

from core import files, jobs
from documents.rendering import render
from plans.paper import compose
from plans.selectors import plan_data, visible_plans, with_content


@shared_task(name="plans.render_plan")
def render_plan(job_id: int, plan_id: int, to: str) -> None:
    """Set a long plan and leave the file on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        plan = with_content(visible_plans(job.owner).filter(pk=plan_id)).first()
        if plan is None:
            return
        content = render(compose(plan_data(plan), plan.issuer.lines), to)
        stored = files.store(
            io.BytesIO(content), name=f"ke-hoach-{plan.pk}.{to}", unit_id=plan.unit_id, actor=job.owner
        )
        jobs.attach(job, stored)
