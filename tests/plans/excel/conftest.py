from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.resources import Report
from core.sheets.tables import Table, TableRow
from plans.excel.tasks import TaskResource
from plans.models import Plan
from tests.factories import PlanFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(year=2026)


@pytest.fixture
def unit(plan) -> Unit:
    return plan.unit


@pytest.fixture
def an(unit) -> User:
    return UserFactory(role="officer", unit=unit)


@pytest.fixture
def page(an) -> Client:
    return signed_in(an)


@pytest.fixture
def run(plan, an):
    """Rows of a sheet into the plan: what came of each."""

    def run(*rows: dict[str, Any], dry_run: bool = False, **options: str) -> Report:
        names = {name for row in rows for name in row if name != "group"}
        lines = [
            TableRow(place, {name: row.get(name) for name in names}, row.get("group", ""))
            for place, row in enumerate(rows, start=2)
        ]
        resource = TaskResource.opened(actor=an, target_id=plan.pk, options=options)
        return resource.run(Table("", dict.fromkeys(names, ""), lines), dry_run=dry_run)

    return run
