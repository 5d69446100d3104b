"""For whom somebody speaks on a score sheet, and in which stage there is work for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clusters import rules
from clusters.models import Member, ScoreSheet
from clusters.states import SeasonState, SheetStage, Stage


@dataclass(frozen=True, slots=True)
class Speaker:
    unit_id: int
    """Whose people do it: in whose chain of the history it stands, and whose the evidence is."""
    on_behalf: bool
    """The organiser for somebody who has no account."""


def speaker_on(user: Any, sheet: ScoreSheet, stage: str) -> Speaker:
    """Of a user who may work on it (``clusters.rules.may_work_on``)."""
    organiser = sheet.member.season.cluster.unit_id
    own = next((one.unit_id for one in _speakers(sheet, stage) if rules.works_for(user, one.unit_id)), None)
    if own is not None:
        return Speaker(own, on_behalf=False)
    return Speaker(organiser, on_behalf=stage != SheetStage.REVIEW)


def _speakers(sheet: ScoreSheet, stage: str) -> list[Member]:
    if stage == SheetStage.SELF:
        return [sheet.member]
    if stage == SheetStage.CROSS:
        return [sheet.cross_by] if sheet.cross_by else []
    return rules.judges_of(sheet.member.season, sheet) if stage == SheetStage.HEAD else []


def is_open(sheet: ScoreSheet) -> bool:
    """Whether anything can be entered or handed on, as the sheet was read."""
    return sheet.member.season.state == SeasonState.SCORING and sheet.stage != SheetStage.DONE


def works_now(user: Any, sheet: ScoreSheet) -> bool:
    return is_open(sheet) and rules.may_work_on(user, sheet, sheet.stage)


def stages_seen(sheet: ScoreSheet) -> list[Stage]:
    """Those that have spoken or are speaking."""
    stages = sheet.member.season.stages
    if sheet.stage == SheetStage.DONE or sheet.stage not in stages:
        return stages
    return stages[: stages.index(Stage(sheet.stage)) + 1]


def stage_with_work(user: Any, sheets: Iterable[ScoreSheet]) -> Stage | None:
    """The last one in which some of the sheets lie with the user: who judges and scores looks at judging first."""
    lying = {sheet.stage for sheet in sheets if works_now(user, sheet)}
    return next((stage for stage in reversed(Stage) if stage in lying), None)
