"""Names for those whom ``reminders.people`` gives as ids."""

from __future__ import annotations

from collections.abc import Mapping

from reminders.deadlines import Key
from units.models import Person


def names_of(people: Mapping[Key, tuple[int, ...]]) -> dict[Key, list[str]]:
    """Deadline → who is told of it, the follower first. One query."""
    ids = {person for persons in people.values() for person in persons}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "full_name"))
    return {key: [names[person] for person in persons if person in names] for key, persons in people.items()}
