"""The council through time: who sat in it on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.councils.members import MemberData, SatAlready, add_member, change_member, council_on, remove_member
from awards.models import CouncilMember
from core.errors import UnfitField
from core.models import AuditEntry
from tests.awards.councils.sat import a_sitting, an_office_with_council, ready
from tests.awards.rows import a_person, an_office
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
Role = CouncilMember.Role


def test_the_council_of_a_day_is_in_its_order_and_without_those_before_and_after():
    office = an_office()
    old, new, second = (a_person(office, name) for name in ("Lê Văn Cũ", "Trần Thị Mới", "Phạm Văn Hai"))
    chair = {"role": Role.CHAIR, "order": 1, "is_standing": True}
    add_member(office.unit, actor=office.officer, data=MemberData(old, valid_to=dt.date(2026, 6, 30), **chair))
    add_member(office.unit, actor=office.officer, data=MemberData(second))
    add_member(office.unit, actor=office.officer, data=MemberData(new, valid_from=dt.date(2026, 7, 1), **chair))

    before, after = (list(council_on(office.unit.pk, dt.date(2026, month, 1))) for month in (6, 7))

    assert [one.person.full_name for one in before] == ["Lê Văn Cũ", "Phạm Văn Hai"]
    assert [one.person.full_name for one in after] == ["Trần Thị Mới", "Phạm Văn Hai"]
    assert [one.person.full_name for one in council_on(office.unit.pk, dt.date(2026, 7, 1), standing_only=True)] == [
        "Trần Thị Mới"
    ]
    assert AuditEntry.objects.filter(code="awards.council.added").count() == 3


def test_one_sits_once_at_a_time_and_there_is_one_chair():
    office = an_office()
    first, second = a_person(office, "Lê Văn Cũ"), a_person(office, "Trần Thị Mới")
    add_member(office.unit, actor=office.officer, data=MemberData(first, role=Role.CHAIR))

    with pytest.raises(UnfitField) as twice:
        add_member(office.unit, actor=office.officer, data=MemberData(first, valid_from=dt.date(2026, 1, 1)))
    with pytest.raises(UnfitField) as two_chairs:
        add_member(office.unit, actor=office.officer, data=MemberData(second, role=Role.CHAIR))
    with pytest.raises(UnfitField) as stranger:
        add_member(office.unit, actor=office.officer, data=MemberData(PersonFactory.create()))

    assert [error.value.field for error in (twice, two_chairs, stranger)] == ["person", "role", "person"]
    assert CouncilMember.objects.count() == 1


def test_who_has_sat_stays_and_leaves_with_a_day():
    office = an_office_with_council(3)
    a_sitting(office, ready(office, 1))
    member = office.council[2]

    with pytest.raises(SatAlready):
        remove_member(member, actor=office.officer)
    change_member(
        member, actor=office.officer, data=MemberData(member.person, order=3, valid_to=dt.date(2026, 12, 31))
    )

    member.refresh_from_db()
    assert member.valid_to == dt.date(2026, 12, 31)
    assert council_on(office.unit.pk, dt.date(2027, 1, 1)).count() == 2


def test_one_entered_by_mistake_is_taken_out():
    office = an_office_with_council(2)

    remove_member(office.council[1], actor=office.officer)

    assert list(CouncilMember.objects.all()) == [office.council[0]]
