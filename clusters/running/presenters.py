"""Clusters and seasons told to the person at the screen, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clusters.models import Cluster, Member, Season, Step
from clusters.running.moves import missing_for_start
from clusters.states import SeasonState, SheetStage
from clusters.wording import days_left, in_season, role_label, worded

_LOOKS = {
    SeasonState.DRAFT.value: "draft",
    SeasonState.RUNNING.value: "in_progress",
    SeasonState.SCORING.value: "in_progress",
    SeasonState.RANKED.value: "approved",
    SeasonState.PUBLISHED.value: "done",
    SeasonState.CLOSED.value: "done",
}
_OPEN = (SeasonState.DRAFT, SeasonState.RUNNING, SeasonState.SCORING)
_MOST_NAMES = 6


def look_of(season: Season) -> str:
    return _LOOKS[season.state]


# -- The list ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    cluster: Cluster
    season: Any
    """The one of the year that is looked at, else the newest; None where there is none."""
    look: str
    word: str
    coming: str
    """«tự chấm điểm: còn 12 ngày»"""


def row_of(cluster: Any, today: dt.date, year: str = "") -> Row:
    """``cluster`` comes from ``clusters_for_list``."""
    seasons = cluster.years
    season = next((one for one in seasons if str(one.year) == year), seasons[0] if seasons and not year else None)
    if season is None:
        return Row(cluster, None, "waiting", "Chưa có năm thi đua", "")
    return Row(cluster, season, look_of(season), season.get_state_display(), coming_of(season, today))


def coming_of(season: Any, today: dt.date) -> str:
    if season.next_due is None or season.state not in _OPEN:
        return ""
    label = worded(Step.Kind(season.next_kind).label, season.cluster.kind)
    return f"{label}: {days_left(season.next_due, today)}"


# -- One season ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownStep:
    step: Step
    kind: str
    left: str
    is_late: bool
    is_own: bool
    """Whether the season still runs, so that days are counted."""


@dataclass(frozen=True, slots=True)
class ShownMember:
    member: Member
    role: str
    """Blank for an ordinary one."""
    notes: list[str]
    stage: str
    """Where its score sheet lies."""


@dataclass(slots=True)
class Missing:
    """What still has to come, and from whom."""

    todo: list[str] = field(default_factory=list)
    self_open: list[Member] = field(default_factory=list)
    """Members that have not handed in their own scores."""
    stages: list[tuple[str, int]] = field(default_factory=list)


def steps_of(season: Season, today: dt.date) -> list[ShownStep]:
    runs = season.state in _OPEN
    found = []
    for step in season.steps.all():
        is_open = runs and step.done_on is None
        is_late = bool(is_open and step.due and step.due < today)
        is_told = is_open and not (is_late and season.state == SeasonState.DRAFT)
        left = days_left(step.due, today) if is_told and step.due else ""
        found.append(ShownStep(step, in_season(step.get_kind_display(), season), left, is_late, runs))
    return found


def members_of(season: Season) -> list[ShownMember]:
    found = []
    for member in season.members.all():
        notes = [f"Không xếp hạng: {member.exclusion_reason}"] if member.is_excluded else []
        notes += [f"Không suy tôn: {member.barred_reason}"] if member.barred_reason else []
        role = role_label(member.role, season.cluster.kind) if member.role != Member.Role.MEMBER else ""
        sheet = getattr(member, "sheet", None)
        stage = in_season(sheet.get_stage_display(), season) if sheet and season.state != SeasonState.DRAFT else ""
        found.append(ShownMember(member, role, notes, stage))
    return found


def missing_of(season: Season) -> Missing:
    missing = Missing()
    if season.state == SeasonState.DRAFT:
        missing.todo = missing_for_start(season)
    if season.state == SeasonState.SCORING:
        sheets = [(member, member.sheet) for member in season.members.all() if hasattr(member, "sheet")]
        missing.self_open = [member for member, sheet in sheets if sheet.stage == SheetStage.SELF]
        counts = Counter(sheet.stage for _, sheet in sheets)
        missing.stages = [(in_season(one.label, season), counts[one]) for one in SheetStage if counts[one]]
    return missing


def standing(season: Season, today: dt.date) -> str:
    """One sentence on how it stands and what comes next."""
    missing = missing_of(season)
    if season.state == SeasonState.DRAFT:
        todo = f"còn {len(missing.todo)} việc trước khi bắt đầu" if missing.todo else "đã đủ để bắt đầu"
        return f"Đang chuẩn bị, {todo}."
    if season.state == SeasonState.SCORING and missing.self_open:
        total = len(season.members.all())
        said = f"Đang chấm điểm: {total - len(missing.self_open)}/{total} đơn vị đã gửi điểm tự chấm"
    else:
        said = season.get_state_display()
    if season.state == SeasonState.CLOSED and season.handed_over_on:
        to = f" cho {season.handed_to}" if season.handed_to else ""
        return f"Đã bàn giao ngày {season.handed_over_on:%d/%m/%Y}{to}."
    coming = [one for one in season.steps.all() if one.due and one.due >= today and one.done_on is None]
    if coming and season.state in _OPEN:
        near = min(coming, key=lambda one: (one.due, one.order))
        said += f"; {in_season(near.get_kind_display(), season).lower()} {days_left(near.due, today)}"  # type: ignore[arg-type]
    return f"{said}."


def names_in_words(members: Sequence[Member]) -> str:
    names = [member.name for member in members]
    more = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f" và {more} đơn vị khác" if more > 0 else "")


def of_role(season: Season, role: str) -> list[Member]:
    return [member for member in season.members.all() if member.role == role]
