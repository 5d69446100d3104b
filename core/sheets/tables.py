"""The table on a sheet: its head below title rows, its rows above the signatures, what was left unread.

Offices write more than rows into a table: «I. KHỐI ĐẢNG» over a group, «Tổng cộng: 28», the
head once more on the next page, the signatures beneath. Such lines are not rows; each is told
with its number, so that nothing is left out in silence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from core.columns import Head, find_head
from core.sheets.reading import MOST_ROWS, Sheet, UnfitSheet, Value
from core.text import fold

NUMBER = "tt"
"""The column that counts the rows («TT»), where the sheet has one."""
_COUNTED = re.compile(r"\d{1,5}\.?")
_ORDINAL = re.compile(r"[IVX]{1,5}\.?|[A-HĐ]\.?", re.IGNORECASE)
_SUM = re.compile(r"(tổng cộng|tổng số|cộng|tổng)\s*([:(\d].*)?")
_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class TableRow:
    number: int
    """Of the sheet, as Excel counts."""
    values: dict[str, Value]
    group: str = ""
    """The line that heads the group: «Quý I»."""


@dataclass(frozen=True, slots=True)
class Table:
    sheet: str
    columns: dict[str, str]
    """Each thing found → the words of its head."""
    rows: list[TableRow]
    unused: tuple[str, ...] = ()
    """Heads of columns that nothing was read from."""
    unread: tuple[tuple[int, str], ...] = ()
    """Row number and words of what stands in the table and is no row of it."""
    other_sheets: tuple[str, ...] = ()


Wanted = Mapping[str, Sequence[str]]
"""Name of a field → the words that a head uses for it."""


IsGroup = Callable[[str], bool]
"""Whether the words of a row's only cell head a group, as «Quý I» does; others do where their form says so."""


def find_table(
    sheets: Sequence[Sheet], wanted: Wanted, required: Collection[str], is_group: IsGroup = lambda words: False
) -> Table:
    """The table on the first sheet whose head names all that is ``required``."""
    lacking: list[str] | None = None
    for sheet in sheets:
        head = find_head([[_words(value) for value in row] for row in sheet.rows], wanted)
        if head is None:
            continue
        missing = [wanted[name][0] for name in required if name not in head.columns]
        if not missing:
            return _read(_Reader(sheet, head, is_group), [other.name for other in sheets if other is not sheet])
        if lacking is None or len(missing) < len(lacking):
            lacking = missing
    if lacking:
        raise UnfitSheet(
            f"Bảng thiếu cột {_quoted(lacking)}. Hãy thêm cột đó rồi nạp lại; tệp mẫu có sẵn tên các cột."
        )
    names = _quoted([wanted[name][0] for name in required])
    raise UnfitSheet(
        f"Không thấy dòng tên cột (có cột {names}) trong tệp này. Hãy so với tệp mẫu, sửa tên cột rồi nạp lại."
    )


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"«{name}»" for name in names)


@dataclass(slots=True)
class _Reader:
    """Goes down the sheet below the head."""

    sheet: Sheet
    head: Head
    is_group: IsGroup
    rows: list[TableRow] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    group: str = ""

    def take(self, place: int, own: tuple[Value, ...]) -> None:
        if self._is_head_again(own):
            self.leave(place, own)
        elif words := self._group(place, own):
            self.group = words
            self.leave(place, own)
        elif _SUM.fullmatch(_first_words(own).lower()) or not self._says_something(own):
            self.leave(place, own)
        elif self._is_row(own):
            self.rows.append(TableRow(place + 1, self._values(place, own), self.group))

    def _says_something(self, own: Sequence[Value]) -> bool:
        return any(_at(own, column) is not None for column in self.head.columns.values())

    def _is_row(self, own: Sequence[Value]) -> bool:
        """Numbers typed ahead of their rows are none."""
        return any(_at(own, column) is not None for name, column in self.head.columns.items() if name != NUMBER)

    def leave(self, place: int, own: Sequence[Value]) -> None:
        words = "; ".join(filter(None, map(_words, own)))
        self.unread.append((place + 1, words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}…"))

    def _values(self, place: int, own: tuple[Value, ...]) -> dict[str, Value]:
        taken: set[int] = set()
        values: dict[str, Value] = {}
        for name, column in self.head.columns.items():
            if column not in taken:  # «Chủ trì, phối hợp» in one column: the first of the two
                values[name] = _at(own, column) if _at(own, column) is not None else self._merged(place, column)
            taken.add(column)
        return values

    def _merged(self, place: int, column: int) -> Value:
        """A cell merged downwards says the same in each of its rows."""
        for top, left, last, right in self.sheet.merges:
            if top < place + 1 <= last and left <= column <= right and top - 1 >= self.head.row + self.head.height:
                return _at(self.sheet.rows[top - 1], left)
        return None

    def _is_head_again(self, own: Sequence[Value]) -> bool:
        texts = [fold(text) for text in self.head.texts if text]
        return len(texts) > 1 and [fold(_words(value)) for value in own if value is not None] == texts

    def _group(self, place: int, own: Sequence[Value]) -> str:
        """«QUÝ I» over the whole width, «I | Khối Đảng» beside a numeral; blank where this is a row."""
        filled = [column for column, value in enumerate(own) if value is not None]
        numbering = self.head.columns.get(NUMBER)
        others = [column for column in filled if column != numbering]
        mark = _words(_at(own, numbering)) if numbering is not None else ""
        is_mark = bool(mark) and not _COUNTED.fullmatch(mark)
        if is_mark and (not others or (len(others) == 1 and _ORDINAL.fullmatch(mark))):
            return _words(own[others[0]]) if others else mark
        if len(filled) == 1 and (self._spans(place, filled[0]) or self.is_group(_words(own[filled[0]]))):
            return _words(own[filled[0]])
        return ""

    def _spans(self, place: int, column: int) -> bool:
        wanted = set(self.head.columns.values())
        return any(
            top <= place + 1 <= last and left <= column <= right and len(wanted & set(range(left, right + 1))) > 1
            for top, left, last, right in self.sheet.merges
        )


def _read(reader: _Reader, other_sheets: Sequence[str]) -> Table:
    sheet, head = reader.sheet, reader.head
    start = head.row + head.height
    end = _end(sheet, head, start)
    for place, own in enumerate(sheet.rows[start:], start=start):
        if any(value is not None for value in own):
            (reader.take if place < end else reader.leave)(place, own)
    if not reader.rows:
        raise UnfitSheet("Bảng chưa có dòng nào dưới dòng tên cột. Hãy ghi các dòng rồi nạp lại.")
    if len(reader.rows) > MOST_ROWS:
        raise UnfitSheet(f"Bảng dài quá {MOST_ROWS:,} dòng. Hãy chia thành nhiều tệp.".replace(",", "."))
    used = set(head.columns.values())
    shown = {name: head.texts[column] if column < len(head.texts) else "" for name, column in head.columns.items()}
    unused = tuple(text for column, text in enumerate(head.texts) if text and column not in used)
    return Table(sheet.name, shown, reader.rows, unused, tuple(reader.unread), tuple(other_sheets))


def _end(sheet: Sheet, head: Head, start: int) -> int:
    """Where the rows are counted, the table ends at the blank row after which nothing is counted any more."""
    numbering = head.columns.get(NUMBER)
    if numbering is None:
        return len(sheet.rows)
    counted = [
        place
        for place in range(start, len(sheet.rows))
        if _COUNTED.fullmatch(_words(_at(sheet.rows[place], numbering)))
    ]
    if not counted:
        return len(sheet.rows)
    for place in range(counted[-1] + 1, len(sheet.rows)):
        if all(value is None for value in sheet.rows[place]):
            return place
    return len(sheet.rows)


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column] if column < len(row) else None


def _first_words(row: Sequence[Value]) -> str:
    return next((value for value in row if isinstance(value, str)), "")


def _words(value: Value) -> str:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
