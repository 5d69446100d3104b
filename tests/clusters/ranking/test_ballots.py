"""Votes as they are entered: they have to add up, and each fault stands at its field."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters.models import Ballot, BallotCount, Entry, ScoreSheet
from clusters.ranking import ballots
from clusters.ranking.services import NotAllReviewed
from clusters.states import SheetStage
from core.errors import UnfitField
from core.models import AuditEntry
from tests.clusters.ranking.meeting import (
    FLAG,
    HELD,
    PAPER,
    a_meeting,
    bar,
    counted,
    frozen,
    page,
    post,
    ranks,
    season_of,
    vote,
)
from tests.clusters.season import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    return a_meeting()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"voters": 0, "issued": 0, "collected": 0, "valid": 0}, "voters"),
        ({"issued": 5}, "issued"),
        ({"issued": 3}, "collected"),
        ({"collected": 3}, "valid"),
        ({"held_on": dt.date(2999, 1, 1)}, "held_on"),
        ({"held_on": dt.date(2025, 12, 31)}, "held_on"),
    ],
)
def test_what_does_not_add_up_is_refused_at_its_field(found, said, field):
    with pytest.raises(UnfitField) as refused:
        ballots.record_tie(season_of(found), actor=found.noivu, rank=2, data=counted(found, {1: 1, 2: 2}, **said))

    assert (refused.value.field, Ballot.objects.count()) == (field, 0)


def test_of_a_tie_one_paper_names_one_unit(found):
    too_many = counted(found, {1: 3, 2: 2})
    with pytest.raises(UnfitField) as refused:
        ballots.record_tie(season_of(found), actor=found.noivu, rank=2, data=too_many)
    assert refused.value.field == ballots.field_of(found.members[2].pk)
    assert "5 phiếu, nhiều hơn 4" in str(refused.value)

    more_than_valid = counted(found, {1: 4, 2: 0}, valid=3)
    with pytest.raises(UnfitField) as refused:
        ballots.record_tie(season_of(found), actor=found.noivu, rank=2, data=more_than_valid)
    assert refused.value.field == ballots.field_of(found.members[1].pk)


def test_to_commend_one_paper_names_as_many_as_the_quota(found):
    frozen(found)
    quota = season_of(found).quotas.get(award=PAPER)  # two

    data = counted(found, {0: 4, 1: 4, 2: 1})
    with pytest.raises(UnfitField) as refused:
        ballots.record_commending(season_of(found), actor=found.noivu, quota=quota, data=data)
    assert refused.value.field == ballots.field_of(found.members[2].pk)

    data = counted(found, {0: 4, 1: 4, 2: 0})
    made = ballots.record_commending(season_of(found), actor=found.noivu, quota=quota, data=data)
    assert list(made.counts.values_list("member__name", "votes")) == [
        ("Xã An Bình", 4),
        ("Xã Bình Minh", 4),
        ("Xã Cẩm Sơn", 0),
    ]


def test_a_vote_on_units_that_are_not_tied_is_refused(found):
    for rank, votes in ((2, {0: 1, 1: 2}), (2, {1: 2}), (1, {1: 1, 2: 3})):
        with pytest.raises(ballots.NotTied):
            vote(found, votes, rank=rank)
    ScoreSheet.objects.filter(pk=found.sheets[0].pk).update(stage=SheetStage.REVIEW)
    with pytest.raises(NotAllReviewed):
        vote(found, {1: 1, 2: 3})
    assert not Ballot.objects.exists()


def test_votes_are_not_entered_at_the_wrong_time(found):
    frozen(found)

    with pytest.raises(ballots.NotTheTime):
        vote(found, {1: 1, 2: 3})
    quota = season_of(found).quotas.get(award=FLAG)
    bar(found.members[0])
    with pytest.raises(ballots.NotTheTime):  # who is barred is on no ballot paper
        ballots.record_commending(season_of(found), actor=found.noivu, quota=quota, data=counted(found, {0: 4}))


def test_the_page_of_a_tie_asks_for_each_of_its_units(found):
    second, third = found.members[1], found.members[2]
    shown = page(found, "tie_ballot", second.pk)
    assert [name for name in shown.context["form"].fields if name.startswith("votes_")] == [
        f"votes_{second.pk}",
        f"votes_{third.pk}",
    ]

    said = {"held_on": "5/1/2026", "voters": "4", "issued": "4", "collected": "4", "valid": "4", "tellers": "Ông Lò A"}
    refused = post(found, "tie_ballot", second.pk, **said, **{f"votes_{second.pk}": "1", f"votes_{third.pk}": "9"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == [f"votes_{third.pk}"]

    answer = post(found, "tie_ballot", second.pk, **said, **{f"votes_{second.pk}": "1", f"votes_{third.pk}": "3"})
    assert answer.status_code == 302
    assert (Ballot.objects.get().held_on, Ballot.objects.get().tellers) == (HELD, "Ông Lò A")
    assert page(found, "tie_ballot", second.pk).status_code == 302  # nothing is tied any more
    assert ranks_live(found) == [("Xã An Bình", 1), ("Xã Cẩm Sơn", 2), ("Xã Bình Minh", 3), ("Xã Đông Hải", 4)]


def ranks_live(found: Round) -> list[tuple[str, int | None]]:
    return [(line.shown.name, line.shown.rank) for line in page(found, "ranking").context["board"].lines]


def test_a_vote_that_speaks_of_other_equals_is_told(found):
    vote(found, {1: 1, 2: 3})
    Entry.objects.filter(sheet=found.sheets[3]).update(actual=50)

    context = page(found, "ranking").context
    assert [bool(one.note) for one in context["ballots"]] == [True]
    assert [(tie.rank, tie.names) for tie in context["ties"]] == [(2, ["Xã Bình Minh", "Xã Cẩm Sơn", "Xã Đông Hải"])]


def test_a_count_that_was_typed_wrongly_goes_with_a_reason(found):
    vote(found, {1: 1, 2: 3})
    ballot = Ballot.objects.get()

    assert post(found, "ballot_drop", ballot.pk, reason="").status_code == 422
    assert post(found, "ballot_drop", ballot.pk, reason="Nhập nhầm số phiếu").status_code == 302

    assert (Ballot.objects.count(), BallotCount.objects.count()) == (0, 0)
    told = AuditEntry.objects.get(code="clusters.ballot.dropped").changes
    assert told["reason"] == [None, "Nhập nhầm số phiếu"]
    assert "Xã Cẩm Sơn: 3; Xã Bình Minh: 1" in told["ballot"][0]


def test_a_count_that_was_frozen_stays(found):
    assert ranks(frozen(found)) == [1, 3, 2, 4]

    answer = post(found, "ballot_drop", Ballot.objects.get().pk, reason="Nhập nhầm")
    assert (answer.status_code, Ballot.objects.count()) == (422, 1)


def test_units_without_votes_are_told_in_one(found):
    data = counted(found, {0: 4, 1: 0, 2: 0, 3: 0})
    ranking = frozen(found)
    ballot = Ballot.objects.create(
        season=ranking.season, purpose="commend", award=FLAG, held_on=HELD, voters=4, issued=4, collected=4, valid=4
    )
    for member, votes in data.votes.items():
        BallotCount.objects.create(ballot=ballot, member_id=member, votes=votes)

    words = " ".join(page(found, "ranking").content.decode().split())

    assert f"{found.members[0].name}: 4 phiếu; các đơn vị khác: 0 phiếu</span>" in words
