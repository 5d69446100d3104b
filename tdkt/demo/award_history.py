"""Old decisions in the demonstration: three earlier years, so that people and schools have a history.

Until the reform the districts decided on titles; one of the former communes kept a register of its own, which the
commune reads: whoever is proposed later goes on from the row there.
"""

from __future__ import annotations

import datetime as dt

from awards.models import Decision
from awards.models.common import DeciderKind
from awards.register.old import Entered, OldDecision, OldLine, enter_old
from tdkt.demo.award_rules import CULTURE
from tdkt.demo.award_scene import Scene
from tdkt.demo.office import REFORM
from units.models import Unit

SECONDARY, PRIMARY, CLINIC = "Trường Trung học cơ sở Mai Khê", "Trường Tiểu học Mai Khê", "Trạm Y tế xã"
_EXCELLENT = {SECONDARY: (0, 1, 2), PRIMARY: (0,), CLINIC: (0, 1)}
"""Part → places of those who had the title Chiến sĩ thi đua cơ sở in both of the last two years before."""
_ADVANCED = {SECONDARY: (0, 1, 2, 3, 4), PRIMARY: (0, 1, 2, 3), CLINIC: (0, 1, 2, 3)}
_OFFICIALS = ((CULTURE, 0), ("Văn phòng HĐND và UBND", 0), ("Văn phòng HĐND và UBND", 2), ("Phòng Kinh tế", 1))
"""Who worked in the former commune."""
_VILLAGERS = (("Thôn Phố Chợ", 5), ("Thôn Phố Đình", 6))
_SIGNERS = ("Nguyễn Hữu Lương", "Đàm Quốc Khải", "Lý Thị Thanh Xuân")


def enter_history(scene: Scene) -> None:
    last = scene.year - 1
    _of_the_former_commune(scene, last - 3)
    _of_titles(scene, last - 2, number="2187", day=dt.date(last - 2, 12, 20), signer=_SIGNERS[1])
    _of_titles(scene, last - 1, number="2304", day=dt.date(last - 1, 12, 18), signer=_SIGNERS[2])


def _of_the_former_commune(scene: Scene, year: int) -> None:
    """In its own register where it was still there, else in the commune's."""
    day = dt.date(year, 12, 26)
    keeper = scene.before if day < REFORM else scene.commune
    decision = OldDecision(
        "214/QĐ-UBND",
        day,
        _SIGNERS[0],
        f"Ủy ban nhân dân {keeper}",
        DeciderKind.COMMUNE.value,
        f"Về việc tặng danh hiệu Lao động tiên tiến, tặng Giấy khen năm {year}",
    )
    lines = [_line(scene, part, place, "Lao động tiên tiến", year) for part, place in _OFFICIALS]
    lines += [_line(scene, part, place, "Giấy khen", year) for part, place in _VILLAGERS]
    lines.append(OldLine("Thôn Phố Chợ", "Giấy khen", year=year, achievement="Dẫn đầu phong trào vệ sinh môi trường."))
    entered = enter_old(keeper.pk, actor=None, decision=decision, lines=lines, joins_same_name=False)
    _publish(scene, entered)


def _of_titles(scene: Scene, year: int, *, number: str, day: dt.date, signer: str) -> None:
    is_district = day < REFORM
    decider = DeciderKind.DISTRICT if is_district else DeciderKind.COMMUNE
    district = Unit.objects.filter(kind=Unit.Kind.DISTRICT, parent=scene.province).order_by("pk").first()
    issuer = f"Ủy ban nhân dân {district if is_district and district else scene.commune}"
    subject = f"Về việc công nhận danh hiệu thi đua năm {year}"
    decision = OldDecision(f"{number}/QĐ-UBND", day, signer, issuer, decider.value, subject)
    lines = [OldLine(part, "Tập thể Lao động tiên tiến", year=year) for part in (SECONDARY, CLINIC)]
    for award, found in (("Chiến sĩ thi đua cơ sở", _EXCELLENT), ("Lao động tiên tiến", _ADVANCED)):
        for part, places in found.items():
            lines += [_line(scene, part, place, award, year) for place in places]
    entered = enter_old(scene.commune.pk, actor=scene.officer, decision=decision, lines=lines, joins_same_name=False)
    _publish(scene, entered)


def _publish(scene: Scene, entered: Entered) -> None:
    """On its day, not when it was typed in."""
    row = entered.decision
    assert row.day is not None  # typed with its day
    Decision.objects.filter(pk=row.pk).update(published_at=scene.at(row.day, 15))


def _line(scene: Scene, part: str, place: int, award: str, year: int) -> OldLine:
    person = scene.people_of(part)[place]
    name = f"{person.honorific} {person.full_name}".strip()
    return OldLine(name, award, birth_year=person.birth_year, detail=f"{person.post}, {part}", year=year)
