from __future__ import annotations

from celery import shared_task

from awards.models import CertificateRun
from awards.selectors import visible_decisions
from core import jobs


@shared_task(name="awards.render_certificates")
def render_certificates(job_id: int, run_id: int) -> None:
    """Make the file of a run. What its owner may no longer see is not made."""
    from awards.certificates.runs import draw_run  # noqa: PLC0415 -- which starts this task

    with jobs.running(job_id) as job:
        if job is None:
            return
        rows = CertificateRun.objects.select_related("decision__unit", "decision__issuer", "stock__emblem")
        seen = visible_decisions(job.owner).order_by().values("pk")
        run = rows.filter(pk=run_id, decision__in=seen).first()
        if run is None:
            return
        jobs.attach(job, draw_run(run, job))
