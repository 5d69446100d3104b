"""Who may record what: the organiser's reviewers and officers, and of those nobody that belongs to a ranked unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from campaigns.results.evidence import Proof
from clusters.models import Ballot, Commendation, Member, Ranking
from clusters.ranking import ballots, services
from clusters.ranking.commending import Said, commend, decide
from clusters.ranking.services import NotYours
from clusters.states import SeasonState
from tests.clusters.ranking.meeting import FLAG, a_meeting, counted, frozen, page, post, published, season_of
from tests.clusters.season import Round
from tests.factories import MembershipFactory, PartFactory, PersonFactory, Role, UserFactory
from tests.units.conftest import signed_in
from units.models import User

pytestmark = pytest.mark.django_db
SCORING, FROZEN, PUBLISHED = range(3)


@pytest.fixture
def found() -> Round:
    return a_meeting()


def people(found: Round) -> dict[str, User]:
    """Everybody of the round who is neither the reviewer nor a stranger."""
    torn = UserFactory(role=Role.REVIEWER, unit=found.province)
    MembershipFactory(user=torn, unit=found.communes[3], role=Role.COUNCIL_MEMBER)
    head, deputy, member, other = found.officers
    return {
        "officer of the organiser": UserFactory(role=Role.OFFICER, unit=found.province),
        "leader of the organiser": UserFactory(role=Role.LEADER, unit=found.province),
        "council member of the organiser": UserFactory(role=Role.COUNCIL_MEMBER, unit=found.province),
        "reviewer who belongs to a member": torn,
        "officer of the head": head,
        "officer of the deputy": deputy,
        "officer of a member": member,
        "officer of another member": other,
        "leader of a member": UserFactory(role=Role.LEADER, unit=found.communes[2]),
        "reviewer of a member": UserFactory(role=Role.REVIEWER, unit=found.communes[2]),
        "stranger": UserFactory(role=Role.OFFICER),
    }


MAY = ["officer of the organiser"]
READS = ["leader of the organiser", "council member of the organiser", "reviewer who belongs to a member"]
LEADS = ["officer of the head", "officer of the deputy"]
STRANGER = "stranger"

ACTS: dict[str, tuple[int, Callable[[Round, Any], Any]]] = {
    "freeze": (SCORING, lambda found, who: services.freeze(season_of(found), actor=who, keeps_ties=True)),
    "vote on a tie": (
        SCORING,
        lambda found, who: ballots.record_tie(season_of(found), actor=who, rank=2, data=counted(found, {1: 1, 2: 3})),
    ),
    "open again": (FROZEN, lambda found, who: services.open_again(season_of(found), actor=who, reason="Sai số")),
    "vote to commend": (
        FROZEN,
        lambda found, who: ballots.record_commending(
            season_of(found), actor=who, quota=found.season.quotas.get(award=FLAG), data=counted(found, {0: 4})
        ),
    ),
    "drop a vote": (FROZEN, lambda found, who: ballots.drop(Ballot.objects.get(), actor=who, reason="Nhầm")),
    "commend": (
        FROZEN,
        lambda found, who: commend(
            season_of(found), actor=who, version=season_of(found).version, said={found.members[0].pk: Said(FLAG)}
        ),
    ),
    "decide": (FROZEN, lambda found, who: decide(season_of(found), actor=who, decided={}, proof=Proof())),
    "publish": (FROZEN, lambda found, who: services.publish([season_of(found)], actor=who)),
    "withdraw": (PUBLISHED, lambda found, who: services.withdraw(season_of(found), actor=who, reason="Khiếu nại")),
}
MAKE: dict[int, Callable[[Round], Any]] = {SCORING: lambda found: None, FROZEN: frozen, PUBLISHED: published}


def facts(found: Round) -> tuple[Any, ...]:
    rows = (Ranking, Ballot, Commendation)
    return (season_of(found).state, *(model.objects.count() for model in rows))


@pytest.mark.parametrize("act", ACTS)
def test_only_the_organisers_reviewers_and_officers_act(found, act):
    when, do = ACTS[act]
    MAKE[when](found)
    before = facts(found)

    for name, user in people(found).items():
        if name not in MAY:
            with pytest.raises(NotYours):
                do(found, user)
            assert facts(found) == before, name


def test_an_officer_of_the_organiser_does_what_the_reviewer_does(found):
    officer = people(found)["officer of the organiser"]
    for act in ("vote on a tie", "freeze", "vote to commend", "commend", "publish", "withdraw", "open again"):
        ACTS[act][1](found, officer)

    assert facts(found) == (SeasonState.SCORING, 1, 2, 1)


PAGES: dict[str, tuple[int, list[str]]] = {
    "ranking_freeze": (SCORING, []),
    "tie_ballot": (SCORING, ["member"]),
    "ranking_open": (FROZEN, []),
    "ranking_withdraw": (PUBLISHED, []),
    "commend": (FROZEN, []),
    "commend_ballot": (FROZEN, ["quota"]),
    "ballot_drop": (SCORING, ["ballot"]),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_ask_the_same(found, name):
    when, wants = PAGES[name]
    if name == "ballot_drop":
        ballots.record_tie(season_of(found), actor=None, rank=2, data=counted(found, {1: 1, 2: 3}))
    MAKE[when](found)
    ballot = Ballot.objects.first()
    known = {"member": found.members[1].pk, "quota": found.season.quotas.first().pk, "ballot": ballot and ballot.pk}
    args = [known[want] for want in wants]

    answers = {who: page(found, name, *args, who=user).status_code for who, user in people(found).items()}

    assert answers == {who: 200 if who in MAY else 404 if who == STRANGER else 403 for who in answers}
    assert page(found, name, *args).status_code == 200
    sent = {who: post(found, name, *args, who=user).status_code for who, user in people(found).items()}
    assert sent == {who: 422 if who in MAY else 404 if who == STRANGER else 403 for who in sent}


def test_the_ranking_page_of_each_role(found):
    frozen(found)
    rows = {}
    for who, user in people(found).items():
        answer = page(found, "ranking", who=user)
        board = answer.context and answer.context.get("board")
        rows[who] = (
            answer.status_code,
            len(board.lines) if board else 0,
            answer.status_code == 200 and answer.context["may_rank"],
        )

    assert rows == {
        who: (404, 0, False) if who == STRANGER else (200, 4 if who in (*MAY, *READS, *LEADS) else 0, who in MAY)
        for who in rows
    }


def test_nobody_signs_in_nobody_sees(found, client):
    for name in ("ranking", "ranking_freeze", "commend"):
        answer = client.get(reverse(f"clusters:{name}", args=[found.season.pk]))
        assert (answer.status_code, answer.url.startswith(reverse("account_login"))) == (302, True)


def test_who_belongs_to_a_ranked_unit_is_told_why_he_only_reads(found):
    answer = page(found, "ranking", who=people(found)["reviewer who belongs to a member"])

    assert "Bạn thuộc một đơn vị thành viên" in answer.content.decode()
    assert answer.context["act"] is None


def test_a_person_of_an_office_does_not_rank_it_among_the_others(found):
    """A commune runs a khối of its offices; its officer belongs to one of them."""
    office = PartFactory(unit=found.province, name="Văn phòng")
    person = PersonFactory(unit=found.province, part=office)
    officer = UserFactory(role=Role.OFFICER, unit=found.province, person=person)
    assert officer.has_perm("clusters.rank_season", season_of(found))

    Member.objects.create(season=found.season, order=9, part=office, name="Văn phòng")
    officer = User.objects.get(pk=officer.pk)
    assert not officer.has_perm("clusters.rank_season", season_of(found))
    with pytest.raises(NotYours):
        services.freeze(season_of(found), actor=officer, keeps_ties=True)
    assert signed_in(officer).get("/").status_code == 200
