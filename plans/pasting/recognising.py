"""The whole of a paste: columns as guessed, rows as they would be taken, and what is left over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from core.columns import Head, find_head
from core.text import fold
from plans.pasting.drafts import Draft, Leftover, PastedRow, finish, strip_markers
from plans.pasting.fields import WANTED, Holds, PastedColumn, Sure, guess_fields
from plans.pasting.grid import Grid, UnfitPaste
from plans.pasting.lists import ListReader
from plans.pasting.rows import RowReader, looks_like_task

_ONCE = (Holds.NUMBER, Holds.QUARTER)
NAMES: dict[Holds, str] = {
    Holds.NUMBER: "Số thứ tự",
    Holds.CONTENT: "Nội dung",
    Holds.LEAD: "Chủ trì",
    Holds.SUPPORT: "Phối hợp",
    Holds.TIME: "Thời gian",
    Holds.NOTE: "Ghi chú",
    Holds.QUARTER: "Quý",
    Holds.IGNORED: "Không lấy",
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Every cell that says something is in a row, or in ``leftovers`` with the reason."""

    columns: tuple[PastedColumn, ...]
    rows: tuple[PastedRow, ...]
    leftovers: tuple[Leftover, ...]
    grid: Grid = field(repr=False)
    head: Head | None
    year: int
    quarter: int | None
    known: frozenset[str] = field(repr=False)

    def retake(self, fields: Sequence[str]) -> Pasted:
        """The same paste with the columns that the person chose. Raise ``UnfitPaste``."""
        width = len(self.columns)
        try:
            chosen = [Holds(name) for name in fields]
        except ValueError:
            raise UnfitPaste("Có cột được chọn một mục không có trong danh sách; hãy chọn lại.") from None
        if len(chosen) != width:
            raise UnfitPaste(f"Bảng vừa dán có {width} cột; hãy chọn đủ cho {width} cột.")
        if Holds.CONTENT not in chosen:
            raise UnfitPaste("Chưa có cột nào là nội dung nhiệm vụ; hãy chọn một cột.")
        for name in _ONCE:
            if chosen.count(name) > 1:
                raise UnfitPaste(f"Chỉ một cột được là «{NAMES[name]}»; hãy chọn lại.")
        columns = tuple(
            column if column.field is name else PastedColumn(name, column.head, Sure.CERTAIN, "Bạn đã chọn.")
            for column, name in zip(self.columns, chosen, strict=True)
        )
        return _take(self.grid, self.head, columns, self.year, self.quarter, self.known)


def recognise(grid: Grid, year: int, quarter: int | None = None, *, known_names: Collection[str] = ()) -> Pasted:
    """Read the grid as tasks of a plan of ``year``.

    ``quarter``: where the person pastes, for tasks that name none themselves. ``known_names``: bodies and
    people of the unit; they help to tell columns of names and to part names at commas.
    """
    known = frozenset(map(fold, known_names))
    if grid.width == 1:
        columns = [PastedColumn(Holds.CONTENT, "", Sure.CERTAIN, "Phần vừa dán chỉ có một cột.")]
        return _take(grid, None, columns, year, quarter, known)
    table = [row if number not in grid.loose else () for number, row in enumerate(grid.rows)]
    head = find_head(table, WANTED)
    body = [number for number, row in enumerate(table) if any(row) and not _precedes(number, row, head)]
    columns = guess_fields(grid, head, body, year, known)
    return _take(grid, head, columns, year, quarter, known)


def _precedes(number: int, row: Sequence[str], head: Head | None) -> bool:
    """The head and the title above it; above a head in the middle of the paste stand tasks as well."""
    if head is None or number >= head.row + head.height:
        return False
    return number >= head.row or not looks_like_task(_filled(row))


def _filled(row: Sequence[str]) -> dict[int, str]:
    return {column: text for column, text in enumerate(row) if text}


def _take(
    grid: Grid,
    head: Head | None,
    columns: Sequence[PastedColumn],
    year: int,
    quarter: int | None,
    known: frozenset[str],
) -> Pasted:
    fields = [column.field for column in columns]
    reader: ListReader | RowReader
    reader = ListReader(grid, year) if fields == [Holds.CONTENT] else RowReader(grid, head, fields, year)
    reader.read()
    rows = _finished(reader.drafts, year, quarter, known)
    left = tuple(sorted(reader.leftovers, key=lambda leftover: (leftover.row, leftover.column)))
    return Pasted(tuple(columns), rows, left, grid, head, year, quarter, known)


def _finished(drafts: list[Draft], year: int, quarter: int | None, known: frozenset[str]) -> tuple[PastedRow, ...]:
    strip_markers(drafts)
    return tuple(finish(draft, year=year, default=quarter, known=known) for draft in drafts)
