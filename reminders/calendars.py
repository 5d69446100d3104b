"""Working days of units: the country's, changed by each unit's own days off and made-up days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from reminders.models import DayOff
from reminders.workdays import WorkDays


def workdays_of(unit_ids: Collection[int]) -> dict[int, WorkDays]:
    """For every unit asked, in one query."""
    return {unit: days for unit, (days, _) in named_workdays_of(unit_ids).items()}


def named_workdays_of(unit_ids: Collection[int]) -> dict[int, tuple[WorkDays, dict[dt.date, str]]]:
    """The same with what each unit calls its own days."""
    own: dict[int, dict[dt.date, bool]] = {unit: {} for unit in unit_ids}
    names: dict[int, dict[dt.date, str]] = {unit: {} for unit in unit_ids}
    rows = DayOff.objects.filter(unit__in=own).order_by("pk")
    for unit, day, is_working, name in rows.values_list("unit", "day", "is_working", "name"):
        own[unit][day] = is_working
        names[unit][day] = name
    return {unit: (WorkDays(days), names[unit]) for unit, days in own.items()}
