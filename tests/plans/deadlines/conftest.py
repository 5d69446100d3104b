from __future__ import annotations

import pytest

from tests.plans.progress.conftest import Desk
from tests.plans.progress.conftest import desk as desk


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-05-13T09:00:00+07:00")


@pytest.fixture
def follower(desk: Desk):
    """Of the plan."""
    desk.plan.follower = desk.person
    desk.plan.save()
    return desk.person
