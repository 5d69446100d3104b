"""A commune with an officer, a colleague who only reads, and a stranger; the day is Thursday 5 November 2026."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import time_machine

from tests.factories import PersonFactory, UnitFactory, UserFactory
from units.models import Membership, Unit, User

Role = Membership.Role
TODAY = dt.date(2026, 11, 5)


@dataclass
class Office:
    unit: Unit
    other: Unit
    officer: User
    member: User
    """Of the same unit, without the right to change."""
    stranger: User


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 5, 2, 0, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def office(db: None) -> Office:
    unit, other = UnitFactory(name="Vân Khê"), UnitFactory(name="Bình Sơn")
    return Office(
        unit,
        other,
        UserFactory(role=Role.OFFICER, unit=unit, person=PersonFactory(unit=unit, full_name="Lò Thị Mây")),
        UserFactory(role=Role.COUNCIL_MEMBER, unit=unit, person=PersonFactory(unit=unit)),
        UserFactory(role=Role.OFFICER, unit=other, person=PersonFactory(unit=other)),
    )
