"""A round with all that its papers speak of: a sitting that was held, a decision with money, a body that is asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from awards.models import (
    Consultation,
    Decision,
    Grant,
    Initiative,
    Item,
    Nominee,
    Opinion,
    Rating,
    Recusal,
    Seat,
    Sitting,
)
from awards.papers.kinds import BY_SLUG
from awards.papers.printing import Printed
from tests.awards.rows import Office, a_grant, a_nominee, a_subject, an_office, with_council
from tests.factories import IssuerFactory

HELD = timezone.make_aware(dt.datetime(2026, 11, 18, 8))  # noqa: DTZ001 -- made aware
ENDED = timezone.make_aware(dt.datetime(2026, 11, 18, 10, 30))  # noqa: DTZ001 -- made aware
SIGNED = dt.date(2026, 11, 20)
LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Nghĩa Thuận Trung Thượng"
DEED = (
    "Hoàn thành xuất sắc nhiệm vụ được giao; tham mưu triển khai phong trào “Chung sức xây dựng nông thôn mới”, vận "
    "động 128 hộ hiến 3.450 m² đất mở đường liên thôn."
)


@dataclass
class Scene:
    office: Office
    sitting: Sitting
    decision: Decision
    consultation: Consultation
    nominees: list[Nominee]

    @property
    def round(self) -> Any:
        return self.office.round

    def owner(self, slug: str) -> Any:
        """Whose paper of that sort the scene has."""
        name = BY_SLUG[slug].owner
        return self.nominees[0] if name == "nominee" else getattr(self, name)

    def printed(self, slug: str) -> Printed:
        return Printed(BY_SLUG[slug], self.owner(slug), None)


def a_scene(count: int = 5, *, name: str = "Nguyễn Thị Hoa", place: str = "Trường Tiểu học số 1") -> Scene:
    """``count`` teachers for LĐTT (decided here) and as many for the province's bằng khen, and one collective."""
    office = an_office()
    with_council(office)
    IssuerFactory(unit=office.unit, symbol="UBND", signature_lines="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")
    nominees = _nominees(office, count, name, place)
    sitting = _held(office, nominees)
    decision = _decided(office, [one for one in nominees if one.award == "LDTT"])
    consultation = Consultation.objects.create(
        round=office.round, body="Công an xã", about="chấp hành pháp luật", sent_on=dt.date(2026, 11, 2),
        due=dt.date(2026, 11, 9),
    )  # fmt: skip
    Opinion.objects.bulk_create([Opinion(consultation=consultation, nominee=one) for one in nominees])
    return Scene(office, sitting, decision, consultation, nominees)


def _nominees(office: Office, count: int, name: str, place: str) -> list[Nominee]:
    school, found = office.lists["school"], []
    more = {"post": "Giáo viên, tổ trưởng tổ chuyên môn", "workplace": place, "honorific": "Bà", "birth_year": 1985}
    for award, state in (("LDTT", "decided"), ("BKT", "passed")):
        for number in range(1, count + 1):
            subject = a_subject(office.unit, f"{name} {number}", birth_year=1985, gender="female")
            deed = {"achievement": DEED} if award == "BKT" else {}
            found.append(a_nominee(school, award, subject, name=subject.name, state=state, **more, **deed))
    collective = a_subject(office.unit, place, kind="collective")
    found.append(a_nominee(school, "TTLDXS", collective, name=place, state="passed", achievement=DEED))
    first = found[0]
    first.report = {"about": "- Quê quán: xã An Sơn;\n- Trình độ: Đại học sư phạm.", "achieved": f"1. Kết quả\n{DEED}"}
    first.save(update_fields=["report"])
    Rating.objects.create(subject=first.subject, year=first.year, level="HTT")
    a_grant(first.subject, "LDTT", 2025, mode="merit")
    idea = Initiative.objects.create(unit=office.unit, title="Số hóa hồ sơ học sinh", year=2026, is_recognised=True)
    first.initiatives.add(idea)
    return found


def _held(office: Office, nominees: list[Nominee]) -> Sitting:
    sitting = Sitting.objects.create(
        unit=office.unit, round=office.round, name="Phiên họp xét khen thưởng tháng 11", at=HELD, state="closed",
        place="Phòng họp tầng 2, UBND xã", opened_at=HELD, closed_at=ENDED, issued=7, collected=7, valid=7,
        opinions="Nhất trí với danh sách đề nghị.", by=office.secretary,
    )  # fmt: skip
    presence = ["present"] * 7 + ["written", "absent"]
    seats = [
        Seat.objects.create(
            sitting=sitting, member=member, person=member.person, name=member.person.full_name, order=member.order,
            post="Trưởng phòng Văn hóa - Xã hội", role=member.role, presence=said, is_teller=member.order in (3, 4, 5),
        )
        for member, said in zip(office.council, presence, strict=True)
    ]  # fmt: skip
    items = [
        Item(
            sitting=sitting, nominee=one, order=order, percent=80, yes=7, no=0, blank=0, written_yes=1,
            outcome="passed",
        )
        for order, one in enumerate(nominees, start=1)
    ]  # fmt: skip
    Item.objects.bulk_create(items)
    Recusal.objects.create(seat=seats[3], item=items[0], reason="Là chị gái của người được đề nghị")
    return sitting


def _decided(office: Office, nominees: list[Nominee]) -> Decision:
    decision = Decision.objects.create(
        unit=office.unit, round=office.round, state="issued", number="312/QĐ-UBND", day=SIGNED, signer="Lò Văn Thắng",
        subject="Về việc tặng danh hiệu “Lao động tiên tiến” năm 2026 cho cá nhân",
    )  # fmt: skip
    Grant.objects.bulk_create(
        Grant(
            unit=office.unit, decision=decision, order=order, subject=one.subject, kind=one.kind, nominee=one,
            honorific=one.honorific, name=one.name, detail=f"{one.post}, {one.workplace}", award=one.award,
            award_name="Lao động tiên tiến", year=one.year, period="2026", money=760_000,
            money_arithmetic="0,3 × 2.530.000 = 759.000, làm tròn 760.000", code=f"ma-{one.pk}",
        )
        for order, one in enumerate(nominees, start=1)
    )  # fmt: skip
    for order, one in enumerate(nominees, start=1):
        one.decision, one.decision_order = decision, order
    Nominee.objects.bulk_update(nominees, ["decision", "decision_order"])
    return decision
