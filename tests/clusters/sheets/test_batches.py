"""Many sheets handed in at once: by who speaks for all the villages, by the reviewer of a whole cluster."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Assignment, Criterion, Entry, Explanation, Member, ScoreSheet, StageMark
from clusters.states import SheetStage, Stage
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import grow, move_all, write
from tests.factories import MembershipFactory, Role
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """Nothing is late yet, whenever the test runs."""
    found = a_round()
    found.season.steps.update(due=dt.date(2099, 11, 30))
    return found


@pytest.fixture
def villages(found: Round) -> Round:
    """Nobody can sign in for them; each was given its targets, no proof is asked for."""
    Member.objects.filter(season=found.season).update(unit=None)
    Criterion.objects.update(needs_evidence=False)
    for member in found.members:
        for code in ("I.1", "I.2", "I.3"):
            Assignment.objects.create(member=member, criterion=found.criteria[code], target=100)
    return found


def url_of(found: Round, stage: str = "") -> str:
    return reverse("clusters:sheets_hand_in", args=[found.season.pk]) + (f"?buoc={stage}" if stage else "")


def fill(found: Round, place: int, *, actor: User) -> None:
    """All that the village has to say itself."""
    for code, text in (("I.1", "150"), ("I.2", "5"), ("I.3", "70"), ("II.1", "x"), ("II.2", "72")):
        write(found, place, code, text, actor=actor)


def shown(response) -> dict[str, tuple[bool, list[str]]]:
    """Name → whether it is proposed, the codes to look at."""
    return {
        row.sheet.member.name: (row.is_ready, [codes for _, codes, _ in row.told]) for row in response.context["rows"]
    }


def stages(found: Round) -> list[str]:
    return list(ScoreSheet.objects.filter(member__season=found.season).values_list("stage", flat=True))


def test_who_speaks_for_all_villages_hands_in_the_chosen_ones(villages):
    for place in (0, 1):
        fill(villages, place, actor=villages.noivu)
    Assignment.objects.filter(member=villages.members[1], criterion=villages.criteria["I.1"]).update(target=None)
    client = signed_in(villages.noivu)

    answer = client.get(url_of(villages))
    empty = ["I.1, I.2, I.3, II.1, II.2"]
    assert shown(answer) == {
        "Xã An Bình": (True, []),
        "Xã Bình Minh": (False, ["I.1"]),
        "Xã Cẩm Sơn": (False, empty),
        "Xã Đông Hải": (False, empty),
    }

    done = client.post(url_of(villages), {"chon": [villages.sheets[0].pk, villages.sheets[2].pk]})
    assert done.url == reverse("clusters:sheets", args=[villages.season.pk])
    assert [str(one) for one in get_messages(done.wsgi_request)] == ["Đã gửi 2 bảng điểm."]
    assert stages(villages) == [SheetStage.CROSS, SheetStage.SELF, SheetStage.CROSS, SheetStage.SELF]
    assert set(StageMark.objects.values_list("stage", "by", "on_behalf")) == {(Stage.SELF, villages.noivu.pk, True)}


def test_nothing_goes_while_nothing_is_chosen(villages):
    client = signed_in(villages.noivu)

    refused = client.post(url_of(villages))

    assert refused.status_code == 422
    assert "Đánh dấu ít nhất một bảng điểm." in refused.content.decode()
    assert stages(villages) == [SheetStage.SELF] * 4


def test_a_reviewer_finishes_all_but_those_with_an_explanation_to_answer(found):
    move_all(found, Stage.REVIEW)
    Explanation.objects.create(sheet=found.sheets[1], criterion=found.criteria["II.3"], text="Đã dự họp.")
    for sheet in found.sheets:
        Entry.objects.create(sheet=sheet, criterion=found.criteria["II.3"], stage=Stage.REVIEW, deduction=0)
    client = signed_in(found.noivu)

    answer = client.get(url_of(found))
    assert [row.explanations for row in answer.context["rows"]] == [0, 1, 0, 0]
    assert [row.is_ready for row in answer.context["rows"]] == [True, False, True, True]

    done = client.post(url_of(found), {"chon": [found.sheets[0].pk, found.sheets[2].pk]})
    assert [str(one) for one in get_messages(done.wsgi_request)] == ["Đã thẩm định xong 2 bảng điểm."]
    assert stages(found) == [SheetStage.DONE, SheetStage.REVIEW, SheetStage.DONE, SheetStage.REVIEW]
    marks = StageMark.objects.values_list("sheet", "stage", "by", "on_behalf")
    assert list(marks) == [(sheet.pk, Stage.REVIEW, found.noivu.pk, False) for sheet in found.sheets[::2]]


def test_nobody_finishes_the_sheet_of_the_unit_he_belongs_to(found):
    move_all(found, Stage.REVIEW)
    MembershipFactory(user=found.noivu, unit=found.communes[1], role=Role.LEADER)
    client = signed_in(found.noivu)

    assert "Xã Bình Minh" not in shown(client.get(url_of(found)))
    client.post(url_of(found), {"chon": [sheet.pk for sheet in found.sheets]})
    assert stages(found) == [SheetStage.DONE, SheetStage.REVIEW, SheetStage.DONE, SheetStage.DONE]


def test_a_unit_with_its_own_people_hands_in_itself(found):
    assert signed_in(found.noivu).get(url_of(found, Stage.SELF)).url == reverse(
        "clusters:sheets", args=[found.season.pk]
    )
    assert stages(found) == [SheetStage.SELF] * 4


def test_the_act_stands_on_the_list_and_beside_the_table_while_there_are_two(villages):
    client = signed_in(villages.noivu)

    def offered(name: str) -> bool:
        page = client.get(reverse(f"clusters:{name}", args=[villages.season.pk])).content.decode()
        return f"{url_of(villages, Stage.SELF)}" in page

    assert [offered("sheets"), offered("grid")] == [True, True]
    ScoreSheet.objects.exclude(pk=villages.sheets[0].pk).update(stage=SheetStage.DONE)
    assert [offered("sheets"), offered("grid")] == [False, False]


@pytest.mark.parametrize("members", [5, 30])
def test_thirty_sheets_cost_no_more_questions_than_five(villages, members):
    grow(villages, members=members, leaves=12)
    Member.objects.filter(season=villages.season).update(unit=None)
    client = signed_in(villages.noivu)

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url_of(villages))

    assert len(answer.context["rows"]) == members
    assert len(queries) == 16
