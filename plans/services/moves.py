"""The way of a plan: draft, submitted, issued."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit, states
from plans.cleaning import UnfitField
from plans.models import Plan
from plans.services.claiming import PlanIsClosed, claim
from plans.states import MOVES, PlanState


def submit_plan(plan: Plan, *, actor: Any) -> None:
    states.move(plan, PlanState.SUBMITTED, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.submitted")


def recall_plan(plan: Plan, *, actor: Any) -> None:
    states.move(plan, PlanState.DRAFT, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.recalled")


def issue_plan(plan: Plan, *, actor: Any) -> None:
    """Record that the paper was signed and numbered next door; number and date must be there."""
    if not plan.number or plan.date.exact is None:
        raise UnfitField("number", "Chưa ghi số và ngày ban hành của văn bản.")
    states.move(plan, PlanState.ISSUED, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.issued")


@transaction.atomic
def delete_draft(plan: Plan, *, actor: Any) -> None:
    """A draft that was never submitted may go; its audit entries stay."""
    claim(plan, plan.version)
    was_submitted = audit.history_of(plan).filter(code="plans.plan.submitted").exists()
    if was_submitted:
        raise PlanIsClosed("Kế hoạch đã từng được trình nên không xóa được.")
    audit.record("plans.plan.deleted", plan, actor=actor, unit_id=plan.unit_id)
    plan.delete()
