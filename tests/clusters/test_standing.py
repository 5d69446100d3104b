"""From rows to points: what the stages said, what was assigned, what came late."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from clusters.models import Assignment, Entry, Receipt
from clusters.standing import read_season
from clusters.states import Stage
from documents.models import Evidence
from tests.clusters.season import Round, a_round

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 12, 20)


@pytest.fixture
def found() -> Round:
    found = a_round()
    for member in found.members:
        received = dt.date(2026, 12, 6) if member.name == "Xã Bình Minh" else dt.date(2026, 11, 28)
        Receipt.objects.create(member=member, step=found.season.steps.get(), received_on=received)
    return found


def say(found: Round, place: int, code: str, stage: Stage = Stage.SELF, **fields) -> Entry:
    return Entry.objects.create(sheet=found.sheets[place], criterion=found.criteria[code], stage=stage, **fields)


def points(found: Round, place: int, upto: Stage = Stage.REVIEW) -> dict[str, Fraction | None]:
    return read_season(found.season, on=ON).scores(upto)[found.members[place].pk].points


def test_what_nobody_touched_is_nought_but_for_loi_tru_and_lateness(found):
    assert points(found, 0) == {
        "I.1": 0, "I.2": 0, "I.3": 0, "II.1": 0, "II.2": 0, "II.3": 25, "III": 0, "IV": 0,
    }  # fmt: skip


def test_a_later_stage_counts_and_the_earlier_one_stays(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.1"], target=10)
    say(found, 0, "I.1", actual=10)
    say(found, 0, "I.1", Stage.HEAD, actual=9, reason="Theo số của Thuế cơ sở")
    say(found, 0, "I.1", Stage.REVIEW)  # confirms what the head said

    assert [points(found, 0, stage)["I.1"] for stage in Stage] == [20, 20, 18, 18]


def test_a_deduction_is_taken_from_the_full_mark(found):
    say(found, 0, "II.3", Stage.HEAD, deduction="2.5", reason="Vắng 01 buổi")

    assert points(found, 0)["II.3"] == Fraction(45, 2)


@pytest.mark.parametrize("place", [0, 1, 3])
def test_one_members_points_are_the_same_when_only_they_are_asked_for(found, place):
    """Also those that are measured by what the others reached; ranks are nobody's then."""
    for at, member in enumerate(found.members):
        Assignment.objects.create(member=member, criterion=found.criteria["I.3"], target=50)
        say(found, at, "I.3", actual=48 + 4 * at)
        say(found, at, "II.3", deduction=at, reason="Vắng họp")
    member = found.members[place]
    whole = read_season(found.season, on=ON).scores()[member.pk]

    alone = read_season(found.season, on=ON, only=[member.pk])

    [one] = alone.outcome().units
    assert (one.points, one.total, one.rank) == (whole.points, whole.total, None)
    assert whole.rank is not None
    assert 0 < one.points["I.3"] < 20 or place == 3
    assert {key[0] for key in alone.said if key[1] == found.criteria["II.3"].pk} == {member.pk}


def test_no_evidence_no_points(found):
    entry = say(found, 0, "II.1", actual=1)
    assert points(found, 0)["II.1"] == 0

    entry.evidence.add(Evidence.objects.create(unit=found.communes[0], typed_number="12/KH-UBND"))
    assert points(found, 0)["II.1"] == 10

    say(found, 0, "II.1", Stage.REVIEW, is_proved=False, reason="Văn bản của năm trước")
    assert points(found, 0)["II.1"] == 0


def test_lateness_is_read_from_the_receipt_until_it_is_waived(found):
    assert points(found, 1)["IV"] == -5  # six days

    Receipt.objects.filter(member=found.members[1]).update(waived="Bão số 10, có văn bản kèm theo")
    assert points(found, 1)["IV"] == 0


def test_a_paper_that_never_came_is_late_until_today(found):
    Receipt.objects.filter(member=found.members[2]).delete()

    assert points(found, 2)["IV"] == -20


def test_a_criterion_that_was_not_assigned_gives_nothing_and_is_converted(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.2"], is_assigned=False)
    say(found, 0, "II.2", actual=72)

    score = read_season(found.season, on=ON).scores()[found.members[0].pk]

    assert (score.points["I.2"], score.base) == (None, 40)
    assert score.total == Fraction(40) * 100 / 90


def test_the_number_of_queries_is_that_of_the_tables(found, django_assert_num_queries):
    with django_assert_num_queries(7):
        read_season(found.season, on=ON)
