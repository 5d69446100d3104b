"""Recording that a plan was signed and numbered next door: from then on its files stand still."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from django.db import transaction

from core import audit, files, states
from core.errors import AppError, UnfitField
from core.models import StoredFile
from documents import issuing
from documents.issuing import PaperData, PaperFiles
from documents.models import IssuedPaper
from documents.rendering import render
from plans.amending.services import hold_original, put_in_force
from plans.blocks import printed_parts, unfilled
from plans.issuing.comparing import Beside
from plans.models import Plan
from plans.presenters import file_name
from plans.printing import printed
from plans.selectors import plan_data, with_content
from plans.services.header import settle_header
from plans.services.moves import issue_plan
from plans.services.rewriting import rewrite_plan
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
    beside: Beside | None = None,
    takes_signed: bool = False,
) -> IssuedPaper:
    """Freeze the plan as the paper that went out.

    Takes the plan's version (raise ``EditedMeanwhile``), writes number, day and signer into it, draws PDF and
    Word once, keeps them and the signed file, and moves the plan to issued. Where any of it fails nothing is
    left, the number included. What a person must correct is raised as ``UnfitPaper`` with the record's field,
    a number far from the others as ``ToConfirm`` until it ``is_confirmed``.

    ``beside``: how the signed copy differs from the plan of that version; with ``takes_signed`` the plan takes its
    words over before it is drawn, so that what is issued is what was signed. What stays different is told in the
    history. A plan that amends another changes that one in the same transaction (``plans.amending``).
    """
    if plan.state == PlanState.ISSUED:
        raise AlreadyIssued
    paper, who = issuing.checked(paper, plan.issuer), {"issuer": plan.issuer, "actor": actor}
    states.claim_version(plan, version, state=plan.state)
    hold_original(plan)
    where = issuing.where_issued(paper)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    _settle(plan, paper, actor)
    if beside is not None and beside.differs:
        _settle_words(plan, beside, actor, takes_signed=takes_signed)
        paper = issuing.checked(replace(paper, subject=plan.subject, kind=kind_of(plan)), plan.issuer)
    fresh = with_content(Plan.objects.filter(pk=plan.pk)).get()
    plan.printed_parts = _parts_to_print(fresh)
    record = issuing.write_record(paper, **who, drawn=_drawn(fresh, actor), signed_file=signed_file, where=where)
    issue_plan(plan, actor=actor)
    plan.paper = record
    plan.save(update_fields=["paper", "printed_parts"])
    put_in_force(plan, actor=actor)
    return record


def paper_of(plan: Plan, **typed: Any) -> PaperData:
    """Kind and subject are the plan's own; the rest is typed from the signed paper."""
    return PaperData(kind=kind_of(plan), subject=plan.subject, **typed)


def kind_of(plan: Plan) -> str:
    return plan.title[:1].upper() + plan.title[1:].lower()


def _settle(plan: Plan, paper: PaperData, actor: Any) -> None:
    values = {"number": paper.number, "symbol": paper.symbol, "paper_date": paper.date.isoformat()}
    if paper.signer:
        values["signature_name"] = paper.signer
    try:
        settle_header(plan, actor=actor, **values)
    except UnfitField as error:
        raise issuing.UnfitPaper(_FIELDS.get(error.field, error.field), str(error)) from None


def _settle_words(plan: Plan, beside: Beside, actor: Any, *, takes_signed: bool) -> None:
    """Where the two papers differ: the signed one's words, or the plan's own; either way its history says so."""
    taken = beside.takes.taken if takes_signed else ()
    if taken:
        gone = {int(place.path[1]) for place in beside.takes.gone if place.path[0] == "blocks"}
        try:
            rewrite_plan(plan, beside.plan, beside.takes.plan, actor=actor, gone=gone)
        except UnfitField as error:
            raise issuing.UnfitPaper("signed_file", f"Chưa lấy được theo bản đã ký: {error}") from None
    changes = {"places_taken": (None, len(taken)), "places_kept": (None, beside.count - len(taken))}
    told = {name: (old, count) for name, (old, count) in changes.items() if count}
    audit.record("plans.plan.compared", plan, actor=actor, unit_id=plan.unit_id, changes=told)


def _parts_to_print(plan: Plan) -> dict[str, Any] | None:
    """What the text prints of other apps' parts, kept as it is now. Brackets that print nothing go on no paper."""
    data = plan_data(plan)
    if empty := next(unfilled(data.blocks, data.parts), None):
        raise issuing.UnfitPaper("blocks", f"{empty.problem} Hãy bổ sung, hoặc bỏ dòng đó khỏi kế hoạch rồi ghi nhận.")
    return printed_parts(data.blocks, data.parts) or None


def _drawn(plan: Plan, actor: Any) -> PaperFiles:
    """The paper drawn from the rows as they now are. A long table takes seconds, once in the plan's life."""
    composed = printed(plan)

    def kept(to: str) -> StoredFile:
        content = io.BytesIO(render(composed, to))
        return files.store(content, name=file_name(plan, to), unit_id=plan.unit_id, actor=actor)

    return PaperFiles(pdf=kept("pdf"), word=kept("docx"))
