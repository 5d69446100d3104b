"""Several people who number papers at the same moment."""

from __future__ import annotations

import pytest
from django.db import transaction

from core import audit
from documents.series import NumberTaken
from tests.documents.at_once import at_once
from tests.documents.series_rows import KH, QD, issue, last_number, own, register
from tests.factories import IssuerFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_fifty_papers_issued_at_once_get_fifty_numbers_in_a_row():
    issuer = IssuerFactory()
    own(issuer)

    numbers, errors = at_once(50, lambda: issue(issuer))

    assert errors == []
    assert sorted(map(int, numbers)) == list(range(1, 51))
    assert last_number(issuer) == 50
    assert audit.first_broken_link(issuer.unit_id) is None


def test_papers_that_fail_among_others_leave_no_gap():
    issuer = IssuerFactory()
    own(issuer)
    turns = iter(range(20))

    def issue_or_fail() -> str:
        fails = next(turns) % 2
        with transaction.atomic():
            number = issue(issuer)
            if fails:
                raise ZeroDivisionError
        return number

    numbers, errors = at_once(20, issue_or_fail)

    assert [type(error) for error in errors] == [ZeroDivisionError] * 10
    assert sorted(map(int, numbers)) == list(range(1, 11))


def test_of_those_who_type_the_same_number_one_gets_it():
    issuer = IssuerFactory()

    def type_it() -> str:
        with transaction.atomic():
            return register(issuer, "27")

    numbers, errors = at_once(8, type_it)

    assert numbers == ["27"]
    assert [type(error) for error in errors] == [NumberTaken] * 7


def test_acts_that_wrote_to_the_log_before_and_those_that_did_not_never_lock_each_other_out():
    issuer = IssuerFactory()
    own(issuer)
    own(issuer, symbol=QD)
    turns = iter(range(20))

    def act() -> str:
        turn = next(turns)
        first, second = (KH, QD) if turn % 2 else (QD, KH)
        with transaction.atomic():
            if turn % 3:
                audit.record("units.issuer.changed", issuer, actor=None, unit_id=issuer.unit_id)
            return issue(issuer, symbol=first) + issue(issuer, symbol=second)

    numbers, errors = at_once(20, act)

    assert errors == []
    assert sorted(numbers) == [f"{number:02d}" * 2 for number in range(1, 21)]
