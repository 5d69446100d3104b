"""What the page's script sends, and what it is answered: cells in, cells with points and totals out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from clusters.models import Criterion, ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.board import Board, looks_at_others
from clusters.sheets.doors import UnfitRequest
from clusters.sheets.services import Saved, Saying, cleaned_reason, save_many
from clusters.sheets.typed import Values, read_typed, values_of
from clusters.standing import read_season
from core.errors import UnfitField
from core.text import as_pasted

MOST_CELLS = 4_000
"""More than a whole table of 14 members and 180 criteria."""
_LONGEST = 5_000
"""Letters of one cell with its reason."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One cell as it was sent."""

    key: str
    text: str
    reason: str | None
    """None: as it stands."""
    version: int

    @property
    def place(self) -> tuple[int, int]:
        """Member and criterion."""
        member, _, criterion = self.key.partition("-")
        return int(member), int(criterion)


def read_cells(data: dict[str, Any]) -> list[Typed]:
    """Raise ``UnfitRequest``."""
    cells = data.get("cells")
    if not isinstance(cells, list) or not 0 < len(cells) <= MOST_CELLS:
        raise UnfitRequest
    return [_read_cell(cell) for cell in cells]


def _read_cell(cell: Any) -> Typed:
    if not isinstance(cell, dict):
        raise UnfitRequest
    key, text, reason, version = (cell.get(name) for name in ("key", "text", "reason", "version"))
    parts = key.split("-") if isinstance(key, str) else []
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in parts):
        raise UnfitRequest
    if not isinstance(text, str) or not isinstance(reason, str | None) or len(text) + len(reason or "") > _LONGEST:
        raise UnfitRequest
    if isinstance(version, bool) or not isinstance(version, int) or version < 0:
        raise UnfitRequest
    assert isinstance(key, str)
    return Typed(key, as_pasted(text), None if reason is None else as_pasted(reason), version)


class Saver:
    """One request: the cells of one stage of one season."""

    def __init__(self, season: Season, stage: str, sheets: Sequence[ScoreSheet], user: Any) -> None:
        """``sheets``: those that the user sees."""
        self.season, self.stage, self.user = season, stage, user
        self.sheets = sheets
        self.by_member = {sheet.member_id: sheet for sheet in self.sheets}

    def known(self, cells: Iterable[Typed]) -> list[Typed]:
        return [cell for cell in cells if cell.place[0] in self.by_member]

    def save(self, cells: Sequence[Typed]) -> dict[str, Any]:
        """Raise what ``save_many`` raises."""
        rows = self._rows(cells)
        there = selectors.entries_at([self.by_member[cell.place[0]] for cell in cells], rows.values())
        leaves = selectors.leaves_of(self.season, rows.values())
        sayings: list[Saying] = []
        refused: list[dict[str, str]] = []
        for cell in cells:
            sheet, row = self.by_member[cell.place[0]], rows.get(cell.place[1])
            if row is None or row.pk not in leaves:
                raise UnfitRequest
            own = there.get((sheet.pk, row.pk), {}).get(self.stage)
            before = values_of(own) if own else Values()
            try:
                values = read_typed(leaves[row.pk], cell.text, before)
                if cell.reason is not None and not _brings_reason(cell):
                    values = _with_reason(values, cell.reason)
            except UnfitField as error:
                refused.append({"key": cell.key, "field": error.field, "message": str(error)})
                continue
            sayings.append(Saying(sheet, row, values, cell.version))
        saved = save_many(sayings, stage=self.stage, actor=self.user)
        return self._answer(saved, refused, rows, {cell.place[0] for cell in cells})

    def _rows(self, cells: Iterable[Typed]) -> dict[int, Criterion]:
        wanted = {cell.place[1] for cell in cells}
        return {row.pk: row for row in Criterion.objects.filter(set=self.season.criteria_id, pk__in=wanted)}

    def _answer(
        self, saved: Saved, refused: list[dict[str, str]], rows: dict[int, Criterion], members: set[int]
    ) -> dict[str, Any]:
        """As it stands now: points of what moved, the saved cells, both values of the others."""
        board = self._board(rows.values(), members)
        sheets = {sheet.pk: sheet for sheet in self.sheets}
        criteria = {row.pk: row for row in board.standing.criteria}
        touched = [(sheets[sheet], criteria[row]) for sheet, row in saved.entries]
        moved = {sheet.pk: sheet for sheet in [*(sheet for sheet, _ in touched), *board.moved_by(rows.values())]}
        return {
            "at": f"{timezone.localtime():%H:%M}",
            "saved": [board.cell(sheet, row).as_data() for sheet, row in touched],
            "refused": refused
            + [
                {"key": key_of(one.saying.sheet, one.saying.criterion), "field": one.field, "message": one.sentence}
                for one in saved.refused
            ],
            "clashes": [
                {
                    "message": one.sentence,
                    "theirs": board.cell(one.saying.sheet, criteria[one.saying.criterion.pk]).as_data(),
                }
                for one in saved.clashes
            ],
            "outs": board.outs(moved.values(), rows.values()),
        }

    def _board(self, rows: Iterable[Criterion], members: set[int]) -> Board:
        """Of the members that were named; of all where what one reached moves the points of others."""
        only = None if any(looks_at_others(row) for row in rows) else members
        standing = read_season(self.season, only=only, members=list(self.season.members.all()))
        return Board(standing, self.stage, self.sheets, self.user)


def key_of(sheet: ScoreSheet, row: Criterion) -> str:
    return f"{sheet.member_id}-{row.pk}"


def _brings_reason(cell: Typed) -> bool:
    return bool(cell.text.partition(";")[2].strip())


def _with_reason(values: Values, reason: str) -> Values:
    return replace(values, reason=cleaned_reason(reason))
