"""Whom the clusters commended, as the awards read it; files out; pages of the size of a real season."""

from __future__ import annotations

import datetime as dt
import io
import json

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.results.evidence import Proof
from clusters.models import Commendation, Season
from clusters.ranking.commending import OTHER, Decided, decide
from clusters.ranking.selectors import commended_for_awards
from clusters.ranking.services import publish
from clusters.states import SheetStage
from tests.clusters.ranking.meeting import FLAG, PAPER, a_meeting, commended, frozen, page, season_of, vote
from tests.clusters.season import Round
from tests.clusters.sheets.cells import grow
from tests.factories import PersonFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    found = a_meeting()
    frozen(found)
    commended(found, {0: FLAG, 2: PAPER})
    return found


def told(user: User) -> list[tuple[str, str, int | None, str, str]]:
    return [
        (one.member.name, one.award, one.rank, one.outcome, one.granted_award) for one in commended_for_awards(user)
    ]


def test_the_organiser_proposes_whom_the_cluster_commended(found):
    row = Commendation.objects.get(award=PAPER)
    proof = Proof("312/QĐ-UBND", dt.date(2026, 1, 20), "Chủ tịch UBND tỉnh")
    made = decide(season_of(found), actor=found.noivu, decided={row.pk: Decided(OTHER, "Giấy khen")}, proof=proof)

    assert told(found.noivu) == [
        ("Xã An Bình", FLAG, 1, "", ""),
        ("Xã Cẩm Sơn", PAPER, 2, "granted", "Giấy khen"),
    ]
    first, second = commended_for_awards(found.noivu)
    assert (first.season, first.unit, first.part, first.decision) == (found.season, found.communes[0], None, None)
    assert second.decision == made


def test_a_member_reads_its_own_and_only_after_publication(found):
    assert told(found.officers[2]) == []

    publish([season_of(found)], actor=found.noivu)
    assert told(found.officers[2]) == [("Xã Cẩm Sơn", PAPER, 2, "", "")]
    assert told(found.officers[3]) == []
    assert told(UserFactory(role="officer")) == []


def test_it_takes_two_queries_however_many_there_are(found):
    noivu = User.objects.get(pk=found.noivu.pk)
    commended_for_awards(noivu)  # his roles are read once a request
    with CaptureQueriesContext(connection) as few:
        assert len(commended_for_awards(noivu)) == 2
    for year in range(2000, 2020):
        older = Season.objects.create(cluster=found.season.cluster, year=year, state="closed")
        first = season_of(found).rankings.get()
        first.pk, first.season = None, older
        first.save(force_insert=True)
        for member in found.members[:2]:
            member.pk, member.season = None, older
            member.save(force_insert=True)
            Commendation.objects.create(season=older, member=member, award=FLAG)

    with CaptureQueriesContext(connection) as many:
        assert len(commended_for_awards(noivu)) == 42
    assert len(few) == len(many) == 2


# -- Files -----------------------------------------------------------------------------------


def test_the_file_of_figures_is_what_score_cluster_reads(found, tmp_path, capsys):
    answer = page(found, "ranking_download", 1, "tinh-lai")
    path = tmp_path / "file.json"
    path.write_bytes(answer.content)

    call_command("score_cluster", str(path))
    printed = json.loads(capsys.readouterr().out)
    assert {unit["name"]: unit["total"] for unit in printed["units"]} == {
        "Xã An Bình": "40.00",
        "Xã Bình Minh": "35.00",
        "Xã Cẩm Sơn": "35.00",
        "Xã Đông Hải": "30.00",
    }
    assert "attachment" in answer["Content-Disposition"]


def test_the_workbook_says_ranks_and_every_point(found):
    answer = page(found, "ranking_download", 1, "excel")

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    ranks = [[cell.value for cell in row] for row in book["Xếp hạng"].iter_rows()]
    head = next(place for place, row in enumerate(ranks) if row[0] == "Hạng")
    assert [(row[0], row[1], float(row[7])) for row in ranks[head + 1 :]] == [
        (1, "Xã An Bình", 40),
        (2, "Xã Cẩm Sơn", 35),
        (3, "Xã Bình Minh", 35),
        (4, "Xã Đông Hải", 30),
    ]
    points = {row[0].value: [cell.value for cell in row[3:]] for row in book["Điểm từng tiêu chí"].iter_rows()}
    assert [float(value) for value in points["II.2"]] == [15, 10, 10, 5]
    book.close()


# -- Size ------------------------------------------------------------------------------------


def test_the_pages_of_a_real_season_ask_as_little_as_those_of_a_small_one():
    found = a_meeting()
    for user in (found.noivu, *found.officers):
        User.objects.filter(pk=user.pk).update(person=PersonFactory(unit=found.province))
    vote(found, {1: 1, 2: 3})
    client, counts, lines = signed_in(found.noivu), {}, {}
    url = reverse("clusters:ranking", args=[found.season.pk])
    for size in ("small", "real"):
        if size == "real":
            grow(found, members=14, leaves=180)
            for sheet in found.sheets:
                sheet.stage = SheetStage.DONE
                sheet.save()
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(url)
        counts[size], lines[size] = len(queries), len(answer.context["board"].lines)

    assert lines == {"small": 4, "real": 14}
    assert counts["small"] == counts["real"] <= 20


def test_a_frozen_page_asks_as_little():
    found = a_meeting()
    frozen(found)
    client, url = signed_in(found.noivu), reverse("clusters:ranking", args=[found.season.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(url).context["board"].lines) == 4
    assert len(queries) <= 20
