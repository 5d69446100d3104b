"""Campaigns told to the person at the screen, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from campaigns.models import Campaign, Target, Wave
from campaigns.results.presenters import Shown as ShownPace
from campaigns.results.presenters import shown_pace
from campaigns.results.selectors import Standing
from campaigns.results.standing import Figure
from campaigns.running.days import Step, doubts, late_steps, next_step
from campaigns.states import CampaignState
from campaigns.wording import in_words, percent_in_words, with_measure
from units.models import Unit

_LOOKS = {
    CampaignState.DRAFT.value: "draft",
    CampaignState.RUNNING.value: "in_progress",
    CampaignState.CLOSED.value: "done",
    CampaignState.DROPPED.value: "dropped",
}
_REVIEW = "hạn sơ kết, tổng kết"
ABOVE, BELOW = "Cấp trên phát động", "Cấp dưới gửi lên"


@dataclass(frozen=True, slots=True)
class Shown:
    """How a campaign stands, for ``{% state_badge %}``, and what comes next."""

    look: str
    word: str
    left: str
    """«còn 12 ngày đến hạn đăng ký»"""
    late: str
    """«quá hạn sơ kết Đợt thi đua thứ nhất 3 ngày»"""


@dataclass(frozen=True, slots=True)
class Row:
    campaign: Campaign
    shown: Shown
    progress: str
    origin: str
    answer: Campaign | None
    """By which the user's unit answers it, where it is a superior's."""
    may_answer: bool


@dataclass(frozen=True, slots=True)
class ShownWave:
    wave: Wave
    doubts: list[str] = field(default_factory=list)
    word: str = ""
    """«đang diễn ra», «đã sơ kết»"""


def steps_of(campaign: Campaign) -> list[Step]:
    """Days by which something is to be done; a review is done when its paper is recorded. ``waves_told`` is needed."""
    steps = [Step(campaign.register_by, "hạn đăng ký")] if campaign.register_by else []
    for wave in campaign.waves.all():
        if wave.review_by:
            steps.append(Step(wave.review_by, f"{_REVIEW} {wave.name}", is_done=_is_reviewed(wave)))
    return [*steps, *_bounds(campaign)]


def _bounds(campaign: Campaign) -> list[Step]:
    """While it is prepared the day on which it begins, from then on the day on which it ends."""
    is_draft = campaign.state == CampaignState.DRAFT
    day, what = (campaign.start, "bắt đầu") if is_draft else (campaign.end, "kết thúc")
    return [Step(day, f"ngày {what} phong trào")] if day else []


def is_review(step: Step) -> bool:
    return step.what.startswith(_REVIEW)


def _is_reviewed(wave: Any) -> bool:
    return bool(wave.is_reviewed)


def shown(campaign: Campaign, today: dt.date, *, tells_late: bool = True) -> Shown:
    """``tells_late``: of those who owe the reviews; nobody counts a superior's days."""
    look, word = _LOOKS[campaign.state], campaign.get_state_display()
    if campaign.state not in (CampaignState.DRAFT, CampaignState.RUNNING):
        return Shown(look, word, "", "")
    steps = steps_of(campaign)
    coming = next_step(steps, today)
    reviews = [step for step in late_steps(steps, today) if is_review(step)]
    is_late = bool(reviews) and tells_late and campaign.state == CampaignState.RUNNING
    return Shown(look, word, coming.words(today) if coming else "", reviews[0].words(today) if is_late else "")


def row_of(campaign: Any, today: dt.date, *, inside: Collection[int], own: Collection[int], may_write: bool) -> Row:
    """``inside``: units whose campaigns the user reads as a whole. ``campaign`` comes from ``campaigns_for_list``."""
    is_inside = campaign.unit_id in inside
    is_above = not is_inside and not {campaign.unit.parent_id, _parent_of(campaign.unit.parent)} & set(own)
    answer = campaign.mine[0] if is_above and campaign.mine else None
    return Row(
        campaign,
        shown(campaign, today, tells_late=is_inside),
        progress_words(campaign, is_inside=is_inside),
        "" if is_inside else ABOVE if is_above else BELOW,
        answer,
        may_answer=is_above and may_write and answer is None,
    )


def _parent_of(unit: Unit | None) -> int | None:
    return unit.parent_id if unit else None


def progress_words(campaign: Any, *, is_inside: bool) -> str:
    """«24 chỉ tiêu, 18 đã có số liệu». What was reached is told to those inside."""
    if not campaign.target_count:
        return "Chưa có chỉ tiêu" if is_inside else ""
    if not is_inside or campaign.state == CampaignState.DRAFT:
        return f"{campaign.target_count} chỉ tiêu"
    if not campaign.reported_count:
        return f"{campaign.target_count} chỉ tiêu, chưa có số liệu"
    return f"{campaign.target_count} chỉ tiêu, {campaign.reported_count} đã có số liệu"


def standing(campaign: Campaign, today: dt.date, *, is_inside: bool) -> str:
    """One sentence on how it stands."""
    who = "" if is_inside else f"{campaign.unit.title} "
    state = campaign.state
    if state == CampaignState.DROPPED:
        return f"Không thực hiện: {campaign.drop_reason}."
    if state == CampaignState.DRAFT:
        said = "Đang chuẩn bị, chưa phát động"
    else:
        word = "đã tổng kết" if state == CampaignState.CLOSED else "phát động"
        launched = f"ngày {campaign.launched_on:%d/%m/%Y}" if campaign.launched_on else ""
        said = f"{who}{word}" if state == CampaignState.CLOSED else f"{who}đã {word} {launched}".rstrip()
        said = said[:1].upper() + said[1:]
    told = shown(campaign, today, tells_late=is_inside)
    return ", ".join(filter(None, (said, told.late or told.left))) + "."


def waves_of(campaign: Campaign, today: dt.date) -> list[ShownWave]:
    waves: list[Wave] = list(campaign.waves.all())
    return [
        ShownWave(wave, doubts(wave, campaign.start, campaign.end, waves[:at]), _wave_word(wave, today))
        for at, wave in enumerate(waves)
    ]


def _wave_word(wave: Any, today: dt.date) -> str:
    if _is_reviewed(wave):
        return "đã sơ kết, tổng kết"
    if wave.start and wave.end and wave.start <= today <= wave.end:
        return "đang diễn ra"
    return "đã qua, chưa sơ kết" if wave.end and wave.end < today else ""


def coming_days(campaign: Campaign, today: dt.date, *, is_inside: bool) -> list[tuple[Step, str, bool]]:
    """Step, its words, whether it is late: what is still to come and what is owed, the nearest first."""
    steps = steps_of(campaign)
    owed = late_steps(steps, today) if is_inside else []
    owed = [step for step in owed if is_review(step)]
    coming = sorted((step for step in steps if not step.is_done and step.day >= today), key=lambda step: step.day)
    return [(step, step.words(today), step.day < today) for step in _once([*owed, *coming])]


def _once(steps: Iterable[Step]) -> list[Step]:
    return list(dict.fromkeys(steps))


# -- Targets -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownTarget:
    target: Target
    aim: str
    value: str
    """With its measure; blank where nothing was reported."""
    period: str
    percent: str
    pace: ShownPace


def shown_targets(standings: Iterable[Standing]) -> list[ShownTarget]:
    return [_shown_target(one.target, one.figure) for one in standings]


def _shown_target(target: Target, figure: Figure) -> ShownTarget:
    value = "" if figure.value is None else with_measure(figure.value, target.measure)
    if figure.is_partial:
        value = f"{value} (mới có {figure.parts})"
    return ShownTarget(
        target,
        in_words(target),
        value,
        str(figure.period) if figure.period else "",
        percent_in_words(figure.percent),
        shown_pace(figure),
    )


def targets_words(targets: Sequence[ShownTarget]) -> str:
    """«24 chỉ tiêu: 10 đạt, 3 chậm tiến độ, 11 chưa có số liệu.»"""
    counts = Counter(target.pace.word for target in targets)
    return f"{len(targets)} chỉ tiêu: {', '.join(f'{n} {word.lower()}' for word, n in counts.most_common())}."
