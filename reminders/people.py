"""Who is told of a deadline: its follower and those named besides, else the unit's officers. Never a whole office."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models

from reminders.deadlines import Deadline, Key, collector_of
from reminders.models import Watcher
from units.models import Membership, Person


def responsible(deadlines: Iterable[Deadline]) -> dict[Key, tuple[int, ...]]:
    """Ids of persons for each deadline, in two queries however many there are."""
    deadlines = list(deadlines)
    watchers = _watchers(deadlines)
    without = {deadline.unit_id for deadline in deadlines if deadline.follower_id is None}
    officers = officers_of(without) if without else {}
    return {deadline.key: _people(deadline, watchers, officers) for deadline in deadlines}


def officers_of(unit_ids: Collection[int], role: str = Membership.Role.OFFICER) -> dict[int, list[int]]:
    """Unit → persons who hold the role there today with an account that is open."""
    held = Membership.objects.on().filter(
        unit__in=unit_ids, role=role, user__is_active=True, user__person__isnull=False
    )
    found: dict[int, list[int]] = {}
    for unit, person in held.order_by("pk").values_list("unit", "user__person"):
        if person not in found.setdefault(unit, []):
            found[unit].append(person)
    return found


def _people(deadline: Deadline, watchers: dict[Key, list[int]], officers: dict[int, list[int]]) -> tuple[int, ...]:
    first = [deadline.follower_id] if deadline.follower_id else officers.get(deadline.unit_id, [])
    besides = watchers.get(deadline.key, []) + watchers.get(_group(deadline), [])
    return tuple(dict.fromkeys([*first, *besides]))


def _group(deadline: Deadline) -> Key:
    collector = collector_of(deadline.kind)
    return Key(collector.group_kind if collector else "", deadline.group, 0)


def _watchers(deadlines: list[Deadline]) -> dict[Key, list[int]]:
    units = {deadline.unit_id for deadline in deadlines}
    rows = Watcher.objects.filter(unit__in=units).order_by("pk")
    found: dict[Key, list[int]] = {}
    for kind, subject, slot, person in rows.values_list("kind", "subject", "slot", "person"):
        found.setdefault(Key(kind, subject, slot), []).append(person)
    return found


@dataclass(frozen=True, slots=True)
class Reach:
    """By which ways a person can be told."""

    unit_id: int
    has_account: bool
    address: str
    """For mail; blank: none, or not wanted."""


def reach_of(person_ids: Collection[int]) -> dict[int, Reach]:
    """The account's address before the one on the person's card. One query."""
    people = Person.objects.filter(pk__in=person_ids).annotate(
        is_open=models.Q(user__is_active=True), own=models.F("user__email")
    )
    return {
        pk: Reach(unit, bool(is_open), (own or email) if by_mail is not False else "")
        for pk, unit, is_open, own, email, by_mail in people.values_list(
            "pk", "unit", "is_open", "own", "email", "reminder_preference__by_mail"
        )
    }
