"""Writes: a season is started, opened for scoring, taken a step back, handed over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters.models import Member, ScoreSheet, Season, SeasonPaper, Step
from clusters.running.values import checked_day, cleaned_text
from clusters.states import SEASON_MOVES, SeasonState, SetState
from clusters.wording import in_season
from core import audit, states
from core.errors import AppError, UnfitField


class NotReady(AppError):
    """``missing``: what has to be there first, each a sentence with its room's name."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def missing_for_start(season: Season) -> list[str]:
    members = list(season.members.all())
    found = []
    if len(members) < 2:
        found.append("Thêm ít nhất hai đơn vị thành viên.")
    roles = {member.role for member in members}
    if Member.Role.HEAD not in roles:
        found.append(in_season("Chọn Trưởng cụm.", season))
    if season.has_head and members and Member.Role.DEPUTY not in roles:
        found.append(in_season("Chọn Phó trưởng cụm, để chấm bảng điểm của chính Trưởng cụm.", season))
    if season.criteria is None:
        found.append("Chọn bộ tiêu chí đã ban hành.")
    elif season.criteria.state != SetState.PUBLISHED:
        found.append("Ban hành bộ tiêu chí đã chọn.")
    return found


@transaction.atomic
def start(season: Season, *, actor: Any) -> None:
    """Raise ``NotReady``; from then on its members see it."""
    audit.wait_for_turn(season.unit_id)
    if missing := missing_for_start(season):
        raise NotReady(missing)
    _move(season, SeasonState.RUNNING, actor, "started")


@transaction.atomic
def open_scoring(season: Season, *, actor: Any) -> None:
    """Every member gets its score sheet. Raise ``NotReady``."""
    audit.wait_for_turn(season.unit_id)
    if missing := missing_for_start(season):
        raise NotReady(missing)
    _move(season, SeasonState.SCORING, actor, "scoring_opened")
    ScoreSheet.objects.bulk_create(ScoreSheet(member=member) for member in season.members.filter(sheet=None))


_BACK = {
    SeasonState.RUNNING.value: SeasonState.DRAFT,
    SeasonState.SCORING.value: SeasonState.RUNNING,
    SeasonState.CLOSED.value: SeasonState.PUBLISHED,
}
"""One step; from ranked and published back is the ranking's own act, with its reason."""


def may_go_back(season: Season) -> bool:
    return season.state in _BACK


@transaction.atomic
def take_back(season: Season, *, actor: Any) -> None:
    """Nothing is lost: score sheets stay as they are and wait."""
    to = _BACK.get(season.state)
    if to is None:
        raise states.MoveRefused
    _move(season, to, actor, "taken_back")


@transaction.atomic
def hand_over(season: Season, *, actor: Any, day: dt.date, to: Member, items: str) -> None:
    """``to`` heads the next season (``services.start_season`` proposes it). Raise ``UnfitField``.

    What is handed over is written into the minutes (``SeasonPaper``), unless these were issued already.
    """
    day = checked_day("day", day, timezone.localdate())
    items = cleaned_text("items", items)
    if to.season_id != season.pk:
        raise UnfitField("to", "Chọn một đơn vị thành viên của năm này.")
    audit.wait_for_turn(season.unit_id)
    paper, _ = SeasonPaper.objects.get_or_create(season=season, kind=SeasonPaper.Kind.HANDOVER)
    if paper.paper_id is None:
        paper.texts, paper.day = paper.texts | {"items": items}, paper.day or day
        paper.save(update_fields=["texts", "day"])
    _move(season, SeasonState.CLOSED, actor, "handed_over", handed_over_on=day, handed_to=to)
    season.steps.filter(kind=Step.Kind.HANDOVER, done_on=None).update(done_on=day)


def _move(season: Season, to: SeasonState, actor: Any, act: str, **also: Any) -> None:
    code = f"clusters.season.{act}"
    states.move(season, to.value, SEASON_MOVES, actor=actor, unit_id=season.unit_id, code=code, **also)
