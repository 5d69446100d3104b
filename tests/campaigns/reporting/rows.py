"""A commune's movement of 2024 at the end of June: targets of every standing, six villages, a school, exemplars."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal

from PIL import Image

from campaigns.models import Campaign, Exemplar, Movement, Registration, Result, Share, Target, Wave
from core import files
from documents.models import IssuedPaper
from plans.models import Plan
from tests.factories import IssuerFactory, PartFactory, PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from units.models import Part, Unit, User

PERIOD = "2024-H1"
RICE, TREES, CULTURE, POOR, CLEAN_WATER, VIOLATIONS, ROADS, KEPT = range(8)
"""Places in ``Movement2024.targets``."""


@dataclass
class Movement2024:
    unit: Unit
    officer: User
    campaign: Campaign
    targets: list[Target]
    villages: list[Part]
    school: Part


def movement() -> Movement2024:
    unit = UnitFactory(name="Vân Khê", code="VK")
    officer = UserFactory(
        role=Role.OFFICER, unit=unit, person=PersonFactory(unit=unit, full_name="Lò Thị Mây", honorific="")
    )
    villages = [PartFactory(unit=unit, name=f"Thôn {number}", order=number) for number in range(1, 7)]
    school = PartFactory(unit=unit, name="Trường Tiểu học Vân Khê", kind=Part.Kind.SCHOOL, order=7)
    campaign = Campaign.objects.create(
        unit=unit,
        title="Tổ chức phong trào thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2024",
        theme="Đoàn kết, đổi mới, hoàn thành thắng lợi nhiệm vụ năm 2024",
        year=2024,
        start=dt.date(2024, 1, 1),
        end=dt.date(2024, 12, 31),
        register_by=dt.date(2024, 2, 15),
        state="running",
        launched_on=dt.date(2024, 1, 12),
        plan=_plan(unit),
    )
    found = Movement2024(unit, officer, campaign, _targets(campaign), villages, school)
    _waves(campaign)
    _results(found)
    _registrations(found)
    _exemplars(found)
    return found


def _plan(unit: Unit) -> Plan:
    issuer = IssuerFactory(unit=unit)
    paper = IssuedPaper.objects.create(
        issuer=issuer, kind="Kế hoạch", number="15", symbol="KH-UBND", date=dt.date(2024, 1, 12)
    )
    return PlanFactory(
        unit=unit,
        issuer=issuer,
        kind=Plan.Kind.CAMPAIGN,
        year=2024,
        subject="Tổ chức phong trào thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2024",
        recipients="Phòng Nội vụ huyện\nThường trực Đảng ủy, Thường trực HĐND xã\nCác thôn, trường học",
        archive="VT",
        paper=paper,
        state="issued",
    )


def _targets(campaign: Campaign) -> list[Target]:
    rows: list[dict[str, object]] = [
        {"text": "Sản lượng lúa", "low": 2200, "measure": "tấn", "adds_up": True},
        {"text": "trồng cây phân tán", "low": 3000, "measure": "cây", "adds_up": True},
        {"text": "hộ đạt gia đình văn hóa", "comparison": ">=", "low": 95, "measure": "%"},
        {
            "text": "tỷ lệ hộ nghèo",
            "comparison": "range",
            "low": 1,
            "high": 2,
            "measure": "%/năm",
            "direction": "down",
        },
        {"text": "tỷ lệ hộ dùng nước hợp vệ sinh", "comparison": ">", "low": 98, "measure": "%"},
        {"text": "vụ vi phạm trật tự xây dựng", "comparison": "<=", "low": 5, "measure": "vụ", "adds_up": True},
        {"text": "bê tông hóa đường thôn", "low": Decimal("4.5"), "measure": "km", "adds_up": True},
        {"text": "đơn vị giữ vững an ninh trật tự", "low": 100, "measure": "%"},
    ]
    return [Target.objects.create(campaign=campaign, order=order, **row) for order, row in enumerate(rows, start=1)]


def _waves(campaign: Campaign) -> None:
    days = [(1, "Đợt thi đua thứ nhất", (1, 1), (6, 30)), (2, "Đợt thi đua thứ hai", (7, 1), (12, 29))]
    for order, name, first, last in days:
        Wave.objects.create(
            campaign=campaign, order=order, name=name, start=dt.date(2024, *first), end=dt.date(2024, *last)
        )
    for order, name in enumerate(("Toàn xã chung sức xây dựng nông thôn mới", "Cải cách hành chính"), start=1):
        Movement.objects.create(campaign=campaign, order=order, name=name)


def _results(found: Movement2024) -> None:
    targets = found.targets
    for village in found.villages:
        Share.objects.create(target=targets[TREES], part=village, low=500)
        Share.objects.create(target=targets[CULTURE], part=village, low=95)
    for village, rice, trees, culture in zip(
        found.villages,
        (210, 190, 250, 240, 200, 190),
        (500, 610, 320, 500, 40, None),
        (96, 97, 94, 95, 88, 97),
        strict=True,
    ):
        add(targets[RICE], rice, part=village)
        add(targets[CULTURE], culture, part=village)
        if trees is not None:
            add(targets[TREES], trees, part=village)
    add(targets[CULTURE], "94.5")
    add(targets[POOR], "1.2")
    wrong = add(targets[CLEAN_WATER], 79)
    add(targets[CLEAN_WATER], "97.9", replaces=wrong)
    add(targets[VIOLATIONS], 2)
    add(targets[ROADS], "0.9", period="2024-Q1")


def add(target: Target, value: object, *, period: str = PERIOD, **more: object) -> Result:
    return Result.objects.create(target=target, period=period, value=Decimal(str(value)), **more)


def _registrations(found: Movement2024) -> None:
    day = dt.date(2024, 2, 10)
    for village, state in zip(found.villages, ("approved", "approved", "approved", "sent", "returned"), strict=False):
        reason = "Ghi thêm chỉ tiêu trồng cây" if state == "returned" else ""
        Registration.objects.create(campaign=found.campaign, part=village, state=state, day=day, reason=reason)


def _exemplars(found: Movement2024) -> None:
    picture = files.store(photograph(), name="vườn rau.jpg", unit_id=found.unit.pk, actor=found.officer)
    Exemplar.objects.create(
        campaign=found.campaign,
        part=found.villages[1],
        kind="person",
        name="Bà Hà Thị Sương",
        story="Hiến 300 m2 đất mở đường thôn;\nvận động 12 hộ cùng hiến đất",
        day=dt.date(2024, 5, 19),
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        picture=picture,
        by=found.officer,
    )
    Exemplar.objects.create(
        campaign=found.campaign,
        part=found.villages[0],
        kind="collective",
        name="Thôn 1",
        story="Hoàn thành trồng 500 cây trước hạn.",
        day=dt.date(2024, 3, 2),
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        by=found.officer,
    )
    Exemplar.objects.create(
        campaign=found.campaign, kind="household", name="Hộ ông Vi Văn Sơn", story="Sau kỳ.", day=dt.date(2024, 7, 2)
    )


def photograph(size: tuple[int, int] = (640, 420), kind: str = "JPEG") -> io.BytesIO:
    buffer = io.BytesIO()
    Image.new("RGB", size, "#6b8e4e").save(buffer, kind)
    buffer.seek(0)
    return buffer
