"""Reads: who may give a leader's word, what was remarked, what waits for whom."""

from __future__ import annotations

from typing import Any

from django.db import models

from plans.models import Plan, Remark
from plans.selectors import visible_plans
from plans.states import PlanState
from units.models import Membership, Unit, User
from units.selectors import standing_of

MOST_WAITING = 60
"""Plans told on the home page; an office never has as many."""


def leaders_of(unit: Unit) -> list[User]:
    """Those who hold the role today and can sign in, by name."""
    held = Membership.objects.on().filter(unit=unit, role=Membership.Role.LEADER).values("user")
    return list(
        User.objects.filter(pk__in=held, is_active=True)
        .select_related("person")
        .order_by("person__full_name", "username")
    )


def remarks_of(plan: Plan) -> list[Remark]:
    """In the order in which they were made, with all that a page tells of them."""
    return list(plan.remarks.select_related("section", "task", "by__person", "settled_by__person").order_by("pk"))


def visible_remarks(user: Any) -> models.QuerySet[Remark]:
    return Remark.objects.filter(plan__in=visible_plans(user)).select_related("plan__unit")


def waiting_for(user: Any) -> list[Plan]:
    """What the user's own units wait for from him: a leader's word, a number, remarks to be worked in."""
    standing, role = standing_of(user), Membership.Role
    to_approve = models.Q(
        unit__in=standing.units_with_role(role.LEADER), unit__approves_inside=True, state=PlanState.SUBMITTED
    )
    to_issue = models.Q(unit__in=standing.units_with_role(role.CLERK, role.OFFICER), state=PlanState.APPROVED)
    open_remarks = Remark.objects.filter(plan=models.OuterRef("pk"), settled_at=None)
    to_mend = models.Q(unit__in=standing.units_with_role(role.OFFICER), state=PlanState.DRAFT) & models.Q(
        models.Exists(open_remarks)
    )
    return list(
        Plan.objects.filter(to_approve | to_issue | to_mend).select_related("unit").order_by("pk")[:MOST_WAITING]
    )
