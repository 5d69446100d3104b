"""Whose files of confirmed rules a user opens."""

from __future__ import annotations

from typing import Any

from django.db import models

from awards.selectors import visible_confirmations


def files_of_confirmations(user: Any) -> models.Q:
    """A scope for ``core.files``: whoever the rule holds for may read the paper that confirms it."""
    rows = visible_confirmations(user).order_by()
    return models.Q(pk__in=rows.exclude(paper__file=None).values("paper__file")) | models.Q(
        pk__in=rows.exclude(paper__paper__signed_file=None).values("paper__paper__signed_file")
    )
