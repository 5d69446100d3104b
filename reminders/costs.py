"""What lateness costs, asked of whoever counts it: a cluster's score registers here; without one nothing is said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction

from reminders.deadlines import Deadline, Key


@dataclass(frozen=True, slots=True)
class Cost:
    points: Fraction
    """Taken away on that day, zero or more."""
    words: str
    """«thêm 3 ngày nữa: −5 điểm»"""


Costing = Callable[[Collection[Deadline], dt.date], dict[Key, Cost]]
"""Many at once: deadlines, the day on which their proof would come → what that costs, where it costs anything."""

_costings: list[Costing] = []


def register_costing(costing: Costing) -> None:
    _costings.append(costing)


def lateness_costs(deadlines: Collection[Deadline], day: dt.date) -> dict[Key, Cost]:
    """Where several count, the dearest is said."""
    costs: dict[Key, Cost] = {}
    for costing in _costings:
        for key, cost in costing(deadlines, day).items():
            if key not in costs or cost.points > costs[key].points:
                costs[key] = cost
    return costs


def lateness_cost(deadline: Deadline, day: dt.date) -> Cost | None:
    """What it costs if the proof of ``deadline`` comes on ``day``; None where nobody counts it."""
    return lateness_costs([deadline], day).get(deadline.key)
