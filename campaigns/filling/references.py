"""Rows, cells and areas of a sheet's XML by their places, also where the file leaves the addresses out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def tag(name: str) -> str:
    return f"{{{_MAIN}}}{name}"


@dataclass(frozen=True, slots=True)
class Area:
    """From its first to its last cell, all from 0."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def first(self) -> tuple[int, int]:
        return self.top, self.left

    def within(self, rows: int, columns: int) -> Iterator[tuple[int, int]]:
        """Its cells inside the first so many rows and columns."""
        for row in range(self.top, min(self.bottom + 1, rows)):
            for column in range(self.left, min(self.right + 1, columns)):
                yield row, column

    def size(self, rows: int, columns: int) -> tuple[int, int]:
        return min(self.bottom + 1, rows) - self.top, min(self.right + 1, columns) - self.left


def place_of(address: str) -> tuple[int, int]:
    """Raise ``ValueError`` for what is no address."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(f"no address of a cell: {address[:20]}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def area_of(reference: str) -> Area:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def rows_of(sheet: Any) -> Iterator[tuple[int, Any]]:
    """A row that does not say where it stands follows the one before it."""
    place = -1
    data = sheet.find(tag("sheetData"))
    for row in data.iterchildren(tag("row")) if data is not None else ():
        place = int(row.get("r")) - 1 if row.get("r") else place + 1
        yield place, row


def cells_of(row: Any) -> Iterator[tuple[int, Any]]:
    column = -1
    for cell in row.iterchildren(tag("c")):
        column = place_of(cell.get("r"))[1] if cell.get("r") else column + 1
        yield column, cell
