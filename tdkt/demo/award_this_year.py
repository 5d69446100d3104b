"""This year's round in the demonstration: lists come in, some are missing; what is in is being appraised.

Days are counted back from today, and what falls due lies ahead of it.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from awards.collecting.proposals import give_back
from awards.collecting.rounds import create_round, move_round
from awards.collecting.sources import offers_of, take_offers
from awards.collecting.taking import ACHIEVEMENT, AWARD, BIRTH, NAME, POST, ask_places, shown, take
from awards.collecting.values import RoundData
from awards.councils.services import SittingData, create_sitting
from awards.dossiers.appraising import appraise
from awards.dossiers.consulting import Asked, consult
from awards.dossiers.correcting import ask
from awards.dossiers.initiative_services import InitiativeData, add_initiative
from awards.dossiers.services import choose_initiatives, save_texts
from awards.models import Initiative, Nominee, Round, Sitting
from awards.models.common import CycleKind, PathKind, RouteKind
from awards.shipped import award_name
from awards.states import NomineeState, RoundState
from reminders.asking import links
from reminders.asking.services import mark_told, send_out
from reminders.asking.values import AnswerData
from reminders.models import Ask, Request
from tdkt.demo.award_cast import NEW, Kind, Said, row_of
from tdkt.demo.award_council import HALL
from tdkt.demo.award_history import CLINIC, PRIMARY, SECONDARY
from tdkt.demo.award_last_year import FARMERS
from tdkt.demo.award_lists import count_people, identify_all, of, rate, receive_all, type_list
from tdkt.demo.award_rules import confirm_as_before
from tdkt.demo.award_scene import Scene, date_back_round

OFFICE, ECONOMY, MARKET = "Văn phòng HĐND và UBND", "Phòng Kinh tế", "Thôn Phố Chợ"
FERRY, PINES = "Thôn Bến Đò", "Thôn Đồi Thông"
_ASKED = (
    *(SECONDARY, PRIMARY, "Trường Mầm non Mai Khê", "Trường Trung học cơ sở Khê Hạ"),
    *(OFFICE, ECONOMY, CLINIC, "Công an xã", FARMERS, "Hội Liên hiệp Phụ nữ xã"),
    *(MARKET, FERRY, PINES, "Thôn Nà Pheo", "Thôn Trại Vải"),
)
_BODY = (
    "Đề nghị gửi danh sách tập thể, cá nhân đề nghị khen thưởng cuối năm: ghi rõ danh hiệu, hình thức và tóm tắt "
    "thành tích (số liệu cụ thể). Không cần ghi số định danh cá nhân."
)
_TAUGHT = "Hoàn thành tốt nhiệm vụ năm học; lớp phụ trách đạt lớp tiên tiến."
_TYPED: dict[str, tuple[Said, ...]] = {
    SECONDARY: (
        Said("", "TTLDXS", "Dẫn đầu khối trường học của xã ba năm liền; 16 học sinh giỏi cấp tỉnh.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Chỉ đạo nhà trường hoàn thành toàn diện nhiệm vụ năm học."),
        Said(1, "LDTT", "Phụ trách chuyên môn; 100% giáo viên dùng kho bài giảng chung."),
        Said(2, "LDTT", "Tổ chuyên môn có 4 chuyên đề được phòng chuyên môn đánh giá tốt."),
        Said(3, "LDTT", "Chủ nhiệm lớp 9A: 100% học sinh tốt nghiệp."),
        Said(4, "LDTT", "Liên đội dẫn đầu phong trào kế hoạch nhỏ của xã."),
        Said(NEW, "LDTT", "Hướng dẫn học sinh đạt giải Ba khoa học kỹ thuật cấp tỉnh.", post="Giáo viên", born=1989),
        Said(1, "CSTDCS", "Sáng kiến ngân hàng đề kiểm tra dùng chung cho bốn trường."),
        Said(2, "CSTDCS", "Chủ trì chuyên đề dạy học theo dự án, áp dụng toàn trường."),
        Said(0, "CSTDT", "Ba năm liền là Chiến sĩ thi đua cơ sở; sáng kiến áp dụng trong tỉnh.", years_back=1),
    ),
    CLINIC: (
        Said("", "TTLDXS", "Đạt bộ tiêu chí quốc gia về y tế xã; tiêm chủng đạt 98%.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Điều hành trạm khám, điều trị cho 4.300 lượt người bệnh."),
        Said(1, "LDTT", "Tổ chức 24 buổi tiêm chủng an toàn."),
        Said(2, "LDTT", "Khám, chữa bệnh cho 4.320 lượt người."),
        Said(3, "LDTT", "Theo dõi 231 người bệnh mạn tính tại nhà."),
        Said(5, "LDTT", "Tư vấn sức khỏe sinh sản cho 310 lượt phụ nữ."),
        Said(6, "LDTT", "Quản lý thuốc, vật tư đúng quy định, không để quá hạn."),
        Said(0, "CSTDCS", "Sáng kiến phiếu hẹn khám cho người cao tuổi theo từng thôn."),
        Said(0, "BKT", "Nhiều năm liền là Chiến sĩ thi đua cơ sở; trạm dẫn đầu về y tế dự phòng.", years_back=1),
    ),
    OFFICE: (
        Said("", "TTLDTT", "Phục vụ tốt hoạt động của HĐND, UBND; văn bản phát hành đúng hạn.", Kind.COLLECTIVE),
        Said(1, "LDTT", "Tham mưu 12 kỳ họp, phiên họp của HĐND xã."),
        Said(2, "LDTT", "Theo dõi, đôn đốc 186 nhiệm vụ, không để chậm hạn."),
        Said(3, "LDTT", "Tiếp nhận, phát hành 5.400 văn bản trên môi trường điện tử."),
        Said(4, "LDTT", "Quyết toán ngân sách đúng hạn, không có sai sót."),
    ),
    ECONOMY: (
        Said(0, "LDTT", "Hoàn thành nhiệm vụ được giao."),
        Said(2, "LDTT", "Hoàn thành nhiệm vụ được giao."),
    ),
}  # fmt: skip
_BY_LINK: dict[str, tuple[Said, ...]] = {
    PRIMARY: (
        Said("", "TTLDTT", "Giữ vững trường chuẩn quốc gia mức độ 1.", Kind.COLLECTIVE),
        Said(0, "LDTT", "Quản lý, điều hành nhà trường hoàn thành nhiệm vụ năm học."),
        Said(1, "LDTT", "Phụ trách bán trú cho 164 học sinh."),
        Said(2, "LDTT", _TAUGHT),
        Said(3, "LDTT", _TAUGHT),
        Said(4, "LDTT", "Tổ chức 5 hoạt động trải nghiệm cho học sinh."),
        Said(0, "CSTDCS", "Sáng kiến tiết đọc thư viện gắn với văn hóa địa phương."),
    ),
    MARKET: (
        Said(1, "GK", "Vận động 43 hộ góp đèn chiếu sáng 2,1 km đường thôn."),
        Said(5, "GK", "Hướng dẫn 20 hộ phân loại rác, ủ phân tại nhà."),
        Said(6, "GK", "Bắt trộm, trả lại xe máy cho người bị mất."),
    ),
}
_WAITING: dict[str, tuple[Said, ...]] = {
    FERRY: (Said(1, "GK", "Giữ đò ngang an toàn, đưa đón miễn phí học sinh."),),
    PINES: (Said(5, "GK", "Mở lớp đan lát cho 12 phụ nữ lúc nông nhàn."), Said("", "TVH", "", Kind.COLLECTIVE)),
}
_RETURNED = "Thành tích ghi chung chung: ghi việc đã làm, số liệu và kết quả của từng người."
_WRONG_YEAR = "Năm sinh khác với hồ sơ năm trước; ghi lại theo lý lịch."
_REPORT = {
    "about": "Sinh ra và lớn lên tại địa phương; trình độ bác sĩ đa khoa; công tác tại trạm hơn mười năm.",
    "duties": "Quản lý, điều hành Trạm Y tế xã; phụ trách y tế dự phòng, phòng, chống dịch bệnh.",
    "achieved": "Tiêm chủng mở rộng đạt 98%; khám sức khỏe cho 2.410 người cao tuổi; không để dịch lớn xảy ra.",
    "before": "Chiến sĩ thi đua cơ sở nhiều năm liền.",
}


def begin_round(scene: Scene) -> Round:
    year = scene.year
    data = RoundData(
        f"Xét khen thưởng cuối năm {year}",
        year,
        CycleKind.YEAR.value,
        PathKind.MERIT.value,
        due=scene.days_ahead(4),
        superior_due=scene.days_ahead(24),
    )
    found = create_round(scene.commune, actor=scene.officer, data=data)
    request = _request(scene, found)
    _collect(scene, found, request)
    move_round(found, actor=scene.officer, to=RoundState.APPRAISING)
    confirm_as_before(scene)
    _appraise(scene, found)
    _prepare_sitting(scene, found)
    _let_come(scene, request, _WAITING)
    date_back_round(scene, found, scene.days_ago(12))
    return found


# -- Lists -----------------------------------------------------------------------------------


def _request(scene: Scene, found: Round) -> Request:
    request = ask_places(
        found,
        actor=scene.officer,
        title=f"Danh sách đề nghị khen thưởng cuối năm {found.year}",
        body=_BODY,
        due=found.due,
        parts=[scene.part(name) for name in _ASKED],
    )
    found.refresh_from_db()
    send_out(request, actor=scene.officer)
    for one in request.asks.select_related("request__unit")[: len(_ASKED) - 2]:
        mark_told(one, actor=scene.officer)
    return request


def _let_come(scene: Scene, request: Request, lists: dict[str, tuple[Said, ...]]) -> None:
    """By the links that they were sent."""
    for part, lines in lists.items():
        asked = Ask.objects.select_related("request__unit", "part__head").get(request=request, part__name=part)
        token = links.address_of(asked).rstrip("/").rpartition("/")[2]
        rows = tuple(_words(scene, part, one, scene.year) for one in lines)
        assert asked.part is not None  # parts were asked
        links.answer_by_link(token, data=AnswerData(str(asked.part.head or asked.part), rows=rows))


def _words(scene: Scene, part: str, said: Said, year: int) -> dict[str, str]:
    """As somebody types it on a phone."""
    data = row_of(scene, part, said, year).data
    name = f"{data.honorific} {data.name}".strip()
    birth = str(data.birth_year or "")
    award = award_name(data.award) if data.award != "TVH" else "Thôn văn hóa"
    return {NAME: name, BIRTH: birth, POST: data.post, AWARD: award, ACHIEVEMENT: data.achievement}


def _collect(scene: Scene, found: Round, request: Request) -> None:
    typed = {
        part: type_list(scene, found, part, lines, scene.days_ago(9 - at))
        for at, (part, lines) in enumerate(_TYPED.items())
    }
    _let_come(scene, request, _BY_LINK)
    take(found, actor=scene.officer, picks={one.answer.pk: one.digest for one in shown(found)})
    give_back(typed[ECONOMY], actor=scene.officer, reason=_RETURNED)
    picks = {one.key: one.award for one in offers_of(found, scene.officer) if one.award == "GK" and not one.is_there}
    if picks:
        first = next(iter(picks))
        take_offers(found, actor=scene.officer, picks={first: picks[first]})
    by_market = found.proposals.get(part__name=MARKET)
    receive_all(scene, found, scene.today, but=[by_market])
    found.proposals.filter(part__name__in=[SECONDARY, CLINIC, OFFICE]).update(received_on=scene.days_ago(5))
    identify_all(scene, found, but=[of(found, PRIMARY, 2, "LDTT").pk])


# -- Dossiers --------------------------------------------------------------------------------


def _appraise(scene: Scene, found: Round) -> None:
    is_expected = scene.today <= dt.date(found.year, 12, 20)
    source = "" if is_expected else f"Thông báo số 151/TB-UBND ngày 18/12/{found.year}"
    rate(scene, found, source=source, is_expected=is_expected)
    count_people(scene, found)
    _invent(scene, found)
    doctor = of(found, CLINIC, 0, "BKT")
    save_texts(doctor, actor=scene.officer, version=doctor.version, achievement=doctor.achievement, report=_REPORT)
    people = found.nominees.filter(kind=Kind.PERSON, proposal__part__name__in=[SECONDARY, CLINIC, PRIMARY])
    about = "Việc chấp hành pháp luật; bảo đảm an ninh, trật tự, an toàn giao thông"
    asked = Asked("Công an xã", about, scene.days_ago(2), 5, list(people.values_list("pk", flat=True)))
    consult(found, actor=scene.officer, asked=asked)
    ready = [
        *(of(found, part, part, "TTLDXS") for part in (SECONDARY, CLINIC)),
        doctor,
        *(of(found, SECONDARY, place, "LDTT") for place in range(5)),
    ]
    appraised = appraise(found, actor=scene.officer, nominee_ids=[one.pk for one in ready])
    assert not appraised.left, appraised.left  # else nobody could come before the council
    ask(of(found, PRIMARY, 3, "LDTT"), actor=scene.officer, field="birth_year", reason=_WRONG_YEAR)


def _invent(scene: Scene, found: Round) -> None:
    year = found.year
    head, deputy = of(found, SECONDARY, 0, "CSTDT"), of(found, SECONDARY, 1, "CSTDCS")
    in_province = InitiativeData(
        "Mô hình quản lý học sinh bán trú vùng cao",
        year - 1,
        f"{head.name}, {head.birth_year}",
        Initiative.Scope.PROVINCE.value,
        is_recognised=True,
        recognised_by=f"Quyết định số 1846/QĐ-UBND của Chủ tịch Ủy ban nhân dân {scene.province}",
        recognised_on=scene.not_after(dt.date(year, 6, 15)),
        applied_at="Các trường bán trú trong tỉnh",
    )
    here = InitiativeData(
        "Ngân hàng đề kiểm tra dùng chung",
        year,
        f"{deputy.name}, {deputy.birth_year}",
        is_recognised=True,
        recognised_by="Quyết định số 203/QĐ-UBND của Chủ tịch Ủy ban nhân dân xã",
        recognised_on=scene.days_ago(15),
        applied_at="Bốn trường trong xã",
    )
    for row, data in ((head, in_province), (deputy, here)):
        made = add_initiative(scene.commune, actor=scene.officer, data=data).row
        choose_initiatives(row, actor=scene.officer, initiative_ids=[made.pk])


def _prepare_sitting(scene: Scene, found: Round) -> Sitting:
    """Of the standing body, with a secret vote in the program: its members have accounts."""
    day = scene.days_ahead(1)
    at = dt.datetime(day.year, day.month, day.day, 8, 30, tzinfo=timezone.get_current_timezone())
    name = f"Thường trực Hội đồng xét đề nghị tỉnh khen thưởng năm {found.year}"
    data = SittingData(name, RouteKind.STANDING.value, Sitting.Medium.SECRET, at=at, place=HALL)
    rows = Nominee.objects.filter(round=found, state=NomineeState.READY, award__in=("TTLDXS", "BKT"))
    names = list(rows.values_list("pk", flat=True))
    return create_sitting(scene.commune, actor=scene.officer, data=data, nominees=names, award_round=found)
