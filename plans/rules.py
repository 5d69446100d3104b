"""Who may do what with a plan. Whether a user sees it at all is ``plans.selectors.visible_plans``."""

from __future__ import annotations

from typing import Any

import rules

from plans.models import Plan
from plans.states import PlanState
from units.models import Membership
from units.selectors import standing_of

Role = Membership.Role


def _with_role(*roles: str) -> rules.predicates.Predicate:
    @rules.predicate
    def has_role(user: Any, plan: Plan | None) -> bool:
        return plan is not None and standing_of(user).has_role(plan.unit_id, *roles)

    return has_role


@rules.predicate
def is_unissued(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state != PlanState.ISSUED


@rules.predicate
def is_draft(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.DRAFT


rules.add_perm("plans.write_plan", _with_role(Role.OFFICER))  # whatever its state: closed is not forbidden
rules.add_perm("plans.change_plan", _with_role(Role.OFFICER) & is_draft)
rules.add_perm("plans.submit_plan", _with_role(Role.OFFICER) & is_unissued)
rules.add_perm("plans.issue_plan", _with_role(Role.OFFICER, Role.CLERK) & is_unissued)
