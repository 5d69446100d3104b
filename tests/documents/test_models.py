"""What the records of papers promise, whoever writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from documents.models import Delivery, Evidence, IssuedPaper, NumberSeries, PaperIsFrozen
from plans.models import Progress
from tests.factories import IssuerFactory, PersonFactory, TaskFactory, UnitFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 1, 15)


def issued(issuer, **values):
    fields = {"kind": "Kế hoạch", "number": "07", "symbol": "KH-UBND", "date": DAY}
    return IssuedPaper.objects.create(issuer=issuer, **(fields | values))


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_an_issued_paper_is_never_changed():
    paper = issued(IssuerFactory())
    paper.number = "08"

    with pytest.raises(PaperIsFrozen):
        paper.save()

    assert IssuedPaper.objects.get().number == "07"


def test_a_number_stands_once_a_year_for_an_issuer_and_symbol():
    issuer = IssuerFactory()
    issued(issuer)

    refused(lambda: issued(issuer, date=dt.date(2026, 12, 31)))
    issued(issuer, date=dt.date(2027, 1, 4))
    issued(issuer, symbol="QĐ-UBND")
    issued(IssuerFactory())

    assert IssuedPaper.objects.count() == 4


def test_an_issuer_has_one_series_of_a_name_a_year():
    issuer = IssuerFactory()
    NumberSeries.objects.create(issuer=issuer, name="Kế hoạch", year=2026)

    refused(lambda: NumberSeries.objects.create(issuer=issuer, name="Kế hoạch", year=2026))
    NumberSeries.objects.create(issuer=issuer, name="Kế hoạch", year=2027)


def test_evidence_has_exactly_one_form():
    issuer = IssuerFactory()
    paper = issued(issuer)
    Evidence.objects.create(unit=issuer.unit, paper=paper)
    Evidence.objects.create(unit=issuer.unit, typed_number="12/BC-UBND", typed_date=DAY)

    refused(lambda: Evidence.objects.create(unit=issuer.unit))
    refused(lambda: Evidence.objects.create(unit=issuer.unit, paper=paper, typed_number="12/BC-UBND"))

    assert Evidence.objects.count() == 2


def test_a_delivery_is_not_received_before_it_is_sent_and_not_returned_without_a_reason():
    issuer, receiver = IssuerFactory(), UnitFactory()
    way = {"paper": issued(issuer), "sender": issuer.unit, "receiver": receiver, "sent_on": DAY}
    Delivery.objects.create(**way, received_on=DAY)

    refused(lambda: Delivery.objects.create(**way, received_on=DAY - dt.timedelta(days=1)))
    refused(lambda: Delivery.objects.create(**way, returned_on=DAY))


def test_progress_needs_a_proof_or_a_sentence_signed_by_name():
    task = TaskFactory()
    line = {"task": task, "outcome": Progress.Outcome.DONE, "day": DAY}
    Progress.objects.create(**line, note="Đã họp và ký giao ước", by=PersonFactory())

    refused(lambda: Progress.objects.create(**line))
    refused(lambda: Progress.objects.create(**line, note="Đã họp"))
