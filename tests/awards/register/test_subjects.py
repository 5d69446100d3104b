"""The history of a person or collective across mergers: joined with a reason, read by heirs, edited by nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.judging import cases_of
from awards.models import Subject
from awards.register.subjects import JoinedAlready, NotJoinable, NotOurs, candidates_for, join, part, row_ids
from core.errors import UnfitField
from core.models import AuditEntry
from tests.awards.rows import Office, a_grant, a_nominee, a_subject, an_office
from tests.factories import PartFactory, UnitFactory
from tests.units.conftest import signed_in
from units.models import Succession, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def before(office: Office) -> Unit:
    """The commune that was merged into the office's."""
    unit = UnitFactory.create(parent=office.province, name="Cũ")
    Succession.objects.create(old_unit=unit, new_unit=office.unit, date=dt.date(2025, 7, 1))
    return unit


def page_of(office: Office, subject: Subject):
    return signed_in(office.officer).get(reverse("awards:subject", args=[subject.pk]))


def test_joined_rows_have_one_history_on_the_page_and_in_judging(office, before):
    old, now = a_subject(before, "Lê Văn Tám"), a_subject(office.unit, "Lê Văn Tám")
    a_grant(old, "CSTDCS", 2024)
    a_grant(now, "CSTDCS", 2025)

    join(now, old, actor=office.officer, reason="Cùng số định danh")

    now.refresh_from_db()
    assert (now.continues, row_ids(now), row_ids(old)) == (old, {old.pk, now.pk}, {old.pk, now.pk})
    assert [grant.year for grant in page_of(office, now).context["grants"]] == [2025, 2024]
    assert [grant.year for grant in page_of(office, old).context["grants"]] == [2025, 2024]
    a_nominee(office.lists["school"], "CSTDT", now)
    [case] = cases_of(office.round.nominees.select_related("round", "proposal")).values()
    assert sorted(title.year for title in case.subject.titles) == [2024, 2025]
    [entry] = AuditEntry.objects.filter(code="awards.subject.joined")
    assert (entry.unit_id, entry.changes["reason"]) == (office.unit.pk, [None, "Cùng số định danh"])


def test_the_link_stands_in_the_own_row_whichever_page_it_was_made_on(office, before):
    old, now = a_subject(before, "Lê Văn Tám"), a_subject(office.unit, "Lê Văn Tám")

    join(old, now, actor=office.officer, reason="Cùng số định danh")

    assert (Subject.objects.get(pk=old.pk).continues, Subject.objects.get(pk=now.pk).continues) == (None, old)


def test_what_is_one_already_is_not_joined_again_nor_in_a_circle(office):
    first, second, third = (a_subject(office.unit, "Lê Văn Tám") for _ in range(3))
    join(second, first, actor=office.officer, reason="Một người")
    join(third, second, actor=office.officer, reason="Một người")

    with pytest.raises(JoinedAlready):
        join(first, third, actor=office.officer, reason="Một người")

    assert row_ids(second) == {first.pk, second.pk, third.pk}


def test_two_rows_of_predecessors_are_only_read(office, before):
    rows = [a_subject(before, "Lê Văn Tám") for _ in range(2)]

    with pytest.raises(NotOurs):
        join(*rows, actor=office.officer, reason="Một người")


def test_a_person_is_no_collective_and_a_reason_is_asked(office):
    person, village = a_subject(office.unit, "Đông"), a_subject(office.unit, "Đông", kind="collective")

    with pytest.raises(NotJoinable):
        join(person, village, actor=office.officer, reason="Nhầm")
    with pytest.raises(UnfitField):
        join(person, a_subject(office.unit, "Đông"), actor=office.officer, reason=" ")


def test_a_wrong_join_is_taken_back_with_a_reason(office, before):
    old, now = a_subject(before, "Lê Văn Tám"), a_subject(office.unit, "Lê Văn Tám")
    join(now, old, actor=office.officer, reason="Một người")
    now.refresh_from_db()

    part(now, actor=office.officer, reason="Khác ngày sinh")

    now.refresh_from_db()
    assert (now.continues, row_ids(now)) == (None, {now.pk})
    assert AuditEntry.objects.filter(code="awards.subject.parted").count() == 1


def test_who_may_be_the_same_is_of_the_same_name_or_of_the_part_that_was_taken_over(office, before):
    now = a_subject(office.unit, "Lê Văn Tám", birth_year=1980)
    same = a_subject(before, "Lê Văn Tám")
    a_subject(before, "Lê Văn Tám", birth_year=1990)
    a_subject(before, "Lê Văn Tám Em")
    a_subject(an_office().unit, "Lê Văn Tám")
    old_village = PartFactory.create(unit=before, name="Thôn Cũ")
    Succession.objects.create(old_part=old_village, new_part=office.village, date=dt.date(2025, 7, 1))
    village = a_subject(office.unit, "Thôn Đông", kind="collective", part=office.village)
    was = a_subject(before, "Thôn Cũ", kind="collective", part=old_village)

    assert candidates_for(office.officer, now, row_ids(now)) == [same]
    assert candidates_for(office.officer, village, row_ids(village)) == [was]


def test_joining_on_the_page(office, before):
    old, now = a_subject(before, "Lê Văn Tám"), a_subject(office.unit, "Lê Văn Tám")
    page, address = signed_in(office.officer), reverse("awards:subject_join", args=[now.pk])
    assert "Là cùng đối tượng với…" in page_of(office, now).content.decode()

    refused = page.post(address, {"other": str(old.pk), "reason": ""})
    done = page.post(address, {"other": str(old.pk), "reason": "Cùng số định danh"}, follow=True)

    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"reason"})
    assert "Đã ghi là cùng đối tượng." in done.content.decode()
    assert Subject.objects.get(pk=now.pk).continues == old


def test_heirs_and_leaders_read_and_strangers_do_not(office, before):
    old = a_subject(before, "Lê Văn Tám")
    address = reverse("awards:subject", args=[old.pk])

    assert signed_in(office.leader).get(address).status_code == 200
    assert signed_in(office.officer).get(reverse("awards:subject_join", args=[old.pk])).status_code == 403
    assert signed_in(an_office().officer).get(address).status_code == 404


def test_the_page_asks_as_often_with_many_lines(office):
    subject = a_subject(office.unit, "Lê Văn Tám")
    a_grant(subject, "LDTT", 1999)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(office, subject)
        return len(queries)

    few = asked()
    for year in range(2000, 2024):
        a_grant(subject, "LDTT", year)

    assert asked() == few
    assert len(page_of(office, subject).context["grants"]) == 25
