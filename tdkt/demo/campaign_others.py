"""The commune's other campaigns in the demonstration: last autumn's, which is over; one just begun; one prepared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from campaigns.models import Campaign, Exemplar
from campaigns.reporting.drafting import RECIPIENTS
from campaigns.reporting.services import start_review, write_text
from campaigns.results.selectors import bearer_rows
from campaigns.results.services import Entry, record_results
from campaigns.results.shares import ShareRow, save_shares
from campaigns.results.targets import TargetRow, save_targets
from campaigns.running.rows import save_movements, save_waves
from campaigns.running.services import create_campaign, launch
from campaigns.running.values import CampaignValues, MovementRow, WaveRow
from campaigns.taking_part import matching
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.services import register
from campaigns.taking_part.taking import ask_places
from campaigns.taking_part.values import RegistrationData, Who
from reminders.asking import links
from reminders.asking.services import mark_told, send_out
from reminders.asking.values import AnswerData
from tdkt.demo import pictures
from tdkt.demo.campaign_results import figure
from tdkt.demo.campaign_reviews import Case, add_case, issue
from tdkt.demo.campaign_scene import Scene, decimal, shared_out
from tdkt.demo.campaign_year import SCOPE, judge

_REWARDS = "Giấy khen của Chủ tịch Ủy ban nhân dân xã cho tập thể, cá nhân có thành tích xuất sắc."

_AUTUMN_TARGETS = (
    ("giải ngân vốn đầu tư công", ">=", "95", "%", "72,4", "96,3"),
    ("thu ngân sách trên địa bàn", ">=", "22", "tỷ đồng", "16,8", "22,9"),
    ("cứng hóa đường ngõ, xóm", "=", "9000", "m", "", ""),
    ("tỷ lệ người dân tham gia bảo hiểm y tế", ">=", "96", "%", "95,1", "96,4"),
    ("tỷ lệ hồ sơ nộp trực tuyến", ">=", "75", "%", "71,2", "74,1"),
    ("gia trại chăn nuôi có hầm khí sinh học", ">=", "40", "gia trại", "26", "43"),
    ("tỷ lệ hộ đăng ký Gia đình văn hóa", ">=", "98", "%", "", "98,7"),
)
"""Text, comparison, figure, measure, reached by the end of September and of the year."""
_OF_A_SCHOOL = "Hoàn thành sửa chữa trường, lớp trước ngày khai giảng"
_OF_AN_OFFICE = "Hoàn thành nhiệm vụ được giao trước ngày 20/12, không để hồ sơ quá hạn"
_RECIPIENTS = "Sở Nội vụ tỉnh {province} (để báo cáo)\nThường trực Đảng ủy, Thường trực HĐND xã (để báo cáo)\n" + (
    "Các phòng, trung tâm, đơn vị thuộc UBND xã\nTrưởng các thôn\nLưu: VT, VHXH"
)
_ROADS = 2
_ROADS_REACHED = {"9M": 71, "Y": 103}
_AUTUMN_CASES = (
    Case(
        "Vận động 27 hộ góp 186 triệu đồng và 540 ngày công, đổ bê tông 1,4 km đường ngõ trước hạn 20 ngày.",
        village=9,
        days_ago=0,
        name="Tập thể {part}",
        kind=Exemplar.Kind.COLLECTIVE,
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
        picture=pictures.road,
    ),
    Case(
        "Đầu tư hầm khí sinh học cho đàn lợn 60 con, giúp chín hộ trong thôn làm theo; chuồng trại sạch sẽ.",
        village=22,
        days_ago=0,
        kind=Exemplar.Kind.PERSON,
        proposed="Giấy khen của Chủ tịch Ủy ban nhân dân xã",
    ),
)


def write_autumn(scene: Scene) -> Campaign:
    """The second half of last year, reviewed twice, its figures frozen; one figure was put right afterwards."""
    year = scene.year - 1
    campaign = _made(
        scene,
        CampaignValues(
            title=f"Phong trào thi đua nước rút hoàn thành nhiệm vụ 6 tháng cuối năm {year}",
            year=year,
            theme="Việc hôm nay không để ngày mai",
            kind=Campaign.Kind.WAVE,
            start=dt.date(year, 7, 1),
            end=dt.date(year, 12, 20),
            register_by=dt.date(year, 7, 25),
            scope=SCOPE,
            rewards=_REWARDS,
            follower=scene.officer.person,
        ),
        [
            WaveRow(
                None,
                "Đợt thi đua thứ nhất",
                dt.date(year, 7, 1),
                dt.date(year, 9, 30),
                review_by=dt.date(year, 10, 10),
                occasion="Cách mạng tháng Tám và Quốc khánh 2-9",
            ),
            WaveRow(
                None,
                "Đợt thi đua thứ hai",
                dt.date(year, 10, 1),
                dt.date(year, 12, 20),
                review_by=dt.date(year, 12, 24),
                occasion="ngày thành lập Mặt trận Dân tộc thống nhất Việt Nam 18-11",
            ),
        ],
    )
    rows = [
        TargetRow(text, comparison, figure(low), measure=measure, adds_up=not measure.startswith("%"))
        for text, comparison, low, measure, _, _ in _AUTUMN_TARGETS
    ]
    save_targets(campaign, rows, version=campaign.version, actor=scene.officer)
    launch(campaign, actor=scene.officer, day=dt.date(year, 7, 4))
    _take_part_in_autumn(scene, campaign, dt.date(year, 7, 10))
    _measure_autumn(scene, campaign)
    return campaign


def _take_part_in_autumn(scene: Scene, campaign: Campaign, first: dt.date) -> None:
    """All that could, and each village its share of the roads."""
    roads = list(campaign.targets.all())[_ROADS]
    shares = shared_out(9_000, [24 + at * 5 % 17 for at in range(len(scene.villages))])
    given = [ShareRow(part, decimal(low)) for part, low in zip(scene.villages, shares, strict=True)]
    save_shares(roads, given, actor=scene.officer)
    by_village = {row.bearer: Promise(target=roads.pk, low=row.low) for row in given}
    rows = []
    for position, part in enumerate(bearer_rows(campaign, scene.today)):
        title = "Thôn văn hóa" if part in by_village else "Tập thể lao động tiên tiến"
        promise = by_village.get(part) or Promise(text=_OF_A_SCHOOL if part in scene.schools else _OF_AN_OFFICE)
        data = RegistrationData(first + position % 12 * scene.ONE, titles=(title,), promises=(promise,))
        rows.append(register(campaign, actor=scene.officer, who=Who(part), data=data))
    judge(scene, campaign, rows, every=0)


def _measure_autumn(scene: Scene, campaign: Campaign) -> None:
    """Figures of September, the first report; of the year, the last one, which closes; then a correction."""
    year = campaign.year
    first, second = campaign.waves.all()
    cases = ((0, dt.date(year, 9, 18)), (1, dt.date(year, 11, 27)))
    for place, (code, wave, number, day) in enumerate(
        (
            ("9M", first, "88", dt.date(year, 10, 7)),
            ("Y", second, "121", dt.date(year, 12, 23)),
        )
    ):
        _enter_autumn(scene, campaign, code)
        add_case(scene, campaign, _AUTUMN_CASES[cases[place][0]], cases[place][1])
        is_final = code == "Y"
        review = start_review(campaign, actor=scene.officer, period=f"{year}-{code}", wave=wave, is_final=is_final)
        words = _RECIPIENTS.format(province=scene.province.name)
        write_text(review, actor=scene.officer, version=review.version, key=RECIPIENTS, lines=words)
        issue(scene, review, number=number, day=day, closes=is_final)
    target = campaign.targets.select_related("campaign").get(text__startswith="gia trại")
    before = target.results.get(period=f"{year}-Y")
    note = "Đính chính: hai gia trại thôn Bản Cọ nghiệm thu ngày 26/12, chưa tính khi lập báo cáo."
    record_results(
        campaign, [Entry(target, before.period, Decimal(45), was=before.pk, note=note)], actor=scene.officer
    )


def _enter_autumn(scene: Scene, campaign: Campaign, code: str) -> None:
    targets = list(campaign.targets.select_related("campaign"))
    column = 4 if code == "9M" else 5
    period = f"{campaign.year}-{code}"
    entries = [
        Entry(target, period, figure(str(row[column])))
        for target, row in zip(targets, _AUTUMN_TARGETS, strict=True)
        if row[column]
    ]
    shares = targets[_ROADS].shares.select_related("part").order_by("pk")
    for at, share in enumerate(shares):
        value = share.low * (_ROADS_REACHED[code] + (-7, 3, 4, 0, 1)[at % 5]) / 100
        entries.append(Entry(targets[_ROADS], period, value.quantize(Decimal(1)), part=share.part))
    record_results(campaign, entries, actor=scene.officer)


# -- Just begun, and prepared ----------------------------------------------------------------


def write_sudden(scene: Scene) -> Campaign:
    """Launched five days ago: whoever has not registered yet has until the day after tomorrow."""
    start = scene.today - 5 * scene.ONE
    end = start + 44 * scene.ONE
    wave = WaveRow(None, "45 ngày đêm cao điểm", start, end, review_by=end + 6 * scene.ONE)
    campaign = _made(
        scene,
        CampaignValues(
            title="Phong trào thi đua cao điểm 45 ngày đêm xóa nhà tạm, nhà dột nát",
            year=scene.today.year,
            theme="Mỗi người một viên gạch, mỗi thôn một mái ấm",
            kind=Campaign.Kind.SUDDEN,
            period="stage",
            start=start,
            end=end,
            register_by=scene.today + 2 * scene.ONE,
            scope="Các thôn, cơ quan, trường học, đoàn thể; doanh nghiệp, hợp tác xã và Nhân dân trên địa bàn xã.",
            rewards=f"{_REWARDS} Khen ngay sau khi kết thúc đợt cao điểm.",
            follower=scene.officer.person,
        ),
        [wave],
    )
    rows = [
        TargetRow("khởi công, sửa chữa nhà ở cho hộ nghèo", "=", Decimal(14), measure="nhà", adds_up=True),
        TargetRow("ngày công lao động giúp các hộ dựng nhà", ">=", Decimal(1_500), measure="ngày công", adds_up=True),
        TargetRow("vận động kinh phí hỗ trợ", "range", Decimal(600), Decimal(700), measure="triệu đồng", adds_up=True),
        TargetRow("tỷ lệ thôn thành lập tổ giúp việc làm nhà", "=", Decimal(100), measure="%"),
    ]
    [_, days, *_] = save_targets(campaign, rows, version=campaign.version, actor=scene.officer)
    launch(campaign, actor=scene.officer, day=start)
    registered = []
    for position, part in enumerate(bearer_rows(campaign, scene.today)):
        if position % 5 in (1, 4):
            continue
        promises = (Promise(target=days.pk, low=Decimal(20 + position % 4 * 10)),)
        data = RegistrationData(start + position % 5 * scene.ONE, promises=promises)
        registered.append(register(campaign, actor=scene.officer, who=Who(part), data=data))
    judge(scene, campaign, registered, every=3)
    _ask_missing_villages(scene, campaign)
    return campaign


def _ask_missing_villages(scene: Scene, campaign: Campaign) -> None:
    """By a link of their own; what three of them sent waits to be taken over."""
    there = set(campaign.registrations.values_list("part", flat=True))
    missing = [part for part in scene.villages if part.pk not in there]
    request = ask_places(
        campaign,
        actor=scene.officer,
        title="Đăng ký thi đua",
        body=f"Đăng ký tham gia {campaign.title[:1].lower()}{campaign.title[1:]}: ghi số ngày công thôn góp được.",
        due=campaign.register_by,
        parts=missing,
    )
    send_out(request, actor=scene.officer)
    asks = list(request.asks.select_related("request__unit", "part__head").order_by("part__order", "pk"))
    for ask in asks[:-2]:
        mark_told(ask, actor=scene.officer)
    for position, ask in enumerate(asks[:3]):
        assert ask.part is not None  # villages were asked
        token = links.address_of(ask).rstrip("/").rpartition("/")[2]
        promise = f"Ngày công lao động giúp các hộ dựng nhà: {30 + position * 10} ngày công"
        row = {matching.NAME: str(ask.part), matching.PROMISES: promise}
        links.answer_by_link(token, data=AnswerData(str(ask.part.head), rows=(row,)))


def write_prepared(scene: Scene) -> Campaign:
    """A thematic one that is not launched yet."""
    start = scene.today + 20 * scene.ONE
    campaign = _made(
        scene,
        CampaignValues(
            title=f"Chuyên đề “{scene.commune.name} sáng, xanh, sạch, đẹp”",
            year=start.year,
            theme="Mỗi thôn một việc làm vì môi trường",
            kind=Campaign.Kind.THEMATIC,
            period="stage",
            start=start,
            end=start + 90 * scene.ONE,
            follower=scene.officer.person,
        ),
        [],
    )
    names = ("Chủ nhật xanh", "Đường hoa thay rác", "Phân loại rác tại nhà")
    rows = [MovementRow(None, name) for name in names]
    save_movements(campaign, actor=scene.officer, version=campaign.version, rows=rows)
    return campaign


def _made(scene: Scene, values: CampaignValues, waves: list[WaveRow]) -> Campaign:
    campaign = create_campaign(scene.commune, actor=scene.officer, values=values)
    if waves:
        save_waves(campaign, actor=scene.officer, version=campaign.version, rows=waves)
    return campaign
