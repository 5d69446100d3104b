"""The commune's own campaign of the year in the demonstration: its head, shares, registrations and pledge."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from campaigns.models import Campaign, Registration, Share, Target
from campaigns.results.selectors import bearer_rows
from campaigns.results.shares import ShareRow, save_shares
from campaigns.results.targets import row_of, save_targets
from campaigns.running.services import change_campaign, launch
from campaigns.running.values import values_of
from campaigns.taking_part.pledges import data_of, save_pledge
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.services import approve, give_back, register
from campaigns.taking_part.signing import record_signing
from campaigns.taking_part.values import RegistrationData, Who
from tdkt.demo.campaign_scene import Scene, decimal, movement_of, shared_out
from units.models import Part

SCOPE = (
    "Các phòng, trung tâm, đơn vị, trường học, Trạm Y tế, các thôn, doanh nghiệp, hợp tác xã; cán bộ, công chức, viên "
    "chức, người lao động và Nhân dân trên địa bàn xã."
)
REWARDS = (
    "Giấy khen của Chủ tịch Ủy ban nhân dân xã cho không quá 10% số tập thể, 5% số cá nhân tham gia mỗi đợt; chọn tập "
    "thể, cá nhân xuất sắc đề nghị Chủ tịch Ủy ban nhân dân tỉnh tặng Bằng khen."
)
CROPS, FOREST, HOUSES, JOBS, LEAVING = (
    "sản lượng lương thực",
    "trồng mới rừng",
    "nhà tạm",
    "việc làm mới",
    "tỷ lệ học sinh bỏ học",
)
"""Targets that parts bear, by the words they begin with."""
_HERD = "đàn gia súc"
"""Counted anew each time: nothing of it is added up through the year."""
_JOBS_GIVEN = 405
"""Of 420: villages were given fewer than the commune promised, and the page says so."""
_TITLES = {
    Part.Kind.VILLAGE: "Thôn văn hóa",
    Part.Kind.SCHOOL: "Tập thể lao động xuất sắc",
}
_PROMISES = {
    Part.Kind.VILLAGE: "Tự quản 100% đường thôn sạch, có hoa, có đèn chiếu sáng",
    Part.Kind.SCHOOL: "Mỗi lớp học có một góc đọc sách, mỗi học sinh chăm sóc một cây xanh",
    Part.Kind.ORGANISATION: "Nhận giúp đỡ ít nhất một hộ nghèo có khả năng thoát nghèo",
}
_OF_AN_OFFICE = "Có ít nhất một sáng kiến rút ngắn thời gian giải quyết hồ sơ cho người dân"
_REASON = "Nội dung đăng ký còn chung chung; xin ghi rõ số liệu, thời gian hoàn thành và người phụ trách."


def launch_year(scene: Scene, campaign: Campaign) -> None:
    """As its plan says; 25 targets, two waves and eleven thematic movements came with that plan."""
    assert campaign.plan is not None
    assert campaign.plan.paper is not None  # the stage below issued it
    values = replace(
        values_of(campaign),
        title=movement_of(campaign),
        scope=SCOPE,
        rewards=REWARDS,
        register_by=dt.date(scene.year, 2, 20),
        follower=scene.officer.person,
    )
    change_campaign(campaign, actor=scene.officer, version=campaign.version, values=values, plan=campaign.plan)
    herd = replace(row_of(target(campaign, _HERD)), adds_up=False)
    save_targets(campaign, [herd], version=campaign.version, actor=scene.officer)
    launch(campaign, actor=scene.officer, day=campaign.plan.paper.date)
    _share_out(scene, campaign)


def target(campaign: Campaign, start: str) -> Target:
    return campaign.targets.select_related("campaign").get(text__startswith=start)


def _share_out(scene: Scene, campaign: Campaign) -> None:
    villages = scene.villages
    upland = villages[15:]  # of the former commune in the hills
    crops = shared_out(6_850, [18 + at * 7 % 13 for at in range(len(villages))])
    _give(scene, target(campaign, CROPS), villages, crops)
    _give(scene, target(campaign, FOREST), upland, shared_out(180, [10 + at % 5 for at in range(len(upland))]))
    _give(scene, target(campaign, HOUSES), upland[:10], [4, 3, 5, 2, 4, 3, 4, 3, 4, 3])
    _give(
        scene, target(campaign, JOBS), villages, shared_out(_JOBS_GIVEN, [14 + at % 3 for at in range(len(villages))])
    )
    taught = [school for school in scene.schools if "Mầm non" not in school.name]
    _give(scene, target(campaign, LEAVING), taught, [0.3] * len(taught))


def _give(scene: Scene, of: Target, parts: Sequence[Part], figures: Sequence[float]) -> None:
    rows = [ShareRow(part, decimal(low)) for part, low in zip(parts, figures, strict=True)]
    save_shares(of, rows, actor=scene.officer)


# -- Who takes part --------------------------------------------------------------------------


def take_part(scene: Scene, campaign: Campaign) -> None:
    """Until the closing day some are missing, wait or were returned; after it all have registered."""
    assert campaign.register_by is not None
    assert campaign.launched_on is not None
    is_open = scene.today <= campaign.register_by
    first = campaign.launched_on
    given = _given(campaign)
    rows = []
    for position, part in enumerate(bearer_rows(campaign, scene.today)):
        if is_open and position % 3 == 2:
            continue
        day = min(scene.not_after(first + (4 + position % 20) * scene.ONE), max(campaign.register_by, first))
        rows.append(register(campaign, actor=scene.officer, who=Who(part), data=_aims(part, day, given[part.pk])))
        if part.kind in (Part.Kind.SCHOOL, Part.Kind.OFFICE) and part.head is not None:
            data = RegistrationData(day, titles=("Chiến sĩ thi đua cơ sở",))
            rows.append(register(campaign, actor=scene.officer, who=Who(part, part.head), data=data))
    judge(scene, campaign, rows, every=3 if is_open else 0)
    _pledge(scene, campaign, is_signed=not is_open)


def _pledge(scene: Scene, campaign: Campaign, *, is_signed: bool) -> None:
    """Of all who take part, signed at the closing day."""
    pledge = save_pledge(campaign, actor=scene.officer, version=0, data=data_of(campaign, None))
    if is_signed and campaign.register_by is not None:
        record_signing(pledge, actor=scene.officer, version=pledge.version, day=campaign.register_by)


def judge(scene: Scene, campaign: Campaign, rows: Sequence[Registration], *, every: int) -> None:
    """The chairman approves; of ``every`` so many one still waits, and one of all is returned. 0: all approved."""
    waiting = rows[::every] if every else []
    left = [row for row in rows if row not in waiting]
    if every and left:
        give_back(left.pop(1), actor=scene.leader, reason=_REASON)
    approve(campaign, actor=scene.leader, seen={row.pk: row.version for row in left})


def _aims(part: Part, day: dt.date, given: Sequence[Share]) -> RegistrationData:
    """Its title, what it promises of the targets it bears, and one thing of its own."""
    promised = [Promise(target=share.target_id, low=share.low) for share in given]
    free = Promise(text=_PROMISES.get(Part.Kind(part.kind), _OF_AN_OFFICE))
    title = _TITLES.get(Part.Kind(part.kind), "Tập thể lao động tiên tiến")
    return RegistrationData(day, titles=(title,), promises=(*promised, free))


def _given(campaign: Campaign) -> dict[int | None, list[Share]]:
    """Part → its shares."""
    found: dict[int | None, list[Share]] = defaultdict(list)
    for share in Share.objects.filter(target__campaign=campaign).order_by("target__order"):
        found[share.part_id].append(share)
    return found
