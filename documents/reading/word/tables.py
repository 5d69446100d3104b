"""Tables of Word: their grid, and whether they are tables or only hold a head or a foot in two columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from documents.reading.errors import UnreadableFile
from documents.reading.source import SourceBlock, SourceCell, SourceLine, SourceTable
from documents.reading.word.names import W, child, local, value, whole
from documents.reading.word.styles import Styles
from documents.tree import NATIONAL_NAME, RECIPIENTS_LABEL

MOST_COLUMNS = 100
"""Word itself stops at 63."""
_MOST_CELLS = 300_000
_LONGEST_FRAME = 20
"""Rows: what holds only a head or a foot has fewer."""
_FRAME_COLUMNS = 3
"""Left, right, and an empty one between them."""
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_SIDES = ("top", "left", "bottom", "right", "start", "end", "insideH", "insideV")


@dataclass(slots=True)
class Cell:
    start: int
    """Of the grid, from 0."""
    columns: int
    blocks: tuple[SourceBlock, ...]
    is_ruled: bool
    rows: int = 1

    @property
    def lines(self) -> tuple[SourceLine, ...]:
        return tuple(_flat(self.blocks))


@dataclass(slots=True)
class Grid:
    rows: list[list[Cell]] = field(default_factory=list)
    widths: tuple[int, ...] = ()

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from row


def _flat(blocks: Sequence[SourceBlock]) -> Iterator[SourceLine]:
    """A table within a cell gives its words cell by cell."""
    for block in blocks:
        if isinstance(block, SourceLine):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.lines


def read_grid(table: Any, styles: Styles, read_blocks: Callable[[Any], tuple[SourceBlock, ...]]) -> Grid:
    """Raise ``UnreadableFile`` for more columns or cells than a paper has."""
    ruled = _table_rules(table, styles)
    grid = Grid(widths=tuple(whole(found.get(W + "w")) for found in table.iterfind(f"{W}tblGrid/{W}gridCol")))
    open_cells: dict[int, Cell] = {}
    for row in _inside(table, "tr"):
        if child(row, "trPr", "del") is not None:
            continue
        begun: list[Cell] = []
        at = whole(value(row, "trPr", "gridBefore"))
        for node in _inside(row, "tc"):
            columns = max(1, whole(value(node, "tcPr", "gridSpan"), 1))
            _refuse_wide(at + columns)
            cell = _goes_on(node, open_cells.get(at))
            if cell is None:
                cell = Cell(at, columns, read_blocks(node), _is_ruled(node, ruled))
                begun.append(cell)
            for place in range(at, at + columns):
                open_cells[place] = cell
            at += columns
        grid.rows.append(begun)
        if len(grid.rows) * max(at, 1) > _MOST_CELLS:
            raise UnreadableFile("Bảng trong tệp quá dài để đọc; hãy tách tệp thành nhiều phần rồi chọn lại.")
    return grid


def _refuse_wide(columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise UnreadableFile(
            f"Bảng trong tệp có hơn {MOST_COLUMNS} cột, không phải bảng của một văn bản; hãy kiểm tra lại tệp."
        )


def _inside(node: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those that content controls and tracked changes wrap."""
    for part in node:
        if local(part) == name:
            yield part
        elif local(part) in _WRAPPERS:
            yield from _inside(part, name)


def _goes_on(node: Any, above: Cell | None) -> Cell | None:
    """The cell above, one row longer, where this one only continues it."""
    merge = child(node, "tcPr", "vMerge")
    if merge is None or above is None or (merge.get(W + "val") or "continue") == "restart":
        return None
    above.rows += 1
    return above


# -- Rules -----------------------------------------------------------------------------


def _table_rules(table: Any, styles: Styles) -> int:
    """How many sides of a cell the table itself, or its style, draws."""
    own = child(table, "tblPr", "tblBorders")
    if own is not None:
        return _drawn(own)
    for style in styles.chain(value(table, "tblPr", "tblStyle")):
        borders = child(style, "tblPr", "tblBorders")
        if borders is not None:
            return _drawn(borders)
    return 0


def _drawn(borders: Any) -> int:
    return sum(
        (value(borders, side) or "none") not in {"none", "nil"} and value(borders, side, of="color") != "FFFFFF"
        for side in _SIDES
    )


def _is_ruled(cell: Any, of_table: int) -> bool:
    """At least two sides: a single one is the short rule under a name."""
    own = child(cell, "tcPr", "tcBorders")
    if own is None:
        return of_table > 1
    said = {local(side) for side in own}
    return _drawn(own) + (of_table if len(said) < 2 else 0) > 1


# -- Tables and frames -----------------------------------------------------------------


def blocks_of(grid: Grid, *, gap: bool) -> Iterator[SourceBlock]:
    """The table, or the lines of the frame that it only is."""
    if not any(cell.lines for cell in grid.cells()):
        return
    if _is_frame(grid):
        yield from _frame_lines(grid)
        return
    rows = tuple(
        tuple(SourceCell(cell.lines, spans_columns=cell.columns, spans_rows=cell.rows) for cell in row)
        for row in grid.rows
    )
    yield SourceTable(rows, gap=gap)


def _is_frame(grid: Grid) -> bool:
    worded = [[cell for cell in row if cell.lines] for row in grid.rows]
    widest = max(map(len, worded))
    cells = [cell for row in worded for cell in row]
    if len(grid.rows) <= _LONGEST_FRAME and widest <= _FRAME_COLUMNS and any(map(_names_head_or_foot, cells)):
        return True
    if len(cells) == 1:
        return True
    ruled = sum(cell.is_ruled for cell in cells)
    return 2 * ruled < len(cells) and widest <= 2 and len(grid.rows) <= _LONGEST_FRAME


def _names_head_or_foot(cell: Cell) -> bool:
    """Some draw rules around the head, or keep those of a new table."""
    return any(
        line.text.upper().startswith((NATIONAL_NAME, NATIONAL_NAME.replace("HÒA", "HOÀ"), RECIPIENTS_LABEL.upper()))
        for line in cell.lines
    )


def _frame_lines(grid: Grid) -> Iterator[SourceBlock]:
    widths = grid.widths or (1,) * max(cell.start + cell.columns for cell in grid.cells())
    total = sum(widths) or 1
    for row in grid.rows:
        for cell in row:
            middle = sum(widths[: cell.start]) + sum(widths[cell.start : cell.start + cell.columns]) / 2
            column = int(2 * middle > 1.05 * total)  # a cell across the whole width begins on the left
            for block in cell.blocks:
                yield replace(block, column=column) if isinstance(block, SourceLine) else block
