"""Reads: open deadlines of the own units and whose they are; of one, who is told of it and what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from reminders.deadlines import Deadline, Key, Scope, collector_of, open_deadlines
from reminders.ladder import DEFAULT, Rungs
from reminders.models import Ladder, Notice, Snooze, Watcher
from reminders.people import Reach, officers_of, reach_of, responsible
from units.models import Membership, Person
from units.selectors import standing_of

MOST_NOTICES = 60


# -- Of the own units ----------------------------------------------------------------------


def unit_deadlines(user: Any) -> list[Deadline]:
    """Everything open in the units in which the user has a role, the nearest day first."""
    return open_deadlines(Scope(units=standing_of(user).unit_ids))


def my_deadlines(user: Any) -> list[Deadline]:
    """Those of which the user is told."""
    found = unit_deadlines(user)
    return mine_of(user, found, responsible(found))


def mine_of(user: Any, deadlines: Sequence[Deadline], told: Mapping[Key, tuple[int, ...]]) -> list[Deadline]:
    """``told``: by ``reminders.people``. An officer whose account names no person has what nobody follows."""
    if user.person_id is not None:
        return [one for one in deadlines if user.person_id in told[one.key]]
    served = standing_of(user).units_with_role(Membership.Role.OFFICER)
    return [one for one in deadlines if one.follower_id is None and one.unit_id in served]


def visible_deadline(user: Any, key: Key) -> Deadline | None:
    """None where it is settled or of another unit."""
    collector = collector_of(key.kind)
    if collector is None:
        return None
    scope = Scope(units=standing_of(user).unit_ids, subjects=[key.subject])
    return next((one for one in collector.open_in(scope) if one.key == key), None)


# -- Of one deadline -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told of a deadline, and why."""

    person: Person
    why: str
    reach: Reach
    watcher: Watcher | None = None
    """Whom one may take off again."""


def told_of(deadline: Deadline) -> list[Told]:
    """As ``reminders.people.responsible`` has it, each with the reason."""
    watchers = watchers_of(deadline)
    by_person = {row.person_id: row for row in reversed(watchers)}
    ids = responsible([deadline])[deadline.key]
    people = Person.objects.in_bulk(ids)
    reach = reach_of(ids)
    officers = [] if deadline.follower_id else officers_of([deadline.unit_id]).get(deadline.unit_id, [])
    return [
        Told(people[pk], _why(deadline, pk, officers, by_person.get(pk)), reach[pk], by_person.get(pk))
        for pk in ids
        if pk in people and pk in reach
    ]


def _why(deadline: Deadline, person: int, officers: Sequence[int], watcher: Watcher | None) -> str:
    if person == deadline.follower_id:
        return "người theo dõi"
    if person in officers:
        return "cán bộ thi đua, khen thưởng, vì việc này chưa có người theo dõi"
    collector = collector_of(deadline.kind)
    is_of_group = collector is not None and watcher is not None and watcher.kind != deadline.kind
    return f"được nhắc thêm, {collector.group_label}" if collector and is_of_group else "được nhắc thêm"


def watchers_of(deadline: Deadline) -> list[Watcher]:
    """Of the deadline and of the group that it belongs to."""
    keys = [deadline.key, group_of(deadline)]
    named = models.Q(pk__in=[])
    for key in keys:
        if key is not None:
            named |= models.Q(kind=key.kind, subject=key.subject, slot=key.slot)
    return list(Watcher.objects.filter(named, unit=deadline.unit_id).select_related("person").order_by("pk"))


def group_of(deadline: Deadline) -> Key | None:
    collector = collector_of(deadline.kind)
    has_group = collector is not None and collector.group_kind and deadline.group
    return Key(collector.group_kind, deadline.group, 0) if collector and has_group else None


def rungs_for(deadline: Deadline) -> Rungs:
    row = Ladder.objects.filter(unit=deadline.unit_id, kind=deadline.kind).first()
    return Rungs(tuple(row.before), row.on_the_day, row.every) if row else DEFAULT


def snooze_of(deadline: Deadline, day: dt.date) -> Snooze | None:
    rows = Snooze.objects.filter(unit=deadline.unit_id, until__gte=day).select_related("by__person")
    return rows.filter(kind=deadline.kind, subject=deadline.subject, slot=deadline.slot).first()


def notices_of(user: Any, key: Key) -> list[Notice]:
    """What was said of it in the own units, the newest first, also when it is settled by now."""
    rows = Notice.objects.filter(kind=key.kind, subject=key.subject, slot=key.slot)
    rows = rows.filter(message__unit__in=list(standing_of(user).unit_ids))
    return list(rows.select_related("message__person").order_by("-message__day", "-pk")[:MOST_NOTICES])


def people_to_add(deadline: Deadline) -> models.QuerySet[Person]:
    return Person.objects.on().filter(unit=deadline.unit_id).order_by("full_name", "pk")
