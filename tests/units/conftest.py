"""An office with an officer and an administrator; a stranger from another commune."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from units.models import Membership, Unit, User
from units.services import add_person, create_unit, grant_role

PASSWORD = "thuyền về có nhớ bến"
Role = Membership.Role


@dataclass
class Office:
    province: Unit
    unit: Unit
    an: User
    """Officer."""
    binh: User
    """Administrator, no officer."""
    cuong: User
    """Officer and administrator of another commune."""


@pytest.fixture
def office(db) -> Office:
    province = create_unit(actor=None, kind="province", designation="tỉnh", name="Vĩnh Hà", code="20")
    home = create_unit(actor=None, kind="commune", designation="xã", name="An Hòa", code="00001", parent=province)
    away = create_unit(actor=None, kind="commune", designation="xã", name="Bình Sơn", code="00002", parent=province)
    an, binh, cuong = (make_user(name, unit) for name, unit in (("an", home), ("binh", home), ("cuong", away)))
    grant_role(an, home, Role.OFFICER, actor=None)
    grant_role(binh, home, Role.ADMINISTRATOR, actor=None)
    grant_role(cuong, away, Role.OFFICER, actor=None)
    grant_role(cuong, away, Role.ADMINISTRATOR, actor=None)
    return Office(province, home, an, binh, cuong)


def make_user(name: str, unit: Unit) -> User:
    person = add_person(unit, actor=None, full_name=f"Nguyễn Thị {name.capitalize()}")
    return User.objects.create_user(username=name, password=PASSWORD, person=person)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
