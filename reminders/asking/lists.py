"""Lists as villages and schools send them: every sheet of a file read, each row with its number and what is wrong.

Nothing is written here and nobody is guessed: whose rows they are is ``list_matching``'s question, for which the
lines above the head, the words of a group and of a column «Thôn/Đơn vị» are kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from core.cells import as_words
from core.errors import AppError
from core.files import XLSX
from core.sheets.reading import Broken, Sheet, UnfitSheet, Value, read_sheets
from core.sheets.tables import NUMBER, IsGroup, Table, TableRow, find_table
from core.text import fold
from reminders.asking.list_columns import ListColumn, columns_of, read_cell
from reminders.asking.values import MOST_ROWS

PLACE = "\x00place"
"""The column that says who sends each row; no column of a request can have this name."""
_PLACE_HEADS = (
    *("Thôn/Đơn vị", "Thôn, đơn vị", "Nơi gửi", "Đơn vị gửi", "Tên thôn", "Thôn", "Ấp", "Khu phố", "Tổ dân phố"),
    *("Bản", "Buôn", "Xóm", "Bộ phận", "Đơn vị", "Tên đơn vị", "Trường", "Xã", "Xã, phường"),
)
_NUMBER_HEADS = ("TT", "STT", "Số TT", "Số thứ tự")
_MOST_TITLES = 30
_LONGEST_TITLE = 300
_LONGEST_ROW = 120

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ListRow:
    number: int
    """Of the sheet, as Excel counts."""
    values: dict[str, str]
    """By the request's columns."""
    place: str = ""
    """Whose it is, as its column or the heading of its group says."""
    faults: tuple[str, ...] = ()
    """Sentences: which column, and what is wrong."""
    notes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        shown = "; ".join(filter(None, self.values.values()))
        return shown if len(shown) <= _LONGEST_ROW else f"{shown[:_LONGEST_ROW]}…"


@dataclass(frozen=True, slots=True)
class ListSheet:
    name: str
    titles: tuple[str, ...] = ()
    """What stands above the head."""
    rows: tuple[ListRow, ...] = ()
    problem: str = ""
    """Why nothing was read from it."""
    absent: tuple[str, ...] = ()
    """Columns that the sheet lacks and that may be blank."""
    unused: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    has_places: bool = False
    """By a column; headings of groups count only where they name one that was asked."""


@dataclass(frozen=True, slots=True)
class ReadList:
    sheets: tuple[ListSheet, ...]

    @property
    def rows(self) -> list[ListRow]:
        """Those without a fault."""
        return [row for sheet in self.sheets for row in sheet.rows if not row.faults]

    @property
    def errors(self) -> list[tuple[str, ListRow]]:
        """Name of the sheet and the row, of those with one."""
        return [(sheet.name, row) for sheet in self.sheets for row in sheet.rows if row.faults]


def read_list(
    content: BinaryIO,
    columns: Sequence[str],
    *,
    media_type: str = XLSX,
    is_group: IsGroup = lambda words: False,
    progress: Progress = lambda rows: None,
) -> ReadList:
    """Raise ``AppError`` where the file is no sheet, or no sheet of it has rows under the head that was asked for."""
    wanted = columns_of(columns)
    sheets = [_read_sheet(sheet, wanted, is_group, progress) for sheet in read_sheets(content, media_type)]
    if not any(sheet.rows for sheet in sheets):
        raise UnfitSheet(next((sheet.problem for sheet in sheets if sheet.problem), ""))
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise UnfitSheet(f"Tệp này dài quá {MOST_ROWS} dòng. Hãy chia thành nhiều tệp.")
    return ReadList(tuple(sheets))


def _read_sheet(sheet: Sheet, columns: Sequence[ListColumn], is_group: IsGroup, progress: Progress) -> ListSheet:
    wanted: dict[str, Sequence[str]] = {column.key: (column.head,) for column in columns}
    known = {fold(column.head) for column in columns}
    wanted |= {NUMBER: [head for head in _NUMBER_HEADS if fold(head) not in known]}
    wanted |= {PLACE: [head for head in _PLACE_HEADS if fold(head) not in known]}
    required = [column.key for column in columns if column.is_required]
    try:
        table = find_table([sheet], wanted, required, is_group)
    except AppError as error:
        return ListSheet(sheet.name, problem=str(error))
    rows = tuple(_rows(table, columns, progress))
    return ListSheet(
        sheet.name,
        titles=tuple(_titles(sheet, table)),
        rows=rows,
        problem="" if rows else "Bảng chưa có dòng nào dưới dòng tên cột. Hãy ghi các dòng rồi nạp lại.",
        absent=tuple(column.head for column in columns if column.key not in table.columns),
        unused=table.unused,
        unread=table.unread,
        has_places=PLACE in table.columns,
    )


def _rows(table: Table, columns: Sequence[ListColumn], progress: Progress) -> Iterator[ListRow]:
    """Without those that say nothing but a number and a place, as a file made for all has them."""
    for count, row in enumerate(table.rows, start=1):
        if any(row.values.get(column.key) is not None for column in columns):
            yield _row(row, columns)
        progress(count)


def _row(row: TableRow, columns: Sequence[ListColumn]) -> ListRow:
    values: dict[str, str] = {}
    faults, notes = [], []
    for column in columns:
        cell = row.values.get(column.key)
        try:
            words, note = read_cell(column, cell)
        except ValueError as error:
            faults.append(f"{column.head}: {str(error).rstrip('.')}.")
            words, note = _as_typed(cell), ""
        else:
            if column.is_required and not words:
                faults.append(f"{column.head}: còn trống.")
        values[column.key] = words
        notes += [f"{column.head}: {note}."] if note else []
    place = _as_typed(row.values.get(PLACE)) or row.group
    return ListRow(row.number, values, place, tuple(faults), tuple(notes))


def _as_typed(cell: Value) -> str:
    return "" if cell is None or isinstance(cell, Broken) else as_words(cell)[:_LONGEST_ROW]


def _titles(sheet: Sheet, table: Table) -> Iterator[str]:
    """The words above the first row of the table, its head among them."""
    above = sheet.rows[: table.rows[0].number - 1][:_MOST_TITLES]
    for row in above:
        for value in row:
            if isinstance(value, str):
                yield unicodedata.normalize("NFC", " ".join(value.split()))[:_LONGEST_TITLE]


# -- Kept between looking and taking ---------------------------------------------------------


def as_json(found: ReadList) -> list[dict[str, Any]]:
    return [
        {
            "name": sheet.name,
            "titles": sheet.titles,
            "problem": sheet.problem,
            "absent": sheet.absent,
            "unused": sheet.unused,
            "unread": sheet.unread,
            "has_places": sheet.has_places,
            # Pairs: PostgreSQL keeps the keys of JSON in an order of its own.
            "rows": [[row.number, [*row.values.items()], row.place, row.faults, row.notes] for row in sheet.rows],
        }
        for sheet in found.sheets
    ]


def from_json(kept: Sequence[dict[str, Any]]) -> ReadList:
    return ReadList(
        tuple(
            ListSheet(
                name=sheet["name"],
                titles=tuple(sheet["titles"]),
                rows=tuple(
                    ListRow(number, dict(values), place, tuple(faults), tuple(notes))
                    for number, values, place, faults, notes in sheet["rows"]
                ),
                problem=sheet["problem"],
                absent=tuple(sheet["absent"]),
                unused=tuple(sheet["unused"]),
                unread=tuple((number, words) for number, words in sheet["unread"]),
                has_places=sheet["has_places"],
            )
            for sheet in kept
        )
    )
