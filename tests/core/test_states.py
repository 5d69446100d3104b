"""Guarded moves: the table of moves decides, and of two at once one wins."""

from __future__ import annotations

import pytest

from core.models import AuditEntry
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused, claim_version, move
from plans.models import Plan
from tests.factories import PlanFactory, UserFactory

pytestmark = pytest.mark.django_db

MOVES = {"draft": {"submitted": "submit"}, "submitted": {"draft": "submit", "issued": "issue"}, "issued": {}}


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(number="07")


def go(plan: Plan, to: str, actor=None, **also) -> None:
    move(plan, to, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.moved", **also)


def again(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def told() -> list[dict]:
    return list(AuditEntry.objects.order_by("id").values_list("changes", flat=True))


def test_an_allowed_move_is_made_and_told(plan):
    actor = UserFactory()

    go(plan, "submitted", actor)

    entry = AuditEntry.objects.get()
    assert (plan.state, again(plan).state) == ("submitted", "submitted")
    assert (entry.code, entry.actor, entry.subject_id, entry.unit_id) == (
        "plans.plan.moved",
        actor,
        plan.pk,
        plan.unit_id,
    )
    assert entry.changes == {"state": ["draft", "submitted"]}


def test_fields_are_set_with_the_move_and_only_real_changes_are_told(plan):
    go(plan, "submitted", number="08", symbol="KH-UBND")

    found = again(plan)
    assert (found.state, found.number, found.symbol) == ("submitted", "08", "KH-UBND")
    assert (plan.number, told()) == ("08", [{"state": ["draft", "submitted"], "number": ["07", "08"]}])


@pytest.mark.parametrize("to", ["issued", "deleted", ""])
def test_a_move_that_the_table_does_not_know_is_refused(plan, to):
    with pytest.raises(MoveRefused):
        go(plan, to)

    assert (plan.state, again(plan).state, told()) == ("draft", "draft", [])


def test_from_an_end_there_is_no_way(plan):
    Plan.objects.update(state="issued")

    with pytest.raises(MoveRefused):
        go(again(plan), "draft")

    assert again(plan).state == "issued"


def test_a_state_that_the_table_does_not_know_leads_nowhere(plan):
    Plan.objects.update(state="lost")

    with pytest.raises(MoveRefused):
        go(again(plan), "draft")


def test_being_there_already_is_no_move(plan):
    go(plan, "draft", number="99")

    assert (again(plan).number, told()) == ("07", [])


def test_of_two_moves_at_once_the_first_wins_and_the_second_changes_nothing(plan):
    one, other = again(plan), again(plan)
    go(one, "submitted")

    with pytest.raises(MovedMeanwhile):
        go(other, "submitted", number="99")

    found = again(plan)
    assert (found.state, found.number, told()) == ("submitted", "07", [{"state": ["draft", "submitted"]}])
    assert (other.state, other.number) == ("draft", "07")


def test_a_thing_that_is_gone_was_moved_meanwhile(plan):
    Plan.objects.all().delete()

    with pytest.raises(MovedMeanwhile):
        go(plan, "submitted")

    assert told() == []


def test_a_version_is_claimed_once(plan):
    one, other = again(plan), again(plan)

    claim_version(one, 1)

    assert (one.version, again(plan).version) == (2, 2)
    with pytest.raises(EditedMeanwhile):
        claim_version(other, 1)
    assert (other.version, again(plan).version) == (1, 2)


@pytest.mark.parametrize("version", [0, 2, -1])
def test_a_version_that_was_never_shown_is_not_claimed(plan, version):
    with pytest.raises(EditedMeanwhile):
        claim_version(plan, version)

    assert again(plan).version == 1
