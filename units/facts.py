"""What happened to a unit, in the order in which it is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from units.models import Succession, Unit


@dataclass(slots=True)
class Day:
    """One day's successions, seen from one side: the units on the other side, whole and in part."""

    date: dt.date
    whole: list[Unit] = field(default_factory=list)
    share: list[Unit] = field(default_factory=list)


def successions_by_day(successions: Iterable[Succession], other: str) -> list[Day]:
    """Group by day; ``other`` is the field of the unit on the other side (``old_unit`` or ``new_unit``)."""
    days: dict[dt.date, Day] = {}
    for succession in successions:
        day = days.setdefault(succession.date, Day(succession.date))
        (day.whole if succession.is_whole else day.share).append(getattr(succession, other))
    return list(days.values())
