"""The moves of a plan, who follows it, and what may be deleted."""

from __future__ import annotations

from typing import Any

import pytest

from core import audit
from core.errors import UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused
from plans.models import Plan, Section, Task
from plans.services import (
    PlanIsClosed,
    delete_draft,
    issue_plan,
    recall_plan,
    set_follower,
    submit_plan,
    update_plan,
)
from plans.states import PlanState
from tests.factories import PersonFactory, PlanFactory, Role, UserFactory
from tests.plans.rows import again, everything, written
from units.models import Unit

pytestmark = pytest.mark.django_db

State = PlanState


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(sections=2, tasks=2, number="07", paper_date="2026-01-15")


@pytest.fixture
def officer(plan: Plan) -> Any:
    return UserFactory(role=Role.OFFICER, unit=plan.unit)


# -- States --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "act", "after", "code"),
    [
        (State.DRAFT, submit_plan, State.SUBMITTED, "plans.plan.submitted"),
        (State.SUBMITTED, recall_plan, State.DRAFT, "plans.plan.recalled"),
        (State.DRAFT, issue_plan, State.ISSUED, "plans.plan.issued"),
        (State.SUBMITTED, issue_plan, State.ISSUED, "plans.plan.issued"),
    ],
)
def test_a_move_is_made_and_told_once(plan, officer, before, act, after, code):
    Plan.objects.filter(pk=plan.pk).update(state=before)

    act(again(plan), actor=officer)

    assert again(plan).state == after
    assert written() == [(code, "plans.plan", plan.pk, officer.pk, {"state": [before, after]})]
    assert audit.first_broken_link(plan.unit_id) is None


@pytest.mark.parametrize("act", [submit_plan, recall_plan])
def test_an_issued_plan_goes_nowhere(plan, act):
    issue_plan(plan, actor=None)
    before = everything(plan)

    with pytest.raises(MoveRefused):
        act(again(plan), actor=None)

    assert everything(plan) == before


@pytest.mark.parametrize("values", [{"number": ""}, {"paper_date": "2026-01"}, {"paper_date": ""}])
def test_a_plan_without_number_and_day_is_not_issued(plan, values):
    Plan.objects.filter(pk=plan.pk).update(**values)

    with pytest.raises(UnfitField) as refusal:
        issue_plan(again(plan), actor=None)

    assert (refusal.value.field, str(refusal.value)) == ("number", "Chưa ghi số và ngày ban hành của văn bản.")
    assert (again(plan).state, written()) == (State.DRAFT, [])


@pytest.mark.parametrize(("first", "second"), [(submit_plan, submit_plan), (submit_plan, issue_plan)])
def test_of_two_moves_at_once_one_wins(plan, first, second):
    one, other = again(plan), again(plan)
    first(one, actor=None)
    before = everything(plan)

    with pytest.raises(MovedMeanwhile):
        second(other, actor=None)

    assert everything(plan) == before


# -- Follower and deletion -----------------------------------------------------------------


@pytest.mark.parametrize("state", State.values)
def test_the_follower_may_change_in_every_state(plan, officer, state):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    one, other = PersonFactory(unit=plan.unit), PersonFactory(unit=plan.unit)

    set_follower(again(plan), actor=officer, person=one)
    set_follower(again(plan), actor=officer, person=other)
    set_follower(again(plan), actor=officer, person=None)

    assert again(plan).follower is None
    assert [(entry[0], entry[4]) for entry in written()] == [
        ("plans.plan.follower", {"follower": [None, str(one)]}),
        ("plans.plan.follower", {"follower": [str(one), str(other)]}),
        ("plans.plan.follower", {"follower": [str(other), None]}),
    ]


def test_the_follower_is_one_of_the_unit(plan):
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        set_follower(plan, actor=None, person=PersonFactory())

    assert refusal.value.field == "follower"
    assert everything(plan) == before


def test_a_draft_that_was_never_submitted_may_go_and_its_history_stays(plan, officer):
    pk, unit = plan.pk, plan.unit_id
    update_plan(plan, actor=officer, version=1, place="Chỗ khác")

    delete_draft(plan, actor=officer)

    assert (Plan.objects.count(), Section.objects.count(), Task.objects.count()) == (0, 0, 0)
    assert [entry[:4] for entry in written()] == [
        ("plans.plan.changed", "plans.plan", pk, officer.pk),
        ("plans.plan.deleted", "plans.plan", pk, officer.pk),
    ]
    assert audit.first_broken_link(unit) is None
    assert Unit.objects.filter(pk=unit).exists()


def recalled(plan: Plan) -> Plan:
    submit_plan(plan, actor=None)
    recall_plan(plan, actor=None)
    return plan


def issued(plan: Plan) -> Plan:
    issue_plan(plan, actor=None)
    return plan


@pytest.mark.parametrize("made", [recalled, issued])
def test_what_was_submitted_or_issued_is_not_deleted(plan, made):
    made(plan)
    before = everything(plan)

    with pytest.raises(PlanIsClosed):
        delete_draft(again(plan), actor=None)

    assert everything(plan) == before


@pytest.mark.parametrize("close", [submit_plan, issue_plan])
def test_a_plan_that_was_closed_after_the_page_was_opened_is_not_deleted(plan, close):
    opened = again(plan)
    close(again(plan), actor=None)
    before = everything(plan)

    with pytest.raises((PlanIsClosed, EditedMeanwhile)):
        delete_draft(opened, actor=None)

    assert everything(plan) == before
