"""The day of a sitting is a deadline of its unit until the sitting is closed."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from awards.councils.deadlines import COLLECTOR, SITTING
from awards.models import Sitting
from reminders.deadlines import Scope, collector_of
from tests.awards.councils.sat import a_sitting, an_office_with_council

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_november():
    with time_machine.travel(dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC), tick=False):
        yield


def test_the_day_of_a_sitting_is_told_with_its_hour_and_place(django_assert_num_queries):
    office = an_office_with_council()
    sitting = a_sitting(office, [], place="Hội trường tầng 2")
    a_sitting(office, [], name="Chưa định ngày", at=None)

    with django_assert_num_queries(1):
        [found] = COLLECTOR.open_in(Scope(units=[office.unit.pk]))

    assert (found.kind, found.subject, found.unit_id) == (SITTING, sitting.pk, office.unit.pk)
    assert found.due == dt.date(2026, 11, 25)
    assert found.what == "Họp Hội đồng tháng 11, 08:00, Hội trường tầng 2"
    assert collector_of(SITTING) is COLLECTOR
    assert COLLECTOR.page_url(found) == f"/khen-thuong/phien-hop/{sitting.pk}/"


def test_it_is_over_when_the_sitting_is_closed_and_asked_for_by_unit_and_day():
    office = an_office_with_council()
    sitting = a_sitting(office, [])

    near = Scope(until=dt.date(2026, 11, 24))
    others = Scope(units=[office.province.pk])
    assert [COLLECTOR.open_in(scope) for scope in (near, others)] == [[], []]
    assert len(COLLECTOR.open_in(Scope(subjects=[sitting.pk]))) == 1
    Sitting.objects.update(state="closed")

    assert COLLECTOR.open_in(Scope()) == []
