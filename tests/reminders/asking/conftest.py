from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.reminders.asking import office as offices
from tests.reminders.asking.office import Office
from tests.reminders.desk import NOW


@pytest.fixture
def _today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(db: None, _today: None) -> Office:
    return offices.office()
