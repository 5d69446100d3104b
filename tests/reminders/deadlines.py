"""Deadlines of no app, for tests of what tells them: the test says what is open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from reminders import deadlines
from reminders.deadlines import Collector, Deadline, Scope
from units.models import Person, Unit

KIND = "tests.task"


def deadline(
    unit: Unit, due: dt.date, *, subject: int = 1, follower: Person | None = None, what: str = ""
) -> Deadline:
    return Deadline(
        KIND, subject, unit.pk, due, what or f"Việc số {subject}", follower_id=follower.pk if follower else None
    )


@contextmanager
def only(*open_ones: Deadline) -> Iterator[list[Deadline]]:
    """Nothing else is due while the block runs; what the test takes out of the list is settled."""
    found = list(open_ones)

    def collect(scope: Scope) -> list[Deadline]:
        return [
            one
            for one in found
            if (scope.units is None or one.unit_id in scope.units)
            and (scope.subjects is None or one.subject in scope.subjects)
            and (scope.until is None or one.due <= scope.until)
        ]

    before = dict(deadlines._collectors)
    deadlines._collectors.clear()
    deadlines.register(
        Collector(KIND, "Việc thử", collect, lambda one: f"/ghi/{one.subject}/", lambda one: f"/xem/{one.subject}/")
    )
    try:
        yield found
    finally:
        deadlines._collectors.clear()
        deadlines._collectors.update(before)
