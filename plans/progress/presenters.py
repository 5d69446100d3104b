"""What became of a task and of a year, told to the person at the screen, from rows already read."""

from __future__ import annotations

from dataclasses import dataclass

from core.models import StoredFile
from documents.dates import ROMAN
from documents.models import Evidence
from plans.models import Progress, Task


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of a task's history."""

    line: Progress
    state: str
    word: str
    note: str
    """The quarter, and how late it was done."""
    proof: str
    file: StoredFile | None
    is_corrected: bool


def shown_lines(task: Task) -> list[ShownLine]:
    """The newest first. A line is corrected where a later one tells of the same quarter."""
    shown, told = [], set()
    for line in sorted(task.progress.all(), key=lambda one: -one.pk):
        shown.append(_shown(line, task, is_corrected=line.quarter in told))
        told.add(line.quarter)
    return shown


def _shown(line: Progress, task: Task, *, is_corrected: bool) -> ShownLine:
    state = "in_progress" if line.outcome == Progress.Outcome.PARTLY else str(line.outcome)
    quarter = f"quý {ROMAN[line.quarter]}" if line.quarter else ""
    late = days_late(task, line)
    note = ", ".join(part for part in (quarter, f"chậm {late} ngày" if late else "") if part)
    word = line.get_outcome_display()
    return ShownLine(line, state, word, note, proof_words(line), proof_file(line), is_corrected)


def days_late(task: Task, line: Progress) -> int:
    """Days between the due day and the day on which it was done; 0 if in time or not done. Never stored."""
    if line.outcome != Progress.Outcome.DONE or task.due is None or task.is_ongoing:
        return 0
    return max(0, (line.day - task.due).days)


def proof_words(line: Progress) -> str:
    evidence = line.evidence
    if evidence is None:
        return f"{line.by.full_name} xác nhận" if line.by else "Người xác nhận không còn trong danh sách"
    if evidence.paper:
        return f"{evidence.paper} ngày {evidence.paper.date:%d/%m/%Y}"
    if evidence.typed_number:
        return _typed(evidence)
    return ""


def _typed(evidence: Evidence) -> str:
    day = f" ngày {evidence.typed_date:%d/%m/%Y}" if evidence.typed_date else ""
    issuer = f" của {evidence.typed_issuer}" if evidence.typed_issuer else ""
    return f"Văn bản số {evidence.typed_number}{day}{issuer}"


def proof_file(line: Progress) -> StoredFile | None:
    if line.evidence is None:
        return None
    return line.evidence.paper.signed_file if line.evidence.paper else line.evidence.file
