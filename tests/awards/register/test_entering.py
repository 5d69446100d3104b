"""A decision that is recorded becomes lines of the register, in its order, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from awards.models import Decision, Grant
from awards.register.entering import NotDecided, NothingDecided, UnfitNominees, enter_grants
from core.models import AuditEntry
from tests.awards.rows import Office, a_nominee, a_subject, an_office

pytestmark = pytest.mark.django_db


def a_decision(office: Office, *, state: str = "issued") -> Decision:
    return Decision.objects.create(
        unit=office.unit, round=office.round, state=state, number="312/QĐ-UBND", day=dt.date(2026, 12, 20)
    )


def decided(office: Office, decision: Decision, name: str, order: int, **more: Any):
    values = {"award": "LDTT", "state": "passed"} | more
    award = values.pop("award")
    return a_nominee(
        office.lists["school"],
        award,
        a_subject(office.unit, name),
        decision=decision,
        decision_order=order,
        **values,
    )


def test_lines_stand_in_the_order_of_the_decision_with_the_words_of_the_list():
    office = an_office()
    decision = a_decision(office)
    second = decided(office, decision, "Trần Văn Bình", 2, award="GK", path="sudden")
    first = decided(
        office,
        decision,
        "Nguyễn Thị Hoa",
        1,
        honorific="Bà",
        post="Giáo viên",
        workplace="Trường Tiểu học số 1",
        level="direct",
        achievement="Dạy tốt",
    )

    grants = enter_grants(decision, actor=office.officer)

    fields = ("order", "golden_number", "nominee", "subject", "honorific", "name", "detail", "award", "award_name")
    also = ("year", "period", "mode", "level", "achievement", "entry", "money")
    assert list(Grant.objects.order_by("order").values_list(*fields, *also)) == [
        (1, "1", first.pk, first.subject_id, "Bà", "Nguyễn Thị Hoa", "Giáo viên, Trường Tiểu học số 1", "LDTT")
        + ("Lao động tiên tiến", 2026, "2026", "merit", "direct", "Dạy tốt", "given", None),
        (2, "2", second.pk, second.subject_id, "", "Trần Văn Bình", "", "GK")
        + ("Giấy khen", 2026, "2026", "sudden", "", "", "given", None),
    ]
    assert [grant.pk for grant in grants] == list(Grant.objects.order_by("order").values_list("pk", flat=True))
    assert set(office.round.nominees.values_list("state", flat=True)) == {"decided"}
    assert "nguyen thi hoa" in grants[0].search
    assert len({grant.code for grant in grants}) == 2


def test_a_school_year_is_a_period_of_its_own():
    office = an_office(cycle="school_year")
    decision = a_decision(office)
    decided(office, decision, "Nguyễn Thị Hoa", 1)

    [grant] = enter_grants(decision, actor=office.officer)

    assert grant.period == "2025-2026"


def test_entering_twice_gives_the_same_lines():
    office = an_office()
    decision = a_decision(office)
    decided(office, decision, "Nguyễn Thị Hoa", 1)

    first = enter_grants(decision, actor=office.officer)
    again = enter_grants(decision, actor=office.officer)

    assert (again, Grant.objects.count()) == (first, 1)
    assert list(AuditEntry.objects.filter(unit_id=office.unit.pk).values_list("code", flat=True)) == [
        "awards.grants.entered",
        "awards.nominee.decided",
    ]


def test_a_draft_enters_nothing():
    office = an_office()
    decision = a_decision(office, state="draft")
    decided(office, decision, "Nguyễn Thị Hoa", 1)

    with pytest.raises(NotDecided):
        enter_grants(decision, actor=office.officer)

    assert Grant.objects.count() == 0


def test_a_decision_about_nobody_enters_nothing():
    office = an_office()

    with pytest.raises(NothingDecided):
        enter_grants(a_decision(office), actor=office.officer)


def test_who_did_not_pass_holds_all_back_and_is_named():
    office = an_office()
    decision = a_decision(office)
    decided(office, decision, "Nguyễn Thị Hoa", 1)
    decided(office, decision, "Trần Văn Bình", 2, state="failed")

    with pytest.raises(UnfitNominees, match=r"^Chưa được thông qua để khen thưởng: Trần Văn Bình\."):
        enter_grants(decision, actor=office.officer)

    assert Grant.objects.count() == 0


def test_somebody_whom_nobody_has_recognised_holds_all_back():
    office = an_office()
    decision = a_decision(office)
    nominee = decided(office, decision, "Nguyễn Thị Hoa", 1)
    nominee.subject = None
    nominee.save()

    with pytest.raises(UnfitNominees, match=r"^Chưa xác định đối tượng là ai: Nguyễn Thị Hoa\."):
        enter_grants(decision, actor=office.officer)
