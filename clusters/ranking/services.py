"""Writes: ranks are frozen, opened again with a reason, published together with those of other clusters."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters.models import Ranking, ScoreSheet, Season
from clusters.ranking.snapshots import digest_of, snapshot
from clusters.standing import read_season
from clusters.states import SEASON_MOVES, SeasonState, SheetStage
from core import audit, states
from core.errors import AppError, UnfitField


class NotAllReviewed(AppError):
    def __init__(self, names: Collection[str]) -> None:
        super().__init__(f"Chưa thẩm định xong bảng điểm của: {', '.join(names)}.")


class TieNeedsVote(AppError):
    def __init__(self, ranks: Collection[int]) -> None:
        words = ", ".join(str(rank) for rank in ranks)
        super().__init__(
            f"Còn các đơn vị bằng điểm ở hạng {words}. Hãy nhập kết quả bỏ phiếu, hoặc chọn giữ đồng hạng."
        )


@transaction.atomic
def freeze(season: Season, *, actor: Any, why: str = "", keeps_ties: bool = False) -> Ranking:
    """Chốt xếp hạng. ``why`` is needed from the second time on.

    Raise ``NotAllReviewed``, ``TieNeedsVote``, ``UnfitField``; ``MoveRefused`` where the season is not being scored.
    """
    audit.wait_for_turn(season.unit_id)
    waiting = ScoreSheet.objects.filter(member__season=season).exclude(stage=SheetStage.DONE)
    if names := list(waiting.values_list("member__name", flat=True)):
        raise NotAllReviewed(names)
    last = season.rankings.order_by("-number").first()
    if last is not None and not why.strip():
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
        why=why.strip() if last else "",
        by=actor,
    )


@transaction.atomic
def open_again(season: Season, *, actor: Any, reason: str) -> None:
    """Scores can be corrected; what was frozen stays, and what comes after says why."""
    if not reason.strip():
        raise UnfitField("reason", "Ghi lý do mở lại việc chấm điểm.")
    states.move(
        season, SeasonState.SCORING, SEASON_MOVES, actor=actor, unit_id=season.unit_id, code="clusters.ranking.opened"
    )
    audit.record(
        "clusters.ranking.open_reason",
        season,
        actor=actor,
        unit_id=season.unit_id,
        changes={"reason": ("", reason.strip())},
    )


@transaction.atomic
def publish(seasons: Collection[Season], *, actor: Any) -> None:
    """All at one moment, or none: one cluster's people never read before another's."""
    now = timezone.now()
    for season in sorted(seasons, key=lambda one: one.pk):
        if season.state == SeasonState.PUBLISHED:
            continue
        if not season.rankings.exists():
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
