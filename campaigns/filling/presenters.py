"""The table as it looks, with what each row, column and cell takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from campaigns.filling.figures import Filling, shown
from campaigns.filling.mapping import Use, Uses, columns_of, row_name, rows_of
from campaigns.filling.proposing import WORDS
from campaigns.filling.tables import Spot, Table, column_letters
from campaigns.models import Target

_LONGEST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the page."""

    spot: Spot
    text: str
    rows: int
    columns: int
    takes: bool
    """Whether the person may choose what stands here."""
    use: Use | None = None
    words: str = ""
    """What it takes: «Thực hiện»; with the target where it is not that of its row."""
    figure: str = ""
    why: str = ""
    """Why it stays blank."""
    is_open: bool = False
    is_formula: bool = False

    @property
    def has_words(self) -> bool:
        """Whether it wants room."""
        return self.columns == 1 and len(self.text) > 16

    @property
    def key(self) -> str:
        return f"{self.spot.row}.{self.spot.column}"


@dataclass(frozen=True, slots=True)
class Row:
    place: int
    number: int
    name: str
    """Empty where no target can be chosen for it."""
    target: int | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Column:
    place: int
    letters: str
    what: str
    takes: bool


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def grid_of(
    tables: Sequence[Table], place: int, uses: Uses, targets: Sequence[Target], filling: Filling, opened: Spot | None
) -> Grid:
    table = tables[place]
    by_row, by_column = rows_of(uses, place), columns_of(uses, place)
    texts = {target.pk: target.text for target in targets}
    why = {one.spot: one.why for one in filling.missing}
    names = [row_name(table, row) if _can_take(table, row) else "" for row in range(len(table.rows))]
    named = [row for row, name in enumerate(names) if name]
    starts = [_name_column(table, row, name) for row, name in enumerate(names)]

    def box(row: int, column: int) -> Box:
        cell, spot = table.cell(row, column), Spot(place, row, column)
        use = uses.get(spot)
        words = WORDS[use.what] if use else ""
        if use and by_row.get(row) != use.target:
            words = f"{words}, {texts.get(use.target, '')[:60]}"
        takes = cell.takes and column > starts[row]
        figure = shown(filling.values, spot) if use else ""
        is_open = spot == opened and cell.takes
        return Box(
            spot,
            cell.text,
            cell.rows,
            cell.columns,
            takes,
            use,
            words,
            figure,
            why.get(spot, ""),
            is_open,
            cell.is_formula,
        )

    rows = tuple(
        Row(
            row,
            row + 1,
            names[row],
            by_row.get(row),
            tuple(box(row, column) for column, cell in enumerate(cells) if not cell.is_covered),
        )
        for row, cells in enumerate(table.rows)
    )
    columns = tuple(
        Column(
            column,
            column_letters(column),
            by_column.get(column, ""),
            any(table.cell(row, column).takes and column > starts[row] for row in named),
        )
        for column in range(table.width)
    )
    return Grid(columns, rows)


def offered(targets: Sequence[Target]) -> list[tuple[int, str]]:
    """Shortened once: every row of the table offers all of them."""
    return [(target.pk, Truncator(target.text).chars(_LONGEST_OFFERED)) for target in targets]


def _can_take(table: Table, row: int) -> bool:
    return any(cell.takes for cell in table.rows[row])


def _name_column(table: Table, row: int, name: str) -> int:
    """Figures stand to the right of what they are of; where a row has no name, nowhere."""
    return next((at for at, cell in enumerate(table.rows[row]) if name and cell.text == name), table.width)
