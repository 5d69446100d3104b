"""What the shell around every page shows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.year import current_year, offered_years
from reminders.notices import own_units, unread
from tdkt import menu
from units.accounts import has_two_steps


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    context: dict[str, Any] = {"is_demo": settings.DEMO, "my_units": []}
    if user is None or not user.is_authenticated or request.headers.get("HX-Request"):
        return context
    year = current_year(request)
    units = own_units(user)
    return context | {
        "shell": "base.html",  # pages of refusal stand in it too, with the menu
        "my_units": units,
        "unread": units[0].unread if units else unread(user).count(),
        "has_two_steps": units[0].has_two_steps if units else has_two_steps(user),
        "year": year,
        "years": offered_years(year),
        "menu": menu.entries_for(request.path),
        "search_url": menu.address(menu.SEARCH_URL_NAME),
    }
