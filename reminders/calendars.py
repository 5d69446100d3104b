"""Working days of units: the country's, changed by each unit's own days off and made-up days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from reminders.models import DayOff
from reminders.workdays import WorkDays


def workdays_of(unit_ids: Collection[int]) -> dict[int, WorkDays]:
    """For every unit asked, in one query."""
    own: dict[int, dict[dt.date, bool]] = {unit: {} for unit in unit_ids}
    rows = DayOff.objects.filter(unit__in=own).order_by("pk")
    for unit, day, is_working in rows.values_list("unit", "day", "is_working"):
        own[unit][day] = is_working
    return {unit: WorkDays(days) for unit, days in own.items()}
