"""What falls due for whoever runs a season, and what closes it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from clusters.models import Season
from clusters.running.deadlines import STEP
from clusters.running.planning import draft_plan
from plans.models import Plan
from reminders import deadlines
from reminders.deadlines import Scope
from tests.clusters.running.desk import TODAY
from tests.factories import PersonFactory

PLEDGE = (dt.date(2026, 3, 4), "Ký giao ước thi đua: Ký giao ước")
REPORT = (dt.date(2026, 11, 30), "Gửi báo cáo: Gửi báo cáo năm 2026")


def due(desk, unit=None, **scope) -> list[tuple[dt.date, str]]:
    found = deadlines.open_deadlines(Scope(units=[(unit or desk.province).pk], **scope))
    return [(one.due, one.what) for one in found if one.kind == STEP]


def test_a_season_that_runs_tells_its_organiser(desk):
    season = desk.season()
    assert due(desk) == []

    Season.objects.update(state="running")

    assert due(desk) == [PLEDGE, REPORT]
    assert due(desk, until=PLEDGE[0]) == [PLEDGE]
    assert due(desk, subjects=[season.steps.get(order=2).pk]) == [REPORT]
    assert due(desk, desk.communes[0]) == []


def test_a_line_that_is_done_or_long_over_is_told_no_more(desk):
    season = desk.season(state="running")
    season.steps.filter(order=1).update(done_on=TODAY)
    season.steps.filter(order=2).update(due=TODAY - dt.timedelta(days=93))

    assert due(desk) == []


def test_what_an_issued_plan_tells_is_told_once(desk):
    season = desk.season(state="running")
    draft_plan(season, actor=desk.nga, today=TODAY)
    assert due(desk) == [PLEDGE, REPORT]

    Plan.objects.update(state="issued")

    assert due(desk) == []


def test_the_one_who_follows_the_cluster_is_told_and_led_to_its_page(desk):
    season = desk.season(state="running")
    reviewer = PersonFactory(unit=desk.province)
    type(season.cluster).objects.update(reviewer=reviewer)

    first, _ = (one for one in deadlines.open_deadlines(Scope()) if one.kind == STEP)

    assert (first.follower_id, first.origin) == (reviewer.pk, "Cụm thi đua số 2 năm 2026")
    assert deadlines.record_url(first) == reverse("clusters:season", args=[season.pk])


def test_all_seasons_are_read_in_one_query(desk, django_assert_num_queries):
    cluster = desk.season(state="running").cluster
    desk.season(cluster, year=2025, state="running", criteria=desk.criteria(year=2025))
    collector = deadlines.collector_of(STEP)
    assert collector is not None

    with django_assert_num_queries(1):
        assert len(collector.open_in(Scope())) == 3  # the pledge of 2025 is long over
