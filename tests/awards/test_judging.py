"""What rows say is judged as the same facts out of a file are, however many rows there are."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.eligibility import Outcome, judge
from awards.interchange import read_cases, write_judgement
from awards.judging import cases_of, judge_nominees
from awards.models import Confirmation, Initiative, Nominee, Rating
from documents.models import Evidence
from tests.awards.rows import Office, a_grant, a_nominee, a_subject, an_office, from_case
from tests.awards.test_eligibility import CASES as FILE
from tests.factories import UnitFactory
from units.models import Unit

pytestmark = pytest.mark.django_db


def joined(office: Office) -> list[Nominee]:
    return list(office.round.nominees.select_related("round", "proposal"))


@pytest.mark.skipif(not FILE.is_file(), reason="the cases are not at hand (TDKT_SHARED)")
def test_rows_are_judged_as_the_file_that_says_the_same():
    office = an_office()
    cases = read_cases(FILE.read_text(encoding="utf-8"))
    made = {name: from_case(office.lists["village"], case) for name, case in cases.items()}

    judged = judge_nominees(joined(office))

    assert {name: write_judgement(judged[made[name].pk]) for name in cases} == {
        name: write_judgement(judge(case)) for name, case in cases.items()
    }


@pytest.mark.parametrize("many", [1, 40])
def test_queries_do_not_grow_with_the_nominees(many):
    office = an_office()
    for number in range(many):
        subject = a_subject(office.unit, f"Người {number}")
        Rating.objects.create(subject=subject, year=2026, level="HTT")
        a_grant(subject, "LDTT", 2025)
        a_nominee(office.lists["school"], "CSTDCS", subject)
    rows = joined(office)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        judge_nominees(rows)

    assert len(queries) == 11


def test_titles_from_before_a_merger_count():
    office = an_office()
    before = a_subject(UnitFactory.create(parent=office.province), "Lê Văn Tám")
    now = a_subject(office.unit, "Lê Văn Tám", continues=before)
    for year in (2023, 2024):
        a_grant(before, "CSTDCS", year)
    a_grant(now, "CSTDCS", 2025)
    nominee = a_nominee(office.lists["school"], "CSTDT", now, year=2025)

    [case] = cases_of(joined(office)).values()

    assert sorted(title.year for title in case.subject.titles) == [2023, 2024, 2025]
    [titles] = [one for one in judge_nominees(joined(office))[nominee.pk].checks if one.code == "consecutive_titles"]
    assert titles.ok is True


def test_an_initiative_that_another_dossier_of_the_same_person_uses_is_used_up():
    office = an_office(received_on=dt.date(2026, 9, 1))
    subject = a_subject(office.unit)
    Rating.objects.create(subject=subject, year=2026, level="HTT")
    used = Initiative.objects.create(unit=office.unit, title="Số hóa hồ sơ", year=2026, is_recognised=True)
    used.authors.add(subject)
    first, second = (
        a_nominee(office.lists["school"], "GK", subject),
        a_nominee(office.lists["school"], "CSTDCS", subject),
    )
    for nominee in (first, second):
        nominee.initiatives.add(used)

    reuse = {one.code: one.ok for one in judge_nominees(joined(office))[second.pk].checks}

    assert reuse["initiative_reuse"] is False


def confirmed_by(unit: Unit, rule: str, reading: str = "") -> Confirmation:
    paper = Evidence.objects.create(unit=unit, typed_number="12/HD-SNV", typed_issuer="Sở Nội vụ")
    return Confirmation.objects.create(unit=unit, rule=rule, reading=reading, paper=paper)


@pytest.mark.parametrize(
    ("reading", "outcome"), [("", Outcome.ELIGIBLE), ("both", Outcome.NOT_ELIGIBLE)], ids=["as before", "both"]
)
def test_what_the_province_confirms_decides_in_its_communes(reading, outcome):
    office = an_office(received_on=dt.date(2026, 11, 20))
    subject = a_subject(office.unit)
    Rating.objects.create(subject=subject, year=2026, level="HTXSNV")
    nominee = a_nominee(office.lists["school"], "CSTDCS", subject)
    before = judge_nominees(joined(office))[nominee.pk].outcome

    confirmed_by(office.province, "CSTDCS:rating")
    confirmed_by(office.province, "CSTDCS:excellent_or_initiative", reading)
    confirmed_by(
        office.unit, "CSTDCS:excellent_or_initiative", "" if reading else "both"
    )  # the province's word counts

    after = judge_nominees(joined(office))[nominee.pk].outcome
    assert (before, after) == (Outcome.NEEDS_PERSON, outcome)
