"""Two windows at the same moment: one records, one sends, nobody waits in a circle."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.deciding import issuing, sending, services
from awards.deciding.paying import pay_out
from awards.deciding.sending import IsTaken
from awards.models import Decision, Grant, Nominee, Proposal, Round
from awards.states import ProposalState
from core.audit import first_broken_link
from core.errors import UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.models import IssuedPaper
from tests.awards.deciding.scene import a_draft, an_office_to_decide, drawn_quickly, issued, passed
from tests.documents.at_once import at_once
from tests.factories import IssuerFactory, Role, UserFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _drawn(monkeypatch):
    monkeypatch.setattr(issuing, "render", drawn_quickly)


@pytest.fixture
def office():
    return an_office_to_decide()


def test_of_ten_drafts_for_one_group_one_is_made(office):
    for name in "AB":
        passed(office, "LDTT", name)

    made, errors = at_once(10, lambda: services.draft(office.round, actor=office.officer, groups=["LDTT:person"]).pk)

    assert ([type(error) for error in errors], len(made)) == ([UnfitField] * 9, 1)
    assert (Decision.objects.count(), Nominee.objects.filter(decision=made[0]).count()) == (1, 2)


def test_of_ten_records_of_one_decision_one_stands(office):
    passed(office, "LDTT", "A")
    draft = a_draft(office)
    rows = [Decision.objects.select_related("unit", "round", "issuer__unit").get(pk=draft.pk) for _ in range(10)]

    def record() -> str:
        row = rows.pop()
        said = issuing.paper_of(issuing.printed(row), number="01", symbol="QĐ-UBND", date=DAY, signer="Lò Văn Thắng")
        return str(issuing.record_issue(row, actor=office.officer, version=1, paper=said))

    made, errors = at_once(10, record)

    assert len(made) == 1
    assert {type(error) for error in errors} <= {EditedMeanwhile, issuing.StillLacks}
    assert (IssuedPaper.objects.count(), Grant.objects.count()) == (1, 1)
    assert first_broken_link(office.unit.pk) is None


def test_of_ten_records_of_a_superiors_decision_one_stands(office):
    nominee = passed(office, "BKT", "A", state="sent")
    said = issuing.Outside("province", "12/QĐ-UBND", DAY, "UBND tỉnh")

    def record() -> int:
        made = issuing.record_outside(office.round, actor=office.officer, said=said, given=[nominee.pk], refused={})
        return made.pk

    made, errors = at_once(10, record)

    assert ([type(error) for error in errors], len(made)) == ([MovedMeanwhile] * 9, 1)
    assert (Decision.objects.count(), Grant.objects.count()) == (1, 1)


def test_of_ten_clicks_one_sends(office):
    above = Round.objects.create(unit=office.province, name="Cấp tỉnh", year=2026)
    passed(office, "BKT", "A")

    def send() -> int:
        return sending.send_up(office.round, actor=office.officer, groups=["BKT:person"], day=DAY, to=above)

    sent, errors = at_once(10, send)

    assert (sent, [type(error) for error in errors]) == ([1], [UnfitField] * 9)
    assert (above.nominees.count(), above.proposals.count()) == (1, 1)


def test_either_it_is_recalled_or_taken(office):
    above = Round.objects.create(unit=office.province, name="Cấp tỉnh", year=2026)
    nominee = passed(office, "BKT", "A")
    sending.send_up(office.round, actor=office.officer, groups=["BKT:person"], day=DAY, to=above)
    acts = [
        lambda: sending.recall(office.round, actor=office.officer, nominee_ids=[nominee.pk], reason="Sửa"),
        lambda: Proposal.objects.filter(round=above, state=ProposalState.SENT).update(state=ProposalState.TAKEN),
    ]

    done, errors = at_once(2, lambda: acts.pop()())

    nominee.refresh_from_db()
    if errors:
        assert ([type(error) for error in errors], done, nominee.state) == ([IsTaken], [1], "sent")
    else:
        assert (sorted(done), nominee.state, above.nominees.count()) == ([0, 1], "passed", 0)


def test_of_ten_publications_one_is_told_below(office):
    reviewer = UserFactory(role=Role.REVIEWER, unit=office.province)
    IssuerFactory(unit=office.province)
    above = Round.objects.create(unit=office.province, name="Cấp tỉnh", year=2026)
    passed(office, "BKT", "A")
    sending.send_up(office.round, actor=office.officer, groups=["BKT:person"], day=DAY, to=above)
    above.nominees.update(state="passed")
    decision = issued(services.draft(above, actor=reviewer, groups=["BKT:person"]), actor=reviewer)

    done, errors = at_once(10, lambda: len(issuing.publish(above, actor=reviewer, decision_ids=[decision.pk])))

    assert (done, [type(error) for error in errors]) == ([1], [MovedMeanwhile] * 9)
    assert Grant.objects.filter(unit=office.unit).count() == 1
    assert [first_broken_link(unit.pk) for unit in (office.unit, office.province)] == [None, None]


def test_money_is_handed_out_once(office):
    passed(office, "LDTT", "A")
    decision = issued(a_draft(office), actor=office.officer)
    grant = Grant.objects.get()

    paid, errors = at_once(10, lambda: pay_out(decision, actor=office.officer, grant_ids=[grant.pk], day=DAY))

    assert (paid, [type(error) for error in errors]) == ([1], [UnfitField] * 9)
