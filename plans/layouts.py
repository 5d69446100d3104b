"""How a plan's tasks are laid out on paper: rows grouped by quarter, plain columns, or bullets.

    quarters-3col     a table with «QUÝ I» rows; as many columns as the name says
    columns-5         a table without groups
    quarters-bullets  «1. Quý I:» and a dash for each task

What a column holds is read from its head, as offices name columns in their own ways.
"""

from __future__ import annotations

import enum
import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import fold

BULLETS = "quarters-bullets"
_TABLE = re.compile(r"(quarters|columns)-([2-6])(col)?")

DEFAULT_COLUMNS: dict[str, tuple[str, ...]] = {
    "quarters-3col": ("TT", "Nội dung", "Phân công thực hiện"),
    "columns-5": ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện"),
    "columns-6": ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện", "Ghi chú"),
    BULLETS: (),
}

LABELS = {
    "quarters-3col": "Bảng ba cột, chia theo quý",
    "columns-5": "Bảng năm cột",
    "columns-6": "Bảng sáu cột",
    BULLETS: "Gạch đầu dòng theo quý",
}


class Field(enum.StrEnum):
    NUMBER = "number"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    TIME = "time"
    NOTE = "note"


# Words that say what a column holds. A head may name two things: «Cơ quan chủ trì, phối hợp».
_NAMED: dict[Field, str] = {
    Field.NUMBER: r"^(s?tt|so tt|so thu tu|so)$",
    Field.CONTENT: r"\b(noi dung|nhiem vu|cong viec|hoat dong)\b",
    Field.LEAD: r"\b(chu tri|phan cong|phu trach)\b",
    Field.SUPPORT: r"\bphoi hop\b",
    Field.TIME: r"\b(thoi gian|thoi han|thoi diem|tien do|han)\b",
    Field.NOTE: r"\b(ghi chu|ket qua|san pham)\b",
}
# «Đơn vị», «Người thực hiện»: whoever leads, where the head says nothing more.
_SOMEBODY = r"\b(thuc hien|don vi|co quan|bo phan|nguoi)\b"

# Millimetres that a column needs at least: its head's longest word, a day written in full.
_LEAST = {Field.NUMBER: 11, Field.CONTENT: 45, Field.LEAD: 22, Field.SUPPORT: 22, Field.TIME: 22, Field.NOTE: 17}
_TABLE_MM = 165
_HEAD_VOLUME = 12.0
"""Letters that even an empty column stands for."""


@dataclass(frozen=True, slots=True)
class Layout:
    name: str

    @property
    def is_table(self) -> bool:
        return self.name != BULLETS

    @property
    def by_quarter(self) -> bool:
        return self.name.startswith("quarters")

    @property
    def column_count(self) -> int:
        """0 for bullets."""
        match = _TABLE.fullmatch(self.name)
        return int(match[2]) if match else 0


def parse_layout(name: str) -> Layout:
    """Raise ``ValueError`` for a layout that nobody prints."""
    match = _TABLE.fullmatch(name)
    if name != BULLETS and not (match and bool(match[3]) == (match[1] == "quarters")):
        raise ValueError(name)
    return Layout(name)


def fields_of(heads: Sequence[str]) -> tuple[tuple[Field, ...], ...]:
    """What each column holds, nearly always one thing.

    Heads that name one thing take it first, so that «Thời gian thực hiện nhiệm vụ» is the time
    where another column is the task; a head that says nothing takes the first field still free.
    """
    named = [_named_by(fold(head)) for head in heads]
    taken: list[tuple[Field, ...]] = [()] * len(heads)
    for most in (1, len(Field)):
        for position, wanted in enumerate(named):
            if not taken[position] and 0 < len(wanted) <= most:
                taken[position] = tuple(field for field in wanted if not _holds(taken, field))
    free = (field for field in Field if not _holds(taken, field))
    return tuple(fields or tuple(itertools.islice(free, 1)) for fields in taken)


def _named_by(head: str) -> list[Field]:
    found = [field for field, words in _NAMED.items() if re.search(words, head)]
    return found or ([Field.LEAD] if re.search(_SOMEBODY, head) else [])


def _holds(columns: Sequence[tuple[Field, ...]], field: Field) -> bool:
    return any(field in fields for fields in columns)


def shares_of(columns: Sequence[tuple[Field, ...]], volumes: Sequence[float] = ()) -> tuple[float, ...]:
    """Widths of the columns as shares of the table.

    ``volumes``: letters that the column's cells hold on average. A table is lowest when the
    widths go with the roots of the volumes; no column gets less than it needs.
    """
    widths = [float(max((_LEAST[field] for field in fields), default=_LEAST[Field.NOTE])) for fields in columns]
    roots = [math.sqrt(_HEAD_VOLUME + volume) for volume in volumes or [0.0] * len(columns)]
    growing = {position for position, fields in enumerate(columns) if fields != (Field.NUMBER,)}
    while growing:
        room = _TABLE_MM - sum(width for position, width in enumerate(widths) if position not in growing)
        a_root = room / sum(roots[position] for position in growing)
        tight = {position for position in growing if roots[position] * a_root < widths[position]}
        if not tight:
            for position in growing:
                widths[position] = roots[position] * a_root
            break
        growing -= tight
    return tuple(width / sum(widths) for width in widths)
