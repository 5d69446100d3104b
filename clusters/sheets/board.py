"""Cells, subtotals and totals as pages and answers show them; points come from ``clusters.standing`` alone.

Every figure that may move when some cell is saved has a name (``outs``): the page marks its place with it, the answer
to a saved cell brings the new words under the same names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import timezone

from campaigns.figures import show_figure
from clusters import rules
from clusters.models import Assignment, Criterion, Entry, ScoreSheet
from clusters.scheme import Kind
from clusters.scoring import UnitScore
from clusters.sheets.acting import is_open
from clusters.sheets.selectors import leaves_of
from clusters.sheets.typed import Leaf, Values, hint_of, said_in_words, standing_of, typed_text, values_of
from clusters.standing import ORDER, SeasonStanding
from clusters.states import Stage
from clusters.wording import points_shown

_BESIDE = (Criterion.Kind.BONUS, Criterion.Kind.PENALTY)


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one member after one stage."""

    key: str
    """«member-criterion»: how page and answer name it."""
    said: str
    typed: str
    reason: str
    who: str
    version: int
    """Of this stage's entry; 0: it has none."""
    points: str
    is_own: bool
    """This stage said it; else it stands as an earlier one left it."""
    is_changed: bool
    """Another value than the unit gave itself."""
    is_cut: bool
    is_unproved: bool
    """Evidence is demanded and none hangs on it: no points."""
    is_open: bool
    is_assigned: bool = True
    target: str = ""
    problem: str = ""
    """Why no points can be counted, whatever is entered: a target is missing."""

    def as_data(self) -> dict[str, Any]:
        """For the page's script."""
        names = (
            "key",
            "said",
            "typed",
            "reason",
            "who",
            "version",
            "is_own",
            "is_changed",
            "is_cut",
            "is_unproved",
            "problem",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with its place in the tree."""

    row: Criterion
    depth: int
    maximum: str
    hint: str = ""
    ask: str = ""
    """Which values need a reason: «deduction», or the points below which one is asked for."""


def in_words(points: Fraction | None, decimals: int) -> str:
    """With a decimal comma and all decimals of the set; empty for none."""
    return "" if points is None else points_shown(points, decimals)


def target_in_words(assignment: Assignment | None, row: Criterion) -> str:
    """Kế hoạch giao with its measure."""
    if assignment is None or not assignment.is_assigned:
        return "" if assignment is None else "không giao"
    measure = f" {row.measure}" if row.measure and assignment.target is not None else ""
    return f"{show_figure(assignment.target)}{measure}"


def who_in_words(entry: Entry) -> str:
    """«Lò Thị An, 10:32 22/11/2026 (nhập thay)»."""
    behalf = " (nhập thay)" if entry.on_behalf else ""
    return f"{entry.by or 'Chương trình'}, {timezone.localtime(entry.at):%H:%M %d/%m/%Y}{behalf}"


class Board:
    """A season after one stage, for the sheets that somebody sees."""

    def __init__(self, standing: SeasonStanding, stage: str, sheets: Sequence[ScoreSheet], user: Any) -> None:
        self.standing, self.stage, self.sheets = standing, stage, sheets
        self.decimals = standing.scheme.decimals
        outcome = standing.outcome(stage)
        self.scores = {int(unit.name): unit for unit in outcome.units}
        self.problems = {(int(one.unit), one.code): one.why for one in outcome.problems}
        self.leaves = leaves_of(standing.season, standing.criteria)
        self.open_to = {
            sheet.member_id
            for sheet in sheets
            if is_open(sheet) and sheet.stage == stage and rules.may_work_on(user, sheet, stage)
        }
        self._depths = depths_of(standing.criteria)
        self._points_told: dict[tuple[int, int], str] = {}
        self._who_told: dict[tuple[int | None, dt.datetime, bool], str] = {}

    def lines(self) -> list[Line]:
        return [
            Line(
                row,
                self._depths[row.pk],
                in_words(Fraction(row.maximum), self.decimals),
                hint_of(self.leaves[row.pk]) if row.kind else "",
                asks_reason(self.leaves[row.pk]) if row.kind else "",
            )
            for row in self.standing.criteria
        ]

    def cell(self, sheet: ScoreSheet, row: Criterion) -> Cell:
        member = sheet.member_id
        leaf, key = self.leaves[row.pk], (member, row.pk)
        said = self.standing.said.get(key)
        entries = said.upto(self.stage) if said else []
        own = entries[-1] if entries and entries[-1].stage == self.stage else None
        assignment = self.standing.assignments.get(key)
        is_assigned = assignment is None or assignment.is_assigned
        stood = standing_of(entries) if entries else Values()
        points = self.scores[member].points[row.code]
        return Cell(
            key=f"{member}-{row.pk}",
            said=said_in_words(leaf, stood) if is_assigned else "không giao",
            typed=typed_text(leaf, values_of(own) if own else stood),
            reason=own.reason if own else "",
            who=self._who(entries[-1]) if entries else "",
            version=own.version if own else 0,
            points="" if points is None else self._told(points),
            is_own=own is not None and not values_of(own).is_blank,
            is_changed=is_changed(entries),
            is_cut=is_cut(row, points, is_said=bool(entries)),
            is_unproved=self._is_unproved(row, entries),
            is_open=member in self.open_to and is_assigned and ORDER[self.stage] >= ORDER[row.scored_by],
            is_assigned=is_assigned,
            target=target_in_words(assignment, row),
            problem=self.problems.get((member, row.code), ""),
        )

    def _told(self, points: Fraction) -> str:
        """Of thousands of cells most say the same few figures, and were saved in the same minutes."""
        key = points.numerator, points.denominator
        if key not in self._points_told:
            self._points_told[key] = in_words(points, self.decimals)
        return self._points_told[key]

    def _who(self, entry: Entry) -> str:
        key = entry.by_id, entry.at.replace(second=0, microsecond=0), entry.on_behalf
        if key not in self._who_told:
            self._who_told[key] = who_in_words(entry)
        return self._who_told[key]

    def _is_unproved(self, row: Criterion, entries: Sequence[Entry]) -> bool:
        if not row.needs_evidence or row.kind == Criterion.Kind.PENALTY or not standing_of(entries).says_value:
            return False
        said = [entry.is_proved for entry in entries if entry.is_proved is not None]
        return not said[-1] if said else not any(entry.pk in self.standing.proved for entry in entries)

    def outs(self, sheets: Iterable[ScoreSheet], rows: Iterable[Criterion]) -> dict[str, str]:
        """Of the rows with the groups above them, and the totals."""
        wanted = self._with_groups(rows)
        found: dict[str, str] = {}
        for sheet in sheets:
            member = sheet.member_id
            score = self.scores[member]
            for row, points in self._sums(score):
                if row.pk in wanted:
                    words = "" if points is None else self._told(points)
                    found[f"{'p' if row.kind else 'g'}-{member}-{row.pk}"] = words
            for name, points in totals_of(score):
                found[f"{name}-{member}"] = in_words(points, self.decimals)
        return found

    def _sums(self, score: UnitScore) -> Iterator[tuple[Criterion, Fraction | None]]:
        sums = sums_of(self.standing.criteria, score.points)
        for row in self.standing.criteria:
            yield row, score.points[row.code] if row.kind else sums[row.pk]

    def _with_groups(self, rows: Iterable[Criterion]) -> set[int]:
        parents = {row.pk: row.parent_id for row in self.standing.criteria}
        found: set[int] = set()
        for row in rows:
            place: int | None = row.pk
            while place is not None and place not in found:
                found.add(place)
                place = parents[place]
        return found

    def moved_by(self, rows: Iterable[Criterion]) -> list[ScoreSheet]:
        """All that are seen: a leader moves everybody, and whose total stays keeps its words."""
        return list(self.sheets) if any(looks_at_others(row) for row in rows) else []

    def footers(self) -> list[tuple[str, str]]:
        """Name and words of the sums below the table; what the season does not have is left out."""
        nodes = list(self.standing.scheme.leaves())
        there = {
            "b": True,
            "q": any(not one.is_assigned for one in self.standing.assignments.values()),
            "s": any(node.surplus is not None for node in nodes),
            "x": any(node.kind in (Kind.BONUS, Kind.PENALTY) for node in nodes),
            "t": True,
        }
        return [(name, words) for name, words in FOOTERS if there[name]]


FOOTERS = (
    ("b", "Cộng điểm các tiêu chí"),
    ("q", "Quy đổi do không giao chỉ tiêu"),
    ("s", "Điểm thưởng vượt kế hoạch"),
    ("x", "Điểm thưởng và điểm trừ"),
    ("t", "Tổng điểm"),
)


def totals_of(score: UnitScore) -> Iterator[tuple[str, Fraction]]:
    """By the names of ``FOOTERS``."""
    yield "b", score.base
    yield "q", score.conversion
    yield "s", score.surplus
    yield "x", score.beside
    yield "t", score.total


def sums_of(criteria: Iterable[Criterion], points: Mapping[str, Fraction | None]) -> dict[int, Fraction]:
    """Group → what its leaves gave."""
    rows = list(criteria)
    parents = {row.pk: row.parent_id for row in rows}
    found = {row.pk: Fraction(0) for row in rows if not row.kind}
    for row in rows:
        given, place = points.get(row.code) if row.kind else None, row.parent_id
        while given and place is not None:
            found[place] += given
            place = parents[place]
    return found


def depths_of(criteria: Iterable[Criterion]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in criteria:
        found[row.pk] = found[row.parent_id] + 1 if row.parent_id in found else 0
    return found


def asks_reason(leaf: Leaf) -> str:
    """For the page, which takes one to the field of the reason at once; the service has the last word."""
    asked = {"deduction": "deduction", "penalty": "deduction", "points": f"below:{leaf.maximum}", "late": "value"}
    return asked.get(leaf.way.value, "")


def is_changed(entries: Sequence[Entry]) -> bool:
    """Whether a later stage gave another value than the first that gave one."""
    if len(entries) < 2:
        return False
    said = [values.weighed[:4] for values in map(values_of, entries) if values.says_value]
    return len(set(said)) > 1


def is_cut(row: Criterion, points: Fraction | None, *, is_said: bool) -> bool:
    """Less than the full mark, of what somebody looked at; a penalty that costs something."""
    if points is None or row.kind == Criterion.Kind.BONUS:
        return False
    if row.kind == Criterion.Kind.PENALTY:
        return points < 0
    return is_said and points < row.maximum


def looks_at_others(row: Criterion) -> bool:
    return bool(row.kind) and Kind(row.kind).looks_at_others


def beside(rows: Iterable[Criterion]) -> list[Criterion]:
    return [row for row in rows if row.kind in _BESIDE]


def stage_from(asked: str, stages: Sequence[Stage], otherwise: Stage | None) -> Stage:
    """The one of the address; else where there is work; else the last."""
    return next((stage for stage in stages if stage.value == asked), otherwise or stages[-1])
