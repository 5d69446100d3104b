"""A commune with an issued decision: three who get a giấy khen, in the register."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from awards.models import Decision, Grant, Nominee
from tests.awards.rows import Office, a_nominee, a_subject, an_office
from tests.factories import IssuerFactory

SIGNED = dt.date(2026, 11, 20)
NAMES = ("Nguyễn Thị Hoa", "Trần Văn Bình", "Lê Văn Tám")


@dataclass
class Scene:
    office: Office
    decision: Decision
    grants: list[Grant]
    nominees: list[Nominee]


def a_scene(award: str = "GK", many: int = 3) -> Scene:
    office = an_office()
    issuer = IssuerFactory(unit=office.unit)
    decision = Decision.objects.create(
        unit=office.unit,
        round=office.round,
        issuer=issuer,
        state="issued",
        number="312/QĐ-UBND",
        day=SIGNED,
        signer="Lò Văn Thắng",
        subject="Về việc tặng Giấy khen",
    )
    scene = Scene(office, decision, [], [])
    for _ in range(many):
        enter(scene, award)
    return scene


def enter(scene: Scene, award: str = "GK") -> Grant:
    order = len(scene.grants) + 1
    name = NAMES[order - 1] if order <= len(NAMES) else f"Người {order}"
    subject = a_subject(scene.office.unit, name, birth_year=1980 + order % 20)
    nominee = a_nominee(
        scene.office.lists["school"],
        award,
        subject,
        state="decided",
        honorific="Bà" if order == 1 else "Ông",
        post="Giáo viên",
        workplace="Trường Tiểu học số 1",
        decision=scene.decision,
        decision_order=order,
    )
    grant = Grant.objects.create(
        unit=scene.office.unit,
        decision=scene.decision,
        order=order,
        golden_number=str(order),
        subject=subject,
        nominee=nominee,
        kind=subject.kind,
        honorific=nominee.honorific,
        name=name,
        detail="Giáo viên, Trường Tiểu học số 1",
        award=award,
        award_name="Giấy khen",
        year=2026,
        achievement="Đã cứu hai học sinh bị đuối nước.",
    )
    scene.grants.append(grant)
    scene.nominees.append(nominee)
    return grant
