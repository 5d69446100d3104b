from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from plans.models import Plan
from tests.factories import PlanFactory, UserFactory
from tests.plans.rows import again
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


@pytest.fixture
def issue(page: Client, plan: Plan) -> Callable[..., Any]:
    """Posts the form of the page on which the issue is recorded; ``content``: of the file dropped in."""

    def issue(content: bytes | None = None, name: str = "27.pdf", **more: Any) -> Any:
        typed = {"number": "27", "symbol": "KH-UBND", "date": "12/2/2026", "signer": "Lò Văn Thắng"}
        dropped = {"signed_file": SimpleUploadedFile(name, content)} if content is not None else {}
        data = {"version": again(plan).version, **typed, **dropped, **more}
        return page.post(reverse("plans:issue", args=[plan.pk]), data)

    return issue
