"""``tdkt-scoring/1`` written: a scheme and its figures as a file that ``score_cluster`` computes to the same points.

A frozen ranking carries one, so that every member can do the sums again. Knows no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from clusters.interchange import FORM
from clusters.kinds import Figure
from clusters.scheme import Band, Criterion, Kind, Lateness, NotAssigned, Scheme
from clusters.scoring import UnitFigures


def write_scoring(name: str, year: int, scheme: Scheme, units: Iterable[UnitFigures]) -> dict[str, Any]:
    """Every number as exact as JSON can say it; all come from decimals, so nothing is lost."""
    kinds = {leaf.code: leaf.kind for leaf in scheme.leaves()}
    file: dict[str, Any] = {
        "schema": FORM,
        "name": name,
        "year": year,
        "decimals": scheme.decimals,
        "not_assigned": scheme.not_assigned.value,
        "tie_break": list(scheme.tie_break),
        "criteria": [_criterion(criterion) for criterion in scheme.criteria],
        "units": [_unit(unit, kinds) for unit in units],
    }
    if scheme.surplus_cap is not None:
        file["surplus_cap"] = number(scheme.surplus_cap)
    if scheme.not_assigned is NotAssigned.RESCALE:
        del file["not_assigned"]
    return file


def number(value: Fraction) -> int | float:
    """As JSON writes it: a whole number, or the shortest decimal that reads back as the same fraction."""
    if value.denominator == 1:
        return value.numerator
    found = float(value)
    if Fraction(repr(found)) != value:
        raise ValueError(f"{value} has more decimals than a file can say")
    return found


def _criterion(criterion: Criterion) -> dict[str, Any]:
    node: dict[str, Any] = {"code": criterion.code, "title": criterion.title, "max": number(criterion.maximum)}
    if criterion.children:
        return node | {"children": [_criterion(child) for child in criterion.children]}
    assert criterion.kind is not None
    node["kind"] = criterion.kind.value
    node |= {
        name: True
        for name, is_so in (("evidence", criterion.needs_evidence), ("starts_full", criterion.starts_full))
        if is_so
    }
    if criterion.is_lower_better:
        node["better"] = "lower"
    return node | write_rule(criterion)


def write_rule(criterion: Criterion) -> dict[str, Any]:
    """What its kind needs besides, as ``clusters.interchange.read_rule`` reads it; what is usual is left out."""
    rule: dict[str, Any] = {}
    if criterion.points_each:
        rule["points_each"] = number(criterion.points_each)
    if criterion.bands:
        rule["bands"] = _bands(criterion.bands, "from")
    if criterion.low is not None:
        rule["low"] = number(criterion.low)
    if criterion.high is not None:
        rule["high"] = number(criterion.high)
    if criterion.grades:
        rule["grades"] = {grade: number(points) for grade, points in criterion.grades.items()}
    if criterion.surplus is not None:
        rule["surplus"] = {
            "each_percent": number(criterion.surplus.each_percent),
            "cap_percent": number(criterion.surplus.cap_percent),
        }
    if criterion.returned_each:
        rule["returned_each"] = number(criterion.returned_each)
    return rule | _lateness(criterion.late)


def _lateness(late: Lateness) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    if late.bands:
        rule["late"] = _bands(late.bands, "days")
    if late.each_day:
        rule["late_each"] = number(late.each_day)
    if late.grace:
        rule["grace"] = late.grace
    if late.cutoff is not None:
        rule["cutoff"] = late.cutoff
    return rule


def _bands(bands: Iterable[Band], reached: str) -> list[dict[str, Any]]:
    return [{reached: number(band.reached), "points": number(band.points)} for band in bands]


def _unit(unit: UnitFigures, kinds: dict[str, Kind | None]) -> dict[str, Any]:
    node: dict[str, Any] = {
        "name": unit.name,
        "figures": {code: _figure(figure, kinds[code]) for code, figure in unit.figures.items()},
    }
    return node | {"excluded": True} if unit.is_excluded else node


def _figure(figure: Figure, kind: Kind | None) -> dict[str, Any]:
    if not figure.is_assigned:
        return {"not_assigned": True}
    node: dict[str, Any] = {}
    if figure.actual is not None:
        node["actual"] = bool(figure.actual) if kind is Kind.YES_NO else number(figure.actual)
    if figure.target is not None:
        node["target"] = number(figure.target)
    if figure.is_proved:
        node["evidence"] = True
    if figure.grade:
        node["grade"] = figure.grade
    if figure.points is not None:
        node["points"] = number(figure.points)
    if figure.deduction:
        node["deduction"] = number(figure.deduction)
    if figure.late:
        node["late_days"] = figure.late[0] if len(figure.late) == 1 else list(figure.late)
    if figure.returned:
        node["returned"] = figure.returned
    return node
