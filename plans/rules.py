"""Who may do what with a plan. Whether a user sees it at all is ``plans.selectors.visible_plans``."""

from __future__ import annotations

from typing import Any

import rules

from plans.models import Plan
from plans.states import PlanState
from units.models import Membership, Unit
from units.rules import is_clerk, is_leader, is_member, is_officer
from units.selectors import standing_of


@rules.predicate
def is_unissued(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state != PlanState.ISSUED


@rules.predicate
def is_draft(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.DRAFT


@rules.predicate
def is_amendable(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.ISSUED and plan.amends_id is None


@rules.predicate
def is_submitted(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.SUBMITTED


@rules.predicate
def is_approved(user: Any, plan: Plan | None) -> bool:
    return plan is not None and plan.state == PlanState.APPROVED


@rules.predicate
def approves_inside(user: Any, plan: Plan | None) -> bool:
    """Whether the unit's leaders give their word here; elsewhere it is only recorded."""
    return plan is not None and plan.unit.approves_inside


@rules.predicate
def plans_somewhere(user: Any, unit: Unit | None) -> bool:
    """Without a unit: whether there is any in which the user may start a plan."""
    return unit is None and bool(standing_of(user).units_with_role(Membership.Role.OFFICER))


may_return = is_leader & approves_inside & (is_submitted | is_approved)
may_recall = is_officer & (is_submitted | is_approved)

rules.add_perm("plans.add_plan", is_officer | plans_somewhere)
rules.add_perm("plans.write_plan", is_officer)  # whatever its state: closed is not forbidden
rules.add_perm("plans.record_plan", is_officer | is_clerk)  # likewise
rules.add_perm("plans.change_plan", is_officer & is_draft)
rules.add_perm("plans.submit_plan", is_officer & is_unissued)
rules.add_perm("plans.review_plan", is_leader)  # whatever its state, and whichever way the unit goes
rules.add_perm("plans.approve_plan", is_leader & approves_inside & is_submitted)
rules.add_perm("plans.return_plan", may_return)
rules.add_perm("plans.recall_plan", may_recall)
rules.add_perm("plans.reopen_plan", may_return | may_recall)
rules.add_perm("plans.read_remarks", is_member)  # not the unit above: what is said in the house stays there
rules.add_perm("plans.amend_plan", is_officer & is_amendable)
rules.add_perm("plans.record_progress", is_officer)  # of a task; a plan not yet in force says why by itself
rules.add_perm("plans.add_duty", is_officer | plans_somewhere)
rules.add_perm("plans.write_duty", is_officer)
rules.add_perm("plans.issue_plan", (is_officer | is_clerk) & is_unissued)
