from __future__ import annotations

import pytest
import time_machine

from tests.clusters.running.desk import NOW, Desk, new_desk


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(db: None) -> Desk:
    return new_desk()
