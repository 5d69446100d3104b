"""Ranking a country of communes through the engine against the same sums written down with bare fractions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from clusters.kinds import Figure
from clusters.scheme import Band, Criterion, Kind, Scheme
from clusters.scoring import UnitFigures, score
from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, milliseconds, number, times
from scripts.benchmarks.timing import Compared, interleaved, timed

UNITS, CRITERIA = 3_321, 60
MOST_OF_BARE = 2.0
PAIRS = 5
_KINDS = (Kind.RATIO, Kind.RATIO_LEADER, Kind.RELATIVE, Kind.YES_NO, Kind.COUNT, Kind.BANDS)
_BANDS = tuple(Band(Fraction(reached), Fraction(points)) for reached, points in ((30, 3), (50, 6), (70, 10)))
_TEN, _HALF = Fraction(10), Fraction(1, 2)


def measure() -> list[Goal]:
    report.head("9. Tính điểm, xếp hạng so với cùng phép tính bằng fractions.Fraction")
    scheme, units = _scheme(), _units()
    assert [one.total for one in score(scheme, units).units] == _bare(scheme, units), "the same sums"
    acts = partial(score, scheme, units), partial(_bare, scheme, units)
    pairs = interleaved(PAIRS, *(partial(timed, act) for act in acts))
    compared = Compared([(ours.clock, bare.clock) for ours, bare in pairs])
    figures = (str(UNITS), str(CRITERIA), str(PAIRS), *map(milliseconds, compared.medians), times(compared.ratio))
    rows = [("xếp hạng", *figures, number(UNITS * CRITERIA / compared.medians[0], 0))]
    report.table(("việc", "đơn vị", "tiêu chí", "cặp", "tính điểm", "Fraction", "tỷ lệ", "ô một giây"), rows)
    goals = [
        Goal(
            f"Xếp hạng {UNITS} đơn vị × {CRITERIA} tiêu chí so với cùng phép tính bằng Fraction",
            times(compared.ratio),
            f"≤ {times(MOST_OF_BARE)}",
            compared.ratio <= MOST_OF_BARE,
        )
    ]
    report.goals(goals)
    return goals


def _scheme() -> Scheme:
    return Scheme(
        tuple(
            Criterion(f"{n}", maximum=_TEN, kind=_KINDS[n % len(_KINDS)], points_each=_HALF, bands=_BANDS)
            for n in range(CRITERIA)
        ),
        tie_break=("0", "1", "2"),
    )


def _units() -> list[UnitFigures]:
    chance = random.Random(20261122)

    def figure(kind: Kind | None) -> Figure:
        if kind is Kind.YES_NO:
            return Figure(actual=Fraction(chance.randint(0, 1)))
        return Figure(actual=Fraction(chance.randint(0, 12_000), 100), target=Fraction(chance.randint(1, 100)))

    leaves = list(_scheme().leaves())
    return [UnitFigures(f"Xã {n}", {leaf.code: figure(leaf.kind) for leaf in leaves}) for n in range(UNITS)]


def _bare(scheme: Scheme, units: Sequence[UnitFigures]) -> list[Fraction]:
    """The formulas as one would type them for these very columns, with totals sorted, and nothing else."""
    leaves = list(scheme.leaves())
    best: dict[str, Fraction] = {}
    for leaf in leaves:
        figures = [unit.figures[leaf.code] for unit in units]
        if leaf.kind is Kind.RELATIVE:
            best[leaf.code] = max(figure.actual or Fraction(0) for figure in figures)
        if leaf.kind is Kind.RATIO_LEADER:
            best[leaf.code] = max(
                (figure.actual or Fraction(0)) / (figure.target or Fraction(1)) for figure in figures
            )
    totals = []
    for unit in units:
        total = Fraction(0)
        for leaf in leaves:
            figure, most = unit.figures[leaf.code], leaf.maximum
            actual, target = figure.actual or Fraction(0), figure.target or Fraction(1)
            if leaf.kind is Kind.RATIO:
                total += min(most * actual / target, most)
            elif leaf.kind is Kind.RATIO_LEADER:
                ratio, half = actual / target, most * _HALF
                total += half * ratio if ratio <= 1 else half + half * (ratio - 1) / (best[leaf.code] - 1)
            elif leaf.kind is Kind.RELATIVE:
                total += most * actual / best[leaf.code]
            elif leaf.kind is Kind.YES_NO:
                total += most if actual else 0
            elif leaf.kind is Kind.COUNT:
                total += min(actual * leaf.points_each, most)
            else:
                total += max((band.points for band in leaf.bands if band.reached <= actual), default=Fraction(0))
        totals.append(total)
    sorted(totals, reverse=True)
    return totals
