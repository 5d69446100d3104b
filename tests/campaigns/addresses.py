"""Addresses of the pages of campaigns, out of the program's own table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

from scripts.benchmarks.many_campaigns import Written

POSTED = {
    "move",
    "filling_put_away",
    "registration_approve",
    "registration_return",
    "registration_remove",
    "review_issuer",
    "review_restore",
    "review_discard",
    "exemplar_remove",
}
"""Answers no GET."""
DOWNLOADS = {
    "export",
    "template",
    "targets_export",
    "targets_template",
    "results_export",
    "results_template",
    "filling_download",
    "registration_export",
    "registration_template",
    "pledge_download",
    "review_download",
}
_OF_A_DRAFT = {"launch"}


def _patterns() -> list[URLPattern]:
    return list(get_resolver().namespace_dict["campaigns"][1].url_patterns)


def names() -> list[str]:
    return sorted(str(entry.name) for entry in _patterns())


def address(name: str, written: Written) -> str:
    """Opened with the rows that were written, reports and pledges as plain text."""
    pattern = next(one for one in _patterns() if one.name == name)
    campaign = written.draft if name in _OF_A_DRAFT else written.campaign
    values: Mapping[str, Any] = {**written.rows, "pk": campaign.pk, "key": "limits", "to": "txt"}
    return reverse(f"campaigns:{name}", kwargs={key: values[key] for key in pattern.pattern.converters})
