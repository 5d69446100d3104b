"""Several windows at the same moment: one result, the others are told."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.catalogue.confirming import NotOpen, confirm
from awards.models import Confirmation, Decision, Grant
from awards.register.entering import enter_grants
from awards.register.revoking import Revocation, RevokedAlready, revoke
from campaigns.results.evidence import Proof
from core import audit
from tests.awards.rows import a_grant, a_nominee, a_subject, an_office
from tests.documents.at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_an_award_that_is_taken_back_in_six_windows_is_taken_back_once():
    office = an_office()
    grant = a_grant(a_subject(office.unit), "GK", 2025)
    data = Revocation("415/QĐ-UBND", dt.date(2026, 5, 10), "Kê khai gian dối")

    answers, errors = at_once(6, lambda: revoke(Grant.objects.get(pk=grant.pk), actor=office.officer, data=data))

    assert (len(answers), {type(error) for error in errors}) == (1, {RevokedAlready})
    assert (Grant.objects.count(), Decision.objects.filter(kind="revoke").count()) == (2, 1)
    assert audit.first_broken_link(office.unit.pk) is None


def test_a_decision_that_is_recorded_in_six_windows_enters_once():
    office = an_office()
    decision = Decision.objects.create(
        unit=office.unit, round=office.round, state="issued", number="312/QĐ-UBND", day=dt.date(2026, 10, 20)
    )
    for order in range(1, 6):
        a_nominee(office.lists["school"], "LDTT", decision=decision, decision_order=order, state="passed")

    answers, errors = at_once(6, lambda: [one.pk for one in enter_grants(decision, actor=office.officer)])

    assert errors == []
    assert len({tuple(one) for one in answers}) == 1
    assert list(Grant.objects.order_by("order").values_list("order", flat=True)) == [1, 2, 3, 4, 5]


def test_a_rule_that_is_confirmed_in_six_windows_is_confirmed_once():
    office = an_office()
    proof = Proof("12/HD-SNV", dt.date(2026, 10, 15), "Sở Nội vụ")

    answers, errors = at_once(
        6, lambda: confirm(office.unit, actor=office.officer, chosen={"LDTT:rating": ""}, proof=proof)
    )

    assert (len(answers), {type(error) for error in errors}) == (1, {NotOpen})
    assert Confirmation.objects.count() == 1
