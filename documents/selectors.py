"""Reads of what outlives a paper's composing."""

from __future__ import annotations

from django.db import models

from documents.models import LegalText


def legal_text_rows() -> models.QuerySet[LegalText]:
    """The whole table of laws, each with what replaced it; one query."""
    return LegalText.objects.select_related("replaced_by")
