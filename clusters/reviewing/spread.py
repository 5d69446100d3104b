"""How far scorers are apart: of each criterion between stages of one unit, and between units. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Points = Mapping[str, Fraction | None]
"""Code → points after a stage; None where the target was not assigned, or where nobody has scored the row yet."""


@dataclass(frozen=True, slots=True)
class Gap:
    size: Fraction = Fraction(0)
    low: str = ""
    high: str = ""
    """Who gave, or got, the least and the most."""
    where: str = ""
    """The unit whose stages are this far apart."""


@dataclass(frozen=True, slots=True)
class Spread:
    code: str
    stages: Gap
    units: Gap


def spreads_of(
    codes: Sequence[str], by_unit: Mapping[str, Mapping[str, Points]], unsent: Collection[str] = ()
) -> list[Spread]:
    """``by_unit``: unit → stage (those that have spoken, in their order) → points.

    Units compare by their last; those that are ``unsent`` still fill in their sheet, so they are neither low nor high.
    """
    last = {unit: list(stages.values())[-1] for unit, stages in by_unit.items() if stages and unit not in unsent}
    return [Spread(code, _between_stages(code, by_unit), _between_units(code, last)) for code in codes]


def _between_stages(code: str, by_unit: Mapping[str, Mapping[str, Points]]) -> Gap:
    found = Gap()
    for unit, stages in by_unit.items():
        given = {stage: points for stage, all_points in stages.items() if (points := all_points.get(code)) is not None}
        gap = _gap(given, unit)
        found = max(found, gap, key=lambda one: one.size)
    return found


def _between_units(code: str, last: Mapping[str, Points]) -> Gap:
    return _gap({unit: points for unit, all_points in last.items() if (points := all_points.get(code)) is not None})


def _gap(given: Mapping[str, Fraction], where: str = "") -> Gap:
    if len(given) < 2:
        return Gap()
    low, high = min(given, key=lambda one: given[one]), max(given, key=lambda one: given[one])
    size = given[high] - given[low]
    return Gap(size, low, high, where) if size else Gap()
