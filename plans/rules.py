"""Who may do what with a plan. Whether a user sees it at all is ``plans.selectors.visible_plans``."""

from __future__ import annotations

from typing import Any

import rules

from plans.models import Plan
from plans.states import PlanState
from units.models import Membership, Unit
from units.rules import is_clerk, is_officer
from units.selectors import standing_of


@rules.predicate
def is_unissued(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state != PlanState.ISSUED


@rules.predicate
def is_draft(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.DRAFT


@rules.predicate
def plans_somewhere(user: Any, unit: Unit | None) -> bool:
    """Without a unit: whether there is any in which the user may start a plan."""
    return unit is None and bool(standing_of(user).units_with_role(Membership.Role.OFFICER))


rules.add_perm("plans.add_plan", is_officer | plans_somewhere)
rules.add_perm("plans.write_plan", is_officer)  # whatever its state: closed is not forbidden
rules.add_perm("plans.record_plan", is_officer | is_clerk)  # likewise
rules.add_perm("plans.change_plan", is_officer & is_draft)
rules.add_perm("plans.submit_plan", is_officer & is_unissued)
rules.add_perm("plans.record_progress", is_officer)  # of a task; a plan not yet in force says why by itself
rules.add_perm("plans.issue_plan", (is_officer | is_clerk) & is_unissued)
