"""The way of a plan: draft, submitted, issued."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit, states
from plans import cleaning, limits
from plans.cleaning import UnfitField
from plans.models import Plan
from plans.services.claiming import PlanIsClosed, claim
from plans.states import MOVES, PlanState


def submit_plan(plan: Plan, *, actor: Any, to: str = "", on: dt.date | None = None) -> None:
    """Record that the draft went to whoever signs it: to whom and on which day, where that is known."""
    to = cleaning.line("to", to, limits.SUBMITTED_TO)
    if on and on > timezone.localdate():
        raise UnfitField("on", f"Ngày {on:%d/%m/%Y} chưa đến; ghi ngày đã trình.")
    _move(plan, PlanState.SUBMITTED, "plans.plan.submitted", actor, submitted_to=to, submitted_on=on)


def recall_plan(plan: Plan, *, actor: Any) -> None:
    """Back to a draft before it is signed; to whom it had gone stays in its history."""
    _move(plan, PlanState.DRAFT, "plans.plan.recalled", actor, submitted_to="", submitted_on=None)


def issue_plan(plan: Plan, *, actor: Any) -> None:
    """Record that the paper was signed and numbered next door; number and date must be there."""
    if not plan.number or plan.date.exact is None:
        raise UnfitField("number", "Chưa ghi số và ngày ban hành của văn bản.")
    _move(plan, PlanState.ISSUED, "plans.plan.issued", actor)


def _move(plan: Plan, to: str, code: str, actor: Any, **also: Any) -> None:
    states.move(plan, to, MOVES, actor=actor, unit_id=plan.unit_id, code=code, **also)


@transaction.atomic
def delete_draft(plan: Plan, *, actor: Any) -> None:
    """A draft that was never submitted may go; its audit entries stay."""
    claim(plan, plan.version)
    was_submitted = audit.history_of(plan).filter(code="plans.plan.submitted").exists()
    if was_submitted:
        raise PlanIsClosed("Kế hoạch đã từng được trình nên không xóa được.")
    audit.record("plans.plan.deleted", plan, actor=actor, unit_id=plan.unit_id)
    plan.delete()
