"""Seconds, and ratios of what was measured side by side."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of the clock, and seconds that processors worked in this process."""

    clock: float
    work: float


def timed(act: Callable[[], object]) -> Spent:
    gc.collect()  # neither side pays for what the other left behind
    worked, started = _work(), time.perf_counter()
    act()
    return Spent(time.perf_counter() - started, _work() - worked)


def _work() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def interleaved(rounds: int, *acts: Callable[[], T]) -> list[tuple[T, ...]]:
    """A B A B …: what else the machine does meanwhile meets all alike."""
    return [tuple(act() for act in acts) for _ in range(rounds)]


@dataclass(frozen=True, slots=True)
class Compared:
    """What two sides took, in seconds, pair by pair."""

    pairs: Sequence[tuple[float, ...]]

    @property
    def medians(self) -> tuple[float, float]:
        first, second = zip(*self.pairs, strict=True)
        return statistics.median(first), statistics.median(second)

    @property
    def ratio(self) -> float:
        """First to second: the median of the pairs' own ratios, which one disturbed pair does not move."""
        return statistics.median(first / second for first, second in self.pairs)
