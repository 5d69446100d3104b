"""The year that the pages show: chosen in the top bar (``?nam=2025``), remembered in the session."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

PARAMETER = "nam"
_SESSION_KEY = "year"
_FIRST, _LAST = 2000, 2100
_YEARS_BACK = 4


def current_year(request: HttpRequest) -> int:
    wanted = request.GET.get(PARAMETER, "")
    session = getattr(request, "session", {})
    if len(wanted) == 4 and wanted.isdecimal() and _FIRST <= int(wanted) <= _LAST:
        if session.get(_SESSION_KEY) != int(wanted):
            session[_SESSION_KEY] = int(wanted)
        return int(wanted)
    return session.get(_SESSION_KEY) or timezone.localdate().year


def offered_years(chosen: int) -> list[int]:
    """Next year first (plans are written in autumn), then back; the chosen one is always among them."""
    this_year = timezone.localdate().year
    return sorted({*range(this_year - _YEARS_BACK, this_year + 2), chosen}, reverse=True)
