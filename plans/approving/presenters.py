"""Remarks and leaders told to the person at the screen, from rows already read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from plans import limits
from plans.models import Plan, Remark
from plans.states import PlanState
from units.models import Unit, User


def leader_label(leader: User) -> str:
    """«Chủ tịch UBND xã Lò Văn Thắng», as a sentence names a person."""
    post = leader.person.post if leader.person else ""
    words = f"{post} {leader}".strip()
    return words if len(words) <= limits.SUBMITTED_TO else str(leader)


def any_leader(unit: Unit) -> str:
    """For a plan that any leader of the unit may approve: «lãnh đạo xã»."""
    return f"lãnh đạo {unit.designation or 'đơn vị'}"


@dataclass(frozen=True, slots=True)
class ShownRemark:
    remark: Remark
    place: str
    key: str
    """Of the section or task that it is on; blank where it is on the whole, or the row is gone."""
    anchor: str
    """Where the place stands on the plan's page and in the editor: «#muc-…»."""
    is_open: bool


@dataclass(frozen=True, slots=True)
class Remarks:
    open: tuple[ShownRemark, ...]
    settled: tuple[ShownRemark, ...]

    @property
    def count(self) -> int:
        return len(self.open) + len(self.settled)

    def __bool__(self) -> bool:
        return self.count > 0


def shown_remarks(remarks: Iterable[Remark]) -> Remarks:
    shown = [_shown(remark) for remark in remarks]
    return Remarks(
        tuple(remark for remark in shown if remark.is_open), tuple(remark for remark in shown if not remark.is_open)
    )


def _shown(remark: Remark) -> ShownRemark:
    row = remark.section or remark.task
    key = str(row.key) if row else ""
    anchor = f"#{'muc' if remark.section else 'nhiem-vu'}-{key}" if row else ""
    return ShownRemark(remark, remark.place or "Cả kế hoạch", key, anchor, remark.settled_at is None)


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    plan: Plan
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    head: str
    rows: tuple[WaitingPlan, ...]


def waiting_groups(user: Any, plans: Sequence[Plan]) -> list[WaitingGroup]:
    """``plans`` are what waits for the user, by what is asked of him; his own approvals come first."""
    heads: dict[str, list[WaitingPlan]] = {
        "Chờ bạn duyệt": [],
        "Trình lãnh đạo khác, bạn duyệt thay được": [],
        "Chờ lấy số, phát hành": [],
        "Trả lại để sửa": [],
    }
    mine, others, to_issue, returned = heads.values()
    label = leader_label(user)
    for plan in plans:
        if plan.state == PlanState.APPROVED:
            to_issue.append(WaitingPlan(plan, reverse("plans:plan", args=[plan.pk]), _approved_note(plan)))
        elif plan.state == PlanState.DRAFT:
            returned.append(WaitingPlan(plan, f"{reverse('plans:plan', args=[plan.pk])}#y-kien", ""))
        else:
            is_mine = plan.submitted_to in (label, any_leader(plan.unit), "")
            row = WaitingPlan(plan, reverse("plans:review", args=[plan.pk]), _submitted_note(plan))
            (mine if is_mine else others).append(row)
    return [WaitingGroup(head, tuple(rows)) for head, rows in heads.items() if rows]


def _submitted_note(plan: Plan) -> str:
    day = f" ngày {plan.submitted_on:%d/%m/%Y}" if plan.submitted_on else ""
    return f"Trình {plan.submitted_to}{day}" if plan.submitted_to else f"Đã trình{day}"


def _approved_note(plan: Plan) -> str:
    return f"Duyệt ngày {plan.approved_on:%d/%m/%Y}" if plan.approved_on else "Đã duyệt"
