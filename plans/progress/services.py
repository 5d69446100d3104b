"""Writes: one line of a task's progress with its proof. Nothing is overwritten; a later line corrects."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.text import fold
from documents.models import Evidence, IssuedPaper
from plans import cleaning
from plans.models import Plan, Progress, Task
from plans.states import PlanState
from units.models import Person

_TYPED_NUMBER, _TYPED_ISSUER = 80, 300
"""Letters, as ``Evidence`` keeps them."""


class NotInForce(AppError):
    message = "Kế hoạch chưa được ghi nhận là đã ban hành nên chưa ghi kết quả được."


@dataclass(frozen=True, slots=True)
class PaperProof:
    """A paper by its number and day, with its scan where there is one."""

    number: str
    """With the symbol: «27/BC-UBND»."""
    date: dt.date | None
    issuer: str
    scan: File | None = None


@dataclass(frozen=True, slots=True)
class FileProof:
    """Minutes, an invitation, a picture."""

    file: File | None


@dataclass(frozen=True, slots=True)
class SignedProof:
    """For tasks that yield no paper: the note, and who stands for it by name."""

    by: Person | None


Proof = PaperProof | FileProof | SignedProof


def is_in_force(plan: Plan | None) -> bool:
    """Whether results can be written: an issued plan's alone, and not those of the copies in an amending one.

    A draft may still lose the task, and what waits for its signature may come back changed; an officer
    would not look for results there. A duty out of an incoming paper has no plan and is always in force.
    """
    return plan is None or (plan.state == PlanState.ISSUED and plan.amends_id is None)


@transaction.atomic
def record_progress(
    task: Task,
    *,
    actor: Any,
    outcome: str,
    day: dt.date,
    proof: Proof,
    note: str = "",
    quarter: int | None = None,
) -> Progress:
    """Write one line; the same one sent twice is written once.

    Raise ``NotInForce``, or ``UnfitField`` with the field that is wrong.
    """
    # The task's row is where two clicks on one button wait for each other.
    task = Task.objects.select_for_update(of=("self",)).select_related("plan").get(pk=task.pk)
    if not is_in_force(task.plan):
        raise NotInForce
    _check_time(task, day, quarter)
    if outcome not in Progress.Outcome.values:
        raise UnfitField("outcome", "Chưa chọn kết quả.")
    note = cleaning.lines("note", note)
    if not note and (reason := _why_a_note(outcome, proof)):
        raise UnfitField("note", reason)
    by = _signer(task, proof) if isinstance(proof, SignedProof) else None
    before = (
        task.progress.filter(quarter=quarter).select_related("evidence__file", "evidence__paper").order_by("pk").last()
    )
    line = Progress(task=task, quarter=quarter, outcome=outcome, day=day, note=note, by=by)
    if before is not None and _is_the_same(before, line, proof):
        return before
    line.evidence = _evidence(task, proof, actor)
    line.save()
    _tell(line, before, actor)
    return line


def _check_time(task: Task, day: dt.date, quarter: int | None) -> None:
    today = timezone.localdate()
    year = task.plan.year if task.plan else day.year
    if day > today:
        raise UnfitField("day", "Ngày này chưa đến. Kết quả ghi khi việc đã làm.")
    if day.year < year - 1:
        raise UnfitField("day", f"Ngày này trước kế hoạch năm {year} quá xa; hãy xem lại năm.")
    if not task.is_ongoing:
        if quarter is not None:
            raise UnfitField("quarter", "Nhiệm vụ này không ghi theo quý.")
        return
    if quarter not in (1, 2, 3, 4):
        raise UnfitField("quarter", "Chưa chọn quý.")
    if dt.date(year, quarter * 3 - 2, 1) > today:
        raise UnfitField("quarter", "Quý này chưa đến.")


def _why_a_note(outcome: str, proof: Proof) -> str:
    if outcome == Progress.Outcome.DROPPED:
        return "Ghi lý do không thực hiện."
    if isinstance(proof, SignedProof):
        return "Ghi một câu về kết quả: đã làm gì, ở đâu, bao nhiêu người."
    return ""


def _signer(task: Task, proof: SignedProof) -> Person:
    if proof.by is None or proof.by.unit_id != task.unit_id:
        raise UnfitField("by", "Chọn người của đơn vị xác nhận kết quả này.")
    return proof.by


def _is_the_same(before: Progress, line: Progress, proof: Proof) -> bool:
    fields = ("outcome", "day", "note", "by_id")
    if any(getattr(before, name) != getattr(line, name) for name in fields):
        return False
    evidence = before.evidence
    if evidence is None or isinstance(proof, SignedProof):
        return evidence is None and isinstance(proof, SignedProof)
    upload = proof.scan if isinstance(proof, PaperProof) else proof.file
    kept = (evidence.file.name, evidence.file.sha256) if evidence.file else None
    if kept != ((upload.name, _digest(upload)) if upload else None):
        return False
    if isinstance(proof, FileProof):
        return not evidence.typed_number
    if evidence.paper:
        return (evidence.paper.full_number, evidence.paper.date) == (proof.number.strip(), proof.date)
    typed = (evidence.typed_number, evidence.typed_date, evidence.typed_issuer)
    return typed == (proof.number.strip(), proof.date, proof.issuer.strip())


def _digest(upload: File) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _evidence(task: Task, proof: Proof, actor: Any) -> Evidence | None:
    if isinstance(proof, SignedProof):
        return None
    if isinstance(proof, FileProof):
        if proof.file is None:
            raise UnfitField("file", "Chưa chọn tệp.")
        return Evidence.objects.create(
            unit_id=task.unit_id, file=_stored(task, proof.file, "file", actor), added_by=actor
        )
    number = cleaning.line("number", proof.number, _TYPED_NUMBER)
    issuer = cleaning.line("issuer", proof.issuer, _TYPED_ISSUER)
    if not any(letter.isdigit() for letter in number):
        raise UnfitField("number", "Ghi số và ký hiệu của văn bản, ví dụ 27/BC-UBND.")
    if proof.date is None:
        raise UnfitField("date", "Ghi ngày của văn bản.")
    if proof.date > timezone.localdate():
        raise UnfitField("date", "Ngày của văn bản chưa đến.")
    if proof.scan is None and (paper := _registered(task, number, proof.date, issuer)):
        return Evidence.objects.create(unit_id=task.unit_id, paper=paper, added_by=actor)
    return Evidence.objects.create(
        unit_id=task.unit_id,
        file=_stored(task, proof.scan, "scan", actor) if proof.scan else None,
        typed_number=number,
        typed_date=proof.date,
        typed_issuer=issuer,
        added_by=actor,
    )


def _registered(task: Task, number: str, date: dt.date, issuer: str) -> IssuedPaper | None:
    """The unit's own paper of that number and day, if it is recorded here: its signed copy is then the proof."""
    figures, _, symbol = number.partition("/")
    found = IssuedPaper.objects.filter(issuer__unit=task.unit_id, number=figures, symbol=symbol, date=date)
    papers = [paper for paper in found.select_related("issuer") if fold(issuer) in ("", fold(paper.issuer.name))]
    return papers[0] if len(papers) == 1 else None


def _stored(task: Task, upload: File, field: str, actor: Any) -> StoredFile:
    try:
        return files.store(
            cast(BinaryIO, upload.open("rb")), name=upload.name or "tệp", unit_id=task.unit_id, actor=actor
        )
    except AppError as error:
        raise UnfitField(field, str(error)) from None


def _tell(line: Progress, before: Progress | None, actor: Any) -> None:
    names = ("quarter", "outcome", "day", "note", "by", "evidence")
    old = {name: _plain(getattr(before, name)) for name in names} if before else {}
    new = {name: _plain(getattr(line, name)) for name in names}
    changes = {"task": (None, str(line.task)), **audit.differences(old, new)}
    changes = {name: values for name, values in changes.items() if any(value not in (None, "") for value in values)}
    audit.record("plans.progress.recorded", line, actor=actor, unit_id=line.task.unit_id, changes=changes)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Person | Evidence) else value
