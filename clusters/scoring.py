"""From figures to totals and ranks: exact fractions, no database. The pages and ``score_cluster`` both come here.

Points are rounded half up only where they are shown or compared, so the rows of a sheet, with the line «Quy đổi do
không giao chỉ tiêu», add up to the total within half a unit of the last decimal per row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from clusters.kinds import ZERO, Figure, NoPoints, UnfitFigure, best_of, points_of, surplus_of
from clusters.scheme import Criterion, NotAssigned, Scheme

NEGATIVE = "Số liệu không được âm."
ALL_UNASSIGNED = "Không tiêu chí nào được giao chỉ tiêu, nên không quy đổi được điểm."


@dataclass(frozen=True, slots=True)
class UnitFigures:
    name: str
    figures: Mapping[str, Figure]
    """By the code of the leaf; a leaf that is missing has no figure at all."""
    is_excluded: bool = False
    """Scored, but not ranked, and nobody's leader."""


@dataclass(frozen=True, slots=True)
class Problem:
    unit: str
    code: str
    why: str


@dataclass(slots=True)
class UnitScore:
    name: str
    points: dict[str, Fraction | None]
    """Of every leaf, in the order of the set; None where the target was not assigned."""
    base: Fraction
    """Points of the base as earned, before conversion."""
    conversion: Fraction
    """«Quy đổi do không giao chỉ tiêu»: what scaling to the full base adds."""
    surplus: Fraction
    """For going beyond targets, within the cap of the whole set."""
    beside: Fraction
    """Bonus and penalty together."""
    is_excluded: bool = False
    is_partial: bool = False
    """Some of its criteria were not assigned, and the set ranks such units apart."""
    rank: int | None = None

    @property
    def total(self) -> Fraction:
        return self.base + self.conversion + self.surplus + self.beside


@dataclass(frozen=True, slots=True)
class Outcome:
    units: list[UnitScore]
    """In the order in which they were given."""
    vote_needed: list[int]
    """Ranks that units share although every tie-break was tried."""
    problems: list[Problem] = field(default_factory=list)


def score(scheme: Scheme, units: Sequence[UnitFigures], *, only: Collection[str] | None = None) -> Outcome:
    """``only``: names of those that are wanted; they are measured by all, and nobody is ranked.

    Raises ``UnfitFigure`` for a negative figure.
    """
    leaves, base = list(scheme.leaves()), scheme.base
    bests = _bests(leaves, units)
    problems: list[Problem] = []
    wanted = units if only is None else [unit for unit in units if unit.name in only]
    scores = [_score_unit(scheme, leaves, base, unit, bests, problems) for unit in wanted]
    return Outcome(scores, _rank(scheme, scores) if only is None else [], problems)


def _bests(leaves: Iterable[Criterion], units: Sequence[UnitFigures]) -> dict[str, Fraction | None]:
    ranked = [unit.figures for unit in units if not unit.is_excluded]
    return {
        leaf.code: best_of(leaf, (figures.get(leaf.code) for figures in ranked))
        for leaf in leaves
        if leaf.kind and leaf.kind.looks_at_others
    }


def _score_unit(
    scheme: Scheme,
    leaves: Sequence[Criterion],
    base: Fraction,
    unit: UnitFigures,
    bests: Mapping[str, Fraction | None],
    problems: list[Problem],
) -> UnitScore:
    points: dict[str, Fraction | None] = {}
    earned = beside = surplus = missing = ZERO
    is_partial = False
    for leaf in leaves:
        code, kind, figure = leaf.code, leaf.kind, unit.figures.get(leaf.code)
        assert kind is not None
        if figure is not None:
            _refuse_negative(unit.name, code, figure)
            if not figure.is_assigned:
                points[code] = None
                if kind.is_in_base:
                    missing, is_partial = missing + leaf.maximum, True
                continue
        try:
            got = points_of(leaf, figure, bests.get(code))
        except NoPoints as refusal:
            problems.append(Problem(unit.name, code, refusal.why))
            got = ZERO
        points[code] = got
        if kind.is_in_base:
            earned += got
            if leaf.surplus is not None:
                surplus += surplus_of(leaf, figure)
        else:
            beside += got
    if missing == base and is_partial:
        problems.append(Problem(unit.name, "", ALL_UNASSIGNED))
    if scheme.surplus_cap is not None:
        surplus = min(surplus, scheme.surplus_cap)
    rescales = scheme.not_assigned is NotAssigned.RESCALE
    conversion = earned * missing / (base - missing) if rescales and missing and missing != base else ZERO
    return UnitScore(
        unit.name,
        points,
        earned,
        conversion,
        surplus,
        beside,
        is_excluded=unit.is_excluded,
        is_partial=is_partial and not rescales,
    )


def _refuse_negative(unit: str, code: str, figure: Figure) -> None:
    """Looks at the signs of numerators: comparing fractions would take as long as all the rest."""
    for number in (figure.actual, figure.target, figure.points):
        if number is not None and number.numerator < 0:
            raise UnfitFigure(unit, code, NEGATIVE)
    if figure.returned < 0 or figure.deduction.numerator < 0 or any(days < 0 for days in figure.late):
        raise UnfitFigure(unit, code, NEGATIVE)


# -- Ranks -------------------------------------------------------------------------------


def _rank(scheme: Scheme, scores: Iterable[UnitScore]) -> list[int]:
    """Gives every ranked unit its rank; says which ranks are shared. Units without target may have a list apart."""
    lists: dict[bool, list[tuple[tuple[int, ...], UnitScore]]] = {}
    leaves_of = _leaves_of_tie_breaks(scheme)
    for unit in scores:
        if not unit.is_excluded:
            lists.setdefault(unit.is_partial, []).append((_key(scheme, leaves_of, unit), unit))
    shared: set[int] = set()
    for entries in lists.values():
        entries.sort(key=lambda entry: entry[0], reverse=True)
        for place, (key, unit) in enumerate(entries, start=1):
            above = entries[place - 2] if place > 1 else None
            unit.rank = above[1].rank if above and above[0] == key else place
            if unit.rank is not None and unit.rank != place:
                shared.add(unit.rank)
    return sorted(shared)


def _leaves_of_tie_breaks(scheme: Scheme) -> list[list[str]]:
    """A tie can be broken by a whole group: by what its leaves give together."""
    wanted = set(scheme.tie_break)
    leaves = {node.code: [leaf.code for leaf in node.leaves()] for _, node in scheme.walk() if node.code in wanted}
    return [leaves[code] for code in scheme.tie_break]


def _key(scheme: Scheme, leaves_of: Iterable[Sequence[str]], unit: UnitScore) -> tuple[int, ...]:
    """The higher the better. What is compared is what is shown: rounded."""
    tied = (sum((unit.points[code] or ZERO for code in codes), ZERO) for codes in leaves_of)
    return in_units(unit.total, scheme.decimals), *(in_units(points, scheme.decimals) for points in tied)


# -- Rounding ----------------------------------------------------------------------------


def in_units(points: Fraction, decimals: int) -> int:
    """Whole units of the last decimal, half up (away from nought)."""
    number, divisor = abs(points.numerator) * 10**decimals, points.denominator
    rounded = (2 * number + divisor) // (2 * divisor)
    return rounded if points.numerator >= 0 else -rounded


def shown(points: Fraction, decimals: int) -> str:
    """With a decimal point, as ``tdkt-scoring/1`` writes it; pages put the comma."""
    units = in_units(points, decimals)
    whole, rest = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"
