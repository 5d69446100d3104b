from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.campaigns.taking_part import office as offices
from tests.campaigns.taking_part.office import Office


@pytest.fixture
def office(db: None) -> Iterator[Office]:
    with time_machine.travel(offices.NOW, tick=False):
        yield offices.office()
