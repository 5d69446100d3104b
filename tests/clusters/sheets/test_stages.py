"""A sheet's way: handed in, returned, taken back; whatever was said stays."""

from __future__ import annotations

import pytest

from clusters.models import Entry, ScoreSheet, StageMark
from clusters.sheets.services import NotScoring, NotYours
from clusters.sheets.stages import (
    AlreadyBegun,
    hand_in,
    next_stage,
    recall,
    send_back,
    stage_to_recall,
    stages_to_return_to,
)
from clusters.states import SeasonState, SheetStage, Stage
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import MovedMeanwhile
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import fresh, write
from tests.factories import MembershipFactory, Role, UserFactory
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    """Cẩm Sơn is cross-checked by Đông Hải."""
    found = a_round()
    found.sheets[2].cross_by = found.members[3]
    found.sheets[2].save()
    return found


def hand(found: Round, place: int, actor: User) -> str:
    hand_in(fresh(found.sheets[place]), actor=actor)
    return stage_of(found, place)


def stage_of(found: Round, place: int) -> str:
    return ScoreSheet.objects.get(pk=found.sheets[place].pk).stage


def lie(found: Round, place: int, stage: str) -> ScoreSheet:
    ScoreSheet.objects.filter(pk=found.sheets[place].pk).update(stage=stage)
    return fresh(found.sheets[place])


def test_a_sheet_goes_through_all_stages(found):
    an, binh, cam, dong = found.officers

    stages = [hand(found, 2, actor) for actor in (cam, dong, an, found.noivu)]

    assert stages == [SheetStage.CROSS, SheetStage.HEAD, SheetStage.REVIEW, SheetStage.DONE]
    marks = StageMark.objects.order_by("pk").values_list("stage", "by", "on_behalf")
    assert list(marks) == [
        ("self", cam.pk, False),
        ("cross", dong.pk, False),
        ("head", an.pk, False),
        ("review", found.noivu.pk, False),
    ]


def test_the_deputy_judges_the_heads_own_sheet_and_without_one_the_stage_is_passed_over(found):
    assert next_stage(lie(found, 0, SheetStage.CROSS)) == SheetStage.HEAD

    found.season.members.filter(role="deputy").update(role="member")
    assert next_stage(fresh(found.sheets[0])) == SheetStage.REVIEW


@pytest.mark.parametrize(
    ("has_cross", "has_head", "to"),
    [(True, True, "cross"), (False, True, "head"), (False, False, "review"), (True, False, "cross")],
)
def test_stages_that_the_season_leaves_out_are_passed_over(found, has_cross, has_head, to):
    found.season.has_cross, found.season.has_head = has_cross, has_head
    found.season.save()

    assert hand(found, 2, found.officers[2]) == to
    if (has_cross, has_head) == (True, False):
        assert hand(found, 2, found.officers[3]) == "review"


def test_only_who_works_on_it_hands_it_in(found):
    with pytest.raises(NotYours):
        hand(found, 2, found.officers[0])
    with pytest.raises(NotYours):
        hand(found, 2, found.noivu)
    assert not StageMark.objects.exists()


def test_nothing_moves_once_the_season_is_ranked(found):
    found.season.state = SeasonState.RANKED
    found.season.save()

    with pytest.raises(NotScoring):
        hand(found, 2, found.officers[2])
    sheet = lie(found, 2, SheetStage.REVIEW)
    with pytest.raises(NotScoring):
        send_back(sheet, to="self", reason="Thiếu", actor=found.noivu)
    assert stage_to_recall(found.officers[0], sheet) is None


def test_a_second_click_is_told(found):
    first, second = fresh(found.sheets[2]), fresh(found.sheets[2])
    hand_in(first, actor=found.officers[2])

    with pytest.raises(MovedMeanwhile):
        hand_in(second, actor=found.officers[2])
    assert StageMark.objects.count() == 1


def test_a_returned_sheet_keeps_what_was_said_and_tells_why(found):
    write(found, 2, "II.2", "72")
    lie(found, 2, SheetStage.HEAD)
    found.sheets[2].refresh_from_db()
    write(found, 2, "II.2", "65; theo sổ", actor=found.officers[0])

    send_back(fresh(found.sheets[2]), to="self", reason="  Thiếu tài liệu\nmục I ", actor=found.officers[0])

    sheet = ScoreSheet.objects.get(pk=found.sheets[2].pk)
    assert (sheet.stage, sheet.return_reason) == ("self", "Thiếu tài liệu mục I")
    assert list(Entry.objects.order_by("pk").values_list("stage", "actual")) == [("self", 72), ("head", 65)]
    [entry] = AuditEntry.objects.filter(code="clusters.sheet.returned")
    assert entry.changes == {"stage": ["head", "self"], "return_reason": ["", "Thiếu tài liệu mục I"]}

    hand(found, 2, found.officers[2])
    assert ScoreSheet.objects.get(pk=sheet.pk).return_reason == ""


@pytest.mark.parametrize(
    ("stage", "to"),
    [
        ("self", []),
        ("cross", ["self"]),
        ("head", ["self", "cross"]),
        ("review", ["self", "cross", "head"]),
        ("done", ["review"]),
    ],
)
def test_where_it_may_be_returned_to(found, stage, to):
    assert stages_to_return_to(lie(found, 2, stage)) == to


def test_a_return_needs_a_reason_and_a_stage(found):
    sheet = lie(found, 2, SheetStage.REVIEW)

    for to, reason, field in (("self", "  ", "reason"), ("self", "x" * 301, "reason"), ("done", "Sai", "to")):
        with pytest.raises(UnfitField) as refusal:
            send_back(sheet, to=to, reason=reason, actor=found.noivu)
        assert refusal.value.field == field
    assert stage_of(found, 2) == "review"


def test_nobody_returns_the_sheet_of_his_own_unit_or_one_that_is_not_with_him(found):
    sheet = lie(found, 2, SheetStage.HEAD)

    for actor in (found.officers[2], found.officers[1], found.officers[3]):
        with pytest.raises(NotYours):
            send_back(sheet, to="self", reason="Sai", actor=actor)


def test_a_reviewer_who_belongs_to_the_unit_decides_nothing_on_it(found):
    own = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=own, unit=found.communes[2], role=Role.COUNCIL_MEMBER)
    sheet = lie(found, 2, SheetStage.REVIEW)

    with pytest.raises(NotYours):
        hand_in(sheet, actor=own)
    with pytest.raises(NotYours):
        send_back(sheet, to="self", reason="Sai", actor=own)
    with pytest.raises(NotYours):
        send_back(lie(found, 2, SheetStage.DONE), to="review", reason="Sai", actor=own)
    assert stage_to_recall(own, sheet) is None
    hand_in(lie(found, 3, SheetStage.REVIEW), actor=own)
    assert stage_of(found, 3) == "done"


def test_who_handed_it_in_takes_it_back_while_the_next_has_not_begun(found):
    hand(found, 2, found.officers[2])
    assert stage_to_recall(found.officers[2], fresh(found.sheets[2])) == Stage.SELF
    assert stage_to_recall(found.officers[3], fresh(found.sheets[2])) is None

    recall(fresh(found.sheets[2]), actor=found.officers[2])
    assert stage_of(found, 2) == "self"


def test_it_stays_where_the_next_has_begun(found):
    hand(found, 2, found.officers[2])
    found.sheets[2].refresh_from_db()
    write(found, 2, "II.2", "65", actor=found.officers[3])

    with pytest.raises(AlreadyBegun):
        recall(fresh(found.sheets[2]), actor=found.officers[2])
    assert stage_of(found, 2) == "cross"
    assert not AuditEntry.objects.filter(code="clusters.sheet.recalled").exists()


def test_the_organiser_takes_up_again_what_is_done(found):
    send_back(lie(found, 2, SheetStage.DONE), to="review", reason="Có giải trình mới", actor=found.noivu)

    assert stage_of(found, 2) == "review"


def test_the_organiser_hands_in_for_who_has_no_account(found):
    member = found.members[3]
    member.unit = None
    member.save()

    hand(found, 3, found.noivu)

    assert list(StageMark.objects.values_list("by", "on_behalf")) == [(found.noivu.pk, True)]
