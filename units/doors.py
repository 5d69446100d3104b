"""What a page asks first that makes something for one of the user's units."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from units.models import Unit
from units.selectors import units_to_work_for


def unit_to_work_for(request: HttpRequest, *roles: str) -> tuple[Unit, list[Unit]]:
    """The unit that ``dv`` (or the form's own field) names, else the user's first; and all in which he has a role."""
    units = units_to_work_for(request.user, *roles)
    if not units:
        raise PermissionDenied
    wanted = request.POST.get("unit") or request.GET.get("dv", "")
    if not wanted:
        return units[0], units
    unit = next((one for one in units if str(one.pk) == wanted), None)
    if unit is None:
        raise Http404
    return unit, units
