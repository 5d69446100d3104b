"""A leader's word on a submitted plan: approved, or returned with remarks; and what became of each remark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit, states
from core.errors import UnfitField
from plans import cleaning
from plans.models import Plan, Remark, Section, Task
from plans.services import PlanIsClosed
from plans.services.moves import NOT_SUBMITTED
from plans.states import MOVES, PlanState

LONGEST_REMARK = 2_000
MOST_REMARKS = 200
WHOLE = "whole"
"""The field in which a remark on the whole plan is typed."""
_PLACE = 300


@dataclass(frozen=True, slots=True)
class RemarkData:
    """What a leader wants changed, and where: a row of the plan, or the whole."""

    text: str
    row: Section | Task | None = None


@transaction.atomic
def approve_plan(plan: Plan, *, actor: Any, version: int) -> None:
    """The leader's yes to the text that he saw.

    Raise ``EditedMeanwhile`` where the plan is another one by now: recalled, edited and submitted again.
    """
    states.claim_version(plan, version, state=PlanState.SUBMITTED)
    states.move(
        plan,
        PlanState.APPROVED,
        MOVES,
        actor=actor,
        unit_id=plan.unit_id,
        code="plans.plan.approved",
        approved_by=actor,
        approved_on=timezone.localdate(),
    )


@transaction.atomic
def return_plan(plan: Plan, *, actor: Any, version: int, remarks: Sequence[RemarkData]) -> list[Remark]:
    """Back to its writer with at least one remark; raise ``UnfitField`` without, ``EditedMeanwhile`` as above.

    A plan that was approved may still be returned as long as it has no number; raise ``MoveRefused`` for others.
    """
    if PlanState.DRAFT not in MOVES[plan.state]:
        raise states.MoveRefused
    texts = [(cleaning.lines(field_of(remark.row), remark.text), remark.row) for remark in remarks]
    said = [(text, row) for text, row in texts if text]
    _refuse_unfit(plan, said)
    states.claim_version(plan, version, state=plan.state)
    states.move(
        plan,
        PlanState.DRAFT,
        MOVES,
        actor=actor,
        unit_id=plan.unit_id,
        code="plans.plan.returned",
        **NOT_SUBMITTED,
    )
    return [_write(plan, text, row, actor) for text, row in said]


def field_of(row: Section | Task | None) -> str:
    """The name of the field in which a remark on the row is typed."""
    if row is None:
        return WHOLE
    return f"{'muc' if isinstance(row, Section) else 'nhiem-vu'}-{row.key}"


def _refuse_unfit(plan: Plan, said: Sequence[tuple[str, Section | Task | None]]) -> None:
    if not said:
        raise UnfitField(WHOLE, "Ghi ít nhất một ý kiến để người soạn biết cần sửa gì.")
    if len(said) > MOST_REMARKS:
        raise UnfitField(WHOLE, f"Mỗi lần trả lại ghi được {MOST_REMARKS} ý kiến; hãy gộp bớt vào ý kiến chung.")
    for text, row in said:
        if len(text) > LONGEST_REMARK:
            raise UnfitField(field_of(row), "Ý kiến dài quá 2.000 ký tự; hãy ghi gọn lại.")
        if row is not None and row.plan_id != plan.pk:
            raise ValueError(row)


def _write(plan: Plan, text: str, row: Section | Task | None, actor: Any) -> Remark:
    remark = Remark(plan=plan, text=text, by=actor, place=place_of(row))
    if isinstance(row, Section):
        remark.section = row
    elif row is not None:
        remark.task = row
    remark.save()
    changes = {"place": (None, remark.place or "Cả kế hoạch"), "text": (None, text)}
    audit.record("plans.remark.made", remark, actor=actor, unit_id=plan.unit_id, changes=changes)
    return remark


def place_of(row: Section | Task | None) -> str:
    """In words, as the remark keeps them for the day on which the row is gone."""
    if row is None:
        return ""
    if isinstance(row, Section):
        return f"Mục {row}"[:_PLACE] if row.level else "Phần mở đầu"
    number = f" {row.number}" if row.number is not None else ""
    return f"Nhiệm vụ{number}: {row.content}"[:_PLACE]


@transaction.atomic
def settle_remark(remark: Remark, *, actor: Any, is_settled: bool = True) -> None:
    """Ticked «Đã sửa» by whoever writes the draft, or the tick taken back; a second click changes nothing.

    Raise ``PlanIsClosed`` where the plan is no draft any more.
    """
    at, by = (timezone.now(), actor) if is_settled else (None, None)
    still = {"settled_at__isnull": is_settled, "plan__state": PlanState.DRAFT}
    if not Remark.objects.filter(pk=remark.pk, **still).update(settled_at=at, settled_by=by):
        if not Plan.objects.filter(pk=remark.plan_id, state=PlanState.DRAFT).exists():
            raise PlanIsClosed
        return
    remark.settled_at, remark.settled_by = at, by
    audit.record(
        "plans.remark.settled" if is_settled else "plans.remark.reopened",
        remark,
        actor=actor,
        unit_id=remark.plan.unit_id,
        changes={"remark": (None, f"{remark.place or 'Cả kế hoạch'}: {remark.text}")},
    )
