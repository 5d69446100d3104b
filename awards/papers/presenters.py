"""Papers of a round as their page tells them, from rows already read: what stands, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards.models import AwardPaper, Consultation, Decision, Round, Sitting
from awards.models.common import RouteKind
from awards.papers.kinds import Kind, Sort, sorts_of
from awards.states import DecisionState, SittingState

BEFORE, DRAFT, DONE = "waiting", "draft", "issued"


@dataclass(frozen=True, slots=True)
class PaperRow:
    sort: Sort
    owner: int
    look: str
    state: str
    next: str
    """What to do, in words; blank where nothing is left."""
    kept: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of one thing."""

    title: str
    url_name: str
    """Of the thing's own page; blank: none."""
    pk: int
    rows: list[PaperRow]
    note: str = ""


Kept = Mapping[tuple[str, int], AwardPaper]


def state_of(kept: AwardPaper | None, sort: Sort) -> tuple[str, str]:
    """Look and words."""
    if kept is None:
        return BEFORE, "Soạn sẵn từ dữ liệu"
    if kept.paper is not None:
        return DONE, f"Đã ban hành số {kept.paper.full_number} ngày {kept.paper.date:%d/%m/%Y}"
    if kept.pdf_file_id is not None and kept.day:
        return DONE, f"Đã ký ngày {kept.day:%d/%m/%Y}"
    return DRAFT, "Đã sửa lời văn" if sort.is_kept else "Đã sửa lời in"


def row_of(sort: Sort, owner: Any, kept: AwardPaper | None, waits: str = "") -> PaperRow:
    look, state = state_of(kept, sort)
    return PaperRow(sort, owner.pk, look, state, _next(sort, kept, waits), kept.pk if kept else None)


def _next(sort: Sort, kept: AwardPaper | None, waits: str) -> str:
    if kept is not None and kept.is_frozen:
        signed = kept.paper.signed_file_id if kept.paper else kept.signed_file_id
        return "" if signed else "Thêm bản đã ký"
    if waits:
        return waits
    if not sort.is_kept:
        return "In"
    return "In, trình ký, ghi nhận" if kept else "Xem lại lời văn, in"


def of_round(found: Round, kept: Kept, going_up: int) -> Group:
    waits = "" if going_up else "Chưa có đối tượng được thông qua mà cấp trên quyết định"
    rows = [row_of(sort, found, kept.get((sort.slug, found.pk)), waits) for sort in sorts_of("round")]
    return Group("Trình cấp trên", "", found.pk, rows)


def of_consultation(found: Consultation, kept: Kept) -> Group:
    rows = [row_of(sort, found, kept.get((sort.slug, found.pk))) for sort in sorts_of("consultation")]
    return Group(f"Hiệp y: {found.body}", "awards:consultation", found.pk, rows)


def uses(sort: Sort, sitting: Sitting) -> bool:
    """Ballots and their count only where ballots are handed out."""
    if sort.kind == Kind.BALLOT:
        return sitting.medium == Sitting.Medium.PAPER and sitting.route in (RouteKind.SECRET, RouteKind.WRITTEN)
    if sort.kind == Kind.COUNT:
        return sitting.route in (RouteKind.SECRET, RouteKind.WRITTEN)
    return True


def of_sitting(found: Sitting, kept: Kept) -> Group:
    rows = []
    for sort in sorts_of("sitting"):
        if uses(sort, found):
            waits = "Kết thúc phiên họp trước" if _after(sort) and found.state != SittingState.CLOSED else ""
            rows.append(row_of(sort, found, kept.get((sort.slug, found.pk)), waits))
    return Group(f"Phiên họp: {found.name}", "awards:sitting", found.pk, rows, found.get_state_display())


def _after(sort: Sort) -> bool:
    return sort.kind in (Kind.MINUTES, Kind.COUNT)


def of_decision(found: Decision, kept: Kept) -> Group:
    is_draft = found.state == DecisionState.DRAFT
    rows = []
    for sort in sorts_of("decision"):
        if sort.kind == Kind.SUBMISSION and found.outside_id:
            continue
        waits = "Ghi nhận quyết định đã ban hành trước" if sort.kind == Kind.PAY_LIST and is_draft else ""
        rows.append(row_of(sort, found, kept.get((sort.slug, found.pk)), waits))
    title = f"Quyết định số {found.number}" if found.number else f"Dự thảo quyết định: {found.subject or found.pk}"
    return Group(title, "awards:decision", found.pk, rows, found.get_state_display())


def tell(groups: Sequence[Group]) -> str:
    rows = [row for group in groups for row in group.rows]
    done = sum(row.look == DONE for row in rows)
    return f"{len(rows)} văn bản, {done} đã ghi nhận. Lời văn soạn sẵn từ dữ liệu, sửa được trước khi in."
