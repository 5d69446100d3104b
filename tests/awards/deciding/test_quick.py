"""Khen nhanh: one page makes the round, the dossier in short and the draft of the decision."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from awards.collecting.rows import RowData
from awards.collecting.values import NomineeData
from awards.deciding.paper import KIND
from awards.deciding.printing import printed
from awards.deciding.quick import awards_at_once, commend_at_once
from awards.models import Grant, LocalRule, Nominee, Round, Subject
from core.errors import UnfitField
from documents.rendering.text import render_text
from tests.awards.deciding.scene import TODAY, an_office_to_decide, issued
from tests.awards.rows import a_subject

pytestmark = [pytest.mark.django_db]
DEED = "Cứu hai học sinh bị đuối nước tại suối Nậm Cản ngày 15/11/2026."


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def office():
    return an_office_to_decide()


def row(name: str = "Lò Văn Pản", **more) -> RowData:
    return RowData(NomineeData(name=name, award="GK", honorific=more.pop("honorific", "Ông"), **more))


def commend(office, *rows: RowData, deed: str = DEED):
    return commend_at_once(office.unit, actor=office.officer, deed=deed, award="GK", rows=rows or [row()])


def test_one_page_brings_everything_to_the_draft(office):
    made = commend(office, row(birth_year=1988, workplace="Bản Nậm Cản"), row("Quàng Thị Én", honorific="Bà"))

    assert made.left == ()
    found = Round.objects.get(pk=made.award_round.pk)
    assert (found.is_quick, found.path, found.cycle, found.state) == (True, "sudden", "occasion", "deciding")
    rows = Nominee.objects.filter(round=found).order_by("order")
    assert [(one.name, one.state, one.award, one.achievement) for one in rows] == [
        ("Lò Văn Pản", "ready", "GK", DEED.rstrip(".")),
        ("Quàng Thị Én", "ready", "GK", DEED.rstrip(".")),
    ]
    assert all(one.judgement for one in rows)
    [proposal] = found.proposals.all()
    assert (proposal.way, proposal.state, proposal.received_on) == ("own", "taken", TODAY)
    assert list(made.decision.nominees.order_by("decision_order")) == list(rows)


def test_the_decision_says_the_deed_and_names_both(office):
    made = commend(office, row(workplace="Bản Nậm Cản"), row("Quàng Thị Én", honorific="Bà"))

    paper = printed(made.decision).paper()

    text = " ".join(render_text(paper).split())
    assert paper.title == KIND.upper()
    assert (
        f"Điều 1. Tặng Giấy khen của Chủ tịch Ủy ban nhân dân {office.unit} cho 02 cá nhân có tên sau đây đã cứu hai"
        " học sinh bị đuối nước tại suối Nậm Cản ngày 15/11/2026:"
    ) in text
    assert "1. Ông Lò Văn Pản, Bản Nậm Cản; 2. Bà Quàng Thị Én." in text


def test_it_is_recorded_like_any_other(office):
    made = commend(office)

    decision = issued(made.decision, actor=office.officer)

    assert decision.state == "issued"
    assert list(Grant.objects.values_list("name", "mode", "award")) == [("Lò Văn Pản", "sudden", "GK")]


def test_somebody_of_the_register_is_known_again(office):
    known = a_subject(office.unit, "Lò Văn Pản", birth_year=1988)

    made = commend(office, row(birth_year=1988))

    [nominee] = made.decision.nominees.all() if made.decision else [made.award_round.nominees.get()]
    assert nominee.subject == known or (nominee.subject is None and made.left)
    assert Subject.objects.filter(name="Lò Văn Pản").count() == 1


def test_the_same_deed_twice_makes_two_rounds(office):
    commend(office)
    second = commend(office, row("Quàng Thị Én", honorific="Bà"))

    assert second.award_round.name.endswith("(2)")


@pytest.mark.parametrize(
    ("deed", "award", "field"), [("  ", "GK", "deed"), (DEED, "LDTT", "award"), (DEED, "BKT", "award")]
)
def test_what_cannot_be_done_at_once_is_refused(office, deed, award, field):
    with pytest.raises(UnfitField) as told:
        commend_at_once(office.unit, actor=office.officer, deed=deed, award=award, rows=[row()])

    assert (told.value.field, Round.objects.filter(is_quick=True).count()) == (field, 0)


def test_a_province_that_asks_for_a_sitting_leaves_nothing_to_give_at_once(office):
    assert [one.code for one in awards_at_once(office.unit, TODAY)] == ["GK"]

    LocalRule.objects.create(unit=office.province, award="GK", route="show", source="Quyết định số 5/2026/QĐ-UBND")

    assert awards_at_once(office.unit, TODAY) == []
