"""What a province and a commune order otherwise stands over the shipped law, field by field, by date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.catalogue.effective import Quota, effective_award, effective_awards, local_money
from awards.facts import Recipient
from awards.models import Confirmation, LocalRule
from awards.money import By
from awards.shipped import Route, shipped_awards
from documents.models import Evidence
from tests.awards.rows import Office, an_office
from units.models import Unit

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 9, 1)


def a_rule(unit: Unit, award: str = "CSTDCS", source: str = "12/HD-SNV", **more: Any) -> LocalRule:
    return LocalRule.objects.create(unit=unit, award=award, source=source, **more)


def a_confirmation(office: Office, rule: str, reading: str = "") -> Confirmation:
    paper = Evidence.objects.create(unit=office.unit, typed_number="45/STC-NS", typed_issuer="Sở Tài chính")
    return Confirmation.objects.create(unit=office.unit, rule=rule, reading=reading, paper=paper)


def test_without_local_rules_the_law_holds():
    found = effective_award(an_office().unit.pk, "CSTDCS", DAY)

    law = shipped_awards()["CSTDCS"]
    assert (found.award, found.law, found.otherwise, found.due, found.quota) == (law, law, {}, None, None)


def test_the_province_orders_and_the_commune_fills_in_what_it_left_open():
    office = an_office()
    commune = a_rule(
        office.unit, source="05/QC-UBND", days=7, papers=["submission", "Ảnh chân dung"], payer="Quỹ TĐKT"
    )
    province = a_rule(
        office.province,
        days=15,
        route="show",
        due_month=12,
        due_day=10,
        quota_percent=Decimal(15),
        quota_of="LDTT",
        vote_percent=70,
    )

    found = effective_award(office.unit.pk, "CSTDCS", DAY)

    assert (found.award.days, found.award.route, found.award.vote_percent) == (15, Route.SHOW, 70)
    assert (found.award.papers, found.payer) == (("submission", "Ảnh chân dung"), "Quỹ TĐKT")
    assert (found.due, found.quota) == ((12, 10), Quota(Decimal(15), "LDTT"))
    assert {name: one.rule for name, one in found.otherwise.items()} == {
        "days": province,
        "route": province,
        "due": province,
        "quota": province,
        "vote_percent": province,
        "papers": commune,
        "payer": commune,
    }


@pytest.mark.parametrize(("day", "days"), [(dt.date(2025, 12, 31), 20), (DAY, 10), (dt.date(2027, 1, 1), 8)])
def test_a_rule_holds_from_its_day_and_the_newest_counts(day, days):
    office = an_office()
    a_rule(office.province, days=10, valid_from=dt.date(2026, 1, 1))
    a_rule(office.province, days=8, valid_from=dt.date(2027, 1, 1))

    assert effective_award(office.unit.pk, "CSTDCS", day).award.days == days


def test_sudden_merit_goes_the_quick_way_unless_the_unit_orders_a_route():
    office = an_office()
    free = effective_award(office.unit.pk, "GK", DAY)
    a_rule(office.unit, "GK", route="standing")
    ordered = effective_award(office.unit.pk, "GK", DAY)

    assert (free.route_of(), free.route_of(is_sudden=True)) == (Route.SHOW, Route.CHAIR)
    assert (ordered.route_of(), ordered.route_of(is_sudden=True)) == (Route.STANDING, Route.STANDING)


def test_another_province_has_no_word():
    office = an_office()
    a_rule(an_office().province, days=3)

    assert effective_award(office.unit.pk, "CSTDCS", DAY).award.days == 20


def test_all_awards_cost_as_many_queries_as_one():
    office = an_office()
    counts = []
    for codes in (["GK"], None):
        with CaptureQueriesContext(connection) as queries:
            effective_awards(office.unit.pk, DAY, codes)
        counts.append(len(queries))

    assert counts == [2, 2]


# -- Money -------------------------------------------------------------------------------


def money_of(office: Office, recipient: Recipient = Recipient.PERSON) -> tuple[list[int], bool]:
    found = local_money(office.unit.pk, "GK", recipient=recipient, by=By.COMMUNE, on=DAY)
    return [one.amount for one in found.sums], found.is_confirmed


def test_an_open_rate_has_both_sums_until_it_is_confirmed():
    office = an_office()
    before = money_of(office)

    a_confirmation(office, "money:GK:person:commune", "0.3")

    assert before == ([380_000, 760_000], False)
    assert money_of(office) == ([760_000], True)
    assert money_of(office, Recipient.HOUSEHOLD) == ([1_140_000], True)
    assert money_of(office, Recipient.COLLECTIVE) == ([760_000, 1_520_000], False)


def test_a_rate_of_the_unit_counts_before_the_law():
    office = an_office()
    a_confirmation(office, "money:GK:person:commune", "0.3")
    a_rule(office.unit, "GK", "07/NQ-HĐND", multiplier=Decimal("0.5"), recipient="person")

    found = local_money(office.unit.pk, "GK", recipient=Recipient.PERSON, by=By.COMMUNE, on=DAY)

    assert ([one.arithmetic for one in found.sums], found.source) == (
        ["0,5 × 2.530.000 = 1.265.000 đồng, làm tròn lên 1.270.000 đồng"],
        "07/NQ-HĐND; Nghị định số 161/2026/NĐ-CP, Điều 3 khoản 2",
    )
    assert money_of(office, Recipient.COLLECTIVE) == ([760_000, 1_520_000], False)
