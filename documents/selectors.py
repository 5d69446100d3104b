"""Reads of what outlives a paper's composing."""

from __future__ import annotations

from typing import Any

from django.db import models

from documents.deliveries.selectors import delivered_paper_ids
from documents.models import IssuedPaper, LegalText, NumberSeries
from units.models import Issuer
from units.selectors import readable_unit_ids, standing_of

_FILES = ("issued_file", "word_file", "signed_file")


def legal_text_rows() -> models.QuerySet[LegalText]:
    """The whole table of laws, each with what replaced it; one query."""
    return LegalText.objects.select_related("replaced_by")


def own_papers(user: Any) -> models.QuerySet[IssuedPaper]:
    """Papers of the own units' issuers, and of those they inherited from: their register."""
    return IssuedPaper.objects.filter(issuer__unit__in=readable_unit_ids(user)).select_related("issuer__unit", *_FILES)


def visible_papers(user: Any) -> models.QuerySet[IssuedPaper]:
    """The own papers, and those that were delivered to these units."""
    return IssuedPaper.objects.filter(_is_visible(user)).select_related("issuer__unit", *_FILES)


def visible_files(user: Any) -> models.Q:
    """Stored files that belong to visible papers."""
    papers = IssuedPaper.objects.filter(_is_visible(user)).order_by()
    return models.Q(*(("pk__in", papers.values(name)) for name in _FILES), _connector=models.Q.OR)


def _is_visible(user: Any) -> models.Q:
    return models.Q(issuer__unit__in=readable_unit_ids(user)) | models.Q(pk__in=delivered_paper_ids(user))


def visible_series(user: Any) -> models.QuerySet[NumberSeries]:
    """Books of numbers of the own units' issuers, and of those they inherited from."""
    return NumberSeries.objects.filter(issuer__unit__in=readable_unit_ids(user)).select_related("issuer__unit")


def symbols_of(user: Any) -> list[str]:
    """Symbols that papers of the user's units bear."""
    papers = IssuedPaper.objects.filter(issuer__unit__in=standing_of(user).unit_ids)
    return sorted(set(papers.order_by().values_list("symbol", flat=True).distinct()))


def issuers_to_record_for(user: Any, *roles: str) -> models.QuerySet[Issuer]:
    """Issuers, in force or not, of the units in which the user has one of the roles."""
    units = standing_of(user).units_with_role(*roles)
    return Issuer.objects.filter(unit__in=units).select_related("unit").order_by("unit__name", "pk")
