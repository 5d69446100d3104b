"""The kinds of duties that come with the program: reference data, which a unit overrides by a copy of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plans.duties.countback import Step

_DATA = Path(__file__).resolve().parents[1] / "data" / "duty_types.json"


@dataclass(frozen=True, slots=True)
class ShippedType:
    key: str
    """In addresses."""
    name: str
    words: tuple[str, ...]
    """A duty in whose text one of them stands is probably of this kind."""
    steps: tuple[Step, ...]


@cache
def shipped_types() -> tuple[ShippedType, ...]:
    rows = json.loads(_DATA.read_text(encoding="utf-8"))
    return tuple(
        ShippedType(
            row["key"],
            row["name"],
            tuple(row["words"]),
            tuple(Step(step["days"], step["what"]) for step in row["steps"]),
        )
        for row in rows
    )
