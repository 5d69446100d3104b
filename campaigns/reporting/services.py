"""Writes: a report begun, its words, and the record of the paper that went out; then its figures stand still."""

from __future__ import annotations

import io
from typing import Any

from django.db import transaction

from campaigns import issuers
from campaigns.models import Campaign, Review, Wave
from campaigns.periods import UnfitPeriod, period_of
from campaigns.reporting.drafting import LABELS
from campaigns.reporting.figures import write
from campaigns.reporting.paper import KIND
from campaigns.reporting.presenters import file_name
from campaigns.reporting.printing import issuer_of, report_of, with_record
from campaigns.results.selectors import chosen_period
from campaigns.running.services import close
from campaigns.states import CampaignState
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import claim_version
from documents import issuing
from documents.issuing import PaperData, PaperFiles
from documents.models import IssuedPaper
from documents.rendering import render
from plans import cleaning
from units.models import Issuer

_LONGEST = 20_000
_SHOWN = (CampaignState.RUNNING, CampaignState.CLOSED)


class NotLaunched(AppError):
    message = "Phong trào chưa phát động hoặc đã thôi thực hiện nên chưa lập báo cáo được."


class IsIssued(AppError):
    message = "Báo cáo đã ban hành nên giữ nguyên."


class BegunAlready(AppError):
    message = "Kỳ này đã có báo cáo."

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.review = review


@transaction.atomic
def start_review(
    campaign: Campaign, *, actor: Any, period: str, wave: Wave | None, is_final: bool, issuer: Issuer | None = None
) -> Review:
    """Without an ``issuer`` it is whoever issues the papers of the campaign, also when that changes.

    Raise ``NotLaunched``, ``UnfitField`` for a period not of the campaign, ``BegunAlready`` with the other one.
    """
    audit.wait_for_turn(campaign.unit_id)
    if campaign.state not in _SHOWN:
        raise NotLaunched
    try:
        chosen = chosen_period(campaign, period)
    except UnfitPeriod as error:
        raise UnfitField("period", str(error)) from None
    if chosen is None:
        raise UnfitField("period", "Chọn một kỳ của phong trào.")
    if wave is not None and wave.campaign_id != campaign.pk:
        raise UnfitField("wave", "Chọn một đợt của phong trào.")
    there = Review.objects.filter(campaign=campaign, period=period, wave=wave).first()
    if there is not None:
        raise BegunAlready(there)
    if issuer is not None:
        _refuse_issuer(campaign, issuer)
    review = Review(campaign=campaign, period=period, wave=wave, is_final=is_final, issuer=issuer)
    review.save()
    told = {"period": chosen.words, "wave": wave, "issuer": issuer}
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("campaigns.review.begun", review, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return review


def _refuse_issuer(campaign: Campaign, issuer: Issuer) -> None:
    if issuer not in issuers.to_choose(campaign):
        raise UnfitField("issuer", "Chọn một cơ quan ban hành của đơn vị.")


@transaction.atomic
def choose_issuer(review: Review, *, actor: Any, version: int, issuer: Issuer) -> None:
    """Who issues the report: head, symbol, place and signature are theirs.

    Raise ``IsIssued``, ``EditedMeanwhile``, ``UnfitField`` for one that is not the unit's.
    """
    _refuse_issued(review)
    _refuse_issuer(review.campaign, issuer)
    before = issuer_of(review)
    if before == issuer:
        return
    claim_version(review, version, paper=None)
    review.issuer = issuer
    review.save(update_fields=["issuer"])
    changes = {"issuer": (before, issuer)}
    audit.record(
        "campaigns.review.issuer_chosen", review, actor=actor, unit_id=review.campaign.unit_id, changes=changes
    )


@transaction.atomic
def write_text(review: Review, *, actor: Any, version: int, key: str, lines: str) -> None:
    """What the officer says in a section instead of what is drafted; the drafted words again take his away.

    Raise ``IsIssued``, ``EditedMeanwhile``, ``UnfitField``.
    """
    if key not in LABELS:
        raise ValueError(key)
    _refuse_issued(review)
    lines = cleaning.body("lines", lines)
    if len(lines) > _LONGEST:
        raise UnfitField("lines", "Dài quá 20.000 ký tự.")
    report = report_of(review)
    before, draft = report.lines[key], report.drafts[key]
    if lines == before:
        return
    texts = {name: text for name, text in review.texts.items() if name != key}
    _keep_texts(review, texts if lines == draft else {**texts, key: {"lines": lines, "drafted": draft}}, version)
    changes = {f"review_{key}": (before, lines)}
    audit.record("campaigns.review.written", review, actor=actor, unit_id=review.campaign.unit_id, changes=changes)


@transaction.atomic
def restore_text(review: Review, *, actor: Any, version: int, key: str) -> None:
    """The drafted words again, which follow the figures."""
    _refuse_issued(review)
    if key not in review.texts:
        return
    before = review.texts[key]["lines"]
    _keep_texts(review, {name: text for name, text in review.texts.items() if name != key}, version)
    changes = {f"review_{key}": (before, report_of(review).drafts[key])}
    audit.record("campaigns.review.restored", review, actor=actor, unit_id=review.campaign.unit_id, changes=changes)


def _keep_texts(review: Review, texts: dict[str, Any], version: int) -> None:
    claim_version(review, version, paper=None)
    review.texts = texts
    review.save(update_fields=["texts"])


def _refuse_issued(review: Review) -> None:
    if review.paper_id is not None:
        raise IsIssued


@transaction.atomic
def discard_review(review: Review, *, actor: Any, version: int) -> None:
    """A report that was never issued."""
    _refuse_issued(review)
    claim_version(review, version, paper=None)
    campaign, changes = review.campaign, {"removed_review": (f"{review}, {period_of(review.period)}", None)}
    audit.record("campaigns.review.discarded", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
    review.delete()


# -- Its way out of the house --------------------------------------------------------------


def paper_of(review: Review, **typed: Any) -> PaperData:
    """Kind and subject are the report's own; the rest is typed from the signed paper."""
    return PaperData(kind=KIND, subject=report_of(review).paper().subject, **typed)


@transaction.atomic
def record_issue(
    review: Review,
    *,
    actor: Any,
    version: int,
    paper: PaperData,
    signed_file: StoredFile | None = None,
    is_confirmed: bool = False,
    closes: bool = False,
) -> IssuedPaper:
    """Freeze figures and words as the paper that went out.

    Takes the review's version (raise ``EditedMeanwhile``), draws PDF and Word once with number, day and signer, keeps
    them and the signed file, and the figures as they are now. Where any of it fails nothing is left, the number
    included. ``closes`` ends the campaign with its last report. What a person must correct is raised as
    ``UnfitPaper`` with the record's field, a number far from the others as ``ToConfirm``.
    """
    _refuse_issued(review)
    issuer = issuer_of(review)
    paper, who = issuing.checked(paper, issuer), {"issuer": issuer, "actor": actor}
    claim_version(review, version, paper=None)
    where = issuing.where_issued(paper)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    report = with_record(report_of(review), paper)
    composed = report.paper()

    def kept(to: str) -> StoredFile:
        content = io.BytesIO(render(composed, to))
        name = file_name(report.figures, to, number=paper.number)
        return files.store(content, name=name, unit_id=review.campaign.unit_id, actor=actor)

    drawn = PaperFiles(pdf=kept("pdf"), word=kept("docx"))
    record = issuing.write_record(paper, **who, drawn=drawn, signed_file=signed_file, where=where)
    review.frozen, review.paper = write(report.figures), record
    review.save(update_fields=["frozen", "paper"])
    audit.record(
        "campaigns.review.issued",
        review,
        actor=actor,
        unit_id=review.campaign.unit_id,
        changes={"paper": (None, record)},
    )
    if closes and review.is_final and review.campaign.state == CampaignState.RUNNING:
        close(review.campaign, actor=actor)
    return record
