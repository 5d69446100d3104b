from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from celery import shared_task

from clusters.models import Season
from clusters.papers import selectors
from clusters.papers.kinds import BY_SLUG
from clusters.papers.printing import file_name, printed, sheet_printed, sheets_printed
from clusters.standing import read_season
from core import files, jobs
from core.models import Job
from documents.rendering import render
from documents.tree import Paper


@shared_task(name="clusters.render_papers")
def render_papers(job_id: int, season_id: int, to: str, which: str = "", sheets: Sequence[int] = ()) -> None:
    """Make the file of a long paper, or of score sheets, and leave it on the job. What its owner may no longer see
    is not made.
    """
    with jobs.running(job_id) as job:
        if job is None:
            return
        season = selectors.seasons_for_papers(job.owner).filter(pk=season_id).first()
        made = season and _made(job, season, which, sheets)
        if not season or not made:
            return
        jobs.progress(job, 0, 1)
        paper, words = made
        content = io.BytesIO(render(paper, to))
        stored = files.store(content, name=file_name(words, to), unit_id=season.unit_id, actor=job.owner)
        jobs.attach(job, stored)


def _made(job: Job, season: Season, which: str, sheets: Sequence[int]) -> tuple[Paper, str] | None:
    user: Any = job.owner
    if which:
        sort = BY_SLUG.get(which)
        if sort is None or sort not in selectors.sorts_seen(user, season):
            return None
        kept = selectors.kept_paper(season, sort)
        return printed(season, sort.kind, kept).paper(), f"{sort.slug} {season}"
    found = [sheet for sheet in selectors.sheets_seen(user, season) if sheet.pk in set(sheets)]
    if not found:
        return None
    standing = read_season(season)
    if len(sheets) == 1:
        return sheet_printed(standing, found[0], user), f"Bảng chấm điểm {found[0].member} năm {season.year}"
    return sheets_printed(standing, found, user), f"Bảng chấm điểm các đơn vị, {season}"
