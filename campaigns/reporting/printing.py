"""The report of a review as it prints now: its figures from the rows, its head from who issues it, its pictures."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from campaigns import issuers
from campaigns.models import Review
from campaigns.reporting.drafting import Office, drafted
from campaigns.reporting.figures import Figures, read
from campaigns.reporting.paper import ABBREVIATION, Head, compose
from campaigns.reporting.selectors import figures_of
from campaigns.reporting.texts import settled
from core import files
from core.errors import AppError
from core.models import StoredFile
from documents import tree
from documents.dates import PartialDate
from documents.issuing import PaperData
from plans.models import Plan
from reminders.asking.letters import in_words
from units.models import Issuer

_WIDEST_PIXELS = 1_400
"""Of a printed photograph: 300 dots an inch at 120 mm."""
_SOON = dt.timedelta(days=60)
"""After the end of a period its report is issued; a draft of an older one leaves the month open."""
_BLANK = "…"
"""Stands in a template for what an office fills in."""
_TO_WHOM_IT_STANDS = ("như trên", "như kính gửi")
"""Recipients of a letter: a report has nobody «above»."""


class NoIssuer(AppError):
    message = "Đơn vị chưa có cơ quan ban hành. Hãy thêm ở mục Đơn vị rồi lập báo cáo."


@dataclass(frozen=True)
class Report:
    """Everything that the report of one review says."""

    review: Review
    figures: Figures
    head: Head

    @cached_property
    def drafts(self) -> dict[str, str]:
        return drafted(self.figures, self.head.office)

    @cached_property
    def lines(self) -> dict[str, str]:
        return settled(self.drafts, self.review.texts)

    def paper(self) -> tree.Paper:
        return compose(self.figures, self.lines, self.head, pictures_of(self.figures))


def report_of(review: Review, *, is_now: bool = False) -> Report:
    """Of an issued review with the figures that were frozen, unless they are asked for as they are ``is_now``.

    Raise ``NoIssuer`` where nobody could sign.
    """
    figures = read(review.frozen) if review.frozen and not is_now else current_figures(review)
    return Report(review, figures, head_of(review, figures.last_day))


def current_figures(review: Review) -> Figures:
    return figures_of(review.campaign, review.period, wave=review.wave, is_final=review.is_final)


def as_issued(report: Report) -> Report:
    """As the paper on record bears it; a draft stays as it is."""
    paper = report.review.paper
    if paper is None:
        return report
    return with_record(report, PaperData(paper.kind, paper.number, paper.symbol, paper.date, signer=paper.signer))


def with_record(report: Report, paper: PaperData) -> Report:
    """Under the number, day and name that the signed paper bears."""
    day = PartialDate(paper.date.year, paper.date.month, paper.date.day)
    head = replace(report.head, number=paper.number, symbol=paper.symbol, date=day, signer=paper.signer)
    return Report(report.review, report.figures, head)


# -- Who issues it -------------------------------------------------------------------------


def issuer_of(review: Review) -> Issuer:
    """Who issued it; of a draft who was chosen, else who issues the papers of the campaign."""
    if review.paper is not None:
        return review.paper.issuer
    issuer = review.issuer or issuers.issuer_of(review.campaign)
    if issuer is None:
        raise NoIssuer
    return issuer


def head_of(review: Review, last_day: dt.date) -> Head:
    """``last_day``: of the period. Symbol and signature are those of the plan where the same body issued it."""
    issuer, plan, today = issuer_of(review), review.campaign.plan, timezone.localdate()
    like = plan if plan and plan.issuer_id == issuer.pk else None
    symbol = issuer.symbol or (like.symbol.partition("-")[2] if like else "")
    lines = like.signature_lines if like and like.signature_lines else issuer.signature_lines
    return Head(
        office=Office(in_words(issuer), _cited(plan), _recipients(plan), tuple(lines.split("\n"))),
        issuer=issuer.lines,
        superior=issuer.superior,
        symbol=f"{ABBREVIATION}-{symbol}" if symbol else ABBREVIATION,
        place=issuer.place,
        date=PartialDate(today.year, today.month) if today <= last_day + _SOON else PartialDate(last_day.year),
        signer=like.signature_name if like else "",
        post=issuer.signature_post,
    )


def _cited(plan: Plan | None) -> str:
    """«Kế hoạch số 15/KH-UBND ngày 12 tháng 3 năm 2024»; not before it is issued."""
    if plan is None or plan.paper is None:
        return ""
    day = plan.paper.date
    return f"{plan.paper.kind} số {plan.paper.full_number} {PartialDate(day.year, day.month, day.day).in_words()}"


def _recipients(plan: Plan | None) -> tuple[str, ...]:
    """Those of the plan that are filled in, and the archive."""
    if plan is None:
        return ("Lưu: VT",)
    fitting = [line for line in _named(plan) if _BLANK not in line]
    return (*fitting, f"Lưu: {plan.archive or 'VT'}")


def unfilled_recipients(plan: Plan | None) -> list[str]:
    """Those of the plan's template that nobody filled in: «Cụm thi đua số …». They are left out of the report."""
    return [line for line in _named(plan) if _BLANK in line] if plan else []


def _named(plan: Plan) -> list[str]:
    named = [line.strip(" -;.") for line in plan.recipients.split("\n")]
    return [line for line in named if line and not line.casefold().startswith(_TO_WHOM_IT_STANDS)]


# -- Photographs ---------------------------------------------------------------------------


def pictures_of(figures: Figures) -> tuple[tree.Picture, ...]:
    """Of the exemplars that have one, under their names. One query."""
    wanted = {one.picture: one for one in figures.exemplars if one.picture}
    stored = StoredFile.objects.in_bulk(list(wanted))
    return tuple(
        replace(printable(stored[pk]), caption=f"{one.name}, {one.place}" if one.place else one.name)
        for pk, one in wanted.items()
        if pk in stored
    )


def printable(stored: StoredFile) -> tree.Picture:
    """As wide as print can show, upright, without what the camera noted besides (where it was taken)."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy, and few reports have photographs

    with files.open_stored(stored) as content, Image.open(content) as found:
        upright = ImageOps.exif_transpose(found).convert("RGB")
    upright.thumbnail((_WIDEST_PIXELS, _WIDEST_PIXELS))
    buffer = io.BytesIO()
    upright.save(buffer, "JPEG", quality=85)
    return tree.Picture(buffer.getvalue(), "image/jpeg", upright.size, stored.name)
