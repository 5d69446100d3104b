"""What the demonstration's province orders and confirms, and who sits in the commune's council."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from awards.catalogue.confirming import confirm
from awards.catalogue.ordering import RuleData, add_rule
from awards.councils.members import MemberData, add_member
from awards.models import Confirmation, CouncilMember, LocalRule
from campaigns.results.evidence import Proof
from tdkt.demo.award_scene import Scene
from tdkt.demo.office import ACCOUNTS, REFORM
from units.models import Person

Role = CouncilMember.Role
CULTURE = "Phòng Văn hóa - Xã hội"
"""Whose head sits in the council."""


def order_quota(scene: Scene) -> LocalRule:
    data = RuleData(
        f"Quyết định số 07/{scene.year}/QĐ-UBND của Ủy ban nhân dân tỉnh {scene.province.name}",
        valid_from=scene.not_after(dt.date(scene.year, 1, 20)),
        due_month=12,
        due_day=15,
        quota_percent=Decimal(15),
        quota_of="LDTT",
    )
    return add_rule(scene.province, "CSTDCS", actor=scene.reviewer, data=data)


def confirm_as_before(scene: Scene) -> list[Confirmation]:
    """Until the decree comes titles of persons are judged by the text that was; those of collectives stay open."""
    proof = Proof("1043/SNV-TĐKT", scene.not_after(dt.date(scene.year, 10, 20)), f"Sở Nội vụ {scene.province}")
    rules = ("LDTT:rating", "CSTDCS:rating", "CSTDCS:excellent_or_initiative")
    note = "Áp dụng cho đến khi có nghị định hướng dẫn."
    return confirm(scene.province, actor=scene.reviewer, chosen=dict.fromkeys(rules, ""), proof=proof, note=note)


def seat_council(scene: Scene) -> None:
    """Nine, since the commune began; its standing body has accounts, so that it can vote in the program."""
    posts = {name: post for name, (_, post) in ACCOUNTS.items()}
    seats: list[tuple[Person, str, bool]] = [
        (scene.leader(posts["lanhdao"]), Role.CHAIR, True),
        (scene.leader("Phó Chủ tịch Ủy ban nhân dân"), Role.VICE, False),
        (scene.leader(posts["hoidong"]), Role.VICE, True),
        (scene.leader("Phó Chủ tịch Hội đồng nhân dân"), Role.MEMBER, False),
        *(
            (scene.people_of(name)[0], Role.MEMBER, False)
            for name in (
                "Văn phòng HĐND và UBND",
                CULTURE,
                "Công an xã",
                "Ủy ban Mặt trận Tổ quốc Việt Nam xã",
            )
        ),
        (scene.leader(posts["thuky"]), Role.SECRETARY, True),
    ]
    for order, (person, role, is_standing) in enumerate(seats, start=1):
        data = MemberData(person, role, is_standing=is_standing, order=order, valid_from=REFORM)
        add_member(scene.commune, actor=scene.officer, data=data)
