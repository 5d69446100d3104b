"""The pages of clusters ask the same of the database at 3 rows and at 300."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, CriteriaSet, Member, Quota, ScoreSheet, Season, Step
from core.text import fold
from tests.clusters.running.desk import Desk
from tests.factories import UnitFactory

FEW, MANY = 3, 300
YEARS = 40
MOST = 20


def write_clusters(desk: Desk, count: int) -> None:
    criteria = desk.criteria()
    clusters = Cluster.objects.bulk_create(
        Cluster(unit=desk.province, name=f"Cụm thi đua số {at}", order=at, search=fold(f"cụm {at}"))
        for at in range(1, count + 1)
    )
    seasons = Season.objects.bulk_create(
        Season(cluster=cluster, year=year, state="running", criteria=criteria)
        for cluster in clusters
        for year in (2025, 2026)
    )
    Step.objects.bulk_create(
        Step(season=season, order=1, kind="report", text="Gửi", due=dt.date(2026, 11, 30)) for season in seasons
    )
    Member.objects.bulk_create(
        Member(season=season, order=at, name=f"Xã {at}") for season in seasons for at in range(1, 4)
    )


def write_season(desk: Desk, count: int) -> Season:
    """With so many members and, within what a timetable holds, lines."""
    season = Season.objects.create(cluster=desk.cluster(), year=2026, criteria=desk.criteria(), state="scoring")
    communes = [UnitFactory(parent=desk.province) for _ in range(count)]
    members = Member.objects.bulk_create(
        Member(season=season, order=at, unit=unit, name=unit.title, role="head" if at == 1 else "member")
        for at, unit in enumerate(communes, start=1)
    )
    ScoreSheet.objects.bulk_create(ScoreSheet(member=member) for member in members)
    Step.objects.bulk_create(
        Step(season=season, order=at, kind="report", text=f"Việc {at}", due=dt.date(2026, 11, 30))
        for at in range(1, min(count, 90) + 1)
    )
    Quota.objects.create(season=season, order=1, award="Cờ", count=1)
    return season


def asked(desk: Desk, address: str, shows: str) -> int:
    window = desk.window(desk.nga)
    window.get(address)  # what is kept from page to page is there
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = window.get(address)
    assert answer.status_code == 200
    assert shows in answer.content.decode()
    return len(queries)


def forget() -> None:
    ScoreSheet.objects.all().delete()
    Season.objects.all().delete()
    Cluster.objects.all().delete()
    CriteriaSet.objects.all().delete()


@pytest.mark.parametrize("query", ["", "?nam=", "?nam=&q=cum&trang_thai=running", "?xep=han", "?dong=tat-ca"])
def test_the_list(desk, query):
    counts = []
    for count in (FEW, MANY):
        write_clusters(desk, count)
        counts.append(asked(desk, reverse("clusters:list") + query, "Cụm thi đua số 3"))
        forget()
    assert counts[0] == counts[1] <= MOST


def test_a_cluster_with_many_years(desk):
    counts = []
    for count in (FEW, YEARS):
        cluster = desk.cluster()
        for year in range(2000, 2000 + count):
            season = Season.objects.create(cluster=cluster, year=year)
            Member.objects.create(season=season, order=1, name=f"Xã của năm {year}", role="head")
        counts.append(asked(desk, reverse("clusters:cluster", args=[cluster.pk]), "Xã của năm 2002"))
        forget()
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("name", ["season", "members", "timetable", "settings"])
def test_a_season_with_many_members(desk, name):
    counts = []
    for count in (FEW, MANY):
        season = write_season(desk, count)
        shows = {"season": "Việc 3", "timetable": "Việc 3", "members": str(season.members.all()[2]), "settings": "Cờ"}
        counts.append(asked(desk, reverse(f"clusters:{name}", args=[season.pk]), shows[name]))
        forget()
    assert counts[0] == counts[1] <= MOST
