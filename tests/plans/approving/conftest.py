"""A commune that approves in the program: its officer, leader and clerk, a draft of the officer's, a stranger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import time_machine

from plans.models import Plan, Section, Task
from plans.services import submit_plan
from tests.factories import PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.rows import again
from units.models import Unit, User

TODAY = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)


@dataclass
class House:
    unit: Unit
    plan: Plan
    an: User
    """Officer."""
    lan: User
    """Leader, with a post."""
    minh: User
    """Leader too."""
    dung: User
    """Clerk."""
    cuong: User
    """Leader of another commune that approves inside."""

    @property
    def section(self) -> Section:
        return self.plan.sections.all()[0]

    @property
    def task(self) -> Task:
        return self.plan.tasks.all()[0]

    def submitted(self, to: str = "lãnh đạo xã") -> Plan:
        submit_plan(again(self.plan), actor=self.an, to=to, on=TODAY.date())
        return again(self.plan)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False) as clock:
        yield clock


@pytest.fixture
def house(db: None) -> House:
    unit = UnitFactory(parent=UnitFactory(province=True), approves_inside=True)

    def member(username: str, role: str, name: str, post: str = "") -> User:
        person = PersonFactory(unit=unit, full_name=name, post=post)
        return UserFactory(username=username, role=role, unit=unit, person=person)

    return House(
        unit,
        PlanFactory(unit=unit, sections=2, tasks=2, subject="Công tác năm 2026"),
        member("an", Role.OFFICER, "Lò Thị An"),
        member("lan", Role.LEADER, "Hà Thị Lan", "Chủ tịch UBND xã"),
        member("minh", Role.LEADER, "Vi Văn Minh"),
        member("dung", Role.CLERK, "Lê Văn Dũng"),
        UserFactory(username="cuong", role=Role.LEADER, unit=UnitFactory(approves_inside=True)),
    )


@pytest.fixture
def by() -> Callable[[User], User]:
    """The account as another request reads it: its roles are read anew."""
    return lambda user: User.objects.get(pk=user.pk)
