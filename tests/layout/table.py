"""Tables of the body and of the appendices (D20 for rows, F5–F7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tests.layout.expected import IN_TABLE, CellPlace, Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper, Words
from tests.layout.measure import BLACK, centre_failures, size_failures, weight_failures
from tests.layout.printed import Glyph, Sheet, Stroke, lines_of

_CENTRE = 1.5
_CELL = 0.5
_SAME_EDGE = 1.5
_THICKNESS = (0.4, 1.0)
_REACH = 20.0
"""How far the grid may stand from the outermost letters: padding and an empty line."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of one table on one page."""

    columns: tuple[float, ...]
    """Where the upright lines stand."""
    rows: tuple[float, ...]
    strokes: tuple[Stroke, ...]


def check_tables(printed: PrintedPaper) -> Iterator[Failure]:
    tables: dict[int, list[tuple[CellPlace, Words]]] = defaultdict(list)
    for words in printed.of(*IN_TABLE):
        if words.piece.cell:
            tables[words.piece.cell.table].append((words.piece.cell, words))
    for number, cells in tables.items():
        yield from _pages(printed, number, cells)
        yield from _rows(cells)
        yield from _looks(cells)


def _pages(printed: PrintedPaper, number: int, cells: list[tuple[CellPlace, Words]]) -> Iterator[Failure]:
    """The grid on every page of the table, and the head on every page after the first.

    What goes on over a page is a row that was cut, and its words are in disorder: no cell to measure.
    """
    pages: dict[int, list[tuple[CellPlace, list[Glyph]]]] = defaultdict(list)
    used: set[int] = set()
    for cell, words in cells:
        own = {glyph.page for glyph in words.marks}
        used |= own
        if len(own) == 1:
            pages[own.pop()].append((cell, list(words.marks)))
    for page in sorted(used)[1:]:
        if (number, page) not in printed.repeated_heads:
            yield Failure("F6", page, "", "head of the table is not repeated")
    for page, here in pages.items():
        yield from _grid_failures(printed, printed.sheets[page - 1], here)


def _grid_failures(
    printed: PrintedPaper,
    sheet: Sheet,
    cells: list[tuple[CellPlace, list[Glyph]]],
) -> Iterator[Failure]:
    grid = _grid(sheet, [glyph for _, glyphs in cells for glyph in glyphs])
    words = "".join(glyph.text for glyph in cells[0][1])
    width = cells[0][0].columns
    if len(grid.columns) != width + 1:
        yield Failure("F7", sheet.number, words, f"{len(grid.columns)} upright lines for {width} columns")
        return
    yield from _closed(sheet, grid, cells)
    for stroke in grid.strokes:
        thickness = min(stroke.width, stroke.height)
        allowed = _THICKNESS[0] <= thickness <= _THICKNESS[1]
        if not allowed or stroke.colour not in BLACK:
            yield Failure("F7", sheet.number, words, f"line of {thickness:.2f} pt, colour {stroke.colour}")
            break
    frame = printed.frame(printed.section_of[sheet.number])
    if grid.columns[0] < frame.left - _CELL or grid.columns[-1] > frame.right + _CELL:
        reach = f"{grid.columns[0]:.1f} to {grid.columns[-1]:.1f}, text {frame.left:.1f} to {frame.right:.1f}"
        yield Failure("F5", sheet.number, words, f"table wider than the text area: {reach}")
    for cell, glyphs in cells:
        yield from _outside(sheet, grid, cell, glyphs)


def _outside(sheet: Sheet, grid: Grid, cell: CellPlace, glyphs: list[Glyph]) -> Iterator[Failure]:
    left = grid.columns[cell.column]
    right = grid.columns[-1 if cell.spans else cell.column + 1]
    for line in lines_of(glyphs):
        if line.x0 < left - _CELL or line.x1 > right + _CELL:
            yield Failure("F5", sheet.number, line.text, f"reaches out of its column {left:.0f}–{right:.0f}")
        if any(line.top + _CELL < row < line.bottom - _CELL for row in grid.rows):
            yield Failure("F5", sheet.number, line.text, "a line of the grid runs through the words")


def _grid(sheet: Sheet, glyphs: list[Glyph]) -> Grid:
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    near = [stroke for stroke in sheet.strokes if stroke.bottom > top - _REACH and stroke.top < bottom + _REACH]
    upright = [stroke for stroke in near if stroke.vertical and stroke.bottom > top and stroke.top < bottom]
    left = min((stroke.x0 for stroke in upright), default=0.0)
    right = max((stroke.x1 for stroke in upright), default=0.0)
    flat = [
        stroke
        for stroke in near
        if stroke.horizontal and stroke.x0 >= left - _SAME_EDGE and stroke.x1 <= right + _SAME_EDGE
    ]
    return Grid(
        columns=_clustered([(stroke.x0 + stroke.x1) / 2 for stroke in upright]),
        rows=_clustered([(stroke.top + stroke.bottom) / 2 for stroke in flat]),
        strokes=(*upright, *flat),
    )


def _closed(sheet: Sheet, grid: Grid, cells: list[tuple[CellPlace, list[Glyph]]]) -> Iterator[Failure]:
    glyphs = [glyph for _, part in cells for glyph in part]
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    for side, rows in (
        ("above", [row for row in grid.rows if row <= top + _CELL]),
        ("below", [row for row in grid.rows if row >= bottom - _CELL]),
    ):
        if not rows:
            yield Failure("F7", sheet.number, "", f"table has no line {side} on this page")
            continue
        edge = max(rows) if side == "above" else min(rows)
        drawn = sum(
            stroke.width
            for stroke in grid.strokes
            if stroke.horizontal and abs((stroke.top + stroke.bottom) / 2 - edge) <= _SAME_EDGE
        )
        if drawn < grid.columns[-1] - grid.columns[0] - _SAME_EDGE:
            yield Failure("F7", sheet.number, "", f"line {side} the table has gaps")


def _rows(cells: list[tuple[CellPlace, Words]]) -> Iterator[Failure]:
    pages: dict[int, set[int]] = defaultdict(set)
    first: dict[int, Words] = {}
    for cell, words in cells:
        pages[cell.row].update(glyph.page for glyph in words.marks)
        first.setdefault(cell.row, words)
    for row, used in pages.items():
        if len(used) > 1:
            yield Failure("D20", min(used), first[row].printed, "row of a table cut by the end of the page")


def _looks(cells: list[tuple[CellPlace, Words]]) -> Iterator[Failure]:
    for _, words in cells:
        yield from size_failures("F7", words)
        if words.piece.part is Part.TABLE_HEAD:
            yield from weight_failures("F7", words)


def check_head_centres(printed: PrintedPaper) -> Iterator[Failure]:
    for words in printed.of(Part.TABLE_HEAD):
        cell, page = words.piece.cell, words.page
        if not cell or page is None:
            continue
        sheet = printed.sheets[page - 1]
        grid = _grid(sheet, list(words.marks))
        if len(grid.columns) != cell.columns + 1:
            continue  # said by the grid itself
        middle = (grid.columns[cell.column] + grid.columns[cell.column + 1]) / 2
        for line in lines_of(words.marks):
            yield from centre_failures("F7", line, middle, _CENTRE, "its column")


def _clustered(values: list[float]) -> tuple[float, ...]:
    """One value for each group of neighbours."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME_EDGE:
            groups[-1].append(value)
        else:
            groups.append([value])
    return tuple(sum(group) / len(group) for group in groups)
