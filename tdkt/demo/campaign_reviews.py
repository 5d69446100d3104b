"""Exemplary cases and reports of the year in the demonstration: one drafted, what is over issued."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

from campaigns.models import Campaign, Exemplar, Review
from campaigns.reporting.drafting import CAUSES
from campaigns.reporting.exemplar_services import ExemplarData, add_exemplar, keep_picture
from campaigns.reporting.services import paper_of, record_issue, start_review, write_text
from plans.starting.selectors import signers_of
from tdkt.demo import pictures
from tdkt.demo.campaign_scene import Scene
from units.models import Person

Kind = Exemplar.Kind
_CAUSE_LINES = (
    "- Một số thôn chưa cập nhật số liệu đúng hạn; cán bộ theo dõi ở thôn còn kiêm nhiệm nhiều việc.\n"
    "- Mưa nhiều ngày làm chậm việc trồng rừng, làm nhà ở các thôn vùng cao."
)


@dataclass(frozen=True, slots=True)
class Case:
    """``name``: with a place-holder for the person; of a collective its own."""

    story: str
    village: int
    days_ago: int
    name: str = "{person}"
    kind: str = Kind.PERSON
    proposed: str = ""
    picture: Callable[[], bytes] | None = None


_CASES = (
    Case(
        "Tự nguyện hiến 320 m² đất vườn và hơn 40 cây vải đang cho quả để mở rộng đường thôn; vận động 11 hộ liền kề "
        "cùng hiến đất, nhờ đó tuyến đường dài 1,2 km hoàn thành sớm một tháng.",
        village=13,
        days_ago=150,
        name="Hộ {person_inside}",
        kind=Kind.HOUSEHOLD,
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        picture=pictures.road,
    ),
    Case(
        "Giữ vườn ươm 20.000 cây giống, chỉ bán nửa giá cho hộ nghèo; hướng dẫn bà con trong thôn trồng rừng gỗ lớn "
        "đúng kỹ thuật, tỷ lệ cây sống đạt trên 95%.",
        village=17,
        days_ago=75,
        proposed="Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        picture=pictures.planting,
    ),
    Case(
        "Trong ba tháng góp 412 ngày công, giúp bốn hộ nghèo trong thôn dựng lại nhà; các hộ khá cho mượn trâu kéo "
        "gỗ, chị em phụ nữ thay nhau nấu cơm cho thợ.",
        village=18,
        days_ago=32,
        name="Tập thể {part}",
        kind=Kind.COLLECTIVE,
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        picture=pictures.house,
    ),
    Case(
        "Mỗi tối thứ Bảy mở lớp tại nhà văn hóa, chỉ cho người cao tuổi dùng điện thoại nộp hồ sơ, khám bệnh bằng sổ "
        "sức khỏe điện tử; đã giúp được 86 người.",
        village=4,
        days_ago=9,
    ),
)


def collect_exemplars(scene: Scene, campaign: Campaign) -> None:
    """Those that were noted since the launch, and one at least."""
    assert campaign.launched_on is not None
    for case in _CASES:
        day = scene.today - case.days_ago * scene.ONE
        if day >= campaign.launched_on or case is _CASES[-1]:
            add_case(scene, campaign, case, max(day, campaign.launched_on))


def add_case(scene: Scene, campaign: Campaign, case: Case, day: dt.date) -> Exemplar:
    part = scene.villages[case.village]
    picture = None
    if case.picture is not None:
        upload = io.BytesIO(case.picture())
        upload.name = f"{case.picture.__name__}.png"
        picture = keep_picture(upload, unit_id=scene.commune.pk, actor=scene.officer)
    person = _titled(scene.somebody_of(part, 3))
    name = case.name.format(person=person, person_inside=person[:1].lower() + person[1:], part=part)
    data = ExemplarData(name, case.story, day, kind=case.kind, part=part, proposed=case.proposed, picture=picture)
    return add_exemplar(campaign, actor=scene.officer, data=data)


def _titled(person: Person) -> str:
    return f"{person.honorific} {person.full_name}".strip()


# -- Reports ---------------------------------------------------------------------------------


def write_reviews(scene: Scene, campaign: Campaign) -> None:
    """The report of the first half is a draft until the end of July, then issued; the next one is begun."""
    first, second = campaign.waves.all()
    year, today = scene.year, scene.today
    half = start_review(campaign, actor=scene.officer, period=f"{year}-H1", wave=first, is_final=False)
    draft = half
    if today > dt.date(year, 7, 31):
        issue(scene, half, number="63", day=dt.date(year, 7, 8))
        is_final = today >= dt.date(year, 12, 1)
        period, wave = (f"{year}-Y", second) if is_final else (f"{year}-9M", None)
        draft = start_review(campaign, actor=scene.officer, period=period, wave=wave, is_final=is_final)
    write_text(draft, actor=scene.officer, version=draft.version, key=CAUSES, lines=_CAUSE_LINES)


def issue(scene: Scene, review: Review, *, number: str, day: dt.date, closes: bool = False) -> None:
    """Signed by the chairman, numbered, its figures frozen."""
    chairman = signers_of(scene.commune)["chairman"]
    paper = paper_of(review, number=number, symbol="BC-UBND", date=day, signer=chairman)
    record_issue(review, actor=scene.officer, version=review.version, paper=paper, is_confirmed=True, closes=closes)
