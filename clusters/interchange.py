"""``tdkt-scoring/1``: a set of criteria and the figures of its units, read from JSON. Knows no database.

Fields that are not of the form (notes, what is expected of a case) are passed over; a field of the form that does not
fit is told with its place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar

from clusters.kinds import ZERO, Figure
from clusters.scheme import Band, Criterion, Kind, Lateness, NotAssigned, Scheme, Surplus
from clusters.scoring import NEGATIVE, Outcome, UnitFigures, shown
from core.errors import AppError
from core.json_reading import Node, shortened

FORM = "tdkt-scoring/1"
_MOST_LEVELS = 6
_LARGEST = 10**14
_NUMBER = re.compile(r"-?[0-9]{1,14}(\.[0-9]{1,6})?")


class UnfitScoring(AppError):
    message = f"Tệp không đúng mẫu {FORM}."


@dataclass(frozen=True, slots=True)
class ScoringData:
    name: str
    year: int
    scheme: Scheme
    units: tuple[UnitFigures, ...]


class _Node(Node):
    form: ClassVar[str] = FORM
    error: ClassVar[type[AppError]] = UnfitScoring

    def get(self, key: str) -> Any:
        return self.mapping().get(key)

    def number(self, key: str) -> Fraction | None:
        """None where the field is absent or null. Exact: the file's decimals, not their nearest float."""
        value = self.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.error(f"{self.where}, trường «{key}» ghi «{shortened(value)}», phải là số.")
        if abs(Fraction(value)) > _LARGEST:
            raise self.error(f"{self.where}, trường «{key}» lớn hơn mức cho phép.")
        return Fraction(value)

    def points(self, key: str) -> Fraction:
        """Zero where it is absent."""
        value = self.number(key) or ZERO
        if value < 0:
            raise self.error(f"{self.where}, trường «{key}» không được âm.")
        return value

    def days(self, key: str) -> int:
        value = self.number(key) or ZERO
        if value < 0:
            raise self.error(f"{self.where}, trường «{key}»: {NEGATIVE}")
        if value.denominator != 1:
            raise self.error(f"{self.where}, trường «{key}» phải là số nguyên.")
        return int(value)

    def listed(self, key: str) -> list[Any]:
        """Nodes of a list that may be absent."""
        return self.nodes(key) if self.get(key) is not None else []

    def text(self, key: str) -> str:
        """Empty where it is absent."""
        return self.line(key) if self.get(key) is not None else ""

    def option(self, key: str, choices: Iterable[str]) -> str:
        """Empty where it is absent."""
        return self.choice(key, tuple(choices)) if self.get(key) is not None else ""

    def named(self, key: str, what: str) -> str:
        """What every entry of a list must have to be spoken of."""
        if not (name := self.text(key).strip()):
            raise self.error(f"{self.where} thiếu {what} (trường «{key}»).")
        return name


def read_scoring(text: str) -> ScoringData:
    """Raises ``UnfitScoring`` with the place of what does not fit."""
    try:
        value = json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise UnfitScoring("Tệp không phải JSON đọc được.") from None
    top = _Node(value, "tệp")
    if top.get("schema") != FORM:
        raise UnfitScoring(f"Tệp không ghi mẫu {FORM} ở trường «schema».")
    criteria = tuple(_criterion(node, 1) for node in top.listed("criteria"))
    scheme = Scheme(
        criteria=criteria,
        decimals=top.integer("decimals", 0, 6) if top.get("decimals") is not None else 2,
        not_assigned=NotAssigned(top.option("not_assigned", NotAssigned) or NotAssigned.RESCALE),
        tie_break=top.lines("tie_break") if top.get("tie_break") is not None else (),
        surplus_cap=top.number("surplus_cap"),
    )
    _refuse_double_codes(scheme)
    leaves = {leaf.code: leaf for leaf in scheme.leaves()}
    return ScoringData(
        name=top.text("name"),
        year=top.integer("year", 1945, 2200) if top.get("year") is not None else 0,
        scheme=scheme,
        units=tuple(_unit(node, leaves) for node in top.listed("units")),
    )


def write_outcome(scheme: Scheme, outcome: Outcome) -> dict[str, Any]:
    """What ``score_cluster`` prints: points as strings with the set's decimals."""
    places = scheme.decimals
    return {
        "units": [
            {
                "name": unit.name,
                "total": shown(unit.total, places),
                "rank": unit.rank,
                "points": {
                    code: None if points is None else shown(points, places) for code, points in unit.points.items()
                },
            }
            for unit in outcome.units
        ],
        "vote_needed": outcome.vote_needed,
        "problems": [{"unit": one.unit, "code": one.code, "why": one.why} for one in outcome.problems],
    }


# -- Criteria ----------------------------------------------------------------------------


def _criterion(node: _Node, level: int) -> Criterion:
    if level > _MOST_LEVELS:
        raise UnfitScoring(f"Bộ tiêu chí có nhiều hơn {_MOST_LEVELS} cấp.")
    code = node.named("code", "mã tiêu chí")
    node = _Node(node.value, f"tiêu chí «{code}»")
    children = tuple(_criterion(child, level + 1) for child in node.listed("children"))
    kind = node.option("kind", Kind)
    if bool(children) == bool(kind):
        raise UnfitScoring(f"{node.where} phải có cách tính điểm (trường «kind») hoặc có tiêu chí con, một trong hai.")
    return Criterion(
        code=code,
        title=node.text("title"),
        maximum=node.points("max"),
        kind=Kind(kind) if kind else None,
        children=children,
        is_lower_better=node.option("better", ("higher", "lower")) == "lower",
        needs_evidence=node.flag("evidence"),
        starts_full=node.flag("starts_full"),
        **_rule(node),
    )


RULE = (
    "points_each",
    "bands",
    "low",
    "high",
    "grades",
    "surplus",
    "late",
    "late_each",
    "grace",
    "cutoff",
    "returned_each",
)
"""Fields of a criterion that only some kinds have; the column ``Criterion.rule`` holds them in the same words."""


def read_rule(code: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    """As arguments of ``clusters.scheme.Criterion``. Numbers may be strings: «2.5», as a database keeps decimals."""
    if not rule:
        return dict(_no_rule())
    numbers = json.loads(json.dumps(dict(rule)), parse_float=Decimal)
    return _rule(_Node(_exact(numbers), f"tiêu chí «{code}»"))


@cache
def _no_rule() -> Mapping[str, Any]:
    """Most criteria have none, and whoever saves a cell reads all of them."""
    return _rule(_Node({}, ""))


def _exact(value: Any) -> Any:
    """Figures kept as text become numbers again; keys and structure stay."""
    if isinstance(value, dict):
        return {key: _exact(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_exact(entry) for entry in value]
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


def _rule(node: _Node) -> dict[str, Any]:
    return {
        "points_each": node.points("points_each"),
        "bands": _bands(node, "bands", "from"),
        "low": node.number("low"),
        "high": node.number("high"),
        "grades": _grades(node),
        "surplus": _surplus(node),
        "late": _lateness(node),
        "returned_each": node.points("returned_each"),
    }


def _bands(node: _Node, key: str, reached: str) -> tuple[Band, ...]:
    entries = [_Node(entry.value, f"{node.name}, «{key}»") for entry in node.listed(key)]
    for entry in entries:
        entry.mapping()
        if entry.get(reached) is None:
            raise UnfitScoring(f"{entry.where}: một mức thiếu trường «{reached}».")
    return tuple(Band(entry.number(reached) or ZERO, entry.points("points")) for entry in entries)


def _grades(node: _Node) -> Mapping[str, Fraction]:
    if node.get("grades") is None:
        return {}
    table = _Node(node.get("grades"), f"{node.name}, «grades»")
    return {grade: table.points(grade) for grade in table.mapping()}


def _surplus(node: _Node) -> Surplus | None:
    if node.get("surplus") is None:
        return None
    entry, usual = _Node(node.get("surplus"), f"{node.name}, «surplus»"), Surplus()
    each, cap = entry.number("each_percent"), entry.number("cap_percent")
    return Surplus(usual.each_percent if each is None else each, usual.cap_percent if cap is None else cap)


def _lateness(node: _Node) -> Lateness:
    return Lateness(
        bands=_bands(node, "late", "days"),
        each_day=node.points("late_each"),
        grace=node.days("grace"),
        cutoff=node.days("cutoff") if node.get("cutoff") is not None else None,
    )


def _refuse_double_codes(scheme: Scheme) -> None:
    seen: set[str] = set()
    for _, criterion in scheme.walk():
        if criterion.code in seen:
            raise UnfitScoring(f"Mã tiêu chí «{shortened(criterion.code)}» có hai lần.")
        seen.add(criterion.code)
    if missing := [code for code in scheme.tie_break if code not in seen]:
        raise UnfitScoring(f"Trường «tie_break» ghi «{shortened(missing[0])}», không có trong bộ tiêu chí.")


# -- Units -------------------------------------------------------------------------------


def _unit(node: _Node, leaves: Mapping[str, Criterion]) -> UnitFigures:
    name = node.named("name", "tên đơn vị")
    figures = _Node(node.get("figures") or {}, f"«{shortened(name)}», «figures»").mapping()
    if unknown := [code for code in figures if code not in leaves]:
        raise UnfitScoring(f"«{shortened(name)}» có số liệu của tiêu chí «{shortened(unknown[0])}» không có.")
    return UnitFigures(
        name=name,
        figures={
            code: _figure(_Node(value, f"«{shortened(name)}», tiêu chí «{code}»"), leaves[code])
            for code, value in figures.items()
            if value is not None
        },
        is_excluded=node.flag("excluded"),
    )


def _figure(node: _Node, leaf: Criterion) -> Figure:
    answer = node.get("actual")
    is_answer = isinstance(answer, bool) and leaf.kind is Kind.YES_NO
    return Figure(
        actual=Fraction(int(answer)) if is_answer else node.number("actual"),
        target=node.number("target"),
        is_proved=node.flag("evidence"),
        is_assigned=not node.flag("not_assigned"),
        grade=node.text("grade"),
        points=node.number("points"),
        deduction=node.number("deduction") or ZERO,
        late=_late(node),
        returned=node.days("returned"),
    )


def _late(node: _Node) -> tuple[int, ...]:
    """Of one paper, or of several: a list."""
    if not isinstance(node.get("late_days"), list):
        return (days,) if (days := node.days("late_days")) else ()
    each = (_Node({"late_days": entry.value}, node.name).days("late_days") for entry in node.nodes("late_days"))
    return tuple(days for days in each if days)


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)
