"""A commune and its neighbour on a Tuesday morning: people with accounts, what is due, what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from reminders.models import Message
from tests.factories import PersonFactory, Role, UnitFactory, UserFactory
from tests.reminders.sending.rows import TUESDAY, at
from tests.units.conftest import signed_in
from units.models import Person, Unit, User

NOW = at(TUESDAY, 9)
CONTENT = {
    "greeting": "Kính gửi bà Lò Thị An,",
    "groups": [
        {
            "head": "Quá hạn",
            "lines": [
                {
                    "what": "Gửi báo cáo tháng 10",
                    "due": "2026-11-13",
                    "note": "quá 2 ngày làm việc",
                    "origin": "theo Công văn số 1479/SNV-TĐKT",
                    "url": "/ghi/1/",
                    "cost": "thêm 3 ngày nữa: −5 điểm",
                }
            ],
        }
    ],
    "closing": "Việc đã ghi kết quả thì không nhắc nữa.",
}


@dataclass
class Desk:
    unit: Unit
    away: Unit
    an: User
    """Officer of the commune."""
    binh: User
    """Of its council: reads and has no right."""
    dung: User
    """Its administrator, no officer."""
    cuong: User
    """Officer of the neighbour."""
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, user: User) -> Client:
        return self.windows.setdefault(user.pk, signed_in(user))

    def said(self, to: User | Person, **fields: Any) -> Message:
        """A mail that was sent this morning, unless something else is said."""
        person = to.person if isinstance(to, User) else to
        assert person is not None
        usual = {
            "unit": person.unit,
            "person": person,
            "channel": "mail",
            "purpose": "assigned",
            "day": TUESDAY,
            "state": "sent",
            "ended_at": NOW - dt.timedelta(hours=1),
            "attempts": 1,
            "address": "an@vidu.example",
            "subject": "Nhắc việc ngày 17/11/2026: 1 việc quá hạn",
            "content": CONTENT,
        }
        return Message.objects.create(**(usual | fields))

    def notice(self, to: User, **fields: Any) -> Message:
        return self.said(to, **({"channel": "app", "address": ""} | fields))


def member(unit: Unit, name: str, role: str) -> User:
    return UserFactory(person=PersonFactory(unit=unit, full_name=name), role=role, unit=unit)


def desk() -> Desk:
    unit, away = UnitFactory(name="Mai Khê"), UnitFactory(name="Hồng Lạc")
    return Desk(
        unit,
        away,
        member(unit, "Lò Thị An", Role.OFFICER),
        member(unit, "Lò Văn Bình", Role.COUNCIL_MEMBER),
        member(unit, "Lò Văn Dũng", Role.ADMINISTRATOR),
        member(away, "Vì Thị Cương", Role.OFFICER),
    )
