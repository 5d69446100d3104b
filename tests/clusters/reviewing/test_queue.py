"""The reviewer's queue, and the page that says who has scored."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, Criterion, Entry, Explanation, Member, ScoreSheet, Season, StageMark
from clusters.states import Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import grow, move_all
from tests.factories import MembershipFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in

pytestmark = pytest.mark.django_db
ON = dt.datetime(2026, 12, 20, 3, tzinfo=dt.UTC)


@pytest.fixture
def found():
    with time_machine.travel(ON, tick=False):
        yield a_round()


def names(found: Round, query: str = "") -> list[str]:
    page = signed_in(found.noivu).get(reverse("clusters:queue") + query)
    return [row.sheet.member.name for row in page.context["rows"]]


def another(found: Round, year: int = 2026, **more) -> ScoreSheet:
    cluster = Cluster.objects.create(unit=found.province, name=f"Khối thi đua {year}", kind="block", order=9, **more)
    season = Season.objects.create(cluster=cluster, year=year, state="scoring", criteria=found.season.criteria)
    return ScoreSheet.objects.create(
        member=Member.objects.create(season=season, order=1, name="Sở Y tế"), stage="review"
    )


def test_only_what_lies_with_the_reviewer_unless_asked(found):
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage="review")
    another(found)
    another(found, 2025)

    assert sorted(names(found, "?nam=2026")) == ["Sở Y tế", "Xã Cẩm Sơn"]
    assert len(names(found, "?nam=2026&buoc=")) == 5
    assert len(names(found, "?nam=")) == 3


def test_a_row_says_how_long_it_waits_what_was_cut_and_explained(found):
    sheet = found.sheets[2]
    ScoreSheet.objects.filter(pk=sheet.pk).update(stage="review")
    with time_machine.travel(dt.datetime(2026, 12, 16, 18, tzinfo=dt.UTC)):  # the 17th here
        StageMark.objects.create(sheet=sheet, stage=Stage.HEAD)
    cuts = {"II.3": ("self", {"deduction": 2}), "II.2": ("head", {"points": 3}), "III": ("self", {"actual": 4})}
    for code, (stage, said) in cuts.items():
        Entry.objects.create(sheet=sheet, criterion=found.criteria[code], stage=stage, **said)
    Entry.objects.create(sheet=sheet, criterion=found.criteria["I.1"], stage="head", points=1)
    Entry.objects.create(sheet=sheet, criterion=found.criteria["I.1"], stage="review", points=20)  # given back
    Entry.objects.create(sheet=sheet, criterion=found.criteria["II.2"], stage="review")  # confirmed
    Explanation.objects.create(sheet=sheet, criterion=found.criteria["II.3"], text="…")

    [row] = signed_in(found.noivu).get(reverse("clusters:queue")).context["rows"]

    assert (row.days, row.sheet.deductions, row.sheet.explained, row.is_own) == (3, 2, 1, False)


def test_filters_and_search_without_marks(found):
    move_all(found, "review")
    reviewer = PersonFactory(unit=found.province, full_name="Lò Văn Chung")
    another(found, reviewer=reviewer)
    found.noivu.person = reviewer
    found.noivu.save()

    assert names(found, "?q=cam+son") == ["Xã Cẩm Sơn"]
    assert names(found, "?q=y+te+khoi") == ["Sở Y tế"]
    assert names(found, f"?chuyen_vien={reviewer.pk}") == names(found, "?chuyen_vien=toi") == ["Sở Y tế"]
    assert len(names(found, "?chuyen_vien=chua-giao")) == 4
    assert len(names(found, f"?cum={found.season.cluster_id}")) == 4
    Explanation.objects.create(sheet=found.sheets[0], criterion=found.criteria["II.3"], text="…")
    assert names(found, "?chi=giai-trinh") == ["Xã An Bình"]
    Entry.objects.create(sheet=found.sheets[1], criterion=found.criteria["II.3"], stage="self", deduction=1)
    assert names(found, "?chi=tru") == ["Xã Bình Minh"]


def test_other_organisers_sheets_and_closed_years_are_not_in_it(found):
    move_all(found, "review")
    a_round(names=("Xa Lạ", "Xa Xôi"))
    assert len(names(found)) == 4

    Season.objects.filter(pk=found.season.pk).update(state="published")
    assert names(found) == []


def test_his_own_unit_is_marked_as_somebody_elses_work(found):
    move_all(found, "review")
    MembershipFactory(user=found.noivu, unit=found.communes[0], role=Role.COUNCIL_MEMBER)

    rows = signed_in(found.noivu).get(reverse("clusters:queue")).context["rows"]

    assert [row.sheet.member.name for row in rows if row.is_own] == ["Xã An Bình"]


def test_who_does_not_work_there_has_no_queue(found):
    leader = UserFactory(role=Role.LEADER, unit=found.province)

    assert signed_in(leader).get(reverse("clusters:queue")).status_code == 403
    assert signed_in(leader).get(reverse("clusters:by_criterion")).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_the_number_of_queries_is_the_same(found, count):
    members = [Member(season=found.season, order=n + 10, name=f"Xã {n}") for n in range(count - 4)]
    Member.objects.bulk_create(members)
    if count == 3:
        found.sheets[3].delete()
    ScoreSheet.objects.bulk_create(ScoreSheet(member=member, stage="review") for member in members)
    ScoreSheet.objects.filter(member__season=found.season).update(stage="review")
    client, url = signed_in(found.noivu), reverse("clusters:queue") + "?dong=100"
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)

    assert (page.context["page"].total, len(queries)) == (count, 8)


class TestOverview:
    def test_who_has_and_who_has_not_scored(self, found):
        ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(stage="head", cross_by=found.members[3])
        StageMark.objects.create(sheet=found.sheets[2], stage=Stage.SELF, by=found.officers[2])
        Entry.objects.create(sheet=found.sheets[2], criterion=found.criteria["II.3"], stage="head", deduction=1)

        page = signed_in(found.noivu).get(reverse("clusters:reviewing", args=[found.season.pk]))

        row = page.context["rows"][2]
        assert [place.words for place in row.places] == ["Xong 20/12/2026", "Không chấm", "Đang chấm", "Chưa chấm"]
        assert (row.places[2].note, row.sheet.cross_by) == ("1/8 dòng đã ghi", found.members[3])
        assert page.context["standing"] == "0/4 bảng điểm đã thẩm định xong."

    def test_a_member_sees_its_own_sheet_and_no_acts(self, found):
        page = signed_in(found.officers[3]).get(reverse("clusters:reviewing", args=[found.season.pk]))

        assert [row.sheet.member.name for row in page.context["rows"]] == ["Xã Đông Hải"]
        assert not page.context["may_assign"]
        assert not page.context["may_open"]
        spread = reverse("clusters:spread", args=[found.season.pk])
        assert spread not in page.content.decode()
        assert signed_in(found.officers[3]).get(spread).status_code == 403

    @pytest.mark.parametrize("members", [4, 14])
    def test_the_number_of_queries_is_the_same(self, found, members):
        grow(found, members=members, leaves=20)
        move_all(found, "review")
        client, url = signed_in(found.noivu), reverse("clusters:reviewing", args=[found.season.pk])
        client.get(url)

        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)

        assert (len(page.context["rows"]), len(queries)) == (members, 12)


def test_the_spread_leaves_out_stages_before_the_scorer_and_sheets_not_sent(found):
    row = found.criteria["I.2"]
    Criterion.objects.filter(pk=row.pk).update(scored_by="head")
    move_all(found, "review")
    for place in range(3):
        Entry.objects.create(sheet=found.sheets[place], criterion=row, stage="head", actual=8)
    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage="self")

    page = signed_in(found.noivu).get(reverse("clusters:spread", args=[found.season.pk]))

    assert row.code not in [one.row.code for one in page.context["rows"]]


def test_the_spread_names_the_widest_first(found):
    move_all(found, "review")
    for place, (own, judged) in enumerate([(1, 4), (0, 0), (0, 10), (0, 0)]):
        sheet, row = found.sheets[place], found.criteria["II.3"]
        Entry.objects.create(sheet=sheet, criterion=row, stage="self", deduction=own, reason="…")
        Entry.objects.create(sheet=sheet, criterion=row, stage="review", deduction=judged, reason="…")
    page = signed_in(found.noivu).get(reverse("clusters:spread", args=[found.season.pk]))

    first = page.context["rows"][0]
    assert (first.row.code, first.stages_words, first.stages.where, first.stages.low) == (
        "II.3", "10,00", "Xã Cẩm Sơn", "Thẩm định",
    )  # fmt: skip
    assert (first.units_words, first.units.low) == ("10,00", "Xã Cẩm Sơn")
    stranger = UserFactory(role=Role.REVIEWER, unit=UnitFactory(province=True))
    assert signed_in(stranger).get(reverse("clusters:spread", args=[found.season.pk])).status_code == 404
