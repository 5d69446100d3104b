"""Tables that say when with a mark: columns «Quý I» to «Quý IV», or the months, and «x» where a task is done.

    Nội dung | Thời gian          Nội dung | Thời gian
             | Quý I | Quý II              |
    Sơ kết   |       |   x    ->  Sơ kết   | Quý II

The words of the time are those of the heads, so they are inferred for each task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.text import fold
from plans.pasting import Grid
from plans.pasting.quarters import read_quarter

_MARKS = frozenset("xXvV✓✔√☑☒✗✘+*●•■")
_MONTH = re.compile(r"(?:thang|th\.?|t\.?)?\s*(?P<month>1[0-2]|0?[1-9])(?:\s*/\s*\d{4})?")
_ROWS_OF_HEAD = 5
_TIME = "Thời gian"
_QUARTERS = ("Quý I", "Quý II", "Quý III", "Quý IV")


@dataclass(frozen=True, slots=True)
class Unmarked:
    grid: Grid
    said: tuple[str, ...] = ()
    """Marks and heads that no cell repeats."""

    @property
    def is_changed(self) -> bool:
        return bool(self.said)


def without_marks(grid: Grid) -> Unmarked:
    """The table with one column of times in place of the marked ones; the same where it has none."""
    for row in range(min(len(grid.rows), _ROWS_OF_HEAD)):
        periods = _periods(grid, row)
        first = min(periods, default=0)
        if len(periods) > 1 and sorted(periods) == list(range(first, first + len(periods))):
            below = range(row + 1, len(grid.rows))
            cells = [grid.rows[at][column] for at in below for column in periods if grid.rows[at][column]]
            if cells and all(cell in _MARKS for cell in cells if cell not in periods.values()):
                return _with_times(grid, row, periods, [cell for cell in cells if cell in _MARKS])
    return Unmarked(grid)


def _periods(grid: Grid, row: int) -> dict[int, str]:
    """By column, the quarter or the month that its head names."""
    found: dict[int, str] = {}
    for column, text in enumerate(grid.rows[row]):
        above = fold(_above(grid, row, column))
        if named := read_quarter(text, bare="quy" in above):
            found[column] = _as_printed(text, _QUARTERS[named.quarter - 1])
        elif (month := _MONTH.fullmatch(fold(text))) and ("thang" in above or not text.strip().isdecimal()):
            found[column] = _as_printed(text, f"Tháng {int(month['month'])}")
    return found


def _as_printed(text: str, name: str) -> str:
    """«Quý I/2026» keeps its year; «I» under «Quý» is given its word."""
    words = " ".join(text.split())
    return words if fold(words).startswith(("quy ", "thang ")) else name


def _above(grid: Grid, row: int, column: int) -> str:
    """The group that stands over the column."""
    for at in range(row - 1, -1, -1):
        origin = grid.merged.get((at, column), (at, column))
        if text := grid.rows[origin[0]][origin[1]]:
            return text
    return ""


def _with_times(grid: Grid, head: int, periods: Mapping[int, str], marks: Sequence[str]) -> Unmarked:
    first, last = min(periods), max(periods)
    group = _above(grid, head, first)
    title = group or _TIME
    rows: list[tuple[str, ...]] = []
    for at, row in enumerate(grid.rows):
        if at < head:
            text = title if at == 0 and group else ""
        elif at == head:
            text = "" if group and head else title
        else:
            text = _time(grid, at, periods)
        rows.append((*row[:first], text, *row[last + 1 :]))
    merged = {
        (at, _moved(column, first, last)): (origin, _moved(over, first, last))
        for (at, column), (origin, over) in grid.merged.items()
        if not (first <= column <= last)
    }
    said = (*(text for column, text in enumerate(grid.rows[head]) if column in periods), *marks)
    return Unmarked(Grid(tuple(rows), merged, grid.loose), said)


def _moved(column: int, first: int, last: int) -> int:
    return column if column <= first else max(first, column - (last - first))


def _time(grid: Grid, row: int, periods: Mapping[int, str]) -> str:
    """«Quý II», «Quý I - Quý III», «Quý I, Quý III»."""
    marked = [
        column
        for column in sorted(periods)
        if (origin := grid.merged.get((row, column), (row, column)))
        and grid.rows[origin[0]][origin[1]] in _MARKS
        and grid.rows[origin[0]][origin[1]]
    ]
    if len(marked) > 1 and marked == list(range(marked[0], marked[-1] + 1)):
        return f"{periods[marked[0]]} - {periods[marked[-1]]}"
    return ", ".join(periods[column] for column in marked)
