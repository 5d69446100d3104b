"""Reviewing told to the person at the screen, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import timezone

from clusters import rules
from clusters.models import Criterion, Entry, Explanation, ScoreSheet, Season, StageMark
from clusters.reviewing.accepting import Rows
from clusters.reviewing.explaining import is_window_open, may_open
from clusters.reviewing.spread import Gap, Points, spreads_of
from clusters.sheets.acting import stages_seen, works_now
from clusters.sheets.board import Board, Cell, Line, in_words
from clusters.standing import ORDER, SeasonStanding
from clusters.states import ExplanationState, SeasonState, SheetStage, Stage
from clusters.wording import in_season

# -- The queue ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QueueRow:
    sheet: Any
    stage: str
    days: int | None
    """Since it came to its stage; None: nobody has handed it on yet."""
    is_own: bool
    """Of the reader's own unit: somebody else appraises it."""


def queue_row(sheet: Any, user: Any, today: dt.date) -> QueueRow:
    days = (today - timezone.localdate(sheet.since)).days if sheet.since else None
    stage = in_season(sheet.get_stage_display(), sheet.member.season)
    return QueueRow(sheet, stage, days, rules.belongs_to(user, sheet.member))


# -- One season --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StagePlace:
    """One stage of one sheet: who finished it when, or how far it has come."""

    words: str
    note: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class OverviewRow:
    sheet: ScoreSheet
    stage: str
    places: list[StagePlace]
    waiting: int
    """Explanations without an answer."""
    explained: int
    judges: bool
    """Whether the reader may accept what is proposed now."""
    sees_explanations: bool
    is_window_open: bool


class Overview:
    """Who has scored and who has not, for the sheets that the reader sees."""

    def __init__(self, season: Season, sheets: Sequence[ScoreSheet], user: Any, *, is_inside: bool) -> None:
        assert season.criteria is not None
        self.season, self.sheets, self.user, self.is_inside = season, sheets, user, is_inside
        self.leaves = season.criteria.criteria.exclude(kind=Criterion.Kind.GROUP).count()
        said = Entry.objects.filter(sheet__in=sheets).values_list("sheet", "stage")
        self.said = Counter(said.order_by())
        marks = StageMark.objects.filter(sheet__in=sheets).select_related("by__person").order_by("pk")
        self.marks = {(mark.sheet_id, mark.stage): mark for mark in marks}
        explained = list(Explanation.objects.filter(sheet__in=sheets).values_list("sheet", "state"))
        self.explained = Counter(sheet for sheet, _ in explained)
        self.waiting = Counter(sheet for sheet, state in explained if state == ExplanationState.OPEN)

    def rows(self) -> list[OverviewRow]:
        return [self._row(sheet) for sheet in self.sheets]

    def _row(self, sheet: ScoreSheet) -> OverviewRow:
        today = timezone.localdate()
        works = works_now(self.user, sheet)
        own = rules.explains_sheet(self.user, sheet)
        return OverviewRow(
            sheet,
            in_season(sheet.get_stage_display(), self.season),
            [self._place(sheet, stage) for stage in self.season.stages],
            self.waiting[sheet.pk],
            self.explained[sheet.pk],
            judges=works and sheet.stage != SheetStage.SELF,
            sees_explanations=self.is_inside or own,
            is_window_open=is_window_open(sheet, today),
        )

    def _place(self, sheet: ScoreSheet, stage: Stage) -> StagePlace:
        mark = self.marks.get((sheet.pk, stage.value))
        is_past = sheet.stage == SheetStage.DONE or ORDER[stage] < ORDER[sheet.stage]
        said = self.said[sheet.pk, stage.value]
        if is_past and mark:
            behalf = " (gửi thay)" if mark.on_behalf else ""
            return StagePlace(f"Xong {timezone.localtime(mark.at):%d/%m/%Y}", f"{mark.by or ''}{behalf}", is_done=True)
        if is_past:
            return StagePlace("Không chấm", "", is_done=True)
        if stage == sheet.stage:
            return StagePlace("Đang chấm", f"{said}/{self.leaves} dòng đã ghi", is_done=False)
        return StagePlace("Chưa chấm", "", is_done=False)


def standing_of_review(season: Season, rows: Sequence[OverviewRow]) -> str:
    if season.state != SeasonState.SCORING:
        return f"{season.get_state_display()}: chỉ xem."
    done = sum(row.sheet.stage == SheetStage.DONE for row in rows)
    waiting = sum(row.waiting for row in rows if row.sees_explanations)
    words = f"{done}/{len(rows)} bảng điểm đã thẩm định xong"
    return f"{words}; {waiting} giải trình chờ trả lời." if waiting else f"{words}."


# -- Rows to accept ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AcceptRow:
    line: Line
    cell: Cell | None
    """None: a group."""
    own: str
    """Points as the unit gave itself."""
    reason: str
    """Of the last stage that gave one."""
    why: str
    """What has to be done first."""
    is_waiting: bool
    is_settled: bool
    """The present stage has said something, or has accepted."""
    group: int
    """The group at the top that it belongs to."""


CUT, CHANGED, OPEN = "tru", "lech", "cho"
ACCEPT_FILTERS = {CUT: "Chỉ dòng bị trừ", CHANGED: "Chỉ chênh lệch", OPEN: "Chỉ dòng chưa xác nhận"}


def accept_rows(standing: SeasonStanding, sheet: ScoreSheet, user: Any, only: str) -> list[AcceptRow]:
    """In the order of the set; of groups those that have a row left."""
    board, rows = Board(standing, stages_seen(sheet)[-1], [sheet], user), Rows(sheet)
    own = standing.scores(Stage.SELF)[sheet.member_id].points
    tops = _tops(standing.criteria)
    found: list[AcceptRow] = []
    for line in board.lines():
        row = line.row
        if not row.kind:
            found.append(AcceptRow(line, None, "", "", "", is_waiting=False, is_settled=False, group=tops[row.pk]))
            continue
        cell = board.cell(sheet, row)
        waits = rows.is_waiting(row)
        points = own[row.code]
        given = in_words(points, board.decimals)
        said = rows.said(row)
        shown = AcceptRow(
            line,
            cell,
            given,
            next((entry.reason for entry in reversed(said) if entry.reason), ""),
            rows.why_not(row) if waits else "",
            waits,
            any(entry.stage == rows.stage for entry in said),
            tops[row.pk],
        )
        wanted = {CUT: cell.is_cut, CHANGED: cell.is_changed or given != cell.points, OPEN: waits}
        if wanted.get(only, True):
            found.append(shown)
    kept = {row.line.row.parent_id for row in found if row.cell}
    parents = {row.pk: row.parent_id for row in standing.criteria}
    for place in list(kept):
        while place is not None:
            kept.add(place)
            place = parents[place]
    return [row for row in found if row.cell or row.line.row.pk in kept]


def _tops(criteria: Iterable[Criterion]) -> dict[int | None, int]:
    found: dict[int | None, int] = {}
    for row in criteria:
        found[row.pk] = found.get(row.parent_id, row.pk)
    return found


# -- Spread ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SpreadRow:
    row: Criterion
    maximum: str
    stages: Gap
    stages_words: str
    units: Gap
    units_words: str


def spread_rows(standing: SeasonStanding, sheets: Sequence[ScoreSheet], order: str) -> list[SpreadRow]:
    """Those that scorers or units differ in; ``order``: «don-vi» by units, else by stages, else as in the set."""
    scores = {stage: standing.scores(stage) for stage in standing.season.stages}
    first_stages = {row.code: row.scored_by for row in standing.criteria if row.kind}
    by_unit = {
        sheet.member.name: {
            in_season(stage.label, standing.season): _from_its_scorer(
                scores[stage][sheet.member_id].points, first_stages, stage
            )
            for stage in stages_seen(sheet)
        }
        for sheet in sheets
    }
    unsent = {sheet.member.name for sheet in sheets if sheet.stage == SheetStage.SELF}
    leaves = {row.code: row for row in standing.criteria if row.kind}
    decimals = standing.scheme.decimals
    found = [
        SpreadRow(
            leaves[one.code],
            in_words(Fraction(leaves[one.code].maximum), decimals),
            one.stages,
            in_words(one.stages.size, decimals),
            one.units,
            in_words(one.units.size, decimals),
        )
        for one in spreads_of(list(leaves), by_unit, unsent)
        if one.stages.size or one.units.size
    ]
    if order == "bo":
        return found
    return sorted(found, key=lambda one: one.units.size if order == "don-vi" else one.stages.size, reverse=True)


def _from_its_scorer(points: Points, first_stages: Mapping[str, str], stage: Stage) -> Points:
    """Before the stage that scores a row first, its nought is nobody's word."""
    return {
        code: given if ORDER[stage] >= ORDER[first_stages[code]] else None
        for code, given in points.items()
        if code in first_stages
    }


# -- Explanations ------------------------------------------------------------------------


def window_words(sheet: ScoreSheet, today: dt.date) -> str:
    """«Giải trình đến hết ngày 27/11/2026.»"""
    until = sheet.explain_until
    if until is None:
        return "Chưa mở giải trình." if may_open(sheet) else "Giải trình mở khi bảng điểm đến bước thẩm định."
    if not is_window_open(sheet, today):
        return f"Đã hết hạn giải trình ngày {until:%d/%m/%Y}."
    return f"Giải trình đến hết ngày {until:%d/%m/%Y}."
