"""Every text of a plan has its field in the editor, and stands there."""

from __future__ import annotations

import dataclasses

import pytest

from plans import interchange
from plans.editor.pointing import Spot, Spots
from plans.editor.state import state_of
from plans.moving.places import Place, texts_of
from plans.selectors import any_plan, plan_data
from plans.services import create_plan
from tests.plans.files import every_plan, read_file

pytestmark = pytest.mark.django_db

NOT_SHOWN = {"superior", "issuer", "parts"}


@pytest.mark.parametrize("name", every_plan())
def test_every_text_stands_in_the_field_that_its_place_points_to(name):
    plan = any_plan(create_plan(interchange.read(read_file(name)), actor=None).pk)
    data, state = plan_data(plan), state_of(plan)
    spots = Spots(data, state)

    for place, text in texts_of(data):
        spot = spots.of(place)
        if place.path[0] in NOT_SHOWN:
            assert spot is None
        else:
            assert spot is not None, place
            assert shown_at(state, spot)[spot.offset :].startswith(text), place


def shown_at(state: dict, spot: Spot) -> str:
    """The text that the page shows there, as its scripts find it."""
    if spot.of == "header":
        value = state["header"][spot.field]
    elif spot.of == "table":
        table, _, name = spot.field.partition(".")
        value = state["tables"][table][name]
    else:
        value = next(row for row in state[f"{spot.of}s"] if row["key"] == spot.key)[spot.field]
    if spot.name is not None:
        return value[spot.name]
    if spot.line is None:
        return value
    return [line for line in value.split("\n") if line.strip()][spot.line]


def test_a_place_that_is_gone_has_no_field():
    plan = any_plan(create_plan(interchange.read(read_file("doai_trung")), actor=None).pk)
    data, state = plan_data(plan), state_of(plan)
    spots = Spots(dataclasses.replace(data, blocks=data.blocks[:3]), {**state, "sections": [], "tasks": []})

    assert spots.of(Place(("blocks", "1", "text"))) is None
    assert spots.of(Place(("tasks", "99", "content"))) is None
    assert spots.of(Place(("tasks", "x"))) is None
