"""One member's sheet as its page and its papers show it: each row through all stages, sums, what is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html

from clusters.models import Criterion, Entry, ScoreSheet, StageMark
from clusters.sheets.acting import stages_seen, works_now
from clusters.sheets.board import (
    Board,
    Cell,
    Line,
    in_words,
    is_cut,
    sums_of,
    target_in_words,
    totals_of,
    who_in_words,
)
from clusters.sheets.evidence import evidence_of
from clusters.sheets.typed import said_in_words, values_of
from clusters.standing import SeasonStanding
from clusters.states import SeasonState, SheetStage, Stage
from clusters.wording import in_season
from documents.models import Evidence


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one stage said of one row; nothing but points where it said nothing."""

    stage: Stage
    points: str
    said: str = ""
    reason: str = ""
    who: str = ""
    evidence: tuple[Evidence, ...] = ()
    unproved: bool = False
    """It does not take the evidence for proof."""
    is_cut: bool = False
    is_here: bool = False
    """The stage says something of its own."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    line: Line
    target: str
    spoken: list[Spoken]
    """By stage; a group has none."""
    cells: list[Cell]
    """One, where the user enters in the present stage; none for a reader, and for groups."""
    sums: list[tuple[str, str]]
    """Of a group: the name under which a saved cell tells it anew, and its points, by stage."""

    @property
    def columns(self) -> list[Spoken]:
        """Those that are only read: where one enters, the present stage is the cell."""
        return self.spoken[:-1] if self.cells else self.spoken

    @property
    def present(self) -> Spoken:
        return self.spoken[-1]


@dataclass(frozen=True, slots=True)
class Missing:
    """What one should know before the sheet goes on."""

    empty: list[Criterion]
    unproved: list[Criterion]
    unconfirmed: list[Criterion]
    uncountable: list[Criterion]
    """A figure is there, a target is not."""

    @property
    def told(self) -> list[tuple[str, str, int]]:
        """Words, codes, how many; what is not missing is left out."""
        found = (
            ("chưa ghi kết quả nên được 0 điểm", self.empty),
            ("chưa có tài liệu kiểm chứng nên chưa được điểm", self.unproved),
            ("chưa được giao chỉ tiêu nên chưa tính được điểm", self.uncountable),
            ("phải xác nhận ở bước này nhưng chưa ghi gì", self.unconfirmed),
        )
        return [(words, codes_of(rows), len(rows)) for words, rows in found if rows]


class SheetTable:
    """The sheet after every stage that its reader sees."""

    def __init__(self, standing: SeasonStanding, sheet: ScoreSheet, user: Any) -> None:
        self.standing, self.sheet = standing, sheet
        self.stages = stages_seen(sheet)
        self.boards = {stage: Board(standing, stage, [sheet], user) for stage in self.stages}
        self.now = self.boards[self.stages[-1]]
        self.is_open = works_now(user, sheet)
        self.rows = standing.criteria
        member = sheet.member_id
        said = {row.pk: standing.said[member, row.pk] for row in self.rows if (member, row.pk) in standing.said}
        self.said = {pk: found.upto(self.stages[-1]) for pk, found in said.items()}
        self.proofs = evidence_of([entry for entries in self.said.values() for entry in entries])

    def table(self) -> list[SheetRow]:
        member, criteria = self.sheet.member_id, self.rows
        sums = {stage: sums_of(criteria, board.scores[member].points) for stage, board in self.boards.items()}
        return [self._row(line, sums) for line in self.now.lines()]

    def _row(self, line: Line, sums: dict[Stage, dict[int, Any]]) -> SheetRow:
        row, last = line.row, self.stages[-1]
        if not row.kind:
            told = [
                (f"g-{self.sheet.member_id}-{row.pk}" if stage == last else "", self._words(sums[stage][row.pk]))
                for stage in self.stages
            ]
            return SheetRow(line, "", [], [], told)
        spoken = [self._spoken(row, stage) for stage in self.stages]
        cells = [self.now.cell(self.sheet, row)] if self.is_open else []
        return SheetRow(line, self._target(row), spoken, cells, [])

    def _spoken(self, row: Criterion, stage: Stage) -> Spoken:
        points = self.boards[stage].scores[self.sheet.member_id].points[row.code]
        entry = next((one for one in self.said.get(row.pk, ()) if one.stage == stage), None)
        words = self._words(points) if points is not None else "không giao"
        if entry is None:
            return Spoken(stage, words)
        return Spoken(
            stage,
            words,
            said_in_words(self.now.leaves[row.pk], values_of(entry)),
            entry.reason,
            who_in_words(entry),
            tuple(self.proofs.get(entry.pk, ())),
            entry.is_proved is False,
            is_cut(row, points, is_said=True),
            is_here=True,
        )

    def _target(self, row: Criterion) -> str:
        return target_in_words(self.standing.assignments.get((self.sheet.member_id, row.pk)), row)

    def _words(self, points: Any) -> str:
        return in_words(points, self.now.decimals)

    def footers(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """Name, words, and by stage the name and the points, as those of groups."""
        last = self.stages[-1]
        totals = {stage: dict(totals_of(board.scores[self.sheet.member_id])) for stage, board in self.boards.items()}
        return [
            (
                name,
                words,
                [
                    (f"{name}-{self.sheet.member_id}" if stage == last else "", self._words(totals[stage][name]))
                    for stage in self.stages
                ],
            )
            for name, words in self.now.footers()
        ]

    @property
    def total(self) -> str:
        return self._words(self.now.scores[self.sheet.member_id].total)

    def missing(self) -> Missing:
        return missing_on(self.now, self.sheet)


def missing_on(board: Board, sheet: ScoreSheet) -> Missing:
    """After the stage of the board."""
    stage = board.stage
    empty, unproved, unconfirmed, uncountable = [], [], [], []
    for row in board.standing.criteria:
        cell = board.cell(sheet, row) if row.kind else None
        if cell is None or not cell.is_assigned:
            continue
        said = board.standing.said.get((sheet.member_id, row.pk))
        entries = said.upto(stage) if said else []
        if row.scored_by == stage and _must_be_said(row) and not _says_value(entries):
            empty.append(row)
        if cell.is_unproved:
            unproved.append(row)
        if cell.problem:
            uncountable.append(row)
        if row.confirmed_by == stage and not any(entry.stage == stage for entry in entries):
            unconfirmed.append(row)
    return Missing(empty, unproved, unconfirmed, uncountable)


def _must_be_said(row: Criterion) -> bool:
    return not row.starts_full and row.kind not in (Criterion.Kind.BONUS, Criterion.Kind.PENALTY)


def _says_value(entries: Iterable[Entry]) -> bool:
    return any(values_of(entry).says_value for entry in entries)


@dataclass(frozen=True, slots=True)
class StagePlace:
    """A stage of the way, and when it was finished."""

    words: str
    mark: StageMark | None
    is_here: bool


def way_of(sheet: ScoreSheet) -> list[StagePlace]:
    """The newest mark of each stage that the sheet has passed."""
    marks = {mark.stage: mark for mark in sheet.marks.select_related("by__person")}
    passed = stages_seen(sheet)
    return [
        StagePlace(
            in_season(stage.label, sheet.member.season),
            marks.get(stage) if stage in passed and stage != sheet.stage else None,
            is_here=stage == sheet.stage,
        )
        for stage in sheet.member.season.stages
    ]


def standing_words(sheet: ScoreSheet, total: str, *, is_open: bool) -> str:
    """«Đơn vị đang tự chấm: 88,50 điểm. Bạn đang chấm bảng này.»; the total follows the cells as they are typed."""
    season = sheet.member.season
    stage = in_season(SheetStage(sheet.stage).label, season)
    if sheet.stage == SheetStage.CROSS:
        stage = f"Đang chờ {sheet.cross_by} chấm chéo" if sheet.cross_by else "Đang chờ phân công đơn vị chấm chéo"
    words = format_html('{}: <span data-out="t-{}">{}</span> điểm.', stage, sheet.member_id, total)
    if season.state != SeasonState.SCORING:
        return format_html("{} {}, chỉ xem.", words, SeasonState(season.state).label)
    return format_html("{} Bạn đang chấm bảng này.", words) if is_open else words


def codes_of(rows: Sequence[Criterion]) -> str:
    """«I.1, II.3 và 12 dòng nữa»."""
    shown = [row.code for row in rows[:8]]
    more = f" và {len(rows) - len(shown)} dòng nữa" if len(rows) > len(shown) else ""
    return ", ".join(shown) + more
