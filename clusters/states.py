"""States and stages with their words, and which may follow which."""

from __future__ import annotations

from django.db import models


class SeasonState(models.TextChoices):
    DRAFT = "draft", "Đang chuẩn bị"
    RUNNING = "running", "Đang thi đua"
    SCORING = "scoring", "Đang chấm điểm"
    RANKED = "ranked", "Đã chốt xếp hạng"
    PUBLISHED = "published", "Đã công bố"
    CLOSED = "closed", "Đã bàn giao"


FROZEN = (SeasonState.RANKED, SeasonState.PUBLISHED, SeasonState.CLOSED)
"""The newest ``Ranking`` counts, whatever the rows say since."""

_RUNS = "clusters.run_season"
_RANKS = "clusters.rank_season"
SEASON_MOVES = {
    SeasonState.DRAFT.value: {SeasonState.RUNNING.value: _RUNS},
    SeasonState.RUNNING.value: {SeasonState.SCORING.value: _RUNS, SeasonState.DRAFT.value: _RUNS},
    SeasonState.SCORING.value: {SeasonState.RANKED.value: _RANKS, SeasonState.RUNNING.value: _RUNS},
    SeasonState.RANKED.value: {SeasonState.PUBLISHED.value: _RANKS, SeasonState.SCORING.value: _RANKS},
    SeasonState.PUBLISHED.value: {SeasonState.CLOSED.value: _RUNS, SeasonState.RANKED.value: _RANKS},
    SeasonState.CLOSED.value: {SeasonState.PUBLISHED.value: _RUNS},
}


class Stage(models.TextChoices):
    """Who speaks of a score sheet, in turn. What a later one says counts more; nothing is overwritten."""

    SELF = "self", "Tự chấm"
    CROSS = "cross", "Chấm chéo"
    HEAD = "head", "Trưởng cụm chấm"
    REVIEW = "review", "Thẩm định"


class SheetStage(models.TextChoices):
    """Where a sheet lies: with the stage that works on it, or with nobody any more."""

    SELF = Stage.SELF.value, "Đơn vị đang tự chấm"
    CROSS = Stage.CROSS.value, "Đang chấm chéo"
    HEAD = Stage.HEAD.value, "Trưởng cụm đang chấm"
    REVIEW = Stage.REVIEW.value, "Đang thẩm định"
    DONE = "done", "Đã thẩm định xong"


SHEET_MOVES = {
    SheetStage.SELF.value: {
        SheetStage.CROSS.value: "clusters.score_sheet",
        SheetStage.HEAD.value: "clusters.score_sheet",
        SheetStage.REVIEW.value: "clusters.score_sheet",
    },
    SheetStage.CROSS.value: {
        SheetStage.HEAD.value: "clusters.score_sheet",
        SheetStage.REVIEW.value: "clusters.score_sheet",
        SheetStage.SELF.value: "clusters.score_sheet",
    },
    SheetStage.HEAD.value: {
        SheetStage.REVIEW.value: "clusters.score_sheet",
        SheetStage.SELF.value: "clusters.score_sheet",
        SheetStage.CROSS.value: "clusters.score_sheet",
    },
    SheetStage.REVIEW.value: {
        SheetStage.DONE.value: "clusters.score_sheet",
        SheetStage.SELF.value: "clusters.score_sheet",
        SheetStage.CROSS.value: "clusters.score_sheet",
        SheetStage.HEAD.value: "clusters.score_sheet",
    },
    SheetStage.DONE.value: {SheetStage.REVIEW.value: "clusters.score_sheet"},
}
"""The stages of a season may leave out cross-checking or the head (``Season.stages``): the next one that it has."""


class SetState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PUBLISHED = "published", "Đã ban hành"


SET_MOVES = {SetState.DRAFT.value: {SetState.PUBLISHED.value: _RUNS}}
"""There is no way back: scores were given by it. The next one begins as its copy."""


class ExplanationState(models.TextChoices):
    OPEN = "open", "Chờ trả lời"
    ACCEPTED = "accepted", "Chấp nhận"
    REFUSED = "refused", "Giữ nguyên điểm"
