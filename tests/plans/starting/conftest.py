from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from tests.plans.starting.world import TODAY, StartWorld, heir_of, signed_in


@pytest.fixture(autouse=True)
def _in_january():
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(9), dt.UTC), tick=False):
        yield


@pytest.fixture
def world() -> StartWorld:
    return heir_of("doai_trung")


@pytest.fixture
def officer(world):
    return signed_in(world.officer)
