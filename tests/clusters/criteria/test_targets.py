"""Targets given to members: typed across a table, by the organiser or as the own registration; two at once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.criteria.targets.excel import GivenResource
from clusters.criteria.targets.selectors import given, may_give
from clusters.criteria.targets.services import MayNotGive, UnfitTarget, give_targets
from clusters.criteria.targets.values import Given, read_given
from clusters.models import Assignment, Criterion, Member, ScoreSheet, Season
from core.audit import first_broken_link
from core.models import AuditEntry
from core.sheets.tables import Table, TableRow
from tests.clusters.season import Round, a_round
from tests.factories import Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db
D = Decimal
NOT = Given(None, is_assigned=False)


@pytest.fixture
def found() -> Round:
    return a_round(state="running")


def key(found: Round, place: int, code: str) -> tuple[int, int]:
    return found.members[place].pk, found.criteria[code].pk


def post(found: Round, who: User, cells: dict[tuple[int, int], str], seen: str = "{}", query: str = ""):
    data = {f"g-{criterion}-{member}": text for (member, criterion), text in cells.items()}
    return signed_in(who).post(url(found) + query, {**data, "seen": seen})


def url(found: Round) -> str:
    return reverse("clusters:assignments", args=[found.season.pk])


def page(found: Round, who: User, query: str = ""):
    return signed_in(who).get(url(found) + query)


class TestThePage:
    def test_figures_and_none_given_are_typed(self, found):
        cells = {key(found, 0, "I.1"): "1.250,5", key(found, 1, "I.1"): "x", key(found, 2, "I.2"): " "}

        answer = post(found, found.noivu, cells)

        assert answer.status_code == 302
        assert given(found.season) == {key(found, 0, "I.1"): Given(D("1250.5")), key(found, 1, "I.1"): NOT}
        assert AuditEntry.objects.get(code="clusters.targets.given").changes == {
            "I.1, Xã An Bình": ["", "1.250,5"],
            "I.1, Xã Bình Minh": ["", "không giao"],
        }
        assert first_broken_link(found.province.pk) is None

    def test_emptying_a_cell_takes_the_target_back(self, found):
        Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=10)
        shown = page(found, found.noivu)

        post(found, found.noivu, {key(found, 0, "I.1"): ""}, seen=shown.context["seen"])

        assert given(found.season) == {}

    def test_only_criteria_with_a_target_unless_all_are_asked_for(self, found):
        assert [row.criterion.code for row in page(found, found.noivu).context["rows"]] == ["I.1", "I.2", "I.3"]

        answer = page(found, found.noivu, "?xem=tat-ca")
        assert [row.criterion.code for row in answer.context["rows"]] == ["I.1", "I.2", "I.3", "II.1", "II.2", "II.3"]

    def test_what_is_no_figure_is_told_at_its_cell_and_nothing_is_lost(self, found):
        answer = post(found, found.noivu, {key(found, 0, "I.1"): "mười", key(found, 1, "I.1"): "12"})

        assert answer.status_code == 422
        [row] = answer.context["troubled"]
        assert [cell.error for cell in row.troubles] == [
            "Ghi «mười», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."
        ]
        assert [cell.text for cell in row.cells][:2] == ["mười", "12"]
        assert given(found.season) == {}

    def test_a_figure_where_no_target_is_asked_for(self, found):
        answer = post(found, found.noivu, {key(found, 0, "II.3"): "5"}, query="?xem=tat-ca")

        assert answer.status_code == 422
        assert "không tính theo kế hoạch" in answer.context["troubled"][0].troubles[0].error

    def test_two_who_write_one_cell_see_both_figures(self, found):
        mine = {key(found, 0, "I.1"): "10", key(found, 1, "I.1"): "20"}
        post(found, found.noivu, {key(found, 0, "I.1"): "11"})

        answer = post(found, found.noivu, mine)

        assert answer.status_code == 409
        [cell] = answer.context["troubled"][0].troubles
        assert (cell.text, cell.clash) == ("10", "Người khác vừa ghi: 11")
        assert given(found.season) == {key(found, 0, "I.1"): Given(D(11)), key(found, 1, "I.1"): Given(D(20))}

        post(found, found.noivu, mine, seen=answer.context["seen"])
        assert given(found.season)[key(found, 0, "I.1")] == Given(D(10))

    @pytest.mark.parametrize("members", [3, 30])
    def test_the_number_of_queries_is_the_same(self, found, members):
        for n in range(members):
            one = Member.objects.create(season=found.season, order=10 + n, name=f"Đơn vị {n}")
            ScoreSheet.objects.create(member=one)
            Assignment.objects.create(member=one, criterion=found.criteria["I.1"], target=n)
        client = signed_in(found.noivu)
        client.get(url(found))

        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url(found))

        assert len(answer.context["rows"][0].cells) == members + 4
        assert len(asked) == 9

    def test_many_criteria_go_over_several_pages(self, found):
        rows = [
            Criterion(set=found.season.criteria, order=50 + n, code=f"X{n}", title="Tiêu chí", maximum=1, kind="ratio")
            for n in range(300)
        ]
        Criterion.objects.bulk_create(rows)

        answer = page(found, found.noivu)

        assert (len(answer.context["rows"]), answer.context["page"].paginator.num_pages) == (200, 2)


class TestWhoMay:
    def test_a_member_writes_its_own_column_before_scoring(self, found):
        officer = found.officers[2]

        shown = page(found, officer)
        assert [cell.is_open for cell in shown.context["rows"][0].cells] == [False, False, True, False]
        post(found, officer, {key(found, 2, "I.1"): "7", key(found, 0, "I.1"): "9"})
        assert given(found.season) == {key(found, 2, "I.1"): Given(D(7))}

        Season.objects.filter(pk=found.season.pk).update(state="scoring")
        assert post(found, officer, {key(found, 2, "I.1"): "8"}).status_code == 403

    def test_who_is_of_the_member_and_of_the_organiser_speaks_only_for_the_member(self, found):
        both = UserFactory(role=Role.REVIEWER, unit=found.province)
        UserFactory._meta.model.objects.get(pk=both.pk)
        both.memberships.create(unit=found.communes[0], role=Role.OFFICER)
        found.season.state = "scoring"

        assert [may_give(both, found.season, one) for one in found.members] == [False, True, True, True]

    @pytest.mark.parametrize(
        ("state", "organiser", "member"),
        [
            ("draft", True, True),
            ("running", True, True),
            ("scoring", True, False),
            ("ranked", False, False),
            ("published", False, False),
            ("closed", False, False),
        ],
    )
    def test_by_the_state_of_the_season(self, found, state, organiser, member):
        found.season.state = state
        one = found.members[0]

        assert (may_give(found.noivu, found.season, one), may_give(found.officers[0], found.season, one)) == (
            organiser,
            member,
        )

    def test_the_service_asks_too(self, found):
        with pytest.raises(MayNotGive):
            give_targets(found.season, {key(found, 0, "I.1"): NOT}, seen={}, actor=found.officers[1])

        with pytest.raises(UnfitTarget):
            give_targets(found.season, {(found.members[0].pk, 10**9): NOT}, seen={}, actor=found.noivu)

    def test_a_stranger_learns_nothing(self, found):
        assert page(found, UserFactory(role=Role.OFFICER)).status_code == 404


def test_a_sheet_of_targets(found):
    resource = GivenResource.opened(actor=found.noivu, target_id=found.season.pk, options={})
    rows = [
        {"code": "I.1", "member": "Xã An Bình", "given": "12,5"},
        {"code": "I.2", "member": "xã bình minh", "given": "không giao"},
        {"code": "II.3", "member": "Xã An Bình", "given": 5},
        {"code": "I.9", "member": "Xã An Bình", "given": 5},
        {"code": "I.1", "member": "Xã Lạ", "given": 5},
    ]

    def run(*taken: dict):
        table = Table("", dict.fromkeys(rows[0], ""), [TableRow(n, row) for n, row in enumerate(taken, start=2)])
        return resource.run(table, dry_run=False)

    assert [row.errors for row in run(*rows).rows] == [
        [],
        [],
        ["Tiêu chí này không tính theo kế hoạch; chỉ ghi được «không giao»."],
        ["Bộ tiêu chí không có tiêu chí mã «I.9» trong thang điểm."],
        ["Đơn vị: năm này không có đơn vị «Xã Lạ»."],
    ]
    assert given(found.season) == {}

    run(*rows[:2])
    assert given(found.season) == {key(found, 0, "I.1"): Given(D("12.5")), key(found, 1, "I.2"): NOT}
    assert [row.outcome for row in run(*rows[:2]).rows] == ["same", "same"]


@pytest.mark.parametrize("text", ["x", "X", "không giao", "Không", "-", "KG"])
def test_how_none_given_is_typed(text):
    assert read_given(text) == NOT
