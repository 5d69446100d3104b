"""Tables of a Word file read and filled where they lie: a figure takes the look of the cell that waits for it.

Only the part with the text of the document is written anew.
"""

from __future__ import annotations

import copy
import io
from decimal import Decimal
from typing import Any

from campaigns.figures import show_figure
from campaigns.filling.package import Unwritable, opened, rewritten, serialize
from campaigns.filling.tables import MOST_COLUMNS, MOST_ROWS, MOST_TABLES, Cell, Table, Values, trimmed
from core.errors import AppError


class UnfitDocument(AppError):
    message = "Không đọc được tệp Word này. Hãy mở bằng Word, lưu lại thành .docx rồi đưa lên lại."


def read_tables(content: bytes) -> list[Table]:
    """Each table of the document. Raise ``UnfitDocument``."""
    return [_table(place, table) for place, table in enumerate(_document(content).tables[:MOST_TABLES], start=1)]


def fill(content: bytes, values: Values) -> bytes:
    """The file with these cells written. Raise ``Unwritable`` for a cell under a merged one."""
    if not values:
        return content
    document = _document(content)
    tables = document.tables
    grids = {place: _grid(tables[place]) for place in {spot.table for spot in values}}
    for spot, value in values.items():
        cell, covered_by = grids[spot.table][spot.row][spot.column]
        if covered_by is not None:
            raise Unwritable.at(spot.address)
        _write(cell, show_figure(value) if isinstance(value, Decimal) else value)
    own, text = document.part.partname.lstrip("/"), serialize(document.element)
    return rewritten(content, lambda name, data: text if name == own else data)


def _document(content: bytes) -> Any:
    from docx import Document  # noqa: PLC0415 -- slow to import

    with opened(content):  # measured first
        pass
    try:
        return Document(io.BytesIO(content))
    except Exception as error:  # a damaged package fails in any of python-docx's places
        raise UnfitDocument from error


_Place = tuple[Any, "tuple[int, int] | None"]
"""A cell of the document, and the place of the merged one that it is part of."""


def _grid(table: Any) -> list[list[_Place]]:
    """By row and column of the grid; what a row leaves out at its start is covered by nothing and takes nothing."""
    first: dict[Any, tuple[int, int]] = {}
    rows = []
    for place, row in enumerate(table.rows):
        if place >= MOST_ROWS:
            break
        cells: list[_Place] = [(None, (place, at)) for at in range(row.grid_cols_before)]
        for cell in row.cells:
            origin = first.setdefault(cell._tc, (place, len(cells)))
            cells.append((cell, None if origin == (place, len(cells)) else origin))
        rows.append(cells)
    return rows


def _table(number: int, table: Any) -> Table:
    try:
        grid = _grid(table)
    except Exception as error:  # python-docx trusts the spans of a table
        raise UnfitDocument from error
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(grid):
        for column, (_, origin) in enumerate(cells):
            if origin is not None:
                last[origin] = (row, column)
    rows = []
    for row, cells in enumerate(grid):
        read = []
        for column, (cell, origin) in enumerate(cells[:MOST_COLUMNS]):
            bottom, right = last.get((row, column), (row, column))
            size = (bottom - row + 1, min(right, MOST_COLUMNS - 1) - column + 1)
            text = " ".join(cell.text.split()) if cell is not None and origin is None else ""
            read.append(Cell(text, covered_by=origin) if origin is not None else Cell(text, False, None, *size))
        rows.append(read)
    is_cut = len(table.rows) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for cells in grid)
    return Table(f"Bảng {number}", trimmed(rows), is_cut)


def _write(cell: Any, text: str) -> None:
    """Into the first paragraph: its own run's look, else the look that its paragraph mark has."""
    first, *others = cell.paragraphs
    runs = first.runs
    run = runs[0] if runs else first.add_run()
    properties = first._p.pPr
    mark = properties.find(f"{{{properties.nsmap['w']}}}rPr") if properties is not None else None
    if not runs and mark is not None:
        run._r.insert(0, copy.deepcopy(mark))
    run.text = text
    for other in [*runs[1:], *(run for paragraph in others for run in paragraph.runs)]:
        other.text = ""
