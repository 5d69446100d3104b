"""The open vote in the program: each member once, absent ones by what they wrote."""

from __future__ import annotations

import pytest

from awards.councils import box, moving, open_votes, services
from awards.councils.sums import Counts
from awards.models import OpenVote
from core.models import AuditEntry
from tests.awards.councils.sat import an_office_with_council, opened, ready, with_accounts

pytestmark = pytest.mark.django_db


def test_votes_and_written_opinions_are_counted_over_all_members():
    office = an_office_with_council(4)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 1, "LDTT"), route="show", medium="open", written=1)
    [item] = sitting.items.all()
    for user, choice in zip(users[:3], ("yes", "yes", "no"), strict=True):
        open_votes.vote(sitting, actor=user, choices={item.pk: choice})
    away = sitting.seats.last()
    away.sitting = sitting
    open_votes.enter_for(away, actor=office.secretary, choices={item.pk: "no"})
    open_votes.enter_for(away, actor=office.secretary, choices={item.pk: "yes"})  # corrected

    assert open_votes.counts_of(sitting) == {item.pk: Counts(2, 1, 0, 1, 0)}
    moving.start_counting(sitting, actor=office.secretary)
    moving.close(sitting, actor=office.secretary)

    item.refresh_from_db()
    assert (item.yes, item.no, item.written_yes, item.outcome) == (2, 1, 1, "passed")
    assert AuditEntry.objects.filter(code="awards.sitting.voted").count() == 5


def test_a_member_votes_once_and_only_in_an_open_vote():
    office = an_office_with_council(3)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 1, "LDTT"), route="show", medium="open")
    [item] = sitting.items.all()
    open_votes.vote(sitting, actor=users[0], choices={item.pk: "yes"})

    with pytest.raises(box.BallotCast):
        open_votes.vote(sitting, actor=users[0], choices={item.pk: "no"})
    with pytest.raises(box.NoBallot):
        open_votes.vote(sitting, actor=office.officer, choices={item.pk: "no"})
    with pytest.raises(box.Incomplete):
        open_votes.vote(sitting, actor=users[1], choices={})

    assert list(OpenVote.objects.values_list("choice", flat=True)) == ["yes"]


def test_nothing_is_entered_openly_into_a_secret_vote():
    office = an_office_with_council(3)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 1), medium="secret")
    [item] = sitting.items.all()
    seat = sitting.seats.first()
    seat.sitting = sitting

    with pytest.raises(services.NotTheTime):
        open_votes.vote(sitting, actor=users[0], choices={item.pk: "yes"})
    with pytest.raises(services.NotTheTime):
        open_votes.enter_for(seat, actor=office.secretary, choices={item.pk: "yes"})

    assert not OpenVote.objects.exists()
