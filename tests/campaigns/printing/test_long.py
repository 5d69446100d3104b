"""A long table of targets is set by a worker, as every big paper: the person may leave and find it again."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Target
from core.files import open_stored
from core.models import Job
from documents.rendering import ROWS_IN_REQUEST, is_long
from plans.models import Plan
from plans.printing import printed
from plans.selectors import any_plan


def fill_up(plan: Plan, count: int) -> None:
    """So that the campaign has so many targets."""
    campaign = Campaign.objects.get(plan=plan)
    there = campaign.targets.count()
    Target.objects.bulk_create(
        Target(campaign=campaign, order=order, text=f"chỉ tiêu số {order}", low=order, measure="cây")
        for order in range(there + 1, count + 1)
    )


def ask(page: Any, plan: Plan, to: str = "pdf") -> Any:
    return page.get(reverse("plans:download", args=[plan.pk, to]))


@pytest.mark.parametrize(("count", "is_set_by_a_worker"), [(ROWS_IN_REQUEST, False), (ROWS_IN_REQUEST + 1, True)])
def test_a_table_as_long_as_a_person_waits_for_is_drawn_at_once(plan, page, count, is_set_by_a_worker):
    fill_up(plan, count)

    answer = ask(page, plan)

    assert Job.objects.exists() is is_set_by_a_worker
    assert answer.status_code == (302 if is_set_by_a_worker else 200)


def test_the_worker_leaves_the_whole_table_on_the_job(plan, page, django_capture_on_commit_callbacks):
    fill_up(plan, 130)

    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(page, plan)

    job = Job.objects.get()
    assert (answer["Location"], job.state) == (reverse("core:job", args=[job.pk]), Job.State.DONE)
    assert job.back_url == reverse("plans:plan", args=[plan.pk])
    assert "chỉ tiêu số 130" in words_of_pdf(job)


def words_of_pdf(job: Job) -> str:
    import pdfplumber  # noqa: PLC0415 -- heavy

    with open_stored(job.result) as content, pdfplumber.open(content) as pdf:
        return " ".join(" ".join((sheet.extract_text() or "").split()) for sheet in pdf.pages).lower()


def test_only_pdf_takes_so_long(plan, page):
    fill_up(plan, 130)
    paper = printed(any_plan(plan.pk))

    assert [is_long(paper, to) for to in ("pdf", "docx", "txt")] == [True, False, False]
    assert (ask(page, plan, "docx").status_code, Job.objects.count()) == (200, 0)
