"""What the one primary button of a season's page offers."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from clusters.models import Member, ScoreSheet, Season
from clusters.running.moves import missing_for_start
from clusters.states import SeasonState, SetState, SheetStage
from clusters.wording import in_season

START, OPEN_SCORING, BACK = "bat-dau", "mo-cham", "tro-lai"


@dataclass(frozen=True, slots=True)
class Act:
    words: str
    url: str
    icon: str
    move: str = ""
    """Posted in «viec»; blank: a link."""


def next_act(
    season: Season, *, may_run: bool, sheets: list[ScoreSheet], after: Season | None, has_sets: bool = True
) -> Act | None:
    """By the state; None where there is nothing for this person to do. ``sheets``: those of his own units."""
    if not may_run:
        return _of_member(season, sheets)
    by_state = {
        SeasonState.DRAFT.value: lambda: _while_prepared(season, has_sets=has_sets),
        SeasonState.RUNNING.value: lambda: _move(season, "Mở chấm điểm", "clipboard-list", OPEN_SCORING),
        SeasonState.SCORING.value: lambda: _while_scored(season),
        SeasonState.RANKED.value: lambda: _act("Xem và công bố xếp hạng", "clusters:ranking", season.pk, "trophy"),
        SeasonState.PUBLISHED.value: lambda: _act("Ghi nhận bàn giao", "clusters:handover", season.pk, "check"),
        SeasonState.CLOSED.value: lambda: _following(season, after),
    }
    return by_state[season.state]()


def _of_member(season: Season, sheets: list[ScoreSheet]) -> Act | None:
    if season.state not in (SeasonState.SCORING, SeasonState.PUBLISHED, SeasonState.CLOSED) or not sheets:
        return None
    scores = season.state == SeasonState.SCORING and sheets[0].stage == SheetStage.SELF
    return _act("Tự chấm điểm" if scores else "Xem bảng điểm của đơn vị", "clusters:sheet", sheets[0].pk, "pencil")


def _while_prepared(season: Season, *, has_sets: bool) -> Act | None:
    members = list(season.members.all())
    if len(members) < 2:
        return _act("Thêm đơn vị thành viên", "clusters:members", season.pk, "users")
    if Member.Role.HEAD not in {member.role for member in members}:
        return _act(in_season("Chọn Trưởng cụm", season), "clusters:members", season.pk, "users")
    if season.criteria is None or season.criteria.state != SetState.PUBLISHED:
        if not has_sets and (act := _act("Lập bộ tiêu chí", "clusters:sets", None, "list-checks")):
            return act
        return _act("Chọn bộ tiêu chí", "clusters:settings", season.pk, "list-checks")
    if missing_for_start(season):
        return _act(in_season("Chọn Phó trưởng cụm", season), "clusters:members", season.pk, "users")
    return _move(season, "Bắt đầu năm thi đua", "flag", START)


def _while_scored(season: Season) -> Act | None:
    sheets = [member.sheet for member in season.members.all() if hasattr(member, "sheet")]
    if sheets and all(sheet.stage == SheetStage.DONE for sheet in sheets):
        return _act("Xếp hạng", "clusters:ranking", season.pk, "trophy")
    return _act("Mở bảng chấm", "clusters:sheets", season.pk, "clipboard-list")


def _following(season: Season, after: Season | None) -> Act | None:
    if after is not None:
        return _act(f"Mở năm thi đua {after.year}", "clusters:season", after.pk, "trophy")
    return _act(f"Lập năm thi đua {season.year + 1}", "clusters:season_new", season.cluster_id, "plus")


def _move(season: Season, words: str, icon: str, move: str) -> Act | None:
    act = _act(words, "clusters:move", season.pk, icon)
    return act and Act(words, act.url, icon, move)


def _act(words: str, name: str, pk: int | None, icon: str) -> Act | None:
    try:
        return Act(words, reverse(name, args=[] if pk is None else [pk]), icon)
    except NoReverseMatch:
        return None
