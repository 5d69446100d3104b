"""Messages as planning leaves them: due, with their notices, to people who can be told."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from reminders.deadlines import Deadline
from reminders.models import Message, Notice
from tests.factories import PersonFactory, UserFactory
from units.models import Membership, Person, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (dt.date(2026, 11, day) for day in (13, 14, 16, 17, 18))


def at(day: dt.date, hour: int = 8, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute, second), HANOI)


def officer(unit: Unit, name: str = "Lò Thị Mai", email: str = "mai@vidu.example") -> Person:
    """With an account and an address."""
    person = PersonFactory(unit=unit, full_name=name, email=email)
    UserFactory(person=person, role=Membership.Role.OFFICER, unit=unit)
    return person


def message(person: Person, *told: Deadline, day: dt.date = TUESDAY, rung: int = 1, **fields: Any) -> Message:
    fields = {"channel": "mail", "purpose": "digest", "next_try_at": at(day)} | fields
    row = Message.objects.create(unit=person.unit, person=person, day=day, **fields)
    for one in told:
        Notice.objects.create(
            message=row,
            kind=one.kind,
            subject=one.subject,
            slot=one.slot,
            due=one.due,
            rung=rung,
            person=person,
            channel=row.channel,
        )
    return row


def standing(row: Message) -> tuple[str, int, str]:
    """State, tries, result."""
    row.refresh_from_db()
    return row.state, row.attempts, row.result
