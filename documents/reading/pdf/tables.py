"""Ruled tables of a page: found by pdfplumber from the rules, filled with the lines between them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from documents.reading.errors import UnreadableFile
from documents.reading.pdf.letters import Letter, drawn_lines
from documents.reading.pdf.lines import PdfLine, line_of
from documents.reading.pdf.rules import closing_edges, seen_edges
from documents.tree import NATIONAL_NAME, RECIPIENTS_LABEL

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_COLUMNS = 100
_MOST_RULES = 20_000
"""A page of 60 rows and 10 columns has about 2,500; looking for the cells of more takes minutes."""
_SNAP = 3.0
"""Points by which two ends of one rule may differ."""
_SMALLEST = 4.0
_HIGHEST_ROW = 120.0
"""Points: a higher cell alone is a frame around much else."""

Box = tuple[float, float, float, float]
"""``x0, top, x1, bottom``, down from the upper edge."""


@dataclass(slots=True)
class PdfCell:
    x0: float
    x1: float
    lines: list[PdfLine]
    spans_rows: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True)
class PdfTable:
    rows: list[list[PdfCell]]
    page: int
    """Its last one."""
    top: float
    bottom: float
    """Up from the foot of the page."""
    first_page: int
    gap: bool = False
    columns: list[float] = field(default_factory=list)
    """Where its columns begin, and where the last one ends."""

    @property
    def cells(self) -> list[PdfCell]:
        return [cell for row in self.rows for cell in row]

    @property
    def is_box(self) -> bool:
        """A frame around some lines."""
        return len(self.columns) <= 2


def find_tables(page: Page, letters: Sequence[Letter], number: int) -> tuple[list[PdfTable], list[Letter], bool]:
    """The tables, the letters outside of them, and whether the page has too many rules to look for tables.

    Raise ``UnreadableFile`` for a table wider than any paper has.
    """
    edges = seen_edges(page)
    if len(edges) > _MOST_RULES:
        return [], list(letters), True
    edges += closing_edges(edges)
    if len(edges) < 2:
        return [], list(letters), False
    settings = {
        **{"vertical_strategy": "explicit", "explicit_vertical_lines": edges},
        **{"horizontal_strategy": "explicit", "explicit_horizontal_lines": edges},
        "snap_tolerance": _SNAP,
    }
    height = float(page.height)
    tables, outside = [], list(letters)
    for cells in _rooms(page.debug_tablefinder(settings)):
        grid = _Grid(cells)
        if len(grid.columns) > MOST_COLUMNS:
            raise UnreadableFile(
                f"Bảng ở trang {number} có hơn {MOST_COLUMNS} cột, không phải bảng của một văn bản; hãy kiểm tra tệp."
            )
        inside, outside = grid.sort(outside, height)
        tables.append(grid.table(inside, number, height))
    return tables, outside, False


def _rooms(finder: Any) -> Iterator[list[Box]]:
    """The cells of each table; last, alone, the first row of a page where it goes across a whole table."""
    for found in finder.tables:
        if cells := [cell for cell in found.cells if _is_room(cell)]:
            yield cells
    grouped = {cell for found in finder.tables for cell in found.cells}
    alone = [cell for cell in finder.cells if cell not in grouped and _is_room(cell)]
    top = min((cell[1] for cell in finder.cells), default=0.0)
    yield from ([cell] for cell in alone if cell[1] == top and cell[3] - cell[1] < _HIGHEST_ROW)


def _is_room(cell: Box) -> bool:
    return cell[2] - cell[0] >= _SMALLEST and cell[3] - cell[1] >= _SMALLEST


def is_frame(table: PdfTable) -> bool:
    """Rules drawn around the head or the foot of a paper make no table of it."""
    starts = (NATIONAL_NAME, RECIPIENTS_LABEL.upper())
    return len(table.columns) <= 4 and any(
        line.text.upper().startswith(starts) for cell in table.cells for line in cell.lines
    )


class _Grid:
    """Cells by their place between all the rules of the table."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self.columns = marks(edge for cell in cells for edge in (cell[0], cell[2]))
        self._bands = marks(edge for cell in cells for edge in (cell[1], cell[3]))
        self._cells = sorted(cells, key=lambda cell: (nearest(self._bands, cell[1]), cell[0]))
        self._at: dict[tuple[int, int], int] = {}
        for number, cell in enumerate(self._cells):
            for band in range(nearest(self._bands, cell[1]), nearest(self._bands, cell[3])):
                for column in range(nearest(self.columns, cell[0]), nearest(self.columns, cell[2])):
                    self._at[band, column] = number

    def sort(self, letters: Sequence[Letter], height: float) -> tuple[dict[int, list[Letter]], list[Letter]]:
        """The letters in each cell, and those in none; a blank goes with the letter before it."""
        inside: dict[int, list[Letter]] = {}
        outside: list[Letter] = []
        last = outside
        for letter in letters:
            if not letter.is_blank:
                found = self._cell_at((letter.u0 + letter.u1) / 2, height - letter.v - letter.size / 2)
                last = outside if found is None else inside.setdefault(found, [])
            last.append(letter)
        return inside, outside

    def _cell_at(self, x: float, top: float) -> int | None:
        column, band = bisect.bisect(self.columns, x) - 1, bisect.bisect(self._bands, top) - 1
        return self._at.get((band, column))

    def table(self, inside: dict[int, list[Letter]], number: int, height: float) -> PdfTable:
        rows: list[list[PdfCell]] = [[] for _ in self._bands[1:]]
        for at, cell in enumerate(self._cells):
            first, end = nearest(self._bands, cell[1]), nearest(self._bands, cell[3])
            rows[first].append(PdfCell(cell[0], cell[2], cell_lines(inside.get(at, []), number), max(1, end - first)))
        top, bottom = height - self._bands[0], height - self._bands[-1]
        return PdfTable(rows, number, top, bottom, number, columns=self.columns)


def cell_lines(letters: Sequence[Letter], number: int) -> list[PdfLine]:
    """From top to bottom; pieces on one height are one line."""
    lines = [line for drawn in drawn_lines(letters) if (line := line_of(drawn, number))]
    lines.sort(key=lambda line: (-round(line.v), line.x0))
    settled: list[PdfLine] = []
    for line in lines:
        if settled and settled[-1].stands_beside(line):
            settled[-1].text += f" {line.text}"
            settled[-1].x1 = line.x1
        else:
            settled.append(line)
    return settled


def marks(edges: Any) -> list[float]:
    """The places of rules, those that nearly meet as one."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _SNAP:
            found.append(edge)
    return found


def nearest(places: Sequence[float], edge: float) -> int:
    return min(range(len(places)), key=lambda at: abs(places[at] - edge))
