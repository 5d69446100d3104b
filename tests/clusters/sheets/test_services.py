"""One stage says something of one criterion: what is kept, what is refused, what is told."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from clusters.models import Assignment, Entry, ScoreSheet, Season
from clusters.sheets.services import EntryMeanwhile, NotScoring, NotYours, Saying, SheetMoved, save_many
from clusters.sheets.typed import Values
from clusters.standing import read_season
from clusters.states import SeasonState, Stage
from core.errors import UnfitField
from core.models import AuditEntry
from tests.clusters.season import Round, a_round
from tests.clusters.sheets.cells import entry_of, fresh, move_all, write
from tests.factories import MembershipFactory, Role, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    return a_round()


def history(found: Round, place: int = 0) -> list[tuple[str, dict]]:
    rows = AuditEntry.objects.filter(subject_type="clusters.scoresheet", subject_id=found.sheets[place].pk)
    return [(row.code, row.changes) for row in rows.order_by("pk")]


def test_a_figure_is_kept_with_who_and_counts_at_once(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=200)

    entry = write(found, 0, "I.1", "150")

    assert (entry.actual, entry.stage, entry.by, entry.on_behalf) == (150, Stage.SELF, found.officers[0], False)
    assert read_season(found.season).scores()[found.members[0].pk].points["I.1"] == 15


def test_a_deduction_needs_its_reason(found):
    with pytest.raises(UnfitField, match="Ghi lý do trừ điểm") as refusal:
        write(found, 0, "II.3", "2,5")
    assert refusal.value.field == "reason"
    assert not Entry.objects.exists()

    entry = write(found, 0, "II.3", "2,5; vắng 01 buổi họp")
    assert (entry.deduction, entry.reason) == (D("2.5"), "vắng 01 buổi họp")


def test_old_values_stay_in_the_history_of_the_sheet(found):
    write(found, 0, "II.3", "2,5; vắng 01 buổi họp")
    write(found, 0, "II.3", "3")
    write(found, 0, "II.3", "")

    assert history(found) == [
        ("clusters.entry.saved", {"II.3, Tự chấm": ["", "trừ 2,5 (vắng 01 buổi họp)"]}),
        ("clusters.entry.saved", {"II.3, Tự chấm": ["trừ 2,5 (vắng 01 buổi họp)", "trừ 3 (vắng 01 buổi họp)"]}),
        ("clusters.entry.saved", {"II.3, Tự chấm": ["trừ 3 (vắng 01 buổi họp)", ""]}),
    ]
    assert not Entry.objects.exists()


def test_the_same_again_changes_nothing(found):
    first = write(found, 0, "II.2", "72")

    again = write(found, 0, "II.2", "72", version=0)

    assert (again.pk, again.version) == (first.pk, first.version)
    assert len(history(found)) == 1


def test_a_judge_adds_a_row_and_the_units_own_stays(found):
    write(found, 2, "II.2", "72")
    move_all(found, Stage.HEAD)

    with pytest.raises(UnfitField, match="Ghi lý do sửa số liệu hoặc điểm của bước trước"):
        write(found, 2, "II.2", "65", actor=found.officers[0])
    write(found, 2, "II.2", "65; theo sổ của Sở Nội vụ", actor=found.officers[0])

    assert [(row.stage, row.actual) for row in Entry.objects.order_by("pk")] == [("self", 72), ("head", 65)]


def test_points_of_a_judge_stand_instead_of_the_formula(found):
    move_all(found, Stage.REVIEW)

    write(found, 0, "I.3", "12,5 đ; theo văn bản của Thống kê", actor=found.noivu)

    assert read_season(found.season).scores()[found.members[0].pk].points["I.3"] == D("12.5")


def test_who_saved_first_stands_and_both_values_are_told(found):
    colleague = UserFactory(role=Role.OFFICER, unit=found.communes[0])
    write(found, 0, "II.2", "72")

    with pytest.raises(EntryMeanwhile) as clash:
        write(found, 0, "II.2", "75", actor=colleague, version=0)

    theirs = clash.value.clash.theirs
    assert (theirs.actual, theirs.by) == (72, found.officers[0])
    assert str(clash.value).startswith(f"{found.officers[0]} vừa ghi 72 lúc ")
    assert str(clash.value).endswith("; bạn ghi 75. Hãy xem lại rồi ghi tiếp.")
    assert entry_of(found.sheets[0], "II.2").actual == 72

    write(found, 0, "II.2", "75", actor=colleague, version=theirs.version)
    assert entry_of(found.sheets[0], "II.2").actual == 75


def test_an_entry_taken_back_and_made_anew_never_passes_for_the_one_that_was_seen(found):
    seen = write(found, 0, "II.2", "72").version
    write(found, 0, "II.2", "")
    again = write(found, 0, "II.2", "80")

    assert again.version > seen
    with pytest.raises(EntryMeanwhile):
        write(found, 0, "II.2", "75", version=seen)


def test_what_somebody_emptied_meanwhile_is_told(found):
    seen = write(found, 0, "II.2", "72").version
    write(found, 0, "II.2", "")

    with pytest.raises(EntryMeanwhile, match="Có người vừa xóa nội dung của ô này; bạn ghi 75"):
        write(found, 0, "II.2", "75", version=seen)


def test_a_criterion_of_a_later_stage_is_closed_to_earlier_ones(found):
    with pytest.raises(UnfitField, match="Tiêu chí này chấm từ bước Thẩm định"):
        write(found, 0, "IV", "2")

    move_all(found, Stage.REVIEW)
    assert write(found, 0, "IV", "2", actor=found.noivu).returned == 2


def test_nothing_is_scored_where_no_target_was_given(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], is_assigned=False)

    with pytest.raises(UnfitField, match="Đơn vị không được giao chỉ tiêu này"):
        write(found, 0, "I.1", "5")


def test_a_group_and_a_criterion_of_another_set_take_nothing(found):
    stranger = a_round(year=2025, names=("An Khê", "Bình Khê"))
    sheet = fresh(found.sheets[0])
    sayings = [
        Saying(sheet, found.criteria["I"], Values(actual=D(1)), 0),
        Saying(sheet, stranger.criteria["I.1"], Values(actual=D(1)), 0),
    ]

    saved = save_many(sayings, stage=Stage.SELF, actor=found.officers[0])

    sentence = "Dòng này không phải tiêu chí chấm điểm. Hãy tải lại trang."
    assert [(one.field, one.sentence) for one in saved.refused] == [("value", sentence)] * 2
    assert not Entry.objects.exists()


def test_of_a_pasted_column_the_good_cells_are_kept_and_each_bad_one_is_named(found):
    sheet = fresh(found.sheets[0])
    criteria = found.criteria
    sayings = [
        Saying(sheet, criteria["I.1"], Values(actual=D(10)), 0),
        Saying(sheet, criteria["II.1"], Values(actual=D(1)), 0),
        Saying(sheet, criteria["II.3"], Values(deduction=D(3)), 0),
        Saying(sheet, criteria["II.2"], Values(actual=D(-1)), 0),
        Saying(sheet, criteria["III"], Values(actual=D(99)), 0),
    ]

    saved = save_many(sayings, stage=Stage.SELF, actor=found.officers[0])

    assert sorted(entry.criterion.code for entry in saved.entries.values()) == ["I.1", "II.1", "III"]
    assert [(one.saying.criterion.code, one.field) for one in saved.refused] == [("II.3", "reason"), ("II.2", "value")]
    assert sorted(Entry.objects.values_list("criterion__code", flat=True)) == ["I.1", "II.1", "III"]
    assert len(history(found)) == 1


@pytest.mark.parametrize("state", [SeasonState.RUNNING, SeasonState.RANKED, SeasonState.PUBLISHED])
def test_scores_are_entered_only_while_the_season_is_scored(found, state):
    Season.objects.filter(pk=found.season.pk).update(state=state)

    with pytest.raises(NotScoring):
        write(found, 0, "II.2", "72")


def test_a_page_of_the_stage_before_saves_nothing(found):
    ScoreSheet.objects.filter(pk=found.sheets[0].pk).update(stage=Stage.REVIEW)

    with pytest.raises(SheetMoved):
        write(found, 0, "II.2", "72", stage=Stage.SELF)
    assert not Entry.objects.exists()


def test_hostile_words_are_refused_in_plain_vietnamese(found):
    with pytest.raises(UnfitField, match="Lý do có thẻ HTML «<script>»") as refusal:
        write(found, 0, "II.3", "2; <script>alert(1)</script>")
    assert refusal.value.field == "reason"

    with pytest.raises(UnfitField, match=r"Lý do có ký tự không in được \(mã U\+0007\)"):
        write(found, 0, "II.3", "2; vắng \x07")


def test_the_organiser_enters_for_a_member_without_account(found):
    member = found.members[3]
    member.unit, member.name = None, "Trường Chính trị tỉnh"
    member.save()

    entry = write(found, 3, "II.2", "72", actor=found.noivu)

    assert (entry.by, entry.on_behalf) == (found.noivu, True)


# -- Who may -----------------------------------------------------------------------------

WHO = ("an", "binh", "cam", "dong", "noivu", "head_leader", "own_reviewer")


def people(found: Round) -> dict:
    """The head, its deputy, two members, the organiser; a leader of the head; one who also belongs to Cẩm Sơn."""
    own = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=own, unit=found.communes[2], role=Role.COUNCIL_MEMBER)
    leader = UserFactory(role=Role.LEADER, unit=found.communes[0])
    return dict(zip(WHO, [*found.officers, found.noivu, leader, own], strict=True))


@pytest.mark.parametrize(
    ("place", "stage", "allowed"),
    [
        (2, Stage.SELF, {"cam"}),
        (2, Stage.CROSS, {"dong"}),
        (2, Stage.HEAD, {"an"}),
        (2, Stage.REVIEW, {"noivu"}),
        (0, Stage.SELF, {"an"}),
        (0, Stage.HEAD, {"binh"}),
        (0, Stage.REVIEW, {"noivu", "own_reviewer"}),
    ],
)
def test_each_stage_is_spoken_for_by_its_own_people_alone(found, place, stage, allowed):
    who = people(found)
    ScoreSheet.objects.update(stage=stage)
    ScoreSheet.objects.filter(pk=found.sheets[2].pk).update(cross_by=found.members[3])
    found.sheets[place].refresh_from_db()

    able = set()
    for name, user in who.items():
        try:
            write(found, place, "II.2", "72", actor=user)
        except NotYours:
            continue
        able.add(name)

    assert able == allowed
