"""Cells as spreadsheets put them on the clipboard: tabs between cells, lines between rows.

Excel, Google Sheets and LibreOffice wrap a cell of several lines in quotation marks and double
those within. They do not wrap a cell that merely begins with one («"Dân vận khéo" năm 2026»), so
marks count as a wrapping only where the cell ends with one and holds what needs it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_WRAPPED = 40_000
_END = re.compile(r"[\t\n]")


def read_tsv(text: str) -> list[list[str]]:
    """Rows of cells as they are, ragged where the text is. No text has no rows."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return []
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        wrapped = _wrapped(text, at)
        if wrapped is None:
            end = _end_of_cell(text, at)
            cell = text[at:end]
        else:
            cell, end = wrapped
        rows[-1].append(cell)
        if end >= len(text):
            return rows
        if text[end] == "\n":
            if end + 1 == len(text):
                return rows
            rows.append([])
        at = end + 1


def write_tsv(rows: Sequence[Sequence[str]]) -> str:
    """As a spreadsheet writes it; a tab within a cell becomes a space, as no sheet has one."""
    return "".join("\t".join(_written(cell) for cell in row) + "\n" for row in rows)


def _written(cell: str) -> str:
    cell = cell.replace("\t", " ")
    return '"' + cell.replace('"', '""') + '"' if "\n" in cell or cell.startswith('"') else cell


def _end_of_cell(text: str, at: int) -> int:
    found = _END.search(text, at)
    return found.start() if found else len(text)


def _wrapped(text: str, at: int) -> tuple[str, int] | None:
    """The cell between quotation marks that begins at ``at``, and where it ends."""
    if not text.startswith('"', at):
        return None
    pieces: list[str] = []
    start, last = at + 1, min(len(text), at + _LONGEST_WRAPPED)
    while (mark := text.find('"', start, last)) >= 0:
        pieces.append(text[start:mark])
        if "\t" in pieces[-1]:
            return None
        if text.startswith('""', mark):
            pieces.append('"')
            start = mark + 2
            continue
        cell = "".join(pieces)
        ends = mark + 1 == len(text) or text[mark + 1] in "\t\n"
        return (cell, mark + 1) if ends and ("\n" in cell or len(pieces) > 1) else None
    return None
