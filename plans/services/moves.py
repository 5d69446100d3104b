"""The way of a plan: draft, submitted, issued. A leader's word in between: ``plans.approving.services``."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit, states
from core.errors import UnfitField
from plans import cleaning, limits
from plans.models import Plan
from plans.parts import discard_parts
from plans.services.claiming import PlanIsClosed, claim
from plans.states import MOVES, PlanState

NOT_SUBMITTED: dict[str, Any] = {"submitted_to": "", "submitted_on": None, "approved_by": None, "approved_on": None}
"""What a draft says of its way."""


class OpenRemarks(UnfitField):
    """Not wrong, but to be looked at once more: repeat with ``is_confirmed`` when the person says so."""


def submit_plan(
    plan: Plan, *, actor: Any, to: str = "", on: dt.date | None = None, is_confirmed: bool = False
) -> None:
    """The draft goes to whoever approves or signs it: to whom and on which day, where that is known.

    Raise ``OpenRemarks`` where a leader's remarks are not settled, until it ``is_confirmed``.
    """
    to = cleaning.line("to", to, limits.SUBMITTED_TO)
    if on and on > timezone.localdate():
        raise UnfitField("on", f"Ngày {on:%d/%m/%Y} chưa đến; ghi ngày đã trình.")
    if not is_confirmed and (count := plan.remarks.filter(settled_at=None).count()):
        raise OpenRemarks("confirmed", f"Còn {count} ý kiến chưa đánh dấu «Đã sửa».")
    _move(plan, PlanState.SUBMITTED, "plans.plan.submitted", actor, submitted_to=to, submitted_on=on)


def recall_plan(plan: Plan, *, actor: Any) -> None:
    """Back to a draft before it is numbered and signed; to whom it had gone, who approved it, its history tells."""
    _move(plan, PlanState.DRAFT, "plans.plan.recalled", actor, **NOT_SUBMITTED)


def issue_plan(plan: Plan, *, actor: Any) -> None:
    """Record that the paper was signed and numbered next door; number and date must be there."""
    if not plan.number or plan.date.exact is None:
        raise UnfitField("number", "Chưa ghi số và ngày ban hành của văn bản.")
    _move(plan, PlanState.ISSUED, "plans.plan.issued", actor)


def _move(plan: Plan, to: str, code: str, actor: Any, **also: Any) -> None:
    states.move(plan, to, MOVES, actor=actor, unit_id=plan.unit_id, code=code, **also)


@transaction.atomic
def delete_draft(plan: Plan, *, actor: Any) -> None:
    """A draft that was never submitted may go, with what other apps keep of it; its audit entries stay.

    Raise ``PlanIsClosed`` where it was, or where something hangs on a part of it.
    """
    claim(plan, plan.version)
    was_submitted = audit.history_of(plan).filter(code="plans.plan.submitted").exists()
    if was_submitted:
        raise PlanIsClosed("Kế hoạch đã từng được trình nên không xóa được.")
    discard_parts(plan, actor=actor)
    audit.record("plans.plan.deleted", plan, actor=actor, unit_id=plan.unit_id)
    plan.delete()
