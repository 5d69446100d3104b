"""Each real plan (where it is at hand) and each invented one, moved to 2026 in the two-tier world."""

from __future__ import annotations

import datetime as dt

import pytest

from plans import interchange
from plans.moving import Kind, apply, propose_reform, propose_year
from plans.moving.citations import find_citations
from plans.moving.places import read_at, texts_of
from tests.plans.files import every_plan
from tests.plans.moving import expected_reform_real, expected_reform_twins, expected_years_real, expected_years_twins
from tests.plans.moving.moves import (
    asked,
    certain,
    dates_of,
    lines,
    plan_of,
    said,
    words_changed,
    world_of,
    years_left_alone,
)

YEARS = expected_years_real.REAL | expected_years_twins.TWINS
REFORMED = expected_reform_real.REAL | expected_reform_twins.TWINS

each_plan = pytest.mark.parametrize("name", every_plan())


@each_plan
def test_the_words_of_a_later_year(name: str) -> None:
    proposals = propose_year(plan_of(name), 2026)

    assert words_changed(certain(proposals)) == lines(YEARS[name].words)
    assert said(asked(proposals)) == lines(YEARS[name].asked)


@each_plan
def test_every_year_that_stays_is_accounted_for(name: str) -> None:
    plan = plan_of(name)

    assert years_left_alone(plan, certain(propose_year(plan, 2026))) == YEARS[name].left


@each_plan
def test_tasks_fall_due_in_the_later_year(name: str) -> None:
    plan = plan_of(name)

    moved = apply(plan, certain(propose_year(plan, 2026)))

    assert dates_of(moved) == YEARS[name].dates


@each_plan
def test_the_words_of_the_two_tiers(name: str) -> None:
    proposals = propose_reform(plan_of(name), world_of(name))

    assert said(certain(proposals)) == lines(REFORMED[name].words)
    assert said(asked(proposals)) == lines(REFORMED[name].asked)


@each_plan
def test_nothing_is_proposed_about_the_reform_before_it(name: str) -> None:
    assert propose_reform(plan_of(name), world_of(name, dt.date(2025, 6, 30))) == []


@each_plan
def test_both_lists_can_be_accepted_together_and_give_a_plan_that_can_be_read(name: str) -> None:
    plan = plan_of(name)
    proposals = [*propose_year(plan, 2026), *propose_reform(plan, world_of(name))]

    moved = apply(plan, [one if one.new is not None else one.answered("(đã trả lời)") for one in proposals])

    assert interchange.read(interchange.write(moved)) == moved
    assert moved.year == 2026


@each_plan
def test_what_is_certain_of_the_year_leaves_every_citation_as_it_was(name: str) -> None:
    plan = plan_of(name)

    moved = apply(plan, certain(propose_year(plan, 2026)))

    cited = [
        (place, text[citation.start : citation.end])
        for place, text in texts_of(plan)
        for citation in find_citations(text)
        if place.path != ("appendix", "reference")
    ]
    assert cited
    assert [words for place, words in cited if words not in read_at(moved, place)] == []


@each_plan
def test_nothing_accepted_changes_nothing(name: str) -> None:
    assert apply(plan_of(name), []) == plan_of(name)


@each_plan
def test_the_own_year_proposes_nothing(name: str) -> None:
    plan = plan_of(name)

    assert propose_year(plan, plan.year) == []


@each_plan
def test_two_years_at_once_are_one_year_twice(name: str) -> None:
    plan = plan_of(name)

    once = apply(plan, certain(propose_year(plan, plan.year + 2)))
    next_year = apply(plan, certain(propose_year(plan, plan.year + 1)))
    twice = apply(next_year, certain(propose_year(next_year, plan.year + 2)))

    assert twice == once


@each_plan
def test_no_proposal_lies_over_another(name: str) -> None:
    plan = plan_of(name)

    spans = sorted((one.where, one.start, one.end) for one in propose_year(plan, 2026))

    assert [
        (before, after)
        for before, after in zip(spans, spans[1:], strict=False)
        if before[0] == after[0] and after[1] < before[2]
    ] == []


@each_plan
def test_every_proposal_says_why_in_one_sentence(name: str) -> None:
    plan = plan_of(name)
    proposals = [*propose_year(plan, 2026), *propose_reform(plan, world_of(name))]

    reasons = {one.why for one in proposals}

    assert [why for why in reasons if not why or why[0].islower() or why[-1] not in ".?" or len(why) > 130] == []
    assert [one.why for one in proposals if "{" in one.why + (one.new or "") + "".join(one.choices)] == []
    assert [one.why for one in proposals if one.kind is Kind.CERTAIN and one.new is None] == []
