"""Recording that a plan was signed and numbered next door: from then on its files stand still."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction

from core import files, states
from core.errors import AppError
from core.models import StoredFile
from documents import issuing
from documents.issuing import PaperData, PaperFiles
from documents.models import IssuedPaper
from documents.rendering import render
from plans.cleaning import UnfitField
from plans.models import Plan
from plans.paper import compose
from plans.presenters import file_name
from plans.selectors import plan_data, with_content
from plans.services.header import settle_header
from plans.services.moves import issue_plan
from plans.states import PlanState

_FIELDS = {"paper_date": "date", "year": "date", "signature_name": "signer"}
"""Fields of a plan → those of the record that a person fills in."""


class AlreadyIssued(AppError):
    message = "Kế hoạch này đã được ghi nhận là ban hành."


@transaction.atomic
def record_issue(
    plan: Plan,
    *,
    actor: Any,
    version: int,
    paper: PaperData,
    signed_file: StoredFile | None = None,
    is_confirmed: bool = False,
) -> IssuedPaper:
    """Freeze the plan as the paper that went out.

    Takes the plan's version (raise ``EditedMeanwhile``), writes number, day and signer into it, draws PDF and
    Word once, keeps them and the signed file, and moves the plan to issued. Where any of it fails nothing is
    left, the number included. What a person must correct is raised as ``UnfitPaper`` with the record's field,
    a number far from the others as ``ToConfirm`` until it ``is_confirmed``.
    """
    if plan.state == PlanState.ISSUED:
        raise AlreadyIssued
    paper, who = issuing.checked(paper, plan.issuer), {"issuer": plan.issuer, "actor": actor}
    states.claim_version(plan, version, state=plan.state)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    _settle(plan, paper, actor)
    record = issuing.write_record(paper, **who, drawn=_drawn(plan, actor), signed_file=signed_file)
    issue_plan(plan, actor=actor)
    plan.paper = record
    plan.save(update_fields=["paper"])
    return record


def paper_of(plan: Plan, **typed: Any) -> PaperData:
    """Kind and subject are the plan's own; the rest is typed from the signed paper."""
    title = plan.title[:1].upper() + plan.title[1:].lower()
    return PaperData(kind=title, subject=plan.subject, **typed)


def _settle(plan: Plan, paper: PaperData, actor: Any) -> None:
    values = {"number": paper.number, "symbol": paper.symbol, "paper_date": paper.date.isoformat()}
    if paper.signer:
        values["signature_name"] = paper.signer
    try:
        settle_header(plan, actor=actor, **values)
    except UnfitField as error:
        raise issuing.UnfitPaper(_FIELDS.get(error.field, error.field), str(error)) from None


def _drawn(plan: Plan, actor: Any) -> PaperFiles:
    """The paper drawn from the rows as they now are. A long table takes seconds, once in the plan's life."""
    fresh = with_content(Plan.objects.filter(pk=plan.pk)).get()
    composed = compose(plan_data(fresh), fresh.issuer.lines)

    def kept(to: str) -> StoredFile:
        content = io.BytesIO(render(composed, to))
        return files.store(content, name=file_name(fresh, to), unit_id=fresh.unit_id, actor=actor)

    return PaperFiles(pdf=kept("pdf"), word=kept("docx"))
