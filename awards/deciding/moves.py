"""The one way in which deciding moves a nominee: by the table of moves, in the chain of its own unit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from awards.models import Nominee
from awards.states import NOMINEE_MOVES, NomineeState
from core.states import move, move_many


def move_nominee(nominee: Nominee, to: NomineeState, actor: Any, code: str, **also: Any) -> None:
    """Raises ``MoveRefused``, ``MovedMeanwhile``. Needs ``round`` joined."""
    move(nominee, to.value, NOMINEE_MOVES, actor=actor, unit_id=nominee.round.unit_id, code=code, **also)


def move_nominees(nominees: Iterable[Nominee], to: NomineeState, actor: Any, code: str) -> None:
    """All or none; as many queries for three hundred as for three."""
    for unit_id, rows in groupby(nominees, key=lambda one: one.round.unit_id):
        move_many(rows, to.value, NOMINEE_MOVES, actor=actor, unit_id=unit_id, code=code)
