"""Each way of scoring, a line a case: what was given, what it is worth."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from clusters.kinds import NO_TARGET, Figure, NoPoints, best_of, lost_by_lateness, points_of, surplus_of
from clusters.scheme import Band, Criterion, Kind, Lateness, Surplus

F = Fraction


def leaf(kind: Kind, maximum: int = 10, **more: Any) -> Criterion:
    return Criterion("1", maximum=F(maximum), kind=kind, **more)


def of(actual: Any = None, target: Any = None, **more: Any) -> Figure:
    return Figure(actual=None if actual is None else F(actual), target=None if target is None else F(target), **more)


@pytest.mark.parametrize(
    ("figure", "worth"),
    [
        (of(9, 10), 9),
        (of(10, 10), 10),
        (of(13, 10), 10),  # never above the maximum
        (of(0, 10), 0),
        (of(1, 3), F(10, 3)),  # exact, not rounded
        (of(None, 10), 0),
        (None, 0),
    ],
)
def test_ratio(figure, worth):
    assert points_of(leaf(Kind.RATIO), figure) == worth


@pytest.mark.parametrize(("figure", "worth"), [(of(5, 4), 8), (of(4, 4), 10), (of(2, 4), 10), (of(0, 4), 10)])
def test_ratio_where_less_is_better(figure, worth):
    assert points_of(leaf(Kind.RATIO, is_lower_better=True), figure) == worth


@pytest.mark.parametrize("kind", [Kind.RATIO, Kind.RATIO_LEADER])
@pytest.mark.parametrize("target", [None, 0])
@pytest.mark.parametrize("is_lower_better", [True, False])
def test_a_ratio_needs_a_target(kind, target, is_lower_better):
    with pytest.raises(NoPoints, match=NO_TARGET):
        points_of(leaf(kind, is_lower_better=is_lower_better), of(0, target))


@pytest.mark.parametrize(
    ("figure", "worth"),
    [
        (of(5, 10), 5),  # below: half of the maximum by the ratio
        (of(10, 10), 10),  # at the target: half
        (of(12, 10), 15),  # a third of the leader's way beyond… of 1,4: (1,2 − 1)/(1,4 − 1)
        (of(14, 10), 20),  # the leader
        (of(20, 10), 20),  # an excluded unit that went further
    ],
)
def test_ratio_against_the_leader(figure, worth):
    assert points_of(leaf(Kind.RATIO_LEADER, 20), figure, best=F(14, 10)) == worth


def test_whoever_alone_exceeds_the_target_is_the_leader():
    criterion = leaf(Kind.RATIO_LEADER, 20)
    figures = [of(11, 10), of(10, 10), of(3, 10), None, of(99, 10, is_assigned=False)]

    best = best_of(criterion, figures)

    assert best == F(11, 10)
    assert [points_of(criterion, figure, best) for figure in figures[:3]] == [20, 10, 3]


def test_with_less_being_better_nothing_left_leads():
    criterion = leaf(Kind.RATIO_LEADER, 20, is_lower_better=True)
    none_left, some, at_target = of(0, 5), of(4, 5), of(5, 5)
    best = best_of(criterion, [none_left, some, at_target])

    points = [points_of(criterion, figure, best) for figure in (none_left, some, at_target)]

    assert points[0] == 20
    assert 10 < points[1] < F(10001, 1000)
    assert points[2] == 10


@pytest.mark.parametrize(("actual", "worth"), [(79, 0), (80, 0), (90, 5), (100, 10), (120, 10), (None, 0)])
def test_ratio_inside_a_band(actual, worth):
    assert points_of(leaf(Kind.RATIO_BAND, low=F(80), high=F(100)), of(actual, 100)) == worth


def test_relative_to_the_highest_of_the_ranked():
    criterion = leaf(Kind.RELATIVE)
    best = best_of(criterion, [of(50), of(25), of(0), None])

    assert [points_of(criterion, of(actual), best) for actual in (50, 25, 0, 60)] == [10, 5, 0, 10]


@pytest.mark.parametrize(("kind", "more", "figure", "worth"), [
    (Kind.YES_NO, {}, of(1), 10),
    (Kind.YES_NO, {}, of(0), 0),
    (Kind.COUNT, {"points_each": F(5, 2)}, of(3), F(15, 2)),
    (Kind.COUNT, {"points_each": F(5, 2)}, of(6), 10),
    (Kind.GRADES, {"grades": {"A": F(10), "B": F(8)}}, Figure(grade="B"), 8),
    (Kind.GRADES, {"grades": {"A": F(10)}}, Figure(), 0),
    (Kind.MANUAL, {}, Figure(points=F(7)), 7),
    (Kind.MANUAL, {}, Figure(points=F(70)), 10),
    (Kind.BONUS, {}, of(12), 10),
])  # fmt: skip
def test_the_simple_ones(kind, more, figure, worth):
    assert points_of(leaf(kind, **more), figure) == worth


def test_an_unknown_grade_is_told():
    with pytest.raises(NoPoints, match="«E»"):
        points_of(leaf(Kind.GRADES, grades={"A": F(10)}), Figure(grade="E"))


BANDS = (Band(F(50), F(10)), Band(F(70), F(15)), Band(F(30), F(5)))  # in no order


@pytest.mark.parametrize(
    ("actual", "worth"), [(29, 0), (30, 5), (F("49.999"), 5), (50, 10), (70, 15), (72, 15), (None, 0)]
)
def test_bands_in_any_order(actual, worth):
    assert points_of(leaf(Kind.BANDS, 15, bands=BANDS), of(actual)) == worth


LATE = Lateness((Band(F(10), F(10)), Band(F(5), F(5)), Band(F(15), F(20))))


@pytest.mark.parametrize(
    ("late", "returned", "worth"),
    [((), 0, 0), ((4,), 0, 0), ((6,), 1, -10), ((16,), 2, -30), ((6, 11), 0, -15), ((16, 16, 16), 0, -50)],
)
def test_penalty(late, returned, worth):
    criterion = leaf(Kind.PENALTY, 50, late=LATE, returned_each=F(5))

    assert points_of(criterion, Figure(late=late, returned=returned)) == worth


@pytest.mark.parametrize(("days", "lost"), [(0, 0), (2, 0), (3, 1), (7, 5), (20, 18), (21, 30)])
def test_lateness_a_day_with_grace_and_cutoff(days, lost):
    criterion = leaf(Kind.PENALTY, 30, late=Lateness(each_day=F(1), grace=2, cutoff=20))

    assert lost_by_lateness(criterion, days) == lost


def test_no_evidence_no_points_but_the_penalty_stays():
    assert points_of(leaf(Kind.YES_NO, needs_evidence=True), of(1)) == 0
    assert points_of(leaf(Kind.YES_NO, needs_evidence=True), of(1, is_proved=True)) == 10
    assert points_of(leaf(Kind.PENALTY, 50, late=LATE, needs_evidence=True), Figure(late=(6,))) == -5


@pytest.mark.parametrize("kind", [Kind.MANUAL, Kind.YES_NO])
def test_loi_tru_starts_full(kind):
    criterion = leaf(kind, starts_full=True)

    assert points_of(criterion, None) == 10
    assert points_of(criterion, Figure(deduction=F(3, 2))) == F(17, 2)
    assert points_of(criterion, Figure(deduction=F(99))) == 0


def test_a_judges_points_stand_instead_of_the_formulas():
    assert points_of(leaf(Kind.RATIO), of(10, 10, points=F(6))) == 6


@pytest.mark.parametrize(
    ("figure", "more"), [(of(10, 10), 0), (of(104, 100), F(4, 10)), (of(125, 100), 1), (of(9, 10), 0), (None, 0)]
)
def test_what_goes_beyond_the_target_becomes_bonus_up_to_a_cap(figure, more):
    assert surplus_of(leaf(Kind.RATIO, surplus=Surplus()), figure) == more
