"""What is read without an account. Nothing here asks who looks."""

from __future__ import annotations

from django.db.models import QuerySet

from awards.models import Grant
from awards.states import DecisionState

_WORDS = ("unit", "decision", "subject__part", "subject__lower")


def find_by_code(code: str) -> Grant | None:
    """One lookup by a unique index, whatever stands in the address."""
    rows = Grant.objects.filter(code=code, entry=Grant.Entry.GIVEN).select_related(*_WORDS, "reversed_by__decision")
    return rows.first()


def public_grants() -> QuerySet[Grant]:
    """Of published decisions, not held back, not taken back; the newest first."""
    rows = Grant.objects.filter(
        entry=Grant.Entry.GIVEN, reversed_by=None, is_public=True, decision__state=DecisionState.PUBLISHED
    )
    return rows.select_related(*_WORDS).order_by("-decision__day", "-decision_id", "order", "pk")
