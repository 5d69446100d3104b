"""Reads: the tables of superiors that were sent to fill, and the files behind them."""

from __future__ import annotations

from typing import Any

from django.db import models

from campaigns.filling.proposing import Named
from campaigns.models import Campaign, TableMap, Target
from campaigns.selectors import inside_campaigns


def table_maps(campaign: Campaign) -> models.QuerySet[TableMap]:
    """Of a campaign whose inside the caller has opened."""
    return TableMap.objects.filter(campaign=campaign).select_related("file", "by__person")


def named_targets(campaign: Campaign) -> list[Named]:
    rows = Target.objects.filter(campaign=campaign).order_by("order").values_list("pk", "text", "measure")
    return [Named(pk, text, measure) for pk, text, measure in rows]


def files_of_tables(user: Any) -> models.Q:
    """A scope for ``core.files``: who is inside the unit sees the tables that its superiors sent."""
    inside = TableMap.objects.filter(campaign__in=inside_campaigns(user).order_by()).order_by()
    return models.Q(pk__in=inside.values("file"))
