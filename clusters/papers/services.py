"""Writes: the words of a paper, and the record that it went out; then words, figures and files stand still."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters import rules
from clusters.models import Season, SeasonPaper
from clusters.papers.drafting import place_of
from clusters.papers.kinds import SORTS, Kind, Sort
from clusters.papers.lacks import There, lacks_of
from clusters.papers.printing import Printed, file_name, printed, symbol_of
from clusters.papers.selectors import is_own
from clusters.wording import head, in_season
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import EditedMeanwhile, claim_version
from documents import issuing
from documents.issuing import HasSignedFile, PaperData, PaperFiles
from documents.models import IssuedPaper
from documents.rendering import render
from documents.wording import break_issuer
from plans import cleaning
from units.models import Issuer, Unit
from units.services import create_issuer

LONGEST = 20_000


class IsRecorded(AppError):
    message = "Văn bản đã ghi nhận nên giữ nguyên."


class NotYours(AppError):
    message = "Chỉ đơn vị tổ chức, Trưởng cụm và Phó trưởng cụm soạn và ghi nhận văn bản của cụm."


class StillLacks(AppError):
    def __init__(self, lacks: list[str]) -> None:
        super().__init__(f"Chưa ghi nhận được. {' '.join(lacks)}")
        self.lacks = lacks


# -- Words ---------------------------------------------------------------------------------


@transaction.atomic
def save_paper(
    season: Season,
    sort: Sort,
    *,
    actor: Any,
    version: int,
    issuer: Issuer | Unit,
    day: dt.date | None,
    texts: Mapping[str, str],
) -> SeasonPaper:
    """``version`` 0: nothing was kept when the page was shown. ``issuer`` a unit: the cluster itself, entered there.

    Words that are as drafted are not kept: they go on following the rows.
    Raise ``UnfitField``, ``EditedMeanwhile``, ``IsRecorded``.
    """
    _refuse_others(actor, season)
    _refuse_day(season, day)
    cleaned = {text.name: _cleaned(text.name, texts.get(text.name, ""), text.rows) for text in sort.texts}
    audit.wait_for_turn(season.unit_id)
    kept = _row_of(season, sort)
    if kept is not None and kept.is_frozen:
        raise IsRecorded
    if (kept.version if kept else 0) != version:
        raise EditedMeanwhile
    said = printed(season, sort.kind, kept)
    _refuse_issuer(actor, season, issuer, kept)
    chosen = issuer if isinstance(issuer, Issuer) else own_issuer(season, issuer, actor=actor)
    own = {name: text for name, text in cleaned.items() if text != said.drafts[name]}
    before = {**_told(said.texts), "issuer": kept.issuer if kept else None, "day": kept.day if kept else None}
    after = {**_told(cleaned), "issuer": chosen, "day": day}
    if kept is None:
        kept = SeasonPaper.objects.create(season=season, kind=sort.kind, issuer=chosen, day=day, texts=own)
    elif (kept.issuer_id, kept.day, kept.texts) != (chosen.pk, day, own):
        claim_version(kept, version, paper=None, pdf_file=None)
        kept.issuer, kept.day, kept.texts = chosen, day, own
        kept.save(update_fields=["issuer", "day", "texts"])
    else:
        return kept
    audit.record(
        "clusters.paper.saved",
        kept,
        actor=actor,
        unit_id=season.unit_id,
        changes=audit.differences(before, after),
    )
    return kept


def _refuse_issuer(actor: Any, season: Season, issuer: Issuer | Unit, kept: SeasonPaper | None) -> None:
    """The cluster's own, one of the actor's units, or what stood there before."""
    stood = kept.issuer_id if kept else None
    if actor is None or (isinstance(issuer, Issuer) and (issuer.pk == stood or is_own(issuer, season))):
        return
    if not rules.works_for(actor, issuer.unit_id if isinstance(issuer, Issuer) else issuer.pk):
        raise UnfitField("issuer", "Chọn cụm hoặc một cơ quan ban hành của đơn vị bạn.")


def own_issuer(season: Season, unit: Unit, *, actor: Any) -> Issuer:
    """The cluster as it heads its papers, entered once among the issuers of ``unit``."""
    for issuer in unit.issuers.all():
        if is_own(issuer, season):
            return issuer
    facts = printed(season, Kind.PLEDGE, None).facts
    name = season.cluster.name.upper()
    return create_issuer(
        unit,
        actor=actor,
        name_lines="\n".join(break_issuer(name)),
        place=place_of(facts),
        symbol=symbol_of(season.cluster.kind),
        signature_lines=f"TT. {name}\n{head(season.cluster.kind).upper()}",
    )


def _row_of(season: Season, sort: Sort) -> SeasonPaper | None:
    return SeasonPaper.objects.filter(season=season, kind=sort.kind).select_related("issuer__unit", "paper").first()


def _told(texts: Mapping[str, str]) -> dict[str, Any]:
    return {f"paper_{name}": text for name, text in texts.items()}


def _cleaned(name: str, text: str, rows: int) -> str:
    cleaned = cleaning.body(name, text) if rows else cleaning.line(name, " ".join(text.split()), 300)
    if len(cleaned) > LONGEST:
        raise UnfitField(name, "Dài quá 20.000 ký tự.")
    return cleaned.strip("\n")


def _refuse_day(season: Season, day: dt.date | None) -> None:
    if day is not None and abs(day.year - season.year) > 1:
        raise UnfitField("day", f"Năm {day.year} cách xa năm thi đua {season.year}; hãy xem lại ngày.")


# -- Its way out of the house --------------------------------------------------------------


def paper_of(said: Printed, **typed: Any) -> PaperData:
    """Kind and subject are the paper's own; the rest is typed from what was signed."""
    return PaperData(kind=_kind_name(said.sort), subject=said.paper().subject, **typed)


def _kind_name(sort: Sort) -> str:
    """As the register calls it: «Biên bản», «Tờ trình»."""
    return sort.title.capitalize()


@transaction.atomic
def record_issue(
    kept: SeasonPaper,
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
    season, sort = kept.season, SORTS[kept.kind]
    issuer = _ready(kept, actor)
    paper, who = issuing.checked(paper, issuer), {"issuer": issuer, "actor": actor}
    claim_version(kept, version, paper=None, pdf_file=None)
    where = issuing.where_issued(paper)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    said = Printed(printed(season, kept.kind, kept).facts, sort, kept, paper)
    drawn = PaperFiles(pdf=_drawn(said, "pdf", actor, paper.number), word=_drawn(said, "docx", actor, paper.number))
    record = issuing.write_record(paper, **who, drawn=drawn, signed_file=signed_file, where=where)
    kept.paper = record
    kept.save(update_fields=["paper"])
    audit.record("clusters.paper.issued", kept, actor=actor, unit_id=season.unit_id, changes={"paper": (None, record)})
    return record


@transaction.atomic
def record_signed(
    kept: SeasonPaper, *, actor: Any, version: int, day: dt.date, signed_file: StoredFile | None = None
) -> None:
    """Freeze a paper without number as it was signed on that day. Raise as ``record_issue``, ``UnfitField``."""
    season, sort = kept.season, SORTS[kept.kind]
    if day > timezone.localdate():
        raise UnfitField("date", f"Ngày {day:%d/%m/%Y} chưa đến. Ký rồi hãy ghi nhận.")
    if abs(day.year - season.year) > 1:
        raise UnfitField("date", f"Năm {day.year} cách xa năm thi đua {season.year}; hãy xem lại ngày.")
    _ready(kept, actor)
    claim_version(kept, version, paper=None, pdf_file=None)
    kept.day = day
    said = printed(season, kept.kind, kept)
    kept.pdf_file, kept.word_file = _drawn(said, "pdf", actor), _drawn(said, "docx", actor)
    kept.signed_file = signed_file
    kept.save(update_fields=["day", "pdf_file", "word_file", "signed_file"])
    if sort.kind == Kind.PLEDGE:
        texts = said.texts
        Season.objects.filter(pk=season.pk).update(
            pledge_text=texts["body"], pledged_on=day, pledged_at=texts["place"][:120]
        )
    audit.record("clusters.paper.signed", kept, actor=actor, unit_id=season.unit_id, changes={"day": (None, day)})


@transaction.atomic
def add_copy(kept: SeasonPaper, *, actor: Any, signed_file: StoredFile) -> None:
    """The signed copy that was missing; what is there is never replaced. Raise ``HasSignedFile``."""
    _refuse_others(actor, kept.season)
    if kept.paper is not None:
        issuing.add_signed_file(kept.paper, signed_file, actor=actor)
        return
    there = SeasonPaper.objects.filter(pk=kept.pk, signed_file=None).exclude(pdf_file=None)
    if not there.update(signed_file=signed_file):
        raise HasSignedFile
    kept.signed_file = signed_file
    changes = {"signed_file": (None, signed_file)}
    audit.record("clusters.paper.copy_added", kept, actor=actor, unit_id=kept.season.unit_id, changes=changes)


def _refuse_others(actor: Any, season: Season) -> None:
    """No actor: the program itself."""
    if actor is not None and not rules.writes_papers(actor, season):
        raise NotYours(in_season(NotYours.message, season))


def _ready(kept: SeasonPaper, actor: Any) -> Issuer:
    """Its issuer, of those as whom the actor may issue. Raise ``NotYours``, ``IsRecorded``, ``StillLacks``."""
    _refuse_others(actor, kept.season)
    if kept.is_frozen:
        raise IsRecorded
    sort, season = SORTS[kept.kind], kept.season
    said = printed(season, kept.kind, kept)
    if lacks := lacks_of(sort, season, kept, There(season, said.facts), said.texts):
        raise StillLacks(lacks)
    issuer = kept.issuer
    assert issuer is not None
    may = actor is None or is_own(issuer, season) or rules.works_for(actor, issuer.unit_id)
    if not may:
        raise StillLacks([f"Văn bản đứng tên {issuer}; người của {issuer.unit} ghi nhận, hoặc chọn lại cơ quan."])
    return issuer


def _drawn(said: Printed, to: str, actor: Any, number: str = "") -> StoredFile:
    content = io.BytesIO(render(said.paper(), to))
    name = file_name(f"{said.sort.slug} {number} {said.facts.season}", to)
    return files.store(content, name=name, unit_id=said.facts.season.unit_id, actor=actor)
