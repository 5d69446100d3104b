"""Which paper a plan prints: its own text, or, where it amends another, what differs from that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from documents.tree import Paper
from plans.amending.paper import Amendment, compose_amending
from plans.amending.selectors import amendment_of, content_of
from plans.interchange import PlanData
from plans.models import Plan, Revision
from plans.paper import compose
from plans.selectors import as_printed, plan_data

Composer = Callable[[PlanData, Sequence[str]], Paper]
"""The plan's values, and the issuer's name as its office breaks it."""


def composer_of(plan: Plan, amendment: Amendment | None = None) -> Composer:
    """``plan`` comes from ``with_content``. Head and foot are those of the values that the composer is given.

    ``amendment``: where the caller has read it already.
    """
    if plan.amends_id is None:
        return compose
    return partial(compose_amending, amendment=amendment or amendment_of(plan))


def printed(plan: Plan, amendment: Amendment | None = None) -> Paper:
    return composer_of(plan, amendment)(as_printed(plan_data(plan), plan), plan.issuer.lines)


def printed_before(revision: Revision) -> Paper:
    """The plan as it stood before the revision."""
    return compose(content_of(revision), revision.plan.issuer.lines)
