"""Whoever is asked to register is asked by a request of one kind: every answer to it becomes a registration."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Registration
from campaigns.taking_part import selectors, taking
from campaigns.taking_part.matching import COLUMNS
from campaigns.taking_part.taking import Pick
from reminders.asking import services as asking
from reminders.asking.values import AnswerData
from reminders.models import Ask, Request
from tests.campaigns.taking_part.office import LDTT, TTLDTT, Office
from tests.factories import PartFactory, Role, UserFactory
from tests.units.conftest import signed_in
from units.models import Part


def answered(asked: Request, part: Part, actor) -> None:
    asking.send_out(asked, actor=actor)
    ask = Ask.objects.select_related("request__unit", "part").get(request=asked, part=part)
    asking.enter_for(ask, actor=actor, data=AnswerData("Bà Hòa", text=f"{TTLDTT}\n{LDTT}", rows=()), way="paper")


def everything_taken(campaign: Campaign, actor) -> None:
    picks = [Pick(one.answer.pk, one.digest) for one in taking.shown(campaign)]
    taking.take(campaign, actor=actor, picks=picks)


@pytest.fixture
def above(office: Office):
    """The province, with a campaign that is open for registration and a body of its own."""
    officer = UserFactory(role=Role.OFFICER, unit=office.province)
    body = PartFactory(unit=office.province, name="Sở Nội vụ", kind=Part.Kind.OFFICE)
    campaign = Campaign.objects.create(
        unit=office.province, title="Thi đua", year=2026, state="running", register_by=dt.date(2026, 3, 1)
    )
    return officer, body, campaign


def test_a_body_of_the_province_asked_on_the_campaigns_page_lands_in_registrations(above):
    officer, body, campaign = above
    address = f"{reverse('reminders:request_new')}?kind=campaigns.campaign&subject={campaign.pk}"
    page = signed_in(officer)

    form = page.get(address).context["form"]
    said = {"title": form.initial["title"], "due": "1/3/2026", "parts": [body.pk], "columns": "Họ tên; Tuổi"}
    page.post(address, said)

    asked = Request.objects.get()
    assert (asked.title, asked.kind, asked.subject) == ("Đăng ký thi đua: Thi đua", selectors.KIND, campaign.pk)
    assert tuple(asked.columns) == COLUMNS  # not what was typed: its rows are read as registrations
    answered(asked, body, officer)
    everything_taken(campaign, officer)
    [row] = Registration.objects.all()
    assert (row.campaign, row.part, row.titles.split("\n")) == (campaign, body, [TTLDTT, LDTT])


def test_the_page_of_the_campaign_shows_requests_of_either_kind(above):
    officer, _, campaign = above
    common = {"unit": campaign.unit, "due": "2026-03-01", "by": officer, "state": "asked", "subject": campaign.pk}
    both = [Request.objects.create(title=kind, kind=kind, **common) for kind in ("campaigns.campaign", selectors.KIND)]

    page = signed_in(officer).get(reverse("campaigns:campaign", args=[campaign.pk]))

    assert list(page.context["requests"]) == both
