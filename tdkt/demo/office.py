"""The units, parts, people and accounts of the demonstration."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from core.text import fold
from tdkt.demo import texts
from units.models import Membership, Part, Person, Unit, User
from units.services import add_part, add_person, create_issuer, create_unit, grant_role, record_succession, update_part

REFORM = dt.date(2025, 7, 1)
PEOPLE = 450

Role = Membership.Role

ACCOUNTS = {
    "canbo": (Role.OFFICER, "Chuyên viên phụ trách thi đua, khen thưởng"),
    "vanthu": (Role.CLERK, "Văn thư"),
    "lanhdao": (Role.LEADER, "Chủ tịch Ủy ban nhân dân"),
    "thuky": (Role.COUNCIL_SECRETARY, "Thư ký Hội đồng Thi đua - Khen thưởng"),
    "hoidong": (Role.COUNCIL_MEMBER, "Thành viên Hội đồng Thi đua - Khen thưởng"),
    "noivu": (Role.REVIEWER, "Chuyên viên Sở Nội vụ"),
    "quantri": (Role.ADMINISTRATOR, "Quản trị hệ thống"),
}


@dataclass
class Office:
    """What the papers of the demonstration need to know."""

    province: Unit
    district: Unit
    communes: list[Unit]
    old_communes: list[Unit]
    pool: NamePool
    people: list[Person] = field(default_factory=list)

    @property
    def commune(self) -> Unit:
        """The one in depth."""
        return self.communes[0]


class NamePool:
    """Distinct Vietnamese names, the same ones on every installation."""

    def __init__(self, pools: list[dict[str, Any]]) -> None:
        self._pools, self._random, self._given = pools, random.Random(2026), set[str]()  # noqa: S311 -- sample names

    def next(self) -> tuple[str, str]:
        """A name not given before, and its honorific."""
        while True:
            pool = self._random.choices(self._pools, [entry["weight"] for entry in self._pools])[0]
            sex = self._random.choice(("male", "female"))
            parts = [self._random.choice(pool["family"])]
            parts += [self._random.choice(pool[sex][key]) for key in ("middle", "given")]
            name = " ".join(part for part in parts if part)
            if name not in self._given:
                self._given.add(name)
                return name, "Ông" if sex == "male" else "Bà"


def build_office() -> Office:
    names = texts.names()
    province = _province(names["province"])
    district = _district(names["district"], province)
    communes = [_commune(row, province, valid_from=REFORM) for row in names["communes"]]
    old = [_commune(row, district, valid_to=REFORM - dt.timedelta(days=1)) for row in names["old_communes"]]
    by_name = {unit.name: unit for unit in communes}
    for unit, row in zip(old, names["old_communes"], strict=True):
        for heir in row["into"]:
            record_succession(
                actor=None, date=REFORM, old=unit, new=by_name[heir["commune"]], is_whole=heir["share"] == "whole"
            )
    office = Office(province, district, communes, old, NamePool(names["people"]))
    _fill_commune(office, names, office.pool)
    return office


def create_accounts(office: Office, password: str) -> None:
    """One account a role; the administrator looks after the commune and the province."""
    for username, (role, post) in ACCOUNTS.items():
        unit = office.province if role == Role.REVIEWER else office.commune
        person = Person.objects.filter(unit=unit, post=post).first() or _person(unit, office.pool, post)
        user = User(username=username, email=f"{username}@vidu.example", person=person)
        user.set_password(password)
        user.save()
        grant_role(user, unit, role, actor=None, valid_from=REFORM)
        if role == Role.ADMINISTRATOR:
            grant_role(user, office.province, role, actor=None, valid_from=REFORM)


def _province(row: dict[str, str]) -> Unit:
    unit = create_unit(actor=None, kind=Unit.Kind.PROVINCE, designation="tỉnh", name=row["name"], code="VD")
    create_issuer(
        unit,
        actor=None,
        name_lines=f"ỦY BAN NHÂN DÂN\nTỈNH {row['name'].upper()}",
        place=row["name"],
        symbol="UBND",
        signature_lines="TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
    )
    home_affairs = add_part(unit, actor=None, kind=Part.Kind.OFFICE, name="Sở Nội vụ")
    create_issuer(
        unit,
        actor=None,
        part=home_affairs,
        superior=f"UBND TỈNH {row['name'].upper()}",
        name_lines="SỞ NỘI VỤ",
        place=row["name"],
        symbol="SNV",
        signature_lines="GIÁM ĐỐC",
    )
    return unit


def _district(row: dict[str, str], province: Unit) -> Unit:
    unit = create_unit(
        actor=None,
        kind=Unit.Kind.DISTRICT,
        designation="huyện",
        name=row["name"],
        code="VD-H1",
        parent=province,
        valid_to=dt.date.fromisoformat(row["until"]),
    )
    add_part(unit, actor=None, kind=Part.Kind.OFFICE, name="Phòng Nội vụ")
    return unit


def _commune(
    row: dict[str, Any], parent: Unit, *, valid_from: dt.date | None = None, valid_to: dt.date | None = None
) -> Unit:
    code = f"{parent.code}-{fold(row['kind'])[0].upper()}{fold(row['name']).replace(' ', '')}"[:20]
    return create_unit(
        actor=None,
        kind=Unit.Kind.COMMUNE,
        designation=row["kind"],
        name=row["name"],
        code=code,
        parent=parent,
        village_word="tổ dân phố" if row["kind"] == "phường" else "thôn",
        valid_from=valid_from,
        valid_to=valid_to,
    )


def _fill_commune(office: Office, names: dict[str, Any], pool: NamePool) -> None:
    unit = office.commune
    for post in names["posts"]["leaders"]:
        office.people.append(_person(unit, pool, post))
    for _, post in ACCOUNTS.values():
        if post not in names["posts"]["leaders"] and "Sở" not in post:
            office.people.append(_person(unit, pool, post))
    for kind, rows in (
        (Part.Kind.OFFICE, names["offices"] + names["party_offices"]),
        (Part.Kind.ORGANISATION, names["organisations"]),
    ):
        for row in rows:
            part = add_part(unit, actor=None, kind=kind, name=row["name"])
            posts = [row["head"], *([row["deputy"]] if "deputy" in row else []), *row.get("staff", [])]
            _staff(office, part, posts, pool)
    for row in names["schools"]:
        part = add_part(unit, actor=None, kind=Part.Kind.SCHOOL, name=row["name"])
        _staff(office, part, names["posts"]["school"][:5], pool)
    villages = []
    for row in names["villages"]:
        part = add_part(
            unit, actor=None, kind=Part.Kind.VILLAGE, name=f"{unit.village_word.capitalize()} {row['name']}"
        )
        villages.append(part)
        _staff(office, part, names["posts"]["village"][:4], pool)
    position = 0
    while len(office.people) < PEOPLE:
        posts = names["posts"]["people"]
        part = villages[position % len(villages)]
        office.people.append(_person(unit, pool, posts[position % len(posts)], part))
        position += 1


def _staff(office: Office, part: Part, posts: list[str], pool: NamePool) -> None:
    """The first of them heads the part."""
    staff = [_person(office.commune, pool, post, part) for post in posts]
    office.people += staff
    update_part(part, actor=None, head=staff[0], phone=staff[0].phone)


def _person(unit: Unit, pool: NamePool, post: str, part: Part | None = None) -> Person:
    name, honorific = pool.next()
    serial = Person.objects.count() + 1
    return add_person(
        unit,
        actor=None,
        full_name=name,
        honorific=honorific,
        post=post,
        part=part,
        birth_year=1966 + serial % 35,
        phone=f"0900 {serial // 1000:03d} {serial % 1000:03d}",
        email=f"{fold(name).replace(' ', '.')}@vidu.example",
    )
