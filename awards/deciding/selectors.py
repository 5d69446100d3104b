"""Reads: the files that belong to decisions a user sees, and lines of a decision that no longer stand."""

from __future__ import annotations

from typing import Any

from django.db import models

from awards.judging import standing_grants
from awards.models import Decision, Grant
from awards.selectors import visible_decisions

_OF_ANOTHER = ("outside__file", "outside__paper__signed_file", "outside__paper__issued_file")


def files_of_decisions(user: Any) -> models.Q:
    """A scope for ``core.files``. Papers of the unit's own register have one already (``documents.selectors``)."""
    seen = visible_decisions(user).order_by()
    found = models.Q()
    for name in _OF_ANOTHER:
        found |= models.Q(pk__in=seen.exclude(**{name: None}).values(name))
    return found


def revoked_in(decision: Decision) -> models.QuerySet[Grant]:
    """Lines that were taken back since, and, of a decision that revokes, those by which it takes back."""
    rows = Grant.objects.filter(decision=decision).exclude(pk__in=standing_grants().values("pk"))
    return rows.select_related("reversed_by__decision", "reverses__decision").order_by("order", "pk")
