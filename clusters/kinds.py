"""Points of one criterion for one unit, a function for each way of scoring. Exact fractions, never rounded here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from clusters.scheme import Criterion, Kind

ZERO, HALF, HUNDRED = Fraction(0), Fraction(1, 2), Fraction(100)
NO_TARGET = "Chưa có chỉ tiêu giao, hoặc chỉ tiêu giao bằng 0, nên không tính được điểm."
NO_GRADE = "Loại «{grade}» không có trong bảng điểm của tiêu chí."


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of one unit under one criterion. All of it is not negative (``UnfitFigure`` otherwise)."""

    actual: Fraction | None = None
    """What was reached; of yes and no 1 and 0; of a bonus the points asked for."""
    target: Fraction | None = None
    is_proved: bool = False
    is_assigned: bool = True
    grade: str = ""
    points: Fraction | None = None
    """As a person gives them: of a manual criterion, or instead of what the formula says."""
    deduction: Fraction = ZERO
    """From the maximum, with lối trừ."""
    late: tuple[int, ...] = ()
    """Days of each paper that came late."""
    returned: int = 0


class UnfitFigure(ValueError):
    """A figure that no arithmetic may be done with; ``sentence`` for the person who entered it."""

    def __init__(self, unit: str, code: str, sentence: str) -> None:
        super().__init__(f"{unit}, {code}: {sentence}")
        self.unit, self.code, self.sentence = unit, code, sentence


class NoPoints(Exception):
    """The criterion gives nothing and ``why`` has to be told."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


Best = Fraction | None
"""The highest ratio above 1, or the highest figure, of the ranked units; None where there is none."""


def points_of(criterion: Criterion, figure: Figure | None, best: Best = None) -> Fraction:
    """Of a leaf that was assigned. Never above its maximum; a penalty comes back negative."""
    kind = criterion.kind
    assert kind is not None, "only leaves are scored"
    if figure is None:
        return criterion.maximum if criterion.starts_full and not criterion.needs_evidence else ZERO
    if criterion.needs_evidence and not figure.is_proved and kind is not Kind.PENALTY:
        return ZERO
    if figure.points is not None:
        given = min(figure.points, criterion.maximum)
        return -given if kind is Kind.PENALTY else given
    if criterion.starts_full and is_untouched(figure):
        return criterion.maximum - min(figure.deduction, criterion.maximum)
    return _WAYS[kind](criterion, figure, best)


def is_untouched(figure: Figure) -> bool:
    """Nothing but evidence and deductions was entered."""
    return figure.actual is None and not figure.grade


def surplus_of(criterion: Criterion, figure: Figure | None) -> Fraction:
    """Bonus for what goes beyond the target (guideline V.2a); zero where the criterion carries none over."""
    if criterion.surplus is None or figure is None or (criterion.needs_evidence and not figure.is_proved):
        return ZERO
    if figure.actual is None or not figure.target or not figure.is_assigned:
        return ZERO
    ratio = _ratio(criterion, figure)
    cap = criterion.surplus.cap_percent
    if ratio is not None and ratio <= 1:
        return ZERO
    percent = cap if ratio is None else min((ratio - 1) * HUNDRED * criterion.surplus.each_percent, cap)
    return criterion.maximum * percent / HUNDRED


def best_of(criterion: Criterion, figures: Iterable[Figure | None]) -> Best:
    """Among the ranked units' ``figures``; what the kinds that look at others are measured by."""
    if criterion.kind is Kind.RELATIVE:
        return max((f.actual for f in figures if f and f.is_assigned and f.actual is not None), default=None)
    if criterion.kind is not Kind.RATIO_LEADER:
        return None
    ratios = (_ratio(criterion, f) for f in figures if f and f.is_assigned and f.target and f.actual is not None)
    return max((INFINITE if ratio is None else ratio for ratio in ratios), default=None)


INFINITE = Fraction(10**30)
"""A ratio whose divisor is nought: nothing is left of what should be small."""


# -- The ways ----------------------------------------------------------------------------


def _ratio(criterion: Criterion, figure: Figure) -> Fraction | None:
    """Figure and target are there. None: as good as can be, nothing is left of what should be small."""
    assert figure.actual is not None
    assert figure.target
    if not criterion.is_lower_better:
        return figure.actual / figure.target
    return figure.target / figure.actual if figure.actual else None


def _reached(criterion: Criterion, figure: Figure) -> Fraction | None:
    """The ratio, as ``_ratio``; refuses what has no target."""
    if not figure.target:
        raise NoPoints(NO_TARGET)
    return _ratio(criterion, figure)


def _by_ratio(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    ratio = _reached(criterion, figure) if figure.actual is not None else ZERO
    return criterion.maximum if ratio is None or ratio >= 1 else criterion.maximum * ratio


def _by_leader(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    """Half for the target; the rest is shared by how far beyond it one comes, the leader takes it whole."""
    if figure.actual is None:
        return ZERO
    reached, half = _reached(criterion, figure), criterion.maximum * HALF
    ratio = INFINITE if reached is None else reached
    if ratio <= 1:
        return half * ratio
    if best is None or ratio >= best:
        return criterion.maximum
    return half + half * (ratio - 1) / (best - 1)


def _by_ratio_in_band(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    if figure.actual is None:
        return ZERO
    assert criterion.low is not None
    assert criterion.high is not None
    ratio = _reached(criterion, figure)
    percent = criterion.high if ratio is None else ratio * HUNDRED
    if percent >= criterion.high:
        return criterion.maximum
    share = (percent - criterion.low) / (criterion.high - criterion.low)
    return criterion.maximum * max(share, ZERO)


def _relative(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    if not figure.actual:
        return ZERO
    return criterion.maximum if not best or figure.actual >= best else criterion.maximum * figure.actual / best


def _yes_no(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    return criterion.maximum if figure.actual else ZERO


def _count(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    return min((figure.actual or ZERO) * criterion.points_each, criterion.maximum)


def _bands(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    if figure.actual is None:
        return ZERO
    return min(_highest(criterion.bands, figure.actual), criterion.maximum)


def _highest(bands: Iterable, figure: Fraction | int) -> Fraction:
    """The points of the highest band that is reached, in whatever order they come."""
    reached = [band for band in bands if band.reached <= figure]
    return max(reached, key=lambda band: band.reached).points if reached else ZERO


def _grades(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    if not figure.grade:
        return ZERO
    if figure.grade not in criterion.grades:
        raise NoPoints(NO_GRADE.format(grade=figure.grade))
    return min(criterion.grades[figure.grade], criterion.maximum)


def _manual(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    return min(figure.actual or ZERO, criterion.maximum)


def _penalty(criterion: Criterion, figure: Figure, best: Best) -> Fraction:
    points = criterion.returned_each * figure.returned + sum(lost_by_lateness(criterion, days) for days in figure.late)
    return -min(points, criterion.maximum)


def lost_by_lateness(criterion: Criterion, days: int) -> Fraction:
    """For one paper, not negative, at most the maximum; also what a deadline says that waiting costs."""
    late = criterion.late
    if late.cutoff is not None and days > late.cutoff:
        return criterion.maximum
    if days <= late.grace:
        return ZERO
    return min(_highest(late.bands, days) + late.each_day * (days - late.grace), criterion.maximum)


_WAYS: Mapping[Kind, Callable[[Criterion, Figure, Best], Fraction]] = {
    Kind.RATIO: _by_ratio,
    Kind.RATIO_LEADER: _by_leader,
    Kind.RATIO_BAND: _by_ratio_in_band,
    Kind.RELATIVE: _relative,
    Kind.YES_NO: _yes_no,
    Kind.COUNT: _count,
    Kind.BANDS: _bands,
    Kind.GRADES: _grades,
    Kind.MANUAL: _manual,
    Kind.BONUS: _manual,
    Kind.PENALTY: _penalty,
}
