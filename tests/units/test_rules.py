"""Who may: the same predicates answer for a unit and for whatever lies in it."""

from __future__ import annotations

import pytest

from units.models import Membership, Part, Person, Unit, User
from units.rules import is_administrator, is_clerk, is_heir, is_leader, is_member, is_officer, unit_id_of, with_role
from units.services import add_part, create_unit, grant_role, record_succession

Role = Membership.Role


@pytest.fixture(params=["the unit", "a part of it", "a person of it"])
def thing(request, office):
    if request.param == "the unit":
        return office.unit
    make = {"a part of it": Part(name="Thôn Đông"), "a person of it": Person(full_name="Lê Thị Bưởi")}
    found = make[request.param]
    found.pk, found.unit = 1_000_000, office.unit  # no number of a unit, so that the two are never mistaken
    found.save(force_insert=True)
    return found


def answers(predicate, office, thing) -> list[bool]:
    """Of the officer, the administrator and the stranger."""
    return [predicate.test(user, thing) for user in (office.an, office.binh, office.cuong)]


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (is_officer, [True, False, False]),
        (is_administrator, [False, True, False]),
        (is_leader, [False, False, False]),
        (is_clerk, [False, False, False]),
        (with_role(Role.OFFICER, Role.ADMINISTRATOR), [True, True, False]),
        (is_member, [True, True, False]),
        (is_heir, [True, True, False]),
    ],
    ids=["officer", "administrator", "leader", "clerk", "either role", "member", "heir"],
)
def test_a_role_counts_in_its_own_unit_alone(office, thing, predicate, expected):
    assert answers(predicate, office, thing) == expected


@pytest.mark.parametrize(("role", "predicate"), [(Role.LEADER, is_leader), (Role.CLERK, is_clerk)])
def test_a_role_that_was_given_is_found(office, thing, role, predicate):
    grant_role(office.an, office.unit, role, actor=None)

    assert predicate.test(User.objects.get(pk=office.an.pk), thing)


def test_heirs_read_what_their_predecessor_left_and_are_no_members(office):
    old = create_unit(actor=None, kind="commune", designation="xã", name="Cũ")
    record_succession(actor=None, date=old.valid_to or "2025-07-01", old=old, new=office.unit)
    part = add_part(old, actor=None, name="Thôn Xưa")

    assert [answers(is_heir, office, left) for left in (old, part)] == [[True, True, False]] * 2
    assert [answers(is_member, office, left) for left in (old, part)] == [[False, False, False]] * 2


def test_nothing_is_nobodys(office):
    assert [answers(predicate, office, None) for predicate in (is_member, is_officer, is_heir)] == [[False] * 3] * 3


def test_a_unit_is_meant_by_its_own_number_and_anything_else_by_that_of_its_unit(office):
    part = add_part(office.unit, actor=None, name="Thôn Đông")

    assert [unit_id_of(Unit(pk=7)), unit_id_of(office.unit), unit_id_of(part)] == [7, office.unit.pk, office.unit.pk]
