from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.awards.collecting import desk as desks
from tests.awards.collecting.desk import Desk


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    with time_machine.travel(desks.NOW, tick=False):
        yield desks.desk()
