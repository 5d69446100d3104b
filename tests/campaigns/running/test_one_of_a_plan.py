"""Of a plan there is one campaign, however often and from how many windows it is begun."""

from __future__ import annotations

import pytest

from campaigns.models import Campaign
from campaigns.running.services import PlanHasCampaign, change_campaign
from campaigns.running.values import values_of
from plans.parts import load_parts
from tests.campaigns.running.desk import new_desk, told, typed
from tests.documents.at_once import at_once

LED = ["Không lập thêm. Kế hoạch này đã có phong trào, mở ở đây."]


def named(plan) -> str:
    """As the field of the form has it."""
    return f"{plan.title.capitalize()} {plan.subject}"


def address(plan) -> str:
    return f"?ke-hoach={plan.pk}&dv={plan.unit_id}"


def led_to(desk, answer):
    """The campaign on whose page one ends, and what is said there."""
    page = desk.window(desk.an).get(answer["Location"])
    return page.context["campaign"], told(page)


def test_a_plan_that_brought_its_campaign_along_opens_it(desk):
    plan = desk.plan()
    load_parts(plan, {"campaign": {"theme": "Vì dân", "waves": [], "thematic": [], "targets": []}})
    there = Campaign.objects.get()

    answer = desk.page("new", **{"ke-hoach": plan.pk, "dv": plan.unit_id})

    assert led_to(desk, answer) == (there, LED)


def test_a_second_click_opens_what_the_first_made(desk):
    plan = desk.plan()
    said = typed(with_plan="co-san", plan=named(plan))

    first, second = (desk.post("new", query=address(plan), **said) for _ in range(2))

    [made] = Campaign.objects.all()
    assert made.plan == plan
    assert (first["Location"], second["Location"]) == (f"/phong-trao/{made.pk}/",) * 2


def test_a_window_in_which_the_plan_was_typed_is_led_there_too(desk):
    plan = desk.plan()
    there = desk.campaign(plan=plan)

    answer = desk.post("new", **typed(with_plan="co-san", plan=named(plan), title="Lần nữa"))

    assert led_to(desk, answer) == (there, LED)
    assert Campaign.objects.count() == 1


def test_another_campaign_is_not_given_the_plan(desk):
    plan, other = desk.plan(), desk.campaign(title="Phong trào khác")
    there = desk.campaign(plan=plan)

    with pytest.raises(PlanHasCampaign) as error:
        change_campaign(other, actor=desk.an, version=1, values=values_of(other), plan=plan)

    assert (error.value.there, error.value.field) == (there, "plan")


def test_the_plan_of_another_unit_leads_nowhere(desk):
    plan = desk.plan(desk.neighbour)
    desk.campaign(desk.neighbour, plan=plan)

    assert desk.page("new", **{"ke-hoach": plan.pk}).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_eight_windows_at_once_one_makes_it():
    desk = new_desk()
    plan = desk.plan()

    _, errors = at_once(8, lambda: desk.campaign(plan=plan))

    [made] = Campaign.objects.all()
    assert [(type(error), error.there) for error in errors] == [(PlanHasCampaign, made)] * 7
