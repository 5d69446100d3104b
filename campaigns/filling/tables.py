"""Tables of a file that came from elsewhere, seen as grids: which cells hold words, which wait for a figure. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from core.text import fold

MOST_ROWS, MOST_COLUMNS = 400, 40
"""What is looked at of one table; sheets with styled blanks down to their last row are common."""
MOST_TABLES = 40
_TO_WRITE_ON = re.compile(r"[.…_\-–\s]*")
_FIGURE = re.compile(r"[-−]?[\d.,\s]*\d\s*%?")
_TIME = re.compile(r"\b(?:quy [ivx]+|thang|quy|dau nam|ca nam|nam hoc|nam|ngay)\b")


class Spot(NamedTuple):
    """A cell: the table's place in the file, then row and column, all from 0."""

    table: int
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @classmethod
    def parse(cls, text: str) -> Spot:
        table, row, column = (int(part) for part in text.split("."))
        return cls(table, row, column)

    @property
    def address(self) -> str:
        """As Excel names it: D8."""
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str = ""
    is_formula: bool = False
    covered_by: tuple[int, int] | None = None
    """Row and column of the merged cell that lies over this one: nothing can be written here."""
    rows: int = 1
    columns: int = 1
    """How many it spans."""

    @property
    def is_covered(self) -> bool:
        return self.covered_by is not None

    @property
    def takes(self) -> bool:
        """Whether a figure may stand here: blank, dots to write on, or a figure of the time before."""
        is_open = _TO_WRITE_ON.fullmatch(self.text) or _FIGURE.fullmatch(self.text)
        return bool(is_open) and not (self.is_formula or self.is_covered)

    @property
    def is_free(self) -> bool:
        """Blank, or dots to write on."""
        return self.takes and _TO_WRITE_ON.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    """Of the sheet, or «Bảng 2» of a Word file."""
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool = False
    """Whether there is more than what is looked at."""

    def cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else Cell()

    def shown_at(self, row: int, column: int) -> str:
        """The words that stand there, also where a merged cell lies over it."""
        cell = self.cell(row, column)
        return self.cell(*cell.covered_by).text if cell.covered_by else cell.text

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


Values = Mapping[Spot, Decimal | str]
"""What to write; an empty text makes the cell blank."""


def has_words(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def address(row: int, column: int) -> str:
    """
    >>> address(7, 3), address(0, 26)
    ('D8', 'AA1')
    """
    return f"{column_letters(column)}{row + 1}"


def column_letters(column: int) -> str:
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def trimmed(rows: Sequence[Sequence[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Without the blank rows and columns at the end: nothing says what could stand there."""
    height = width = 0
    for place, row in enumerate(rows, start=1):
        filled = [at for at, cell in enumerate(row, start=1) if cell.text or cell.is_formula]
        if filled:
            height, width = place, max(width, filled[-1] + row[filled[-1] - 1].columns - 1)
    return tuple(tuple(row[:width]) + (Cell(),) * (width - len(row)) for row in rows[:height])


def spots(tables: Sequence[Table]) -> Iterator[tuple[Spot, Cell]]:
    for place, table in enumerate(tables):
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                yield Spot(place, row, column), cell


def layout_of(tables: Sequence[Table]) -> str:
    """By which a table is known again when it comes the next time: its words and formulas in their places.

    Figures, years and periods are left out: «6 tháng đầu năm 2026» heads the same table as «Cả năm 2025».
    """
    digest = hashlib.sha256()
    for spot, cell in spots(tables):
        words = timeless(cell.text)
        if words or cell.is_formula:
            digest.update(f"{spot}\t{cell.is_formula}\t{words}\n".encode())
    return digest.hexdigest()


def timeless(text: str) -> str:
    """Its words alone, without what changes from one report to the next.

    >>> timeless("Thực hiện 6 tháng đầu năm 2026 (tấn)"), timeless("2.350,5")
    ('thuc hien tan', '')
    """
    words = _TIME.sub(" ", " ".join(re.sub(r"[\W\d_]+", " ", fold(text)).split()))
    return " ".join(words.split())
