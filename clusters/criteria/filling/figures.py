"""What goes into the cells: points of the stages that are through, figures, reasons. What is missing is told.

Points come from ``clusters.standing``; a group shows the sum of its criteria as they stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from campaigns.figures import show_figure
from campaigns.filling.mapping import Uses
from campaigns.filling.tables import Spot, Table, Values
from clusters.criteria.filling.proposing import ACTUAL, MAXIMUM, MEMBER, REASON, TARGET, TOTAL
from clusters.models import Criterion, Member, ScoreSheet, Season
from clusters.scoring import UnitScore, shown
from clusters.selectors import visible_sheets
from clusters.standing import ORDER, SeasonStanding, read_season, says_value
from clusters.states import SheetStage, Stage

_NOT_SEEN = "bảng điểm của đơn vị này chưa mở cho bạn xem"
_NOT_YET = "chưa xong bước này"


@dataclass(frozen=True, slots=True)
class Missing:
    spot: Spot
    row: str
    why: str


@dataclass(frozen=True, slots=True)
class Filling:
    values: Values
    missing: tuple[Missing, ...]

    @property
    def filled(self) -> int:
        return sum(value != "" for value in self.values.values())

    def shown(self, spot: Spot) -> str:
        value = self.values.get(spot)
        return show_figure(value) if isinstance(value, Decimal) else value or ""


class SeasonFigures:
    """A season as a user may see it: read once, asked for every cell."""

    def __init__(self, season: Season, user: Any) -> None:
        self.standing: SeasonStanding = read_season(season)
        self.members: dict[int, Member] = {one.pk: one for one in self.standing.members}
        self.criteria: dict[int, Criterion] = {row.pk: row for row in self.standing.criteria}
        sheets = visible_sheets(user).filter(member__season=season).distinct()
        self.sheets: dict[int, ScoreSheet] = {sheet.member_id: sheet for sheet in sheets}
        self._scores: dict[str, dict[int, UnitScore]] = {}
        self._leaves = {node.code: [leaf.code for leaf in node.leaves()] for _, node in self.standing.scheme.walk()}

    def scores(self, stage: str) -> dict[int, UnitScore]:
        if stage not in self._scores:
            self._scores[stage] = self.standing.scores(stage)
        return self._scores[stage]

    def filling_of(self, uses: Uses, tables: Sequence[Table], member: Member | None) -> Filling:
        values: dict[Spot, Decimal | str] = {}
        missing: list[Missing] = []
        for spot, use in sorted(uses.items()):
            value, why = self._value(use.target, use.what, member)
            if value is not None:
                values[spot] = value
                continue
            missing.append(Missing(spot, self.words(use.target), why))
            if not tables[spot.table].cell(spot.row, spot.column).is_free:
                values[spot] = ""  # what stood there before must not pass for this year's
        return Filling(values, tuple(missing))

    def words(self, pk: int) -> str:
        return str(self.criteria[pk])[:80] if pk in self.criteria else "Tổng cộng"

    def _value(self, pk: int, what: str, member: Member | None) -> tuple[Decimal | str | None, str]:
        """The value, or why there is none."""
        if what.startswith(MEMBER) and what[1:].isdecimal():
            chosen = self.members.get(int(what[1:]))
            stage = self._last_stage(chosen)
        else:
            chosen, stage = member, what
        if what == MAXIMUM:
            return (self.criteria[pk].maximum.normalize() + 0, "") if pk in self.criteria else (None, "")
        if chosen is None:
            return None, "chưa chọn đơn vị của bảng này"
        if chosen.pk not in self.sheets:
            return None, _NOT_SEEN
        if what in (TARGET, ACTUAL, REASON):
            return self._said(pk, what, chosen)
        if stage not in Stage.values or not self._is_through(chosen, stage):
            return None, _NOT_YET
        return self._points(pk, chosen, stage)

    def _points(self, pk: int, member: Member, stage: str) -> tuple[Decimal | None, str]:
        score = self.scores(stage)[member.pk]
        if pk == TOTAL:
            return self._rounded(score.total), ""
        given = [score.points[code] for code in self._leaves[self.criteria[pk].code]]
        known = [points for points in given if points is not None]
        return (self._rounded(sum(known, Fraction(0))), "") if known else (None, "không giao chỉ tiêu")

    def _said(self, pk: int, what: str, member: Member) -> tuple[Decimal | str | None, str]:
        if pk not in self.criteria:
            return None, "dòng này là tổng"
        if what == TARGET:
            given = self.standing.assignments.get((member.pk, pk))
            if given is None or given.target is None:
                return None, "không giao chỉ tiêu" if given and not given.is_assigned else "chưa ghi kế hoạch giao"
            return given.target.normalize() + 0, ""
        said = self.standing.said.get((member.pk, pk))
        entries = said.upto(self._last_stage(member)) if said else []
        if what == REASON:
            words = [f"{entry.get_stage_display()}: {entry.reason}" for entry in entries if entry.reason]
            return ("; ".join(words), "") if words else (None, "không có lý do nào được ghi")
        actual = next((entry.actual for entry in reversed(entries) if says_value(entry)), None)
        return (actual.normalize() + 0, "") if actual is not None else (None, "chưa có số thực hiện")

    def _is_through(self, member: Member, stage: str) -> bool:
        """Whether that stage has given its points; what a unit scores itself counts while it is still at it."""
        if stage == Stage.SELF:
            return True
        at = self.sheets[member.pk].stage
        is_in_season = stage in self.standing.season.stages
        return is_in_season and (at == SheetStage.DONE or ORDER[stage] < ORDER[at])

    def _last_stage(self, member: Member | None) -> str:
        if member is None or member.pk not in self.sheets:
            return Stage.SELF.value
        return next((stage for stage in reversed(Stage.values) if self._is_through(member, stage)), Stage.SELF.value)

    def _rounded(self, points: Fraction) -> Decimal:
        return Decimal(shown(points, self.standing.scheme.decimals))
