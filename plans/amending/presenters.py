"""Amendments told to the person at the screen, from rows already read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from plans.amending.paper import Amendment
from plans.amending.selectors import amendment_of, amendments_of, rows_with_results
from plans.amending.wording import cited
from plans.models import Plan, Revision, Task
from plans.states import PlanState


@dataclass(frozen=True, slots=True)
class ShownRevision:
    number: int
    name: str
    """«Kế hoạch số 31/KH-UBND ngày …»."""
    reason: str
    plan_id: int | None
    """Of the amending plan, where the user may see it."""


@dataclass(frozen=True, slots=True)
class ShownAmendments:
    """Of a plan that others amend."""

    revisions: tuple[ShownRevision, ...]
    open: Plan | None
    may_start: bool


@dataclass(frozen=True, slots=True)
class ShownAmending:
    """Of a plan that amends another."""

    original: Plan
    amendment: Amendment
    is_issued: bool
    repealed: tuple[Task, ...]
    """Of the original, with results that will be kept; told until it is issued."""

    @property
    def name(self) -> str:
        """«Kế hoạch số 27/KH-UBND ngày …»: what is amended."""
        return self.amendment.cited

    @property
    def count(self) -> int:
        """Numbered items of its paper; 0 while nothing differs yet."""
        return len(self.amendment.items)


def shown_amendments(plan: Plan, user: Any) -> ShownAmendments | None:
    """None where there is nothing to tell."""
    if plan.amends_id or plan.state != PlanState.ISSUED:
        return None
    found = amendments_of(plan, user)
    may_start = user.has_perm("plans.amend_plan", plan)
    revisions = tuple(_shown(revision, found.visible) for revision in found.revisions)
    return ShownAmendments(revisions, found.open, may_start) if revisions or found.open or may_start else None


def _shown(revision: Revision, visible: frozenset[int]) -> ShownRevision:
    amending: Plan | None = getattr(revision.paper, "plan", None) if revision.paper else None
    name = cited(amending) if amending else str(revision.paper or "")
    plan_id = amending.pk if amending and amending.pk in visible else None
    return ShownRevision(revision.number, name, revision.reason, plan_id)


def shown_amending(plan: Plan) -> ShownAmending | None:
    """``plan`` comes from ``with_content``; None where it amends none."""
    if plan.amends is None:
        return None
    amendment = amendment_of(plan)
    is_issued = plan.state == PlanState.ISSUED
    repealed = () if is_issued else tuple(rows_with_results(plan, amendment))
    return ShownAmending(plan.amends, amendment, is_issued, repealed)
