"""One grid out of the two forms in which a clipboard holds the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from plans.pasting.grid import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    Grid,
    clean_cell,
    too_many_columns,
    too_many_rows,
    too_much,
)
from plans.pasting.html import Block, Table, read_html
from plans.pasting.tsv import read_tsv

_WORD = re.compile(r"\w+")


def read_clipboard(text: str, html: str = "") -> Grid:
    """The table that was pasted, or the lines of a list as a grid of one column.

    The web form tells merged cells and lines within cells, so it goes first; the plain form is read
    where the web form has no table. Words around the table, and smaller tables of another width, stay
    in the grid as ``loose`` rows. Raise ``UnfitPaste`` for more than can be taken at once.
    """
    if len(text) > MOST_LETTERS:
        raise too_much()
    items = read_html(html) or []
    if any(isinstance(item, Table) and item.filled for item in items):
        return _of_items(items)
    rows = [[clean_cell(cell) for cell in row] for row in read_tsv(text)]
    lines = [[item.text] for item in items if isinstance(item, Block)]
    is_list = bool(rows) and max(map(len, rows)) == 1
    if not any(map(any, rows)) or (lines and is_list and _words(lines) >= _words(rows)):
        rows = lines
    return _grid(rows, {}, set())


def _words(rows: Sequence[Sequence[str]]) -> set[str]:
    """Without signs: the web form may draw other bullets than the plain form, and numbers that it lacks."""
    return {word for row in rows for cell in row for word in _WORD.findall(cell)}


def _of_items(items: Sequence[Block | Table]) -> Grid:
    tables = [item for item in items if isinstance(item, Table)]
    width = max(tables, key=lambda table: table.filled).width
    rows: list[list[str]] = []
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    loose: set[int] = set()
    for item in items:
        if isinstance(item, Block):
            loose.add(len(rows))
            rows.append([item.text])
            continue
        if item.width != width:
            loose.update(range(len(rows), len(rows) + len(item.rows)))
        else:
            below = len(rows)
            for (row, column), (from_row, from_column) in item.merged.items():
                merged[row + below, column] = (from_row + below, from_column)
        rows += item.rows
    return _grid(rows, merged, loose)


def _grid(rows: Sequence[Sequence[str]], merged: Mapping[tuple[int, int], tuple[int, int]], loose: set[int]) -> Grid:
    """All rows as wide as the widest needs; blank columns at its right edge and blank rows at its end fall away."""
    height = max((number + 1 for number, row in enumerate(rows) if any(row)), default=0)
    width = max((column + 1 for row in rows for column, cell in enumerate(row) if cell), default=0)
    if height > MOST_ROWS:
        raise too_many_rows()
    if width > MOST_COLUMNS:
        raise too_many_columns()
    filled = tuple((*row[:width], *[""] * (width - len(row))) for row in rows[:height])
    kept = {place: origin for place, origin in merged.items() if place[0] < height and place[1] < width}
    return Grid(filled, kept, frozenset(row for row in loose if row < height))
