"""Targets as papers print them: «trên 98 %», «từ 10 đến 11 %», «giảm 1-2 %/năm». Pure.

Whatever is written here of a target with a figure and a measure, ``plans.reading.targets`` reads back.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from campaigns.figures import show_figure
from campaigns.measuring import sum_of_shares

_PATTERNS = {
    "=": "{low}",
    ">=": "từ {low} trở lên",
    ">": "trên {low}",
    "<=": "không quá {low}",
    "<": "dưới {low}",
    "range": "từ {low} đến {high}",
}
_DOWN = {**_PATTERNS, ">=": "ít nhất {low}", "range": "{low}-{high}"}
"""Behind «giảm»: «giảm 1-2 %/năm», «giảm ít nhất 2 %»."""


class Aimed(Protocol):
    """A row of ``Target``, or ``interchange.TargetData``."""

    @property
    def text(self) -> str: ...
    @property
    def comparison(self) -> str: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def direction(self) -> str: ...


def in_words(target: Aimed) -> str:
    """What is to be reached, without what it is about; empty where the target has no figure."""
    return figures_in_words(target, target.low, target.high)


def figures_in_words(target: Aimed, low: Decimal | None, high: Decimal | None) -> str:
    """The same of other figures: the share of one part, measured and compared as its target."""
    if low is None:
        return ""
    pattern = (_DOWN if target.direction else _PATTERNS)[target.comparison if high is not None or not _is_range(target) else "="]
    upper = high if high is not None else low
    # A minus would be lost in «1--2».
    if target.direction and high is not None and upper < 0:
        pattern = "từ {low} đến {high}"
    first, _, rest = pattern.partition("{high}") if "{high}" in pattern else pattern.partition("{low}")
    del first, rest
    measured = pattern.replace("{high}" if "{high}" in pattern else "{low}", "{last}")
    words = measured.format(low=show_figure(low), last=with_measure(upper if "{high}" in pattern else low, target.measure))
    return f"giảm {words}" if target.direction else words


def _is_range(target: Aimed) -> bool:
    return target.comparison == "range"
