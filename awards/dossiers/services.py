"""The dossier of one nominee: its words, its initiatives, its papers. What was sent or decided stands still."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from awards.dossiers.checking import CHECKED_STATES
from awards.judging import asked_by_of
from awards.models import DossierPaper, Initiative, Nominee
from awards.shipped import PAPER_WORDS
from campaigns.results.evidence import Proof, keep, proof_in_words
from core import audit
from core.errors import AppError, UnfitField
from core.states import claim_version
from core.text import as_pasted, clean_line, clean_lines, refuse_markup
from documents.models import Evidence

_TEXT, _KIND = 20_000, 120
MOST_PAPERS = 40


class DossierClosed(AppError):
    message = "Hồ sơ đã trình hoặc đã có quyết định nên không sửa được nữa."


@transaction.atomic
def save_texts(nominee: Nominee, *, actor: Any, version: int, achievement: str, report: Mapping[str, str]) -> None:
    """Summary and sections of the report. Raise ``EditedMeanwhile``, ``DossierClosed``, ``UnfitField``."""
    _still_open(nominee)
    summary = _words(achievement, "achievement", "Tóm tắt thành tích")
    sections = {code: _words(text, code, "Báo cáo thành tích") for code, text in report.items()}
    kept = {code: text for code, text in {**nominee.report, **sections}.items() if text}
    before = {"achievement": nominee.achievement, **{f"report_{k}": v for k, v in nominee.report.items()}}
    after = {"achievement": summary, **{f"report_{code}": kept.get(code, "") for code in {*kept, *nominee.report}}}
    changes = audit.differences({name: before.get(name, "") for name in after}, after)
    if not changes:
        return
    claim_version(nominee, version)
    Nominee.objects.filter(pk=nominee.pk).update(achievement=summary, report=kept)
    nominee.achievement, nominee.report = summary, kept
    _record("awards.nominee.written", nominee, actor, changes)


@transaction.atomic
def choose_initiatives(nominee: Nominee, *, actor: Any, initiative_ids: Collection[int]) -> None:
    """What the dossier names as its basis: of the subject itself, rows before a merger included."""
    _still_open(nominee)
    mine = asked_by_of([nominee.subject_id]) if nominee.subject_id else {}
    chosen = list(Initiative.objects.filter(pk__in=initiative_ids, authors__in=mine).distinct())
    if len(chosen) != len(set(initiative_ids)):
        raise UnfitField("initiatives", "Có sáng kiến không phải của đối tượng này. Hãy tải lại trang rồi chọn lại.")
    before = sorted(nominee.initiatives.values_list("title", flat=True))
    nominee.initiatives.set(chosen)
    after = sorted(one.title for one in chosen)
    if before != after:
        Nominee.objects.filter(pk=nominee.pk).update(version=F("version") + 1)
        _record("awards.nominee.based", nominee, actor, {"initiatives": (before, after)})


@transaction.atomic
def add_paper(nominee: Nominee, *, actor: Any, kind: str, proof: Proof) -> DossierPaper:
    """``kind``: a code of the catalogue, or a name of the office's own. Raise ``UnfitField``, ``UnfitProof``."""
    _still_open(nominee)
    name = refuse_markup(clean_line(" ".join(kind.split()), limit=_KIND, name="Thành phần hồ sơ"))
    if not name:
        raise UnfitField("kind", "Chọn thành phần hồ sơ, hoặc ghi tên tài liệu.")
    if not proof:
        raise UnfitField("file", "Chọn tệp, hoặc ghi số, ngày của văn bản.")
    if nominee.papers.count() >= MOST_PAPERS:
        raise UnfitField("file", f"Mỗi hồ sơ nhận nhiều nhất {MOST_PAPERS} tài liệu.")
    evidence = keep(proof, unit_id=nominee.round.unit_id, actor=actor)
    row = DossierPaper.objects.create(nominee=nominee, kind=name, evidence=evidence, by=actor)
    _record("awards.paper.added", nominee, actor, {kind_words(name): ("", evidence_words(evidence))})
    return row


@transaction.atomic
def remove_paper(paper: DossierPaper, *, actor: Any) -> None:
    """The proof itself stays on record."""
    nominee = paper.nominee
    _still_open(nominee)
    words = evidence_words(paper.evidence)
    kind = paper.kind
    paper.delete()
    _record("awards.paper.removed", nominee, actor, {kind_words(kind): (words, "")})


def kind_words(kind: str) -> str:
    return PAPER_WORDS.get(kind, kind)


def evidence_words(evidence: Evidence) -> str:
    name = evidence.file.name if evidence.file else ""
    return ", ".join(filter(None, (proof_in_words(evidence), name)))


def _still_open(nominee: Nominee) -> None:
    """As the row is now, not as it was shown."""
    state = Nominee.objects.values_list("state", flat=True).get(pk=nominee.pk)
    if state not in CHECKED_STATES:
        raise DossierClosed


def _words(text: str, field: str, name: str) -> str:
    try:
        return refuse_markup(clean_lines(as_pasted(text).strip(), limit=_TEXT, name=name), name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None


def _record(code: str, nominee: Nominee, actor: Any, changes: audit.Changes | None = None) -> None:
    audit.record(code, nominee, actor=actor, unit_id=nominee.round.unit_id, changes=changes)
