"""Sheets of one season that lie with one person in one stage, and can go on together.

The officer of a commune speaks for all its villages, a reviewer finishes a whole cluster: nobody opens 28 sheets for
it. What should be looked at before is told of each; those of which nothing is told are proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusters.models import ScoreSheet, Season
from clusters.sheets.acting import works_now
from clusters.sheets.board import Board, in_words
from clusters.sheets.presenters import missing_on
from clusters.sheets.selectors import explanations_open
from clusters.standing import read_season
from clusters.states import Stage

_WORDS = {
    Stage.SELF: "Gửi {} bảng tự chấm",
    Stage.CROSS: "Gửi {} bảng chấm chéo",
    Stage.HEAD: "Gửi {} bảng đã chấm",
    Stage.REVIEW: "Hoàn thành thẩm định {} bảng",
}
FEWEST = 2
"""A single sheet goes by its own page."""


@dataclass(frozen=True, slots=True)
class Batch:
    stage: Stage
    sheets: Sequence[ScoreSheet]

    @property
    def is_last(self) -> bool:
        return self.stage == Stage.REVIEW

    @property
    def words(self) -> str:
        """Of the act."""
        return _WORDS[self.stage].format(len(self.sheets))


@dataclass(frozen=True, slots=True)
class BatchRow:
    sheet: ScoreSheet
    total: str
    told: list[tuple[str, str, int]]
    """As before a single sheet is handed in: words, codes, how many."""
    explanations: int
    """Without an answer, where this is the last stage."""

    @property
    def is_ready(self) -> bool:
        return not self.told and not self.explanations


def batches(user: Any, sheets: Sequence[ScoreSheet]) -> list[Batch]:
    """By stage, those of two sheets and more."""
    return [batch for stage in Stage if (batch := batch_at(user, sheets, stage))]


def batch_at(user: Any, sheets: Sequence[ScoreSheet], stage: Stage, fewest: int = FEWEST) -> Batch | None:
    found = [sheet for sheet in sheets if sheet.stage == stage and works_now(user, sheet)]
    return Batch(stage, found) if len(found) >= fewest else None


def rows_of(season: Season, batch: Batch, user: Any) -> list[BatchRow]:
    board = Board(read_season(season), batch.stage, batch.sheets, user)
    waiting = explanations_open(batch.sheets) if batch.is_last else {}
    return [
        BatchRow(
            sheet,
            in_words(board.scores[sheet.member_id].total, board.decimals),
            missing_on(board, sheet).told,
            waiting.get(sheet.pk, 0),
        )
        for sheet in batch.sheets
    ]
