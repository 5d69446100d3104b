"""Reads of what outlives a paper's composing."""

from __future__ import annotations

from typing import Any

from django.db import models

from documents.models import IssuedPaper, LegalText
from units.models import Issuer
from units.selectors import readable_unit_ids, standing_of


def legal_text_rows() -> models.QuerySet[LegalText]:
    """The whole table of laws, each with what replaced it; one query."""
    return LegalText.objects.select_related("replaced_by")


def visible_papers(user: Any) -> models.QuerySet[IssuedPaper]:
    """Papers of the own units' issuers, and of those they inherited from."""
    return IssuedPaper.objects.filter(issuer__unit__in=readable_unit_ids(user)).select_related(
        "issuer__unit", "issued_file", "word_file", "signed_file"
    )


def visible_files(user: Any) -> models.Q:
    """Stored files that belong to these papers."""
    papers = IssuedPaper.objects.filter(issuer__unit__in=readable_unit_ids(user)).order_by()
    names = ("issued_file", "word_file", "signed_file")
    return models.Q(*(("pk__in", papers.values(name)) for name in names), _connector=models.Q.OR)


def issuers_to_record_for(user: Any, *roles: str) -> models.QuerySet[Issuer]:
    """Issuers, in force or not, of the units in which the user has one of the roles."""
    units = standing_of(user).units_with_role(*roles)
    return Issuer.objects.filter(unit__in=units).select_related("unit").order_by("unit__name", "pk")
