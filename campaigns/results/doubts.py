"""Figures that are most likely mistyped: asked about once, never refused. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from campaigns import measuring
from campaigns.figures import show_figure
from campaigns.measuring import Aim
from campaigns.periods import Period
from campaigns.results.standing import Reported


def doubt(aim: Aim, value: Decimal, measure: str, period: Period, reported: Iterable[Reported] = ()) -> str:
    """Half a sentence; empty where nothing is odd. ``reported``: what stands for the same place in other periods."""
    return measuring.doubt(aim, value, measure) or _against_others(aim, value, period, reported)


def _against_others(aim: Aim, value: Decimal, period: Period, reported: Iterable[Reported]) -> str:
    """What grows from the beginning of the year or wave is never less than before, nor more than after."""
    if not aim.grows:
        return ""
    same_year = [one for one in reported if one.period.first == period.first and one.period.last != period.last]
    before = [one for one in same_year if one.period.last < period.last and one.value > value]
    after = [one for one in same_year if one.period.last > period.last and one.value < value]
    if before:
        highest = max(before, key=lambda one: one.value)
        return f"thấp hơn số đã ghi {highest.period} ({show_figure(highest.value)}); {_CUMULATIVE}"
    if after:
        lowest = min(after, key=lambda one: one.value)
        return f"cao hơn số đã ghi {lowest.period} ({show_figure(lowest.value)}); {_CUMULATIVE}"
    return ""


_CUMULATIVE = "số ghi là lũy kế đến hết kỳ."
