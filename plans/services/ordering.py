"""The order of a plan's rows. Gaps mean nothing; two rows never share a place."""

from __future__ import annotations

from typing import Any

from django.db import models

_ASIDE = 1_000_000
"""Far from every real place: rows pass through it, because databases look at each row of an UPDATE singly."""


def make_room(rows: models.QuerySet, behind: int, count: int) -> None:
    """Shift all ``rows`` behind the place ``behind`` by ``count`` places."""
    rows.filter(order__gt=behind).update(order=models.F("order") + _ASIDE)
    rows.filter(order__gt=_ASIDE).update(order=models.F("order") - _ASIDE + count)


def place_behind(rows: models.QuerySet, row: Any, behind: int) -> None:
    """Move ``row``, one of ``rows``, right behind the place ``behind`` (0: to the front)."""
    make_room(rows, behind, 1)
    row.order = behind + 1
    row.save(update_fields=["order"])


def last_place(rows: models.QuerySet) -> int:
    return rows.aggregate(last=models.Max("order"))["last"] or 0
