"""What every page of criteria asks first: 404 to strangers, 403 to those who may only read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from clusters.criteria.selectors import set_for_page, units_to_write_for
from clusters.criteria.services import AlreadyPublished
from clusters.models import CriteriaSet, Criterion
from clusters.states import SetState
from units.models import Unit

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


def unit_to_write_for(request: HttpRequest) -> tuple[Unit, list[Unit]]:
    """The unit that the form or ``dv`` names, else the user's first; and all that he may write for."""
    units = units_to_write_for(request.user)
    if not units:
        raise PermissionDenied
    wanted = request.POST.get("unit") or request.GET.get("dv", "")
    if not wanted:
        return units[0], units
    unit = next((one for one in units if str(one.pk) == wanted), None)
    if unit is None:
        raise Http404
    return unit, units


def version_in(data: Any) -> int:
    """Of the page that was sent; 0, which no row has, where it says none."""
    text = data.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
