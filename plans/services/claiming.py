"""Whether a plan may be changed now, and by whom first."""

from __future__ import annotations

from core import states
from core.errors import AppError
from plans.models import Plan
from plans.states import PlanState


class PlanIsClosed(AppError):
    message = "Kế hoạch không còn là dự thảo nên không sửa được."


def claim(plan: Plan, version: int) -> None:
    """Take the plan's next version; raise where it is no draft or somebody else took it before."""
    if plan.state != PlanState.DRAFT:
        raise PlanIsClosed
    states.claim_version(plan, version, state=PlanState.DRAFT)
