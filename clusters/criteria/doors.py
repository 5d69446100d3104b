"""What every page of criteria asks first: 404 to strangers, 403 to those who may only read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clusters.criteria.selectors import set_for_page
from clusters.criteria.services import AlreadyPublished
from clusters.models import CriteriaSet, Criterion
from clusters.states import SetState

WRITE = "clusters.run_season"


def set_seen(request: HttpRequest, pk: int) -> CriteriaSet:
    return get_object_or_404(set_for_page(request.user), pk=pk)


def set_to_write(request: HttpRequest, pk: int) -> CriteriaSet:
    """Raise ``AlreadyPublished`` for one that never changes again."""
    found = set_seen(request, pk)
    if not request.user.has_perm(WRITE, found):
        raise PermissionDenied
    if found.state != SetState.DRAFT:
        raise AlreadyPublished
    return found


def criterion_of(criteria_set: CriteriaSet, pk: int) -> Criterion:
    criterion = get_object_or_404(Criterion.objects.select_related("parent"), pk=pk, set=criteria_set)
    criterion.set = criteria_set
    return criterion


def version_in(data: Any) -> int:
    """Of the page that was sent; 0, which no row has, where it says none."""
    text = data.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
