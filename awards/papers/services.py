"""Writes: the words of a paper, and the record that it went out; then words, figures and files stand still."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.models import AwardPaper, Consultation
from awards.papers.frames import COUNCIL_LINES, COUNCIL_SYMBOL, committee_words, council_issuer
from awards.papers.kinds import Sort
from awards.papers.printing import Printed, lacks_of, unit_of
from awards.papers.selectors import may_write
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import EditedMeanwhile, claim_version
from documents import issuing
from documents.issuing import HasSignedFile, PaperData, PaperFiles
from documents.models import IssuedPaper
from documents.rendering import render
from plans import cleaning
from units.models import Issuer, Unit
from units.services import create_issuer

LONGEST = 20_000
OWN = "hoi-dong"
"""Stands for the council, not entered among the issuers yet."""
_FARTHEST = 366
"""Days from today; what is farther is a slip of the pen. Minutes of old sittings may be recorded later."""


class IsRecorded(AppError):
    message = "Văn bản đã ghi nhận nên giữ nguyên."


class NotYours(AppError):
    message = "Bạn xem được văn bản này, không sửa được. Nhờ cán bộ phụ trách sửa giúp."


class NotKept(AppError):
    message = "Văn bản này chỉ để in, không ghi nhận đã ký."


class StillLacks(AppError):
    def __init__(self, lacks: list[str]) -> None:
        super().__init__(f"Chưa ghi nhận được. {' '.join(lacks)}")
        self.lacks = lacks


# -- Words ---------------------------------------------------------------------------------


@transaction.atomic
def save_paper(
    sort: Sort,
    owner: Any,
    *,
    actor: Any,
    version: int,
    issuer: Issuer | str | None,
    day: dt.date | None,
    texts: Mapping[str, str],
) -> AwardPaper:
    """``version`` 0: nothing was kept when the page was shown. ``issuer`` ``OWN``: the council, entered now.

    Words that are as drafted are not kept: they go on following the rows.
    Raise ``UnfitField``, ``EditedMeanwhile``, ``IsRecorded``, ``NotYours``.
    """
    _refuse_others(actor, sort, owner)
    unit = unit_of(owner)
    _refuse_day(day)
    cleaned = {text.name: _cleaned(text.name, texts.get(text.name, ""), text.rows) for text in sort.texts}
    audit.wait_for_turn(unit.pk)
    kept = _row_of(sort, owner)
    if kept is not None and kept.is_frozen:
        raise IsRecorded
    if (kept.version if kept else 0) != version:
        raise EditedMeanwhile
    said = Printed(sort, owner, kept)
    chosen = _chosen(sort, unit, issuer, kept, actor)
    own = {name: text for name, text in cleaned.items() if text != said.drafts[name]}
    before = {**_told(said.texts), "issuer": kept.issuer if kept else None, "day": kept.day if kept else None}
    if kept is None:
        kept = AwardPaper(unit=unit, kind=sort.kind, issuer=chosen, day=day, texts=own, by=actor)
        setattr(kept, sort.owner, owner)
        kept.save()
    elif (kept.issuer_id, kept.day, kept.texts) != (chosen.pk if chosen else None, day, own):
        claim_version(kept, version, paper=None, pdf_file=None)
        kept.issuer, kept.day, kept.texts = chosen, day, own
        kept.save(update_fields=["issuer", "day", "texts"])
    else:
        return kept
    changes = audit.differences(before, {**_told(cleaned), "issuer": chosen, "day": day})
    audit.record("awards.paper.saved", kept, actor=actor, unit_id=unit.pk, changes=changes)
    return kept


def _row_of(sort: Sort, owner: Any) -> AwardPaper | None:
    rows = AwardPaper.objects.filter(kind=sort.kind, **{sort.owner: owner})
    return rows.select_related("issuer__unit", "paper").first()


def _chosen(sort: Sort, unit: Unit, issuer: Issuer | str | None, kept: AwardPaper | None, actor: Any) -> Issuer | None:
    """Of the unit's own, or what stood there before."""
    if not sort.has_issuer:
        return None
    if issuer == OWN:
        return council_issuer(unit) or _enter_council(unit, actor)
    stood = kept.issuer_id if kept else None
    if isinstance(issuer, Issuer) and (issuer.unit_id == unit.pk or issuer.pk == stood):
        return issuer
    raise UnfitField("issuer", "Chọn một cơ quan ban hành của đơn vị.")


def _enter_council(unit: Unit, actor: Any) -> Issuer:
    """As it heads its papers under the committee's seal."""
    return create_issuer(
        unit,
        actor=actor,
        name_lines=COUNCIL_LINES,
        superior=committee_words(unit),
        place=unit.name,
        symbol=COUNCIL_SYMBOL,
        signature_lines="TM. HỘI ĐỒNG\nCHỦ TỊCH",
        signature_post=f"CHỦ TỊCH UBND {unit}".upper(),
    )


def _told(texts: Mapping[str, str]) -> dict[str, Any]:
    return {f"paper_{name}": text for name, text in texts.items()}


def _cleaned(name: str, text: str, rows: int) -> str:
    cleaned = cleaning.body(name, text) if rows else cleaning.line(name, " ".join(text.split()), 300)
    if len(cleaned) > LONGEST:
        raise UnfitField(name, "Dài quá 20.000 ký tự.")
    return cleaned.strip("\n")


def _refuse_day(day: dt.date | None) -> None:
    if day is not None and (day - timezone.localdate()).days > _FARTHEST:
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} còn xa; hãy xem lại ngày.")


# -- Its way out of the house --------------------------------------------------------------


def paper_of(said: Printed, **typed: Any) -> PaperData:
    """Kind and subject are the paper's own; the rest is typed from what was signed."""
    paper = said.paper()
    subject = paper.subject or paper.header.about.removeprefix("V/v").strip()
    return PaperData(kind=said.sort.kind_name, subject=subject, **typed)


@transaction.atomic
def record_issue(
    kept: AwardPaper,
    sort: Sort,
    owner: Any,
    *,
    actor: Any,
    version: int,
    paper: PaperData,
    signed_file: StoredFile | None = None,
    is_confirmed: bool = False,
) -> IssuedPaper:
    """Freeze a numbered paper: number, day and signer are written in, PDF and Word drawn once and kept.

    Where any of it fails nothing is left, the number included. Raise ``IsRecorded``, ``EditedMeanwhile``,
    ``StillLacks``, ``UnfitPaper`` with the record's field, ``ToConfirm`` for an odd number.
    """
    _ready(kept, sort, owner, actor)
    issuer = kept.issuer
    assert issuer is not None
    paper, who = issuing.checked(paper, issuer), {"issuer": issuer, "actor": actor}
    claim_version(kept, version, paper=None, pdf_file=None)
    where = issuing.where_issued(paper)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    said = Printed(sort, owner, kept, paper)
    drawn = PaperFiles(pdf=_drawn(said, "pdf", actor), word=_drawn(said, "docx", actor))
    record = issuing.write_record(paper, **who, drawn=drawn, signed_file=signed_file, where=where)
    kept.paper = record
    kept.save(update_fields=["paper"])
    if isinstance(owner, Consultation):
        Consultation.objects.filter(pk=owner.pk).update(paper=record)
    audit.record("awards.paper.issued", kept, actor=actor, unit_id=kept.unit_id, changes={"paper": (None, record)})
    return record


@transaction.atomic
def record_signed(
    kept: AwardPaper,
    sort: Sort,
    owner: Any,
    *,
    actor: Any,
    version: int,
    day: dt.date,
    signed_file: StoredFile | None = None,
) -> None:
    """Freeze a paper without number as it was signed on that day. Raise as ``record_issue``, ``UnfitField``."""
    if day > timezone.localdate():
        raise UnfitField("date", f"Ngày {day:%d/%m/%Y} chưa đến. Ký rồi hãy ghi nhận.")
    _ready(kept, sort, owner, actor)
    claim_version(kept, version, paper=None, pdf_file=None)
    kept.day = day
    said = Printed(sort, owner, kept)
    kept.pdf_file, kept.word_file = _drawn(said, "pdf", actor), _drawn(said, "docx", actor)
    kept.signed_file = signed_file
    kept.save(update_fields=["day", "pdf_file", "word_file", "signed_file"])
    audit.record("awards.paper.signed", kept, actor=actor, unit_id=kept.unit_id, changes={"day": (None, day)})


@transaction.atomic
def add_copy(kept: AwardPaper, sort: Sort, owner: Any, *, actor: Any, signed_file: StoredFile) -> None:
    """The signed copy that was missing; what is there is never replaced. Raise ``HasSignedFile``."""
    _refuse_others(actor, sort, owner)
    if kept.paper is not None:
        issuing.add_signed_file(kept.paper, signed_file, actor=actor)
        return
    there = AwardPaper.objects.filter(pk=kept.pk, signed_file=None).exclude(pdf_file=None)
    if not there.update(signed_file=signed_file):
        raise HasSignedFile
    kept.signed_file = signed_file
    changes = {"signed_file": (None, signed_file)}
    audit.record("awards.paper.copy_added", kept, actor=actor, unit_id=kept.unit_id, changes=changes)


def _refuse_others(actor: Any, sort: Sort, owner: Any) -> None:
    """No actor: the program itself."""
    if actor is not None and not may_write(actor, sort, owner):
        raise NotYours


def _ready(kept: AwardPaper, sort: Sort, owner: Any, actor: Any) -> None:
    _refuse_others(actor, sort, owner)
    if not sort.is_kept:
        raise NotKept
    if kept.is_frozen:
        raise IsRecorded
    if lacks := lacks_of(Printed(sort, owner, kept)):
        raise StillLacks(lacks)


def _drawn(said: Printed, to: str, actor: Any) -> StoredFile:
    content = io.BytesIO(render(said.to_print(), to))
    return files.store(content, name=said.file_name(to), unit_id=said.unit.pk, actor=actor)
