"""What the signed paper says otherwise, taken into the plan; what no text of the plan holds is left to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.rendering.text import render_text
from documents.signed import Difference, compare
from plans import interchange
from plans.interchange import PlanData
from plans.moving.places import Place, read_at, texts_of, write_at
from plans.paper import compose
from plans.signed_changes import TakenOver, take_over
from tests.plans.files import OUR_PLANS, read_file

OTHER = "Xyz9"
"""A word that stands in no plan."""


ANNUAL = "doai_trung"
"""A year's plan with a task table."""


def plan_of(name: str) -> PlanData:
    return interchange.read(read_file(name))


def differences(plan: PlanData, signed: PlanData) -> tuple[Difference, ...]:
    return compare(compose(plan), render_text(compose(signed))).differences


def with_another_word(plan: PlanData, place: Place, position: int) -> PlanData:
    words = read_at(plan, place).split()
    words[position % len(words)] = OTHER
    return write_at(plan, place, " ".join(words))


def places_of(plan: PlanData) -> list[Place]:
    """Of every text that the paper prints and that has no other source: issuers print their own lines."""
    return [
        place
        for place, text in texts_of(plan)
        if text and text == " ".join(text.split()) and place.path[0] not in {"issuer", "superior", "parts"}
    ]


@pytest.mark.parametrize("name", OUR_PLANS)
def test_a_plan_that_was_signed_as_it_stands_stays_as_it_is(name: str) -> None:
    plan = plan_of(name)

    assert take_over(plan, differences(plan, plan)) == TakenOver(plan, (), ())


@pytest.mark.parametrize("name", OUR_PLANS)
def test_another_word_in_any_text_is_taken_into_that_text(name: str) -> None:
    plan = plan_of(name)
    places = places_of(plan)
    assert len(places) > 20

    for position, place in enumerate(places[::3]):
        signed = with_another_word(plan, place, position * 7)
        found = differences(plan, signed)

        assert take_over(plan, found) == TakenOver(signed, found, ()), str(place)


def test_many_changes_are_taken_at_once() -> None:
    plan = plan_of(ANNUAL)
    signed = plan
    for place in places_of(plan)[::5]:
        signed = with_another_word(signed, place, 0)

    found = differences(plan, signed)

    assert len(found) > 5
    assert take_over(plan, found).plan == signed


def test_words_added_and_left_out_are_taken() -> None:
    plan = plan_of(ANNUAL)
    first, second = Place(("tasks", "0", "content")), Place(("tasks", "1", "content"))
    words = read_at(plan, second).split()
    signed = write_at(plan, first, f"{read_at(plan, first)} {OTHER} {OTHER}")
    signed = write_at(signed, second, " ".join([*words[:1], *words[3:]]))

    found = differences(plan, signed)

    assert [(one.before, one.after) for one in found] == [("", f"{OTHER} {OTHER}"), (" ".join(words[1:3]), "")]
    assert take_over(plan, found) == TakenOver(signed, found, ())


@pytest.mark.parametrize(("name", "at"), [("preamble", 1), ("blocks", 2), ("recipients", 3)])
def test_a_line_left_out_whole_is_taken_out(name: str, at: int) -> None:
    plan = plan_of(ANNUAL)
    lines = getattr(plan, name)
    signed = replace(plan, **{name: (*lines[:at], *lines[at + 1 :])})

    found = differences(plan, signed)

    assert [one.after for one in found] == [""]
    assert take_over(plan, found) == TakenOver(signed, found, ())


def test_new_lines_are_left_to_a_person() -> None:
    plan = plan_of(ANNUAL)
    signed = replace(plan, recipients=(*plan.recipients, f"{OTHER} {OTHER}"))

    found = differences(plan, signed)

    assert [one.is_new_line for one in found] == [True]
    assert take_over(plan, found) == TakenOver(plan, (), found)


def test_a_task_that_went_whole_is_left_to_a_person() -> None:
    plan = plan_of(ANNUAL)
    signed = replace(plan, tasks=(*plan.tasks[:3], *plan.tasks[4:]))

    found = differences(plan, signed)

    assert plan.tasks[3].content in [one.before for one in found]
    assert take_over(plan, found) == TakenOver(plan, (), found)


def test_the_superiors_line_belongs_to_the_issuer_and_is_left_to_a_person() -> None:
    plan = replace(plan_of(ANNUAL), superior="UBND TỈNH VĨNH HÀ")

    found = differences(plan, replace(plan, superior="UBND TỈNH VĨNH THỊNH"))

    assert [one.place for one in found] == ["Cơ quan chủ quản"]
    assert take_over(plan, found) == TakenOver(plan, (), found)


def test_the_issuers_own_lines_are_left_to_a_person() -> None:
    plan = plan_of(ANNUAL)
    found = compare(compose(plan), render_text(compose(plan, (OTHER,)))).differences

    assert found
    assert take_over(plan, found) == TakenOver(plan, (), found)


def test_differences_of_another_state_of_the_plan_are_left() -> None:
    plan = plan_of(ANNUAL)
    place = Place(("tasks", "0", "content"))
    found = differences(plan, with_another_word(plan, place, 1))
    edited = write_at(plan, place, f"{OTHER} {read_at(plan, place)}")

    assert take_over(edited, found) == TakenOver(edited, (), found)
