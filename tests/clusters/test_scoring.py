"""Totals, conversion, ranks: cases by hand, and laws that hold for any set and any figures."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusters.interchange import read_scoring, write_outcome
from clusters.kinds import Figure, UnfitFigure
from clusters.recompute import write_scoring
from clusters.scheme import Band, Criterion, Kind, NotAssigned, Scheme, faults_in
from clusters.scoring import UnitFigures, in_units, score, shown
from tests.plans.files import SHARED

F = Fraction
CASES = sorted((SHARED / "cases").glob("scoring_*.json")) if (SHARED / "cases").is_dir() else []


@pytest.mark.skipif(not CASES, reason="the cases are not at hand (TDKT_SHARED)")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_agree_to_the_last_digit(path: Path):
    text = path.read_text(encoding="utf-8")
    data = read_scoring(text)

    printed = write_outcome(data.scheme, score(data.scheme, data.units))

    assert {name: value for name, value in printed.items() if name != "problems"} == json.loads(text)["expected"]


def leaf(code: str, maximum: int, kind: Kind = Kind.MANUAL, **more: Any) -> Criterion:
    return Criterion(code, maximum=F(maximum), kind=kind, **more)


def unit(name: str, is_excluded: bool = False, **figures: Any) -> UnitFigures:
    """``a=7`` is seven points for the criterion a, ``a=None`` that it was not assigned."""
    found = {
        code: Figure(is_assigned=False) if points is None else Figure(points=F(points))
        for code, points in figures.items()
    }
    return UnitFigures(name, found, is_excluded)


def ranks(scheme: Scheme, *units: UnitFigures) -> dict[str, int | None]:
    return {one.name: one.rank for one in score(scheme, units).units}


TWO = Scheme((leaf("a", 60), leaf("b", 40)))


def test_equal_totals_share_a_rank_the_next_is_skipped_and_the_vote_is_named():
    outcome = score(TWO, [unit("A", a=50), unit("B", a=60), unit("C", a=50), unit("D", a=10)])

    assert [one.rank for one in outcome.units] == [2, 1, 2, 4]
    assert outcome.vote_needed == [2]


def test_ties_are_broken_in_order_and_by_what_is_shown():
    scheme = replace(TWO, tie_break=("b",))

    assert ranks(scheme, unit("A", a=30, b=20), unit("B", a=20, b=30)) == {"B": 1, "A": 2}
    nearly = unit("C", a=F("30.001"), b=F("19.999"))
    assert ranks(scheme, unit("A", a=30, b=20), nearly) == {"A": 1, "C": 1}


def test_a_group_can_break_a_tie():
    group = Criterion("g", maximum=F(50), children=(leaf("g1", 25), leaf("g2", 25)))
    scheme = Scheme((group, leaf("x", 50)), tie_break=("g",))

    assert ranks(scheme, unit("A", x=30, g1=10), unit("B", x=15, g1=10, g2=15)) == {"A": 2, "B": 1}


def test_an_excluded_unit_is_scored_and_not_ranked():
    outcome = score(TWO, [unit("A", a=10), unit("B", is_excluded=True, a=60)])

    assert [(one.total, one.rank) for one in outcome.units] == [(10, 1), (60, None)]


def test_units_without_target_can_be_ranked_apart():
    scheme = replace(TWO, not_assigned=NotAssigned.SEPARATE)

    outcome = score(scheme, [unit("A", a=10, b=10), unit("B", a=60, b=None), unit("C", a=50, b=None)])

    assert [(one.total, one.rank, one.is_partial) for one in outcome.units] == [
        (20, 1, False),
        (60, 1, True),
        (50, 2, True),
    ]


def test_bonus_and_penalty_are_no_part_of_what_is_converted():
    scheme = Scheme((*TWO.criteria, leaf("bonus", 10, Kind.BONUS)))

    [one] = score(scheme, [unit("A", a=30, b=None, bonus=10)]).units

    assert (one.base, one.conversion, one.beside, one.total) == (30, 20, 10, 60)


def test_a_unit_with_nothing_assigned_is_named():
    outcome = score(TWO, [unit("A", a=None, b=None)])

    assert outcome.units[0].total == 0
    assert [(problem.unit, problem.code) for problem in outcome.problems] == [("A", "")]


def test_a_negative_figure_is_refused_with_unit_and_criterion():
    with pytest.raises(UnfitFigure) as refusal:
        score(TWO, [unit("A", a=-1)])

    assert (refusal.value.unit, refusal.value.code) == ("A", "a")


@pytest.mark.parametrize(
    ("points", "decimals", "text"),
    [
        ("1.005", 2, "1.01"),
        ("1.0049999", 2, "1.00"),
        ("-0.125", 2, "-0.13"),
        ("-0.001", 2, "0.00"),
        ("2.5", 0, "3"),
        ("101.0357", 2, "101.04"),
    ],
)
def test_points_are_shown_half_up(points, decimals, text):
    assert shown(F(points), decimals) == text


# -- Laws --------------------------------------------------------------------------------

NUMBERS = st.fractions(min_value=0, max_value=1000, max_denominator=60)
KINDS = st.sampled_from(
    [Kind.RATIO, Kind.RATIO_LEADER, Kind.RATIO_BAND, Kind.RELATIVE, Kind.YES_NO, Kind.COUNT, Kind.BANDS, Kind.MANUAL]
)
BANDS = (Band(F(10), F(1)), Band(F(100), F(3)), Band(F(50), F(2)))


@st.composite
def leaves(draw: Any, code: str) -> Criterion:
    kind = draw(KINDS)
    return Criterion(
        code,
        maximum=F(draw(st.integers(3, 100))),
        kind=kind,
        is_lower_better=kind in (Kind.RATIO, Kind.RATIO_LEADER) and draw(st.booleans()),
        points_each=F(1, 2),
        bands=BANDS,
        low=F(50),
        high=F(100),
    )


@st.composite
def rounds(draw: Any) -> tuple[Scheme, list[UnitFigures]]:
    codes = [f"c{n}" for n in range(draw(st.integers(1, 5)))]
    scheme = Scheme(
        (*(draw(leaves(code)) for code in codes), leaf("bonus", 10, Kind.BONUS), leaf("cut", 20, Kind.PENALTY)),
        decimals=draw(st.integers(0, 3)),
        tie_break=tuple(draw(st.lists(st.sampled_from(codes), unique=True))),
    )
    units = [
        UnitFigures(
            f"Đơn vị {n}",
            {code: draw(figures()) for code in [*codes, "bonus"] if draw(st.booleans())},
            is_excluded=draw(st.booleans()) and draw(st.booleans()),
        )
        for n in range(draw(st.integers(1, 6)))
    ]
    return scheme, units


@st.composite
def figures(draw: Any) -> Figure:
    return Figure(
        actual=draw(NUMBERS),
        target=draw(st.one_of(st.none(), NUMBERS)),
        is_assigned=draw(st.integers(0, 5)) > 0,
    )


@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_units_changes_nothing(found, chance):
    scheme, units = found
    shuffled = chance.sample(units, len(units))

    one, other = score(scheme, units), score(scheme, shuffled)

    assert {u.name: (u.total, u.rank, u.points) for u in one.units} == {
        u.name: (u.total, u.rank, u.points) for u in other.units
    }
    assert one.vote_needed == other.vote_needed


@given(rounds(), st.data())
def test_more_of_a_good_figure_never_lowers_points(found, data):
    scheme, units = found
    own = data.draw(st.sampled_from(units))
    told = [code for code in own.figures if code != "bonus" and own.figures[code].actual]
    if not told:
        return
    code = data.draw(st.sampled_from(told))
    criterion = next(node for _, node in scheme.walk() if node.code == code)
    figure = own.figures[code]
    assert figure.actual is not None
    better = figure.actual * F(1, 2) if criterion.is_lower_better else figure.actual * F(3, 2)
    changed = replace(own, figures={**own.figures, code: replace(figure, actual=better)})

    before = score(scheme, units).units[units.index(own)]
    after = score(scheme, [changed if one is own else one for one in units]).units[units.index(own)]

    assert (after.points[code] or 0) >= (before.points[code] or 0)
    assert after.total >= before.total


@given(rounds())
def test_rows_and_the_line_of_conversion_add_up_to_the_total(found):
    """Each row as it is printed, rounded; the total within half a unit of the last decimal per row."""
    scheme, units = found
    for one in score(scheme, units).units:
        rows = [points for points in one.points.values() if points is not None]
        rows += [one.conversion] if one.conversion else []

        printed = sum(in_units(points, scheme.decimals) for points in rows)

        assert abs(F(printed, 10**scheme.decimals) - one.total) <= F(len(rows), 2 * 10**scheme.decimals)


@given(rounds())
def test_conversion_keeps_the_maximum(found):
    scheme, units = found
    for one in score(scheme, units).units:
        assert one.base + one.conversion <= scheme.base
        full = UnitFigures(one.name, {code: _full(scheme, code, points) for code, points in one.points.items()})
        [best] = score(scheme, [full]).units
        if any(points is not None for code, points in one.points.items() if code.startswith("c") and code != "cut"):
            assert best.base + best.conversion == scheme.base


def _full(scheme: Scheme, code: str, points: Fraction | None) -> Figure:
    maximum = next(node.maximum for _, node in scheme.walk() if node.code == code)
    return Figure(points=maximum if code.startswith("c") and code != "cut" else None, is_assigned=points is not None)


@given(rounds())
def test_ranks_follow_totals_and_are_shared_only_by_equals(found):
    scheme, units = found
    outcome = score(scheme, units)
    ranked = sorted((one for one in outcome.units if one.rank is not None), key=lambda one: one.rank or 0)

    totals = [in_units(one.total, scheme.decimals) for one in ranked]

    assert totals == sorted(totals, reverse=True)
    shared = {one.rank for one in ranked if [other.rank for other in ranked].count(one.rank) > 1}
    assert shared == set(outcome.vote_needed)
    assert [one.rank for one in ranked] == [
        1 + sum(other.rank < one.rank for other in ranked if other.rank and one.rank) for one in ranked
    ]


# -- Adding up ---------------------------------------------------------------------------


def test_a_set_that_adds_up_has_no_faults():
    group = Criterion("I", maximum=F(50), children=(leaf("1", 20), leaf("2", 30), leaf("3", 5, Kind.BONUS)))

    assert faults_in(Scheme((group, leaf("II", 50)), tie_break=("I", "2"))) == []


def test_a_penalty_without_a_rule_is_given_by_whoever_scores():
    judged = leaf("1", 10, Kind.PENALTY)
    scheme = Scheme((leaf("a", 100), judged))

    outcome = score(scheme, [UnitFigures("A", {"a": Figure(points=F(80)), "1": Figure(points=F(5, 2))})])

    assert (judged.is_by_judgement, leaf("2", 10, Kind.PENALTY, returned_each=F(5)).is_by_judgement) == (True, False)
    assert faults_in(scheme) == []
    assert (outcome.units[0].points["1"], outcome.units[0].total) == (F(-5, 2), F(155, 2))


def test_faults_are_named_with_their_criterion():
    group = Criterion("I", maximum=F(50), children=(leaf("1", 20), leaf("1", 20)))
    scheme = Scheme((group, Criterion("II", maximum=F(10)), leaf("3", 0, Kind.BANDS)), tie_break=("9",))

    assert faults_in(scheme) == [
        ("I", "Điểm chuẩn của nhóm là 50, còn các tiêu chí bên trong cộng lại được 40."),
        ("1", "Mã «1» đã dùng cho tiêu chí khác."),
        ("II", "Nhóm này chưa có tiêu chí nào."),
        ("3", "Điểm chuẩn phải lớn hơn 0."),
        ("3", "Tiêu chí tính theo mức cần ít nhất một mức."),
        ("9", "Tiêu chí phụ «9» để phân hạng khi bằng điểm không có trong bộ tiêu chí."),
    ]


@given(rounds())
def test_a_file_that_is_written_is_read_back_the_same(found):
    scheme, units = found
    plain = [replace(unit, figures={code: _finite(one) for code, one in unit.figures.items()}) for unit in units]

    read = read_scoring(json.dumps(write_scoring("Cụm", 2026, scheme, plain)))

    again = score(read.scheme, read.units)
    assert [(one.name, one.total, one.rank) for one in again.units] == [
        (one.name, one.total, one.rank) for one in score(scheme, plain).units
    ]


def _finite(figure: Figure) -> Figure:
    """Figures come from decimal columns."""
    return replace(
        figure,
        actual=None if figure.actual is None else round(figure.actual, 6),
        target=None if figure.target is None else round(figure.target, 6),
    )
