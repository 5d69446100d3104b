"""What somebody above decides goes up, comes back until it is taken, and its outcome flows down."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from awards.deciding import issuing, sending, services
from awards.deciding.candidates import desk_of
from awards.deciding.sending import IsTaken
from awards.judging import cases_of
from awards.models import Decision, Grant, Nominee, Proposal, Rating, Round, Subject
from core.audit import first_broken_link
from core.errors import UnfitField
from core.models import AuditEntry
from documents.issuing import PaperData, record_past
from documents.models import Delivery, IssuedPaper
from tests.awards.deciding.scene import TODAY, an_office_to_decide, drawn_quickly, issued, passed
from tests.factories import IssuerFactory, Role, UserFactory

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture(autouse=True)
def _drawn(monkeypatch):
    monkeypatch.setattr(issuing, "render", drawn_quickly)


@pytest.fixture
def office():
    return an_office_to_decide()


@pytest.fixture
def reviewer(office):
    return UserFactory(role=Role.REVIEWER, unit=office.province)


@pytest.fixture
def above(office, reviewer):
    IssuerFactory(unit=office.province)
    return Round.objects.create(unit=office.province, name="Xét khen thưởng cấp tỉnh năm 2026", year=2026)


def a_submission(office) -> IssuedPaper:
    issuer = office.unit.issuers.get()
    data = PaperData(kind="Tờ trình", number="15", symbol="TTr-UBND", date=dt.date(2026, 11, 20), subject="Đề nghị")
    return record_past(data, issuer=issuer, actor=office.officer, is_confirmed=True)


def send(office, to=None, paper=None, groups=("BKT:person",)) -> int:
    return sending.send_up(office.round, actor=office.officer, groups=groups, day=TODAY, paper=paper, to=to)


def test_without_a_superior_here_it_is_only_noted(office):
    nominee = passed(office, "BKT")

    assert send(office) == 1

    nominee.refresh_from_db()
    assert (nominee.state, Proposal.objects.filter(lower=office.unit).count(), Delivery.objects.count()) == (
        "sent",
        0,
        0,
    )
    assert desk_of(office.round, TODAY).sent == 1


def test_only_what_is_decided_above_goes_up_and_once(office):
    passed(office, "LDTT")
    passed(office, "BKT")

    with pytest.raises(UnfitField, match="Chọn ít nhất một mục còn trong danh sách"):
        send(office, groups=["LDTT:person"])
    send(office)
    with pytest.raises(UnfitField, match="có thể người khác vừa trình rồi"):
        send(office)


def test_the_submission_is_delivered_and_the_list_lies_before_the_superior(office, above):
    nominee = passed(office, "BKT", achievement="Hiến đất làm đường", birth_year=1980)
    Rating.objects.create(subject=nominee.subject, year=2026, level="HTXSNV")
    paper = a_submission(office)

    send(office, to=above, paper=paper)

    delivery = Delivery.objects.get()
    [proposal] = above.proposals.all()
    [copy] = above.nominees.all()
    assert (delivery.paper, delivery.receiver, delivery.way) == (paper, office.province, "inside")
    assert (proposal.lower, proposal.origin, proposal.delivery, proposal.way, proposal.state) == (
        office.unit, office.round, delivery, "below", "sent"
    )  # fmt: skip
    assert {name: getattr(copy, name) for name in sending.COPIED} == {
        name: getattr(nominee, name) for name in sending.COPIED
    }
    assert (copy.origin, copy.state, copy.subject.unit, copy.subject.continues) == (
        nominee, "proposed", office.province, nominee.subject
    )  # fmt: skip
    case = cases_of(above.nominees.select_related("round", "proposal"))[copy.pk]
    assert case.subject.ratings == {2026: "HTXSNV"}  # what is known below counts above


def test_all_acts_of_the_sender_stand_in_its_own_chain(office, above):
    passed(office, "BKT")
    send(office, to=above, paper=a_submission(office))

    assert set(AuditEntry.objects.values_list("unit_id", flat=True)) == {office.unit.pk}
    assert first_broken_link(office.unit.pk) is None


def test_a_second_batch_joins_the_list_until_it_is_taken(office, above):
    passed(office, "BKT", "A")
    send(office, to=above)
    passed(office, "CSTDT", "B")
    send(office, to=above, groups=["CSTDT:person"])
    Proposal.objects.update(state="taken")
    late = passed(office, "BKT", "C")

    with pytest.raises(UnfitField, match="Cấp trên đã tiếp nhận danh sách của đơn vị"):
        send(office, to=above)

    assert list(above.nominees.order_by("order").values_list("name", "order")) == [("A", 1), ("B", 2)]
    late.refresh_from_db()
    assert late.state == "passed"


def test_a_round_of_a_stranger_takes_nothing(office):
    passed(office, "BKT")
    other = an_office_to_decide().round

    with pytest.raises(UnfitField, match="không còn nhận danh sách"):
        send(office, to=other)


# -- Back ----------------------------------------------------------------------------------


def test_recall_takes_the_list_and_the_paper_back(office, above):
    nominee = passed(office, "BKT")
    send(office, to=above, paper=a_submission(office))

    sending.recall(office.round, actor=office.officer, nominee_ids=[nominee.pk], reason="Ghi sai chức vụ")

    nominee.refresh_from_db()
    assert (nominee.state, above.nominees.count(), above.proposals.count()) == ("passed", 0, 0)
    assert Delivery.objects.get().withdrawn_on == TODAY


def test_recall_of_one_leaves_the_others_before_the_superior(office, above):
    first, second = (passed(office, "BKT", name) for name in "AB")
    send(office, to=above, paper=a_submission(office))

    sending.recall(office.round, actor=office.officer, nominee_ids=[first.pk], reason="Ghi sai")

    assert list(above.nominees.values_list("origin", flat=True)) == [second.pk]
    assert Delivery.objects.get().withdrawn_on is None


def test_what_is_taken_or_received_does_not_come_back(office, above):
    nominee = passed(office, "BKT")
    send(office, to=above, paper=a_submission(office))
    recall = lambda: sending.recall(  # noqa: E731 -- the same act twice
        office.round, actor=office.officer, nominee_ids=[nominee.pk], reason="Ghi sai"
    )

    Delivery.objects.update(received_on=TODAY)
    with pytest.raises(IsTaken, match="đã nhận tờ trình"):
        recall()
    Delivery.objects.update(received_on=None)
    Proposal.objects.update(state="taken")
    with pytest.raises(IsTaken, match="đã tiếp nhận"):
        recall()

    nominee.refresh_from_db()
    assert (nominee.state, above.nominees.count()) == ("sent", 1)


def test_a_returned_list_is_asked_again_only_where_it_changed(office, above):
    kept, changed = (passed(office, "BKT", name, post="Trưởng thôn") for name in "AB")
    send(office, to=above)
    above.nominees.update(state="ready", judgement={"outcome": "eligible"})
    Proposal.objects.update(state="returned", return_reason="Bổ sung")

    sending.recall(office.round, actor=office.officer, nominee_ids=[kept.pk, changed.pk], reason="Sửa theo yêu cầu")
    Nominee.objects.filter(pk=changed.pk).update(post="Bí thư chi bộ")
    send(office, to=above)

    rows = {row.origin_id: (row.state, row.post, row.judgement) for row in above.nominees.all()}
    assert rows == {
        kept.pk: ("ready", "Trưởng thôn", {"outcome": "eligible"}),
        changed.pk: ("proposed", "Bí thư chi bộ", None),
    }
    assert Proposal.objects.get(round=above).state == "sent"


def test_recall_says_why(office):
    nominee = passed(office, "BKT")
    send(office)

    with pytest.raises(UnfitField, match="Ghi lý do rút lại"):
        sending.recall(office.round, actor=office.officer, nominee_ids=[nominee.pk], reason=" ")


# -- Down ----------------------------------------------------------------------------------


def decided_above(office, above, reviewer) -> Decision:
    Nominee.objects.filter(round=above, name="A").update(state="passed")
    decision = services.draft(above, actor=reviewer, groups=["BKT:person"])
    return issued(decision, actor=reviewer, number="01")


def test_what_is_published_above_is_entered_below(office, above, reviewer):
    given, refused = (passed(office, "BKT", name) for name in "AB")
    send(office, to=above)
    Nominee.objects.filter(round=above, name="B").update(state="failed", reason="Thiếu thời gian")

    decision = decided_above(office, above, reviewer)
    given.refresh_from_db()
    assert given.state == "sent"  # held above: nothing is known below
    issuing.publish(above, actor=reviewer, decision_ids=[decision.pk])

    given.refresh_from_db()
    refused.refresh_from_db()
    below = given.decision
    assert (given.state, refused.state, refused.reason) == ("decided", "refused", "Thiếu thời gian")
    assert (below.unit, below.state, below.number, below.decider, below.outside.paper) == (
        office.unit, "published", "01/QĐ-UBND", "province", decision.paper
    )  # fmt: skip
    assert below.published_at == Decision.objects.get(pk=decision.pk).published_at
    assert sorted(Grant.objects.values_list("unit", "name", "money")) == sorted(
        [(office.unit.pk, "A", None), (office.province.pk, "A", 3_800_000)]
    )
    assert [first_broken_link(unit.pk) for unit in (office.unit, office.province)] == [None, None]


def test_the_register_above_goes_on_from_the_one_below(office, above, reviewer):
    passed(office, "BKT", "A")
    send(office, to=above)
    decided_above(office, above, reviewer)

    subject = Grant.objects.get().subject
    assert (subject.unit, subject.continues) == (office.province, Subject.objects.get(unit=office.unit))


def test_what_was_recorded_below_by_hand_is_not_entered_again(office, above, reviewer):
    nominee = passed(office, "BKT", "A")
    send(office, to=above)
    decision = decided_above(office, above, reviewer)
    said = issuing.Outside("province", "01/QĐ-UBND", dt.date(2026, 11, 20), "UBND tỉnh")
    issuing.record_outside(office.round, actor=office.officer, said=said, given=[nominee.pk], refused={})

    issuing.publish(above, actor=reviewer, decision_ids=[decision.pk])

    assert Grant.objects.filter(unit=office.unit).count() == 1


def test_an_outcome_goes_all_the_way_down(office, above, reviewer):
    """A district between: it sent up what a commune had sent to it."""
    village = an_office_to_decide()
    village.unit.parent = office.unit
    village.unit.save()
    given, refused = (passed(village, "BKT", name) for name in "AB")
    send(village, to=office.round)
    office.round.nominees.update(state="passed")
    send(office, to=above)
    Nominee.objects.filter(round=above, name="B").update(state="failed", reason="Thiếu thời gian")

    issuing.publish(above, actor=reviewer, decision_ids=[decided_above(office, above, reviewer).pk])

    given.refresh_from_db()
    refused.refresh_from_db()
    assert (given.state, given.decision.number, refused.state, refused.reason) == (
        "decided", "01/QĐ-UBND", "refused", "Thiếu thời gian"
    )  # fmt: skip
    assert sorted(Grant.objects.values_list("unit", flat=True)) == sorted(
        [village.unit.pk, office.unit.pk, office.province.pk]
    )
