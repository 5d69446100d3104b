"""What a cluster is scored by: a tree of criteria with its ways of scoring, as plain data without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    RATIO = "ratio"
    RATIO_LEADER = "ratio_leader"
    RATIO_BAND = "ratio_band"
    RELATIVE = "relative"
    YES_NO = "yes_no"
    COUNT = "count"
    BANDS = "bands"
    GRADES = "grades"
    MANUAL = "manual"
    BONUS = "bonus"
    PENALTY = "penalty"

    @property
    def is_in_base(self) -> bool:
        return self not in (Kind.BONUS, Kind.PENALTY)

    @property
    def needs_target(self) -> bool:
        return self in (Kind.RATIO, Kind.RATIO_LEADER, Kind.RATIO_BAND)

    @property
    def looks_at_others(self) -> bool:
        """Whether what one unit reached moves the points of another."""
        return self in (Kind.RATIO_LEADER, Kind.RELATIVE)


class NotAssigned(StrEnum):
    """What becomes of a unit that was not given the target of a criterion (không giao chỉ tiêu)."""

    RESCALE = "rescale"
    SEPARATE = "separate"


@dataclass(frozen=True, slots=True)
class Band:
    """``points`` from ``reached`` on: a figure, or a number of days late."""

    reached: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Surplus:
    """What goes beyond the target: for each percent ``each_percent`` % of the maximum, ``cap_percent`` % at most."""

    each_percent: Fraction = Fraction(1)
    cap_percent: Fraction = Fraction(10)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Late days are counted before they come here: calendar or working days, as the set says."""

    bands: tuple[Band, ...] = ()
    each_day: Fraction = Fraction(0)
    """Points for every day beyond ``grace``, beside the bands."""
    grace: int = 0
    """Days late that cost nothing; one more, and the bands count from the first day."""
    cutoff: int | None = None
    """More days late than this: as if nothing had come, the whole maximum is lost."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A leaf has a kind; a group has children and no kind. Percentages are of the target, 100 is the target itself."""

    code: str
    title: str = ""
    maximum: Fraction = Fraction(0)
    kind: Kind | None = None
    children: tuple[Criterion, ...] = ()
    is_lower_better: bool = False
    needs_evidence: bool = False
    starts_full: bool = False
    """Chấm theo lối trừ: what nobody has touched stands at the maximum."""
    points_each: Fraction = Fraction(0)
    bands: tuple[Band, ...] = ()
    low: Fraction | None = None
    """``RATIO_BAND``: below this percentage nothing, from ``high`` on everything, a straight line between."""
    high: Fraction | None = None
    grades: Mapping[str, Fraction] = field(default_factory=dict)
    surplus: Surplus | None = None
    late: Lateness = Lateness()
    returned_each: Fraction = Fraction(0)

    @property
    def is_leaf(self) -> bool:
        return self.kind is not None

    @property
    def is_by_judgement(self) -> bool:
        """A penalty without a rule: whoever scores says how much is lost, and why (guideline V.2b)."""
        return self.kind is Kind.PENALTY and self.late == Lateness() and not self.returned_each

    def leaves(self) -> Iterator[Criterion]:
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Criterion]]:
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)

    @property
    def base(self) -> Fraction:
        """The points that its leaves can give, without bonus and penalty."""
        return sum((leaf.maximum for leaf in self.leaves() if leaf.kind and leaf.kind.is_in_base), Fraction(0))

    @property
    def worth(self) -> Fraction:
        """What a group's points have to be: its base; of bonus or penalty alone, what these give at most."""
        beside = sum((leaf.maximum for leaf in self.leaves() if leaf.kind and not leaf.kind.is_in_base), Fraction(0))
        return self.base or beside


@dataclass(frozen=True, slots=True)
class Scheme:
    criteria: tuple[Criterion, ...]
    decimals: int = 2
    not_assigned: NotAssigned = NotAssigned.RESCALE
    tie_break: tuple[str, ...] = ()
    """Codes of leaves or groups, the weightiest first."""
    surplus_cap: Fraction | None = None
    """The most that a unit can get for going beyond its targets; None: each criterion's own cap only."""

    def leaves(self) -> Iterator[Criterion]:
        for criterion in self.criteria:
            yield from criterion.leaves()

    def walk(self) -> Iterator[tuple[int, Criterion]]:
        for criterion in self.criteria:
            yield from criterion.walk()

    @property
    def base(self) -> Fraction:
        return sum((criterion.base for criterion in self.criteria), Fraction(0))


def faults_in(scheme: Scheme) -> list[tuple[str, str]]:
    """(code, sentence) for whatever would make the set unfit to be published; none when it adds up."""
    found: list[tuple[str, str]] = []
    seen: set[str] = set()
    for _, criterion in scheme.walk():
        if criterion.code in seen:
            found.append((criterion.code, f"Mã «{criterion.code}» đã dùng cho tiêu chí khác."))
        seen.add(criterion.code)
        found += ((criterion.code, sentence) for sentence in _faults_of(criterion))
    found += (
        (code, f"Tiêu chí phụ «{code}» để phân hạng khi bằng điểm không có trong bộ tiêu chí.")
        for code in scheme.tie_break
        if code not in seen
    )
    return found


def _faults_of(criterion: Criterion) -> Iterator[str]:
    if criterion.is_leaf:
        yield from _faults_of_leaf(criterion)
    elif not criterion.children:
        yield "Nhóm này chưa có tiêu chí nào."
    elif criterion.maximum != criterion.worth:
        yield (
            f"Điểm chuẩn của nhóm là {said(criterion.maximum)}, còn các tiêu chí bên trong cộng lại"
            f" được {said(criterion.worth)}."
        )


def _faults_of_leaf(criterion: Criterion) -> Iterator[str]:
    if criterion.maximum <= 0:
        yield "Điểm chuẩn phải lớn hơn 0."
    if criterion.kind is Kind.COUNT and criterion.points_each <= 0:
        yield "Tiêu chí tính theo số lượng cần số điểm cho mỗi đơn vị đếm được."
    if criterion.kind is Kind.BANDS and not criterion.bands:
        yield "Tiêu chí tính theo mức cần ít nhất một mức."
    if criterion.kind is Kind.RATIO_BAND and not (
        criterion.low is not None and criterion.high is not None and 0 <= criterion.low < criterion.high
    ):
        yield "Tiêu chí tính theo tỷ lệ trong khoảng cần mức dưới nhỏ hơn mức trên."
    if criterion.kind is Kind.GRADES and not criterion.grades:
        yield "Tiêu chí xếp loại cần điểm của từng loại (A, B, C, D)."
    given = [*(band.points for band in criterion.bands), *criterion.grades.values()]
    if any(points > criterion.maximum for points in given):
        yield f"Có mức cho nhiều hơn điểm chuẩn {said(criterion.maximum)}."


def said(points: Fraction) -> str:
    """As an office writes it: 2,5; what no decimals can say, as a fraction."""
    if points.denominator == 1:
        return str(points.numerator)
    places = next((n for n in range(1, 7) if 10**n % points.denominator == 0), None)
    if places is None:
        return f"{points.numerator}/{points.denominator}"
    return f"{float(points):.{places}f}".replace(".", ",")
