from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from plans.models import Plan
from tests.factories import PlanFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Membership, User

TODAY = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def plan(db: None) -> Plan:
    return PlanFactory(sections=1, tasks=2)


@pytest.fixture
def officer(plan: Plan) -> User:
    return UserFactory(role=Membership.Role.OFFICER, unit=plan.unit)


@pytest.fixture
def page(officer: User) -> Client:
    return signed_in(officer)


@pytest.fixture
def as_role(plan: Plan) -> Any:
    """A window of somebody else of the unit, by role."""
    return lambda role: signed_in(UserFactory(role=role, unit=plan.unit))
