"""What a time expression comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class TimeReading:
    """Days that a text of a plan names. What it does not name is None or empty, never guessed in silence."""

    start: date | None = None
    due: date | None = None
    """The last day on which the task is still in time."""
    dates: tuple[date, ...] = ()
    """Every due day in order; ``due`` is the last. Days that only recur stand in ``recurrence``."""
    ongoing: bool = False
    """Done all the time (thường xuyên), not once."""
    recurrence: str = ""
    """RRULE of RFC 5545, to be counted from ``start`` to ``due``."""
    problem: str = ""
    """One sentence for the officer: what could not be read, or what was read and is doubtful."""


def as_json(reading: TimeReading) -> dict[str, Any]:
    """Days as ISO strings."""
    return {
        "start": reading.start.isoformat() if reading.start else None,
        "due": reading.due.isoformat() if reading.due else None,
        "dates": [day.isoformat() for day in reading.dates],
        "ongoing": reading.ongoing,
        "recurrence": reading.recurrence,
        "problem": reading.problem,
    }
