"""What the demonstration sends, on any day of the year."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine

from documents.deliveries.states import DeliveryState
from documents.models import Delivery, IssuedPaper
from tdkt.demo.deliveries import send_plans
from tests.documents.deliveries.conftest import Desk, record_of
from tests.factories import IssuerFactory, PartFactory, PlanFactory

State = DeliveryState


@pytest.mark.parametrize(
    "moment", [dt.datetime(2026, 1, 1, 1, 0, tzinfo=dt.UTC), dt.datetime(2026, 5, 13, tzinfo=dt.UTC)]
)
@pytest.mark.django_db
def test_plans_go_up_and_a_letter_comes_down(desk: Desk, moment: dt.datetime):
    Delivery.objects.all().delete()
    IssuedPaper.objects.filter(pk=desk.paper.pk).update(date=dt.date(2026, 1, 1))
    campaign = record_of(desk.paper.issuer, "28", dt.date(2026, 1, 1))
    PlanFactory(unit=desk.commune, issuer=desk.paper.issuer, paper=campaign, state="issued", kind="campaign")
    IssuerFactory(unit=desk.province, part=PartFactory(unit=desk.province, name="Sở Nội vụ"), name_lines="SỞ NỘI VỤ")
    office = SimpleNamespace(province=desk.province, commune=desk.commune, communes=[desk.commune, desk.far])

    with time_machine.travel(moment, tick=False):
        send_plans(office)  # type: ignore[arg-type]

    found = [(one.paper.number, one.receiver, one.way, one.state) for one in Delivery.objects.order_by("pk")]
    assert sorted(found, key=lambda row: (row[0], str(row[1]))) == [
        ("118", desk.commune, "inside", State.RECEIVED),
        ("118", desk.far, "next_door", State.SENT),
        ("27", desk.province, "inside", State.RECEIVED),
        ("28", desk.province, "inside", State.SENT),
    ]
