from __future__ import annotations

import io

from celery import shared_task

from awards.papers import selectors
from awards.papers.kinds import BY_SLUG
from awards.papers.packing import write_pack
from awards.papers.printing import Printed
from core import files, jobs
from documents.rendering import render


@shared_task(name="awards.render_paper")
def render_paper(job_id: int, slug: str, owner_id: int, to: str) -> None:
    """Make the file of a long paper and leave it on the job. What its owner may no longer see is not made."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        sort = BY_SLUG[slug]
        owner = selectors.OWNERS_SEEN[sort.owner](job.owner).filter(pk=owner_id).first()
        if owner is None:
            return
        jobs.progress(job, 0, 1)
        said = Printed(sort, owner, selectors.kept_of(sort, owner))
        content = io.BytesIO(render(said.to_print(), to))
        jobs.attach(job, files.store(content, name=said.file_name(to), unit_id=said.unit.pk, actor=job.owner))


@shared_task(name="awards.make_pack")
def make_pack(job_id: int, round_id: int, which: str) -> None:
    """The dossier pack as a ZIP on the job."""
    with jobs.running(job_id) as job:
        if job is None:
            return
        found = selectors.rounds_seen(job.owner).filter(pk=round_id).first()
        if found is None or not job.owner.has_perm(selectors.RUN, found):
            return
        with write_pack(found, job, which) as content:
            name = f"ho-so-khen-thuong-{found.pk}-{found.year}.zip"
            stored = files.store(content, name=name, unit_id=found.unit_id, actor=job.owner, type_of=lambda path: ZIP)
        jobs.attach(job, stored)


ZIP = "application/zip"
