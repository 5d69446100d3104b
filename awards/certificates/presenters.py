"""Certificates as their pages tell them, from rows already read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from awards.certificates.layouts import Layout, layout_of
from awards.certificates.words import Printed, needs_citation
from awards.models import CertificateRun, Decision, Grant
from core.models import Job, StoredFile

_NAMED = 5
_LOOKS = {
    Job.State.WAITING: "waiting",
    Job.State.RUNNING: "running",
    Job.State.DONE: "done",
    Job.State.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Row:
    grant: Grant
    name: str
    detail: str
    was: str
    """The decision's name, where a re-issue corrected it."""
    is_revoked: bool
    is_confirmed: bool | None
    """None: it came through no round, so nobody was asked."""
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class RunLine:
    run: CertificateRun
    job: Job | None
    """Of the viewer's own runs."""
    file: StoredFile | None
    look: str
    words: str


def row(grant: Grant, printed: Printed | None, *, is_ticked: bool) -> Row:
    name = " ".join(filter(None, (grant.honorific, printed.name if printed else grant.name)))
    return Row(
        grant,
        name,
        printed.detail if printed else grant.detail,
        grant.name if printed and printed.name != grant.name else "",
        reversed_by(grant) is not None,
        None if grant.nominee is None else grant.nominee.name_confirmed_on is not None,
        is_ticked,
    )


def reversed_by(grant: Grant) -> Grant | None:
    return getattr(grant, "reversed_by", None)


def standing(decision: Decision, alive: Sequence[Grant], refusal: Exception | None) -> str:
    if refusal is not None:
        return str(refusal)
    handed = sum(one.handed_on is not None for one in alive)
    told = f"{decision}: {len(alive)} giấy khen, bằng"
    return f"{told}; đã trao {handed}." if handed else f"{told}; chưa trao."


def names_standing(total: int, left: int) -> str:
    if not total:
        return "Quyết định này không có đối tượng từ đợt xét."
    if not left:
        return f"Đã xác nhận cả {total} tên."
    return f"{total - left} trong {total} tên đã xác nhận. In danh sách cho từng người xem, ký; rồi ghi lại ở đây."


def unconfirmed(grants: Iterable[Grant]) -> list[str]:
    """The first few names."""
    return [one.name for one in grants if _is_unconfirmed(one)][:_NAMED]


def unconfirmed_count(grants: Iterable[Grant]) -> int:
    return sum(map(_is_unconfirmed, grants))


def _is_unconfirmed(grant: Grant) -> bool:
    return grant.nominee is not None and grant.nominee.name_confirmed_on is None


def without_words(grants: Iterable[Grant]) -> int:
    """Forms whose line says nothing of what was done."""
    return sum(needs_citation(one.award) and not one.achievement.strip() for one in grants)


def sheets_of(grants: Iterable[Grant]) -> list[str]:
    """Each award with its paper and the article that draws it."""
    names = {one.award: one.award_name for one in grants}
    found = []
    for award, name in names.items():
        layout = layout_of(award)
        found.append(f"{name}: khổ {layout.sheet.name.upper()} nằm ngang. {source_words(layout)}")
    return found


def source_words(layout: Layout) -> str:
    if layout.source:
        return f"Theo {layout.source}."
    return "Chưa có quy định riêng về mẫu; trình bày như Điều 61 Quyết định số 01/2026/QĐ-TTg."


def run_line(run: CertificateRun, user: Any) -> RunLine:
    state = run.job.state if run.job else Job.State.DONE if run.file else Job.State.FAILED
    if run.file and state != Job.State.FAILED:
        state = Job.State.DONE
    words = {"waiting": "Đang chờ", "running": "Đang làm", "done": "Đã xong", "failed": "Không xong"}[state]
    if run.job and state == Job.State.RUNNING and run.job.total:
        words = f"Đang làm {run.job.done}/{run.job.total}"
    own = run.job if run.job and run.job.owner_id == user.pk else None
    return RunLine(run, own, run.file, _LOOKS[Job.State(state)], words)
