"""What proves a row of a score sheet: new files and papers by number, or what is on record already.

One upload serves all: the proof of a task's progress or of a campaign's result is linked, not copied. It is seen by
whoever may see the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from campaigns.models import Result
from campaigns.results.evidence import Proof, keep, proof_in_words
from clusters import rules
from clusters.models import Criterion, Entry, ScoreSheet
from clusters.selectors import visible_sheets
from clusters.sheets.acting import Speaker, speaker_on
from clusters.sheets.services import NotScoring, NotYours, SheetMoved
from clusters.standing import ORDER
from clusters.states import SeasonState, Stage
from core import audit
from core.errors import UnfitField
from core.text import fold
from documents.models import Evidence, IssuedPaper
from plans.models import Progress

_OFFERED = 40
_LOOKED_AT = 400
"""Newest of each source, among which words are looked for."""
MOST = 20
"""Proofs of one row and stage."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something on record: an ``Evidence`` row, or a paper that becomes one."""

    key: str
    """«e12» or «p7»."""
    words: str
    whence: str


# -- Reads -------------------------------------------------------------------------------


def offers_for(user: Any, sheet: ScoreSheet, stage: str, words: str = "") -> list[Offer]:
    """Of the unit for which the user speaks, the newest first; ``words`` without marks narrow them."""
    unit_id = speaker_on(user, sheet, stage).unit_id
    wanted = fold(words).split()
    found = [*_of_progress(unit_id), *_of_results(unit_id), *_of_papers(unit_id)]
    fitting = [one for one in found if all(word in fold(f"{one.words} {one.whence}") for word in wanted)]
    return list({one.key: one for one in fitting}.values())[:_OFFERED]


def _of_progress(unit_id: int) -> list[Offer]:
    rows = Progress.objects.filter(task__unit=unit_id, evidence__isnull=False).order_by("-day", "-pk")
    rows = rows.select_related("task", "evidence__file", "evidence__paper")[:_LOOKED_AT]
    return [_offer(row.evidence, f"Kết quả nhiệm vụ: {row.task.content[:120]}") for row in rows if row.evidence]


def _of_results(unit_id: int) -> list[Offer]:
    rows = Result.objects.filter(target__campaign__unit=unit_id, evidence__isnull=False, replaced_by=None)
    rows = rows.select_related("target", "evidence__file", "evidence__paper").order_by("-pk")[:_LOOKED_AT]
    return [_offer(row.evidence, f"Kết quả chỉ tiêu: {row.target.text[:120]}") for row in rows if row.evidence]


def _of_papers(unit_id: int) -> list[Offer]:
    rows = IssuedPaper.objects.filter(issuer__unit=unit_id).order_by("-date", "-pk")[:_LOOKED_AT]
    return [Offer(f"p{row.pk}", f"{row} ngày {row.date:%d/%m/%Y}", "Sổ văn bản") for row in rows]


def _offer(evidence: Evidence, whence: str) -> Offer:
    return Offer(f"e{evidence.pk}", evidence_in_words(evidence), whence)


def evidence_in_words(evidence: Evidence) -> str:
    name = evidence.file.name if evidence.file else ""
    return ", ".join(filter(None, (proof_in_words(evidence), name)))


def files_of_sheets(user: Any) -> models.Q:
    """A scope for ``core.files``."""
    sheets = visible_sheets(user).order_by().values("pk")
    rows = Evidence.objects.filter(
        pk__in=Entry.evidence.through.objects.filter(entry__sheet__in=sheets).values("evidence_id")
    )
    return models.Q(pk__in=rows.exclude(file=None).values("file")) | models.Q(
        pk__in=rows.exclude(paper__signed_file=None).values("paper__signed_file")
    )


def evidence_of(entries: Iterable[Entry]) -> dict[int, list[Evidence]]:
    """Entry → its proofs; one query."""
    links = Entry.evidence.through.objects.filter(entry__in=[entry.pk for entry in entries])
    rows = links.select_related("evidence__file", "evidence__paper__signed_file").order_by("pk")
    found: dict[int, list[Evidence]] = {}
    for row in rows:
        found.setdefault(row.entry_id, []).append(row.evidence)
    return found


# -- Writes ------------------------------------------------------------------------------


@transaction.atomic
def add_proof(sheet: ScoreSheet, criterion: Criterion, *, stage: str, proof: Proof, actor: Any) -> Evidence:
    """A new one. Raise ``UnfitField``, ``UnfitProof``, ``UnfitFile`` and what ``_entry_to_prove`` raises."""
    if not proof:
        raise UnfitField("file", "Chọn tệp, hoặc ghi số, ngày của văn bản.")
    entry, speaker = _entry_to_prove(sheet, criterion, stage, actor)
    evidence = keep(proof, unit_id=speaker.unit_id, actor=actor)
    _link(entry, [evidence], sheet, speaker, actor)
    return evidence


@transaction.atomic
def attach_proof(sheet: ScoreSheet, criterion: Criterion, *, stage: str, evidence: Evidence, actor: Any) -> None:
    """One that the caller keeps for several sheets at once (an office's list). Raise what ``add_proof`` raises."""
    entry, speaker = _entry_to_prove(sheet, criterion, stage, actor)
    _link(entry, [evidence], sheet, speaker, actor)


@transaction.atomic
def link_proofs(sheet: ScoreSheet, criterion: Criterion, *, stage: str, keys: Sequence[str], actor: Any) -> int:
    """What is on record (``Offer.key``); how many were new here."""
    offered = {key for key in keys if key[:1] in ("e", "p") and key[1:].isascii() and key[1:].isdecimal()}
    if not offered:
        raise UnfitField("keys", "Đánh dấu ít nhất một tài liệu.")
    entry, speaker = _entry_to_prove(sheet, criterion, stage, actor)
    found = _chosen(offered, speaker.unit_id, actor)
    if len(found) != len(offered):
        raise UnfitField("keys", "Có tài liệu không còn trong sổ của đơn vị. Hãy tải lại trang rồi chọn lại.")
    there = evidence_of([entry]).get(entry.pk, [])
    papers = {one.paper_id for one in there if one.paper_id}
    new = [one for one in found if one not in there and (one.paper_id is None or one.paper_id not in papers)]
    _link(entry, new, sheet, speaker, actor)
    return len(new)


def _chosen(keys: Iterable[str], unit_id: int, actor: Any) -> list[Evidence]:
    """Only the unit's own, whatever the form sent."""
    of_kind = {kind: [int(key[1:]) for key in keys if key.startswith(kind) and len(key) < 19] for kind in "ep"}
    on_tasks = Progress.objects.filter(task__unit=unit_id).values("evidence")
    on_results = Result.objects.filter(target__campaign__unit=unit_id).values("evidence")
    found = list(
        Evidence.objects.filter(pk__in=of_kind["e"]).filter(
            models.Q(pk__in=on_tasks.exclude(evidence=None)) | models.Q(pk__in=on_results.exclude(evidence=None))
        )
    )
    for paper in IssuedPaper.objects.filter(pk__in=of_kind["p"], issuer__unit=unit_id):
        there = Evidence.objects.filter(unit_id=unit_id, paper=paper).order_by("pk").first()
        found.append(there or Evidence.objects.create(unit_id=unit_id, paper=paper, added_by=actor))
    return found


@transaction.atomic
def unlink_proof(sheet: ScoreSheet, criterion: Criterion, *, stage: str, pk: int, actor: Any) -> None:
    """The proof itself stays on record; nothing happens where it does not hang here."""
    there = Entry.objects.filter(sheet=sheet, criterion=criterion, stage=stage, evidence=pk)
    if not there.exists():
        return
    entry, speaker = _entry_to_prove(sheet, criterion, stage, actor)
    evidence = entry.evidence.get(pk=pk)
    entry.evidence.remove(evidence)
    _tell(sheet, entry, speaker, actor, (evidence_in_words(evidence), ""))


def _entry_to_prove(sheet: ScoreSheet, criterion: Criterion, stage: str, actor: Any) -> tuple[Entry, Speaker]:
    """Made where the stage has said nothing. Takes the sheet's row first, as every act on it does.

    Raise ``NotYours``, ``SheetMoved``, ``NotScoring``, ``UnfitField`` where a later stage begins with this criterion.
    """
    if not rules.may_work_on(actor, sheet, stage):
        raise NotYours
    there = ScoreSheet.objects.filter(pk=sheet.pk, stage=stage)
    if not there.update(version=models.F("version") + 1):
        raise SheetMoved
    if sheet.member.season.state != SeasonState.SCORING:
        raise NotScoring
    if ORDER[stage] < ORDER[criterion.scored_by]:
        raise UnfitField("file", f"Tiêu chí này chấm từ bước {Stage(criterion.scored_by).label}.")
    speaker = speaker_on(actor, sheet, stage)
    version = ScoreSheet.objects.values_list("version", flat=True).get(pk=sheet.pk)
    entry, is_new = Entry.objects.get_or_create(
        sheet=sheet,
        criterion=criterion,
        stage=stage,
        defaults={"by": actor, "on_behalf": speaker.on_behalf, "version": version},
    )
    return entry, speaker


def _link(entry: Entry, evidence: Sequence[Evidence], sheet: ScoreSheet, speaker: Speaker, actor: Any) -> None:
    if not evidence:
        return
    if entry.evidence.count() + len(evidence) > MOST:
        raise UnfitField("file", f"Mỗi tiêu chí nhận nhiều nhất {MOST} tài liệu.")
    entry.evidence.add(*evidence)
    _tell(sheet, entry, speaker, actor, ("", "; ".join(evidence_in_words(one) for one in evidence)))


def _tell(sheet: ScoreSheet, entry: Entry, speaker: Speaker, actor: Any, change: tuple[str, str]) -> None:
    name = f"{entry.criterion.code}, {Stage(entry.stage).label}, tài liệu"
    audit.record("clusters.entry.proved", sheet, actor=actor, unit_id=speaker.unit_id, changes={name: change})
