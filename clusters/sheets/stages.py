"""A sheet on its way: handed in, returned with a reason, taken back while the next stage has not begun.

Whatever the stages have said stays, wherever the sheet goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from clusters import rules
from clusters.models import Entry, ScoreSheet, StageMark
from clusters.sheets.acting import is_open, speaker_on
from clusters.sheets.services import NotScoring, NotYours, cleaned_reason
from clusters.standing import ORDER
from clusters.states import SHEET_MOVES, SeasonState, SheetStage, Stage
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile, MoveRefused

_REASON = 300
"""Letters, as ``ScoreSheet`` keeps them."""


class AlreadyBegun(AppError):
    message = "Bước sau đã bắt đầu chấm nên không rút lại được; hãy đề nghị bên đó trả lại bảng điểm."


@dataclass(frozen=True, slots=True)
class Step:
    """From one stage to another."""

    sheet: ScoreSheet
    to: str
    code: str
    actor: Any


def next_stage(sheet: ScoreSheet) -> SheetStage:
    """Of the season's stages; the head's is passed over where nobody may judge: its own sheet without a deputy."""
    season = sheet.member.season
    later = [stage for stage in season.stages if ORDER[stage] > ORDER[sheet.stage]]
    if Stage.HEAD in later and not rules.judges_of(season, sheet):
        later.remove(Stage.HEAD)
    return SheetStage(later[0].value) if later else SheetStage.DONE


@transaction.atomic
def hand_in(sheet: ScoreSheet, *, actor: Any) -> None:
    """The stage has finished. Raise ``NotScoring``, ``NotYours``, ``MovedMeanwhile``."""
    stage = sheet.stage
    if not is_open(sheet):
        raise NotScoring
    if not rules.may_work_on(actor, sheet, stage):
        raise NotYours
    speaker = speaker_on(actor, sheet, stage)
    _move(Step(sheet, next_stage(sheet), "clusters.sheet.handed_in", actor), speaker.unit_id, return_reason="")
    StageMark.objects.create(sheet=sheet, stage=stage, by=actor, on_behalf=speaker.on_behalf)


@dataclass(frozen=True, slots=True)
class HandedIn:
    count: int
    left: list[tuple[ScoreSheet, str]]
    """Those that could not go, and why."""


def hand_in_all(sheets: Iterable[ScoreSheet], *, actor: Any) -> HandedIn:
    """Each for itself: one that somebody was faster with does not hold the others."""
    count, left = 0, []
    for sheet in sheets:
        try:
            hand_in(sheet, actor=actor)
        except AppError as error:
            left.append((sheet, str(error)))
        else:
            count += 1
    return HandedIn(count, left)


def stages_to_return_to(sheet: ScoreSheet) -> list[SheetStage]:
    """What is done is only taken up again; else to the unit itself, or one step back."""
    earlier = {*sheet.member.season.stages} & {
        Stage(one) for one in SHEET_MOVES[sheet.stage] if one != SheetStage.DONE and _is_before(one, sheet.stage)
    }
    return [SheetStage(stage.value) for stage in Stage if stage in earlier]


@transaction.atomic
def send_back(sheet: ScoreSheet, *, to: str, reason: str, actor: Any) -> None:
    """Raise ``UnfitField`` for a missing reason or another stage, ``NotScoring``, ``NotYours``, ``MovedMeanwhile``."""
    if sheet.member.season.state != SeasonState.SCORING:
        raise NotScoring
    judges = sheet.stage not in (SheetStage.SELF, SheetStage.DONE) and rules.works_on_sheet(actor, sheet)
    if not (judges or rules.decides_on_sheet(actor, sheet)):
        raise NotYours
    if to not in stages_to_return_to(sheet):
        raise UnfitField("to", "Chọn bước nhận lại bảng điểm.")
    words = " ".join(cleaned_reason(reason).split())
    if not words:
        raise UnfitField("reason", "Ghi lý do trả lại để đơn vị biết cần sửa gì.")
    if len(words) > _REASON:
        raise UnfitField("reason", f"Lý do dài quá {_REASON} ký tự; hãy ghi ngắn lại.")
    own = speaker_on(actor, sheet, sheet.stage if judges else SheetStage.REVIEW)
    _move(Step(sheet, to, "clusters.sheet.returned", actor), own.unit_id, return_reason=words)


def stage_to_recall(user: Any, sheet: ScoreSheet) -> Stage | None:
    """The stage that handed the sheet in, where the user spoke for it; whether the next has begun is asked later."""
    before = [stage for stage in sheet.member.season.stages if _is_before(stage, sheet.stage)]
    stage = before[-1] if before else None
    if stage == Stage.HEAD and not rules.judges_of(sheet.member.season, sheet):
        stage = before[-2] if len(before) > 1 else None
    is_scoring = sheet.member.season.state == SeasonState.SCORING
    return stage if stage and is_scoring and rules.may_work_on(user, sheet, stage) else None


def has_begun(sheet: ScoreSheet) -> bool:
    """Whether the stage with which the sheet lies has said anything."""
    return Entry.objects.filter(sheet=sheet, stage=sheet.stage).exists()


@transaction.atomic
def recall(sheet: ScoreSheet, *, actor: Any) -> None:
    """Raise ``NotYours``, ``AlreadyBegun``, ``MovedMeanwhile``."""
    stage, now = stage_to_recall(actor, sheet), sheet.stage
    if stage is None:
        raise NotYours
    _move(Step(sheet, stage.value, "clusters.sheet.recalled", actor), speaker_on(actor, sheet, stage).unit_id)
    # The row is ours now: who enters something in the other stage waits, and is told that the sheet has moved.
    if Entry.objects.filter(sheet=sheet, stage=now).exists():
        raise AlreadyBegun


def _move(step: Step, unit_id: int, **also: Any) -> None:
    """``core.states.move`` with the next version, which tells whoever still writes in the stage before."""
    sheet, old = step.sheet, step.sheet.stage
    if step.to not in SHEET_MOVES.get(old, {}):
        raise MoveRefused
    there = ScoreSheet.objects.filter(pk=sheet.pk, stage=old)
    if not there.update(stage=step.to, version=F("version") + 1, **also):
        raise MovedMeanwhile
    before = {name: getattr(sheet, name) for name in also}
    for name, value in {"stage": step.to, **also}.items():
        setattr(sheet, name, value)
    changes = {"stage": (old, step.to), **audit.differences(before, also)}
    audit.record(step.code, sheet, actor=step.actor, unit_id=unit_id, changes=changes)


def _is_before(stage: str, other: str) -> bool:
    return ORDER[stage] < ORDER.get(other, len(ORDER))
