"""Writes: ranks are frozen, opened again with a reason, published together with those of other clusters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters import rules
from clusters.models import Ranking, ScoreSheet, Season
from clusters.ranking.snapshots import digest_of, snapshot
from clusters.running.values import cleaned_line
from clusters.standing import read_season
from clusters.states import SEASON_MOVES, SeasonState, SheetStage
from core import audit, states
from core.errors import AppError, UnfitField

WHY = 300
"""Letters of a reason, as ``Ranking.why`` keeps it."""


class NotYours(AppError):
    message = "Không ai quyết định về đơn vị của mình; hãy nhờ người khác của đơn vị tổ chức ghi."


class NotAllReviewed(AppError):
    def __init__(self, names: Collection[str]) -> None:
        super().__init__(f"Chưa thẩm định xong bảng điểm của: {', '.join(names)}.")


class TieNeedsVote(AppError):
    def __init__(self, ranks: Collection[int]) -> None:
        words = ", ".join(str(rank) for rank in ranks)
        super().__init__(
            f"Còn các đơn vị bằng điểm ở hạng {words}. Hãy nhập kết quả bỏ phiếu, hoặc chọn giữ đồng hạng."
        )


def refuse_others(actor: Any, season: Season) -> None:
    """What every act of this room begins with. No actor: the program itself (the demonstration, a command)."""
    if actor is not None and not rules.ranks_season(actor, season):
        raise NotYours


def refuse_unreviewed(season: Season) -> None:
    waiting = ScoreSheet.objects.filter(member__season=season).exclude(stage=SheetStage.DONE)
    if names := list(waiting.values_list("member__name", flat=True)):
        raise NotAllReviewed(names)


@transaction.atomic
def freeze(season: Season, *, actor: Any, why: str = "", keeps_ties: bool = False) -> Ranking:
    """Chốt xếp hạng. ``why`` is needed from the second time on.

    Raise ``NotYours``, ``NotAllReviewed``, ``TieNeedsVote``, ``UnfitField``; ``MoveRefused`` where the season is not
    being scored.
    """
    refuse_others(actor, season)
    audit.wait_for_turn(season.unit_id)
    refuse_unreviewed(season)
    last = season.rankings.defer("content").order_by("-number").first()
    why = cleaned_line("why", why, WHY)
    if last is not None and not why:
        raise UnfitField("why", "Ghi lý do chốt lại: kết quả trước đã được lưu và đơn vị có thể đã xem.")
    content = snapshot(read_season(season), season.ballots.prefetch_related("counts"))
    if content["vote_needed"] and not keeps_ties:
        raise TieNeedsVote(content["vote_needed"])
    states.move(
        season,
        SeasonState.RANKED,
        SEASON_MOVES,
        actor=actor,
        unit_id=season.unit_id,
        code="clusters.ranking.frozen",
    )
    return Ranking.objects.create(
        season=season,
        number=last.number + 1 if last else 1,
        content=content,
        sha256=digest_of(content),
        why=why if last else "",
        by=actor,
    )


@transaction.atomic
def open_again(season: Season, *, actor: Any, reason: str) -> None:
    """Scores can be corrected; what was frozen stays, and what comes after says why."""
    _back(season, SeasonState.SCORING, actor, "opened", _reason(reason, "Ghi lý do mở lại việc chấm điểm."))


@transaction.atomic
def withdraw(season: Season, *, actor: Any, reason: str) -> None:
    """Members see the ranking no more; it stays frozen."""
    told = _reason(reason, "Ghi lý do thu hồi công bố.")
    _back(season, SeasonState.RANKED, actor, "withdrawn", told, published_at=None)


def _back(season: Season, to: SeasonState, actor: Any, act: str, reason: str, **also: Any) -> None:
    refuse_others(actor, season)
    code = f"clusters.ranking.{act}"
    states.move(season, to, SEASON_MOVES, actor=actor, unit_id=season.unit_id, code=code, **also)
    changes = {"reason": ("", reason)}
    audit.record(f"{code}_reason", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _reason(text: str, asked: str) -> str:
    if not (reason := cleaned_line("reason", text, WHY)):
        raise UnfitField("reason", asked)
    return reason


@transaction.atomic
def publish(seasons: Collection[Season], *, actor: Any) -> int:
    """All at one moment, or none: one cluster's people never read before another's. How many were published now."""
    now, count = timezone.now(), 0
    for season in sorted(seasons, key=lambda one: one.pk):
        refuse_others(actor, season)
        if season.state == SeasonState.PUBLISHED:
            continue
        if season.state != SeasonState.RANKED:
            raise AppError(f"{season} chưa chốt xếp hạng nên chưa công bố được.")
        states.move(
            season,
            SeasonState.PUBLISHED,
            SEASON_MOVES,
            actor=actor,
            unit_id=season.unit_id,
            code="clusters.season.published",
            published_at=now,
        )
        count += 1
    return count
