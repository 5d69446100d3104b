"""Reads for the settings' pages: what a unit has set, and its own next deadlines to show that on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone

from reminders import wording
from reminders.calendars import workdays_of
from reminders.deadlines import Collector, Deadline, Scope, collectors
from reminders.ladder import Rungs
from reminders.models import DayOff, Ladder, UnitSettings, Wording
from reminders.settings_services import rungs_of
from reminders.settings_words import example_sentence
from reminders.workdays import WorkDays
from units.models import Membership, Person, Unit
from units.selectors import units_of

_SPARE = 9
"""Working days between today and the first reminder of a day that is made up as an example."""
_LONGEST_NAME = 100


def units_reminded(user: Any) -> models.QuerySet[Unit]:
    return units_of(user).order_by("name", "pk")


def settings_of(unit: Unit) -> UnitSettings:
    """With the program's own values where the unit has set nothing."""
    return UnitSettings.objects.filter(unit=unit).first() or UnitSettings(unit=unit)


def leaders_of(unit: Unit) -> list[Person]:
    """Who gets the weekly digest: leaders of this very unit with an account that is open."""
    held = Membership.objects.on().filter(unit=unit, role=Membership.Role.LEADER, user__is_active=True)
    return list(Person.objects.filter(pk__in=held.values("user__person")).order_by("full_name", "pk"))


def own_days(unit: Unit, year: int) -> list[DayOff]:
    return list(DayOff.objects.filter(unit=unit, day__year=year).order_by("day"))


# -- Ladders ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownLadder:
    kind: str
    label: str
    rungs: Rungs
    is_own: bool
    example: str
    """On the unit's own next deadline of that kind; blank where it has none."""


def ladders_of(unit: Unit) -> list[ShownLadder]:
    """One for each kind of deadline."""
    rows = {row.kind: row for row in Ladder.objects.filter(unit=unit)}
    days = workdays_of([unit.pk])[unit.pk]
    shown = []
    for kind in collectors():
        rungs = rungs_of(rows.get(kind.kind))
        example = _example(kind.open_in(Scope(units=[unit.pk])), rungs, days)
        shown.append(ShownLadder(kind.kind, kind.label, rungs, kind.kind in rows, example))
    return shown


def ladder_of(unit: Unit, kind: Collector) -> Ladder | None:
    return Ladder.objects.filter(unit=unit, kind=kind.kind).first()


def ladder_example(unit: Unit, kind: Collector, rungs: Rungs) -> str:
    """On the unit's own next deadline of that kind, or on a day that somebody might set."""
    days = workdays_of([unit.pk])[unit.pk]
    made_up = days.after(timezone.localdate(), max(rungs.before, default=0) + _SPARE)
    return _example(kind.open_in(Scope(units=[unit.pk])), rungs, days) or example_sentence(
        "Ví dụ một việc", made_up, rungs, days
    )


def _example(deadlines: Iterable[Deadline], rungs: Rungs, days: WorkDays) -> str:
    """On the first that is so far that all its reminders are still to come; blank where there is none."""
    first = days.after(timezone.localdate(), max(rungs.before, default=0) + 1)
    coming = [one for one in deadlines if one.due >= first]
    if not coming:
        return ""
    deadline = min(coming, key=lambda one: (one.due, one.key))
    return example_sentence(f"Ví dụ «{short(deadline.what)}»", deadline.due, rungs, days)


def short(what: str) -> str:
    line = " ".join(what.split())
    return line if len(line) <= _LONGEST_NAME else f"{line[:_LONGEST_NAME].rstrip()}…"


# -- Texts -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownText:
    text: wording.Text
    row: Wording | None


def texts_of(unit: Unit) -> list[ShownText]:
    rows = {row.name: row for row in Wording.objects.filter(unit=unit)}
    return [ShownText(text, rows.get(text.name)) for text in wording.TEXTS.values()]
