"""Fixtures of the folders whose tests sit at one desk on one day: their ``conftest`` takes them in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.reminders import desk as desks
from tests.reminders.desk import NOW, Desk


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(db: None) -> Desk:
    return desks.desk()
