"""Last year's round in the demonstration: from the lists to dossiers that are ready for the council."""

from __future__ import annotations

import datetime as dt

from awards.collecting.rounds import create_round, move_round
from awards.collecting.rows import withdraw
from awards.collecting.sources import offers_of, take_offers
from awards.collecting.values import RoundData
from awards.dossiers.appraising import appraise, overrule
from awards.dossiers.consulting import Asked, consult, record_answers
from awards.dossiers.consulting import Said as Answer
from awards.dossiers.fact_services import ImpedimentData, add_impediment
from awards.dossiers.initiative_services import InitiativeData, add_initiative
from awards.dossiers.services import choose_initiatives
from awards.models import Impediment, Nominee, Opinion, Round
from awards.models.common import CycleKind, PathKind
from awards.states import NomineeState, RoundState
from campaigns.results.evidence import Proof
from tdkt.demo.award_cast import NEW, Kind, Said
from tdkt.demo.award_history import CLINIC, SECONDARY
from tdkt.demo.award_lists import count_people, identify_all, of, rate, receive_all, type_list
from tdkt.demo.award_rules import CULTURE
from tdkt.demo.award_scene import Scene, date_back_overruled, date_back_round

BRIDGE, GREEN, FARMERS = "Thôn Cầu Đá", "Thôn Gò Mít", "Hội Nông dân xã"
_TAUGHT = "Dạy giỏi, quản lý lớp tốt; chất lượng bộ môn vượt chỉ tiêu nhà trường giao."
_LISTS: dict[str, tuple[Said, ...]] = {
    SECONDARY: (
        Said("", "TTLDTT", "Tỷ lệ học sinh tốt nghiệp đạt 100%; có 14 học sinh giỏi cấp tỉnh.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Chỉ đạo nhà trường hoàn thành toàn diện nhiệm vụ năm học."),
        Said(1, "LDTT", "Phụ trách chuyên môn, xây dựng kho bài giảng dùng chung 120 tiết."),
        Said(2, "LDTT", "Tổ Khoa học tự nhiên có 100% giáo viên đạt loại khá, giỏi."),
        Said(3, "LDTT", _TAUGHT),
        Said(4, "LDTT", "Tổ chức Liên đội hoạt động đều; quyên góp giúp 18 học sinh khó khăn."),
        Said(NEW, "LDTT", "Bồi dưỡng đội tuyển Toán đạt 3 giải cấp tỉnh.", post="Giáo viên Toán", born=1986),
        Said(NEW, "LDTT", _TAUGHT, post="Giáo viên Ngữ văn", born=1991),
        Said(NEW, "LDTT", "Xây dựng thư viện xanh, số lượt đọc tăng gấp đôi.", post="Nhân viên thư viện", born=1993),
        Said(0, "CSTDCS", "Sáng kiến quản lý nền nếp học sinh bán trú, áp dụng tại ba trường trong xã."),
        Said(1, "CSTDCS", "Sáng kiến kho bài giảng dùng chung, giảm một nửa thời gian soạn bài."),
        Said(2, "CSTDCS", "Đổi mới sinh hoạt tổ chuyên môn theo nghiên cứu bài học."),
    ),
    CULTURE: (
        Said("", "TTLDTT", "Giải quyết 1.240 hồ sơ, không có hồ sơ quá hạn.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Chỉ đạo hoàn thành 12 nhiệm vụ trọng tâm của phòng."),
        Said(1, "LDTT", "Phụ trách chính sách người có công: chi trả đủ, đúng đối tượng."),
        Said(2, "LDTT", "Tham mưu tổ chức 6 hội thi, liên hoan văn nghệ quần chúng."),
        Said(0, "CSTDCS", "Sáng kiến tiếp nhận hồ sơ bảo trợ xã hội tại nhà cho người khuyết tật."),
    ),
    CLINIC: (
        Said("", "TTLDTT", "Tiêm chủng mở rộng đạt 97%; khám sức khỏe cho 2.300 người cao tuổi.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Quản lý trạm hoàn thành các chỉ tiêu y tế dự phòng."),
        Said(1, "LDTT", "Phụ trách chương trình tiêm chủng, không để xảy ra tai biến."),
        Said(2, "LDTT", "Khám, chữa bệnh cho 4.150 lượt người, tư vấn sức khỏe tại 12 thôn."),
        Said(3, "LDTT", "Theo dõi 218 người bệnh mạn tính tại nhà."),
        Said(4, "LDTT", "Chăm sóc bà mẹ, trẻ em; 100% thai phụ được quản lý thai."),
        Said(5, "LDTT", "Quản lý 42 thai phụ, vận động sinh con tại cơ sở y tế."),
        Said(6, "LDTT", "Cấp phát thuốc bảo hiểm y tế đúng, đủ cho người bệnh."),
        Said(0, "CSTDCS", "Chỉ đạo trạm đạt bộ tiêu chí quốc gia về y tế xã."),
        Said(1, "CSTDCS", "Sáng kiến sổ theo dõi tiêm chủng bằng mã QR."),
    ),
    BRIDGE: (
        Said("", "TVH", "Giữ vững danh hiệu 5 năm; 96% hộ đạt Gia đình văn hóa.", Kind.COLLECTIVE),
        Said(4, "GK", "Liên kết 35 hộ trồng chè sạch, thu nhập tăng 20%."),
        Said(5, "GK", "Hiến 150 m² đất và góp 40 ngày công làm đường thôn."),
        Said(6, "GK", "Hòa giải thành 7 vụ việc, không để đơn thư vượt cấp."),
        Said(7, "GK", "Cả nhà tham gia tổ tự quản, cho mượn sân làm điểm tập kết vật liệu.", Kind.HOUSEHOLD),
    ),
    GREEN: (
        Said(2, "GK", "Vận động 120 triệu đồng làm nhà cho hai hộ nghèo."),
        Said(5, "GK", "Giúp 9 hộ vay vốn, hướng dẫn nuôi dê sinh sản."),
        Said(6, "GK", "Giữ gìn nghề đan lát, truyền nghề cho 15 thanh niên."),
    ),
    FARMERS: (
        Said(0, "GK", "Xây dựng 4 tổ hợp tác, tín chấp cho 210 hội viên vay vốn."),
        Said(4, "GK", "Liên kết hội viên trồng chè sạch tại Thôn Cầu Đá.", of=BRIDGE),
        Said(3, "GK", "Hội viên sản xuất giỏi, giúp đỡ 5 hộ thoát nghèo.", of="Thôn Bến Đò"),
    ),
    "": (
        Said(1, "BKT", "Hai năm liền là Chiến sĩ thi đua cơ sở; có hai sáng kiến.", years_back=1, of=SECONDARY),
    ),
}  # fmt: skip
_LEFT_OUT = "Bị khiển trách trong năm (Quyết định số 88/QĐ-TYT); nhà trạm thống nhất không đề nghị."
_USED = "Sáng kiến đã là căn cứ tặng Giấy khen chuyên đề; giữ đề nghị Lao động tiên tiến."
_KEPT = "Hội đồng Sáng kiến xã đã thông qua sáng kiến ngày 28/11, quyết định công nhận ký trong tháng 12."
_BY_CLUSTER = "Cụm thi đua đã suy tôn; điều kiện hai năm liên tục do Hội đồng cấp tỉnh xem xét."
_DOUBLE = "Trùng với danh sách của Thôn Cầu Đá; giữ một đề nghị ở thôn."
_DRUNK = "Vi phạm nồng độ cồn ngày 02/11, đã bị xử phạt hành chính."


def hold_round(scene: Scene) -> Round:
    """Ready for the council."""
    year = scene.year - 1
    found = create_round(
        scene.commune,
        actor=scene.officer,
        data=RoundData(
            f"Xét khen thưởng cuối năm {year}",
            year,
            CycleKind.YEAR.value,
            PathKind.MERIT.value,
            ("LDTT", "CSTDCS", "TTLDTT", "TVH", "GK", "BKT"),
            due=dt.date(year, 11, 25),
            superior_due=dt.date(year, 12, 31),
        ),
    )
    _collect(scene, found)
    move_round(found, actor=scene.officer, to=RoundState.APPRAISING)
    _know(scene, found)
    _ask_police(scene, found)
    _appraise(scene, found)
    date_back_round(scene, found, dt.date(year, 10, 27))
    date_back_overruled(scene, found, dt.date(year, 12, 5))
    return found


def _collect(scene: Scene, found: Round) -> None:
    year = found.year
    for at, (part, lines) in enumerate(_LISTS.items()):
        type_list(scene, found, part, lines, dt.date(year, 11, 12 + at))
    offers = offers_of(found, scene.officer)
    if picks := {one.key: one.award for one in offers if one.award in ("GK", "BKT")}:
        before = set(found.proposals.values_list("pk", flat=True))
        take_offers(found, actor=scene.officer, picks=picks)
        of_sources = found.proposals.exclude(pk__in=before)
        of_sources.update(day=dt.date(year, 11, 24))
    receive_all(scene, found, dt.date(year, 11, 28))
    identify_all(scene, found)
    double = of(found, FARMERS, scene.people_of(BRIDGE)[4].full_name, "GK")
    withdraw(double, actor=scene.officer, reason=_DOUBLE)


def _know(scene: Scene, found: Round) -> None:
    year = found.year
    culture = of(found, CULTURE, 0, "CSTDCS")
    nurse = of(found, CLINIC, 1, "CSTDCS")
    lower = {one.subject_id: "HTT" for one in (culture, nurse) if one.subject_id}
    rate(scene, found, source=f"Thông báo số 142/TB-UBND ngày 03/12/{year}", otherwise=lower)
    _punish(scene, found)
    _invent(scene, found, nurse)


def _punish(scene: Scene, found: Round) -> None:
    midwife = of(found, CLINIC, 4, "LDTT").subject
    assert midwife is not None  # everybody was identified
    data = ImpedimentData(
        Impediment.Kind.DISCIPLINE,
        "Khiển trách",
        dt.date(found.year, 5, 12),
        dt.date(found.year + 1, 5, 11) if scene.today > dt.date(found.year + 1, 5, 11) else None,
        "Quyết định số 88/QĐ-TYT của Trạm Y tế xã",
    )
    add_impediment(midwife, actor=scene.officer, data=data)


def _invent(scene: Scene, found: Round, nurse: Nominee) -> None:
    """One that was used before, and those of the school, of which the dossiers name theirs."""
    year = found.year
    said = f"Quyết định số 195/QĐ-UBND ngày 20/10/{year} của Chủ tịch Ủy ban nhân dân xã"
    for row, title, applied, used in (
        (nurse, "Sổ theo dõi tiêm chủng bằng mã QR", "Trạm Y tế xã và 28 thôn", "GK"),
        (of(found, SECONDARY, 0, "CSTDCS"), "Nền nếp học sinh bán trú: mười việc mỗi ngày", "Ba trường trong xã", ""),
        (of(found, SECONDARY, 1, "CSTDCS"), "Kho bài giảng dùng chung cấp trung học cơ sở", SECONDARY, ""),
    ):
        author = f"{row.name}, {row.birth_year}"
        day = dt.date(year, 10, 20)
        data = InitiativeData(
            title,
            year,
            author,
            is_recognised=True,
            recognised_by=said,
            recognised_on=day,
            applied_at=applied,
            used_for=used,
        )
        made = add_initiative(scene.commune, actor=scene.officer, data=data).row
        choose_initiatives(row, actor=scene.officer, initiative_ids=[made.pk])


def _ask_police(scene: Scene, found: Round) -> None:
    year = found.year
    people = found.nominees.filter(kind=Kind.PERSON, state=NomineeState.PROPOSED)
    asked = Asked(
        "Công an xã",
        "Việc chấp hành pháp luật; bảo đảm an ninh, trật tự, an toàn giao thông",
        dt.date(year, 12, 1),
        3,
        list(people.values_list("pk", flat=True)),
    )
    row = consult(found, actor=scene.officer, asked=asked)
    opinions = Opinion.objects.filter(consultation=row).select_related("nominee")
    drinker = of(found, GREEN, 5, "GK")
    said = {one.pk: Answer("clear") for one in opinions if one.nominee_id != drinker.pk}
    said |= {one.pk: Answer("objects", _DRUNK) for one in opinions if one.nominee_id == drinker.pk}
    proof = Proof("86/CAX", dt.date(year, 12, 4), "Công an xã")
    record_answers(row, actor=scene.officer, said=said, was={}, day=dt.date(year, 12, 4), proof=proof)
    drinker.refresh_from_db()
    withdraw(drinker, actor=scene.officer, reason=f"Công an xã không thống nhất: {_DRUNK[:1].lower()}{_DRUNK[1:]}")


def _appraise(scene: Scene, found: Round) -> None:
    left_out, kept = Nominee.Overruled.LEFT_OUT, Nominee.Overruled.KEPT
    for row, choice, reason in (
        (of(found, CLINIC, 4, "LDTT"), left_out, _LEFT_OUT),
        (of(found, CLINIC, 1, "CSTDCS"), left_out, _USED),
        (of(found, CULTURE, 0, "CSTDCS"), kept, _KEPT),
    ):
        overrule(row, actor=scene.officer, choice=choice, reason=reason)
    count_people(scene, found)
    for row in found.nominees.exclude(commendation=None).select_related("round"):
        overrule(row, actor=scene.officer, choice=kept, reason=_BY_CLUSTER)
    pks = found.nominees.filter(state=NomineeState.PROPOSED).values_list("pk", flat=True)
    appraised = appraise(found, actor=scene.officer, nominee_ids=list(pks))
    assert not appraised.left, appraised.left  # else the story would end here
