"""Batches: begun by a person, made by a worker, found again on the decision's page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from awards.certificates.drawing import Press, common_lines, own_lines, picture_address
from awards.certificates.joining import join
from awards.certificates.layouts import layout_of
from awards.certificates.selectors import printable
from awards.certificates.words import Certificate, certificate_of, common_of, printed_names
from awards.models import CertificateRun, Decision, Grant, Stock
from awards.states import DecisionState
from core import audit, files, jobs
from core.errors import AppError, UnfitField
from core.models import Job, StoredFile
from documents.rendering.pictures import page_pictures
from plans import cleaning

CITATION = 300
_LONG = 400
"""Letters of an achievement from which on it is tried before a worker begins."""


class NotIssued(AppError):
    message = "Quyết định chưa ban hành nên chưa in được. Hãy ghi nhận số và ngày ký trước."


class OfAnother(AppError):
    message = "Quyết định này do cấp khác ban hành: nơi quyết định in và cấp bằng, giấy khen."


class NothingToPrint(AppError):
    message = "Chưa chọn ai để in. Hãy đánh dấu ít nhất một dòng, hoặc chọn in tất cả."


@dataclass(frozen=True, slots=True)
class Wanted:
    stock: Stock | None
    """None: the whole certificate on blank paper, the stock that is made when first needed."""
    grant_ids: tuple[int, ...] = ()
    """None of them: all of the decision."""
    citation: str = ""


def may_print(decision: Decision) -> AppError | None:
    """Why not, if so."""
    if decision.state == DecisionState.DRAFT:
        return NotIssued()
    if decision.outside_id is not None or decision.kind != Decision.Kind.GRANT:
        return OfAnother()
    return None


@transaction.atomic
def begin(decision: Decision, *, actor: Any, wanted: Wanted) -> CertificateRun:
    """Raises ``NotIssued``, ``OfAnother``, ``NothingToPrint``, ``TooLong``, ``UnfitField``."""
    from awards.certificates.tasks import render_certificates  # noqa: PLC0415 -- the task calls this module

    audit.wait_for_turn(decision.unit_id)
    if refusal := may_print(decision):
        raise refusal
    citation = cleaning.line("citation", " ".join(wanted.citation.split()), CITATION)
    grants = list(_chosen(decision, wanted.grant_ids))
    if not grants:
        raise NothingToPrint
    stock = wanted.stock or blank_paper(decision, actor=actor)
    _refuse_unfit(stock, grants)
    _try_long(decision, grants, stock, citation)
    run = CertificateRun.objects.create(
        decision=decision,
        stock=stock,
        grants=[one.pk for one in grants] if wanted.grant_ids else [],
        count=len(grants),
        citation=citation,
        by=actor,
    )
    title = f"In {len(grants)} giấy khen, bằng: {decision}"[:200]
    back = reverse("awards:certificates", args=[decision.pk])
    run.job = jobs.start(
        render_certificates, owner=actor, unit_id=decision.unit_id, title=title, back_url=back, run_id=run.pk
    )
    run.save(update_fields=["job"])
    changes = {"certificates": (None, len(grants)), "stock": (None, stock.name)}
    audit.record("awards.certificates.printed", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    return run


def blank_paper(decision: Decision, *, actor: Any) -> Stock:
    """The stock with which nothing has to be set up; made when first needed."""
    found = Stock.objects.filter(unit=decision.unit_id, mode=Stock.Mode.FULL, award="").order_by("pk").first()
    return (
        found
        or Stock.objects.get_or_create(
            unit_id=decision.unit_id, name="Giấy trắng, in cả giấy khen", defaults={"by": actor}
        )[0]
    )


def draw_run(run: CertificateRun, job: Job) -> StoredFile:
    """The batch as one PDF, kept with the run; tells its progress. Raises ``TooLong``."""
    from documents.rendering.pdf import html_to_pdf  # noqa: PLC0415 -- weasyprint is heavy

    grants = list(_chosen(run.decision, run.grants))
    if not grants:
        raise NothingToPrint
    jobs.progress(job, 0, len(grants))
    content = join(
        certificates_of(run.decision, grants, run.citation),
        press_of(run.stock),
        title=str(run.decision),
        draw=html_to_pdf,
        progress=lambda done, total: jobs.progress(job, done, total),
    )
    name = f"giay-khen-{run.decision_id}-lan-in-{run.pk}.pdf"
    stored = files.store(io.BytesIO(content), name=name, unit_id=run.decision.unit_id, actor=job.owner)
    CertificateRun.objects.filter(pk=run.pk).update(file=stored)
    return stored


def certificates_of(decision: Decision, grants: Sequence[Grant], citation: str = "") -> list[Certificate]:
    common, names = common_of(decision), printed_names(grants)
    return [certificate_of(one, common, citation=citation, printed=names.get(one.pk)) for one in grants]


def press_of(stock: Stock, *, is_proof: bool = False) -> Press:
    return Press(
        is_whole=stock.mode == Stock.Mode.FULL,
        shift=(float(stock.shift_x), float(stock.shift_y)),
        places=stock.places,
        emblem=_emblem(stock.emblem),
        has_code=stock.has_code,
        is_proof=is_proof,
    )


def picture_of(html: str) -> str:
    """The first page as a ``data:`` image, which the strict CSP lets pages show."""
    from documents.rendering.pdf import html_to_pdf  # noqa: PLC0415 -- weasyprint is heavy

    [picture] = page_pictures(html_to_pdf(html), most=1).shown
    return picture_address(picture, "image/png")


def _emblem(stored: StoredFile | None) -> str:
    if stored is None:
        return ""
    with files.open_stored(stored) as content:
        return picture_address(content.read(), stored.media_type)


def _chosen(decision: Decision, grant_ids: Sequence[int]) -> Any:
    rows = printable(decision)
    return rows.filter(pk__in=grant_ids) if grant_ids else rows


def _refuse_unfit(stock: Stock, grants: Sequence[Grant]) -> None:
    """One batch goes onto one kind of paper."""
    sheets = {layout_of(one.award).sheet for one in grants}
    if len(sheets) > 1:
        raise UnfitField(
            "lines", "Bằng Gia đình văn hóa in khổ A5, các loại khác khổ A4: hãy đánh dấu và in riêng từng loại."
        )
    if stock.mode == Stock.Mode.VARIABLE and layout_of(stock.award).sheet not in sheets:
        raise UnfitField("stock", f"Phôi «{stock.name}» khác khổ giấy với các dòng đã chọn; hãy chọn phôi khác.")
    if stock.award and any(one.award != stock.award for one in grants):
        raise UnfitField("stock", f"Phôi «{stock.name}» chỉ dùng cho một loại; hãy đánh dấu riêng các dòng loại ấy.")


def _try_long(decision: Decision, grants: Sequence[Grant], stock: Stock, citation: str) -> None:
    """What could be refused by the worker is told now."""
    press, said = press_of(stock), certificates_of(decision, grants, citation)
    by_award: dict[str, Certificate] = {one.award: one for one in said}
    for one in by_award.values():
        common_lines(one, press)
    for one in said:
        if sum(map(len, one.texts.values())) > _LONG:
            own_lines(one, press)
