"""The heads of a table that plain text left as lines: one a column, however the lines were broken or run together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.columns import find_head
from core.text import fold
from documents.reading.markers import starts_lower
from plans.pasting import Holds
from plans.pasting.fields import WANTED

_FIRST = re.compile(r"(s\.?\s?tt|st\s?t|t\s?t|số tt|số thứ tự)\b\.?\s*", re.IGNORECASE)
_NEXT = re.compile(
    r"(?<=[a-zà-ỹ])\s+(?=(?:Nội dung|Nhiệm vụ|Công việc|Hoạt động|Thời gian|Thời hạn|Thời điểm|Tiến độ|Đơn vị"
    r"|Cơ quan|Đ/v|ĐV|Bộ phận|Người|Cán bộ|Lãnh đạo|Chủ trì|Phối hợp|Phân công|Phụ trách|Ghi chú|Kết quả|Sản phẩm"
    r"|Địa điểm|Kinh phí)\b)"
)
"""Between heads that a copy put on one line."""
_INDEX = re.compile(r"\(?1\)?(?: \(?\d\)?){2,9}")
"""«(1) (2) (3)»."""
_GROUP = re.compile(r"(?:phan cong|to chuc|trach nhiem|don vi|co quan)(?: thuc hien)?")


@dataclass(frozen=True, slots=True)
class Heads:
    rows: tuple[tuple[str, ...], ...]
    """As they stand on the paper: one row, or two and the row that numbers the columns."""
    fields: tuple[Holds, ...]


def read_heads(lines: Sequence[str]) -> Heads:
    """A line that goes on with the head above, or says nothing alone, belongs to it."""
    if len(lines) > 1 and len(lines[0]) < 3 and _FIRST.fullmatch(lines[0] + lines[1]):
        lines = [f"{lines[0]} {lines[1]}", *lines[2:]]
    pieces: list[str] = []
    for line in lines:
        if _INDEX.fullmatch(line):
            continue
        if not pieces and (found := _FIRST.match(line)):
            pieces.append(found[0].strip())
            line = line[found.end() :]
        pieces += [piece for piece in _NEXT.split(line) if piece]
    if pieces and not _FIRST.fullmatch(pieces[0]):
        pieces.insert(0, "")  # numbered all the same
    heads, group, at = _without_group(_best(pieces))
    upper = [group if column == at else "" if column == at + 1 else text for column, text in enumerate(heads)]
    lower = [text if group and column in (at, at + 1) else "" for column, text in enumerate(heads)]
    rows = [tuple(upper), tuple(lower)] if group else [tuple(heads)]
    numbers = [line.split() for line in lines if _INDEX.fullmatch(line)]
    rows += [tuple(row) for row in numbers if len(row) == len(heads)]
    return Heads(tuple(rows), _fields(heads))


def _fields(heads: Sequence[str]) -> tuple[Holds, ...]:
    head = find_head([tuple(heads)], WANTED)
    fields = [Holds.IGNORED] * len(heads)
    if fields:
        fields[0] = Holds.NUMBER
    for name, column in (head.columns if head else {}).items():
        if column and fields[column] is Holds.IGNORED:
            fields[column] = Holds(name)
    return tuple(Holds.NOTE if name is Holds.IGNORED else name for name in fields)


def _without_group(heads: Sequence[str]) -> tuple[list[str], str, int]:
    """«Phân công» over «Chủ trì» and «Phối hợp», which stand below all other heads: the columns, and its place."""
    group = next((at for at, text in enumerate(heads) if _GROUP.fullmatch(fold(text))), None)
    if group is None:
        return list(heads), "", -2
    below = [at for at in range(group + 1, len(heads)) if re.search(r"chu tri|phoi hop", fold(heads[at]))]
    if len(below) != 2:
        return list(heads), "", -2
    rest = [text for at, text in enumerate(heads) if at not in (group, *below)]
    return [*rest[:group], heads[below[0]], heads[below[1]], *rest[group:]], heads[group], group


def _best(pieces: Sequence[str]) -> list[str]:
    for count in range(len(pieces), 2, -1):
        options = [option for option in _joinings(pieces, count) if not any(starts_lower(text) for text in option)]
        if options:
            return list(max((_named(option), option) for option in options)[1])
    return list(pieces)


def _named(heads: tuple[str, ...]) -> tuple[int, int]:
    head = find_head([heads], WANTED)
    return (len(set(head.columns.values())), -len(heads)) if head else (0, 0)


def _joinings(pieces: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """All ways to join neighbours into ``count`` heads, first those that join lines in lower case."""
    joined: list[str] = []
    for piece in pieces:
        if joined and starts_lower(piece):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    if len(joined) <= count:
        return [tuple(joined)]
    found: set[tuple[str, ...]] = set()
    _join_some(tuple(joined), count, found)
    return sorted(found)


def _join_some(pieces: tuple[str, ...], count: int, found: set[tuple[str, ...]]) -> None:
    if len(pieces) == count:
        found.add(pieces)
        return
    for at in range(1, len(pieces) - 1):
        joined = (*pieces[:at], f"{pieces[at]} {pieces[at + 1]}", *pieces[at + 2 :])
        if joined not in found and len(found) < 200:
            _join_some(joined, count, found)
