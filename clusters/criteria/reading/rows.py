"""The rows of a grid: its head found, marks and points taken from their cells, sums and signatures left out. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from clusters.criteria.reading.marks import CAPITALS, NONE, Mark, mark_of, split
from core.columns import find_head
from core.errors import AppError
from core.text import fold

WANTED: Mapping[str, Sequence[str]] = {
    "mark": ("TT", "STT", "Mã", "Mã số", "Mã tiêu chí"),
    "content": (
        "Nội dung tiêu chí",
        "Nội dung",
        "Tiêu chí",
        "Nội dung thi đua",
        "Tên tiêu chí",
        "Nội dung, tiêu chí",
        "Nội dung chấm điểm",
        "Nội dung đánh giá",
        "Chỉ tiêu",
    ),
    "points": ("Điểm chuẩn", "Điểm tối đa", "Thang điểm", "Khung điểm", "Mức điểm", "Số điểm", "Điểm"),
    "measure": ("Đơn vị tính",),
    "guidance": ("Cách chấm", "Cách tính điểm", "Phương pháp chấm", "Hướng dẫn chấm điểm", "Cách đánh giá", "Ghi chú"),
    "evidence": ("Tài liệu kiểm chứng", "Tài liệu minh chứng", "Minh chứng", "Hồ sơ kiểm chứng"),
    "office": ("Cơ quan cung cấp số liệu", "Cơ quan theo dõi", "Cơ quan thẩm định", "Đơn vị theo dõi"),
    "self": ("Điểm tự chấm", "Tự chấm", "Đơn vị tự chấm", "Tự đánh giá"),
    "judged": (
        "Điểm thẩm định",
        "Thẩm định",
        "Trưởng cụm chấm",
        "Trưởng khối chấm",
        "Cụm chấm",
        "Khối chấm",
        "Chấm chéo",
    ),
}
"""The last two are known so that nobody takes them for the points of the criterion."""
_NUMBER = re.compile(r"(?P<minus>[-−–(]\s*)?(?P<points>\d{1,6}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?\s*\)?", re.IGNORECASE)
_UP_TO = re.compile(
    r"(?:tối đa|không quá|đến|≤|trừ|cộng|\+)\s*(?P<points>\d{1,6}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?", re.I
)
_SUM = re.compile(r"(?:tong cong|tong so|tong diem|cong|tong)(?:\s.*)?")
_LONGEST = 120


class NoTable(AppError):
    message = (
        "Không thấy bảng điểm: cần ít nhất một cột nội dung và một cột điểm. Hãy chép cả dòng tên cột "
        "(TT, Nội dung tiêu chí, Điểm chuẩn)."
    )


@dataclass(frozen=True, slots=True)
class RawRow:
    line: int
    """Of the paste or the sheet, from 1."""
    mark: Mark
    text: str
    points: Decimal | None = None
    is_minus: bool = False
    unread_points: str = ""
    """What stands in the cell of points and is no number."""
    more: Mapping[str, str] = field(default_factory=dict)
    """Measure, guidance, evidence, office."""


@dataclass(frozen=True, slots=True)
class RawTable:
    rows: tuple[RawRow, ...]
    heads: Mapping[str, str]
    """Field → what the head says above its column."""
    unused: tuple[str, ...]
    """Heads of columns that are not read."""
    left_out: tuple[tuple[int, str], ...]
    total: Decimal | None = None
    """What the row «Tổng cộng» says."""


def score_of(rows: Sequence[Sequence[str]]) -> int:
    """How much a grid looks like a table of criteria: to choose among several."""
    try:
        found = read_rows(rows)
    except NoTable:
        return 0
    return sum(row.points is not None for row in found.rows)


def read_rows(grid: Sequence[Sequence[str]]) -> RawTable:
    """Raise ``NoTable``."""
    head = find_head(grid, WANTED)
    if head is not None and {"content", "points"} <= set(head.columns):
        columns, start, texts = dict(head.columns), head.row + head.height, head.texts
    else:
        columns, start, texts = _guessed(grid), 0, ()
    rows: list[RawRow] = []
    left_out: list[tuple[int, str]] = []
    total: Decimal | None = None
    for line, cells in enumerate(grid[start:], start=start + 1):
        if not any(cell.strip() for cell in cells) or _is_head_again(cells, texts):
            continue
        row = _row(line, cells, columns)
        if row.text and _SUM.fullmatch(fold(row.text)) and not row.mark.text:
            total = row.points if row.points is not None else total
            left_out.append((line, _told(cells)))
        elif not row.text or (total is not None and row.points is None and row.mark in (NONE, CAPITALS)):
            left_out.append((line, _told(cells)))
        else:
            rows.append(row)
    if not any(row.points is not None for row in rows):
        raise NoTable
    heads = {name: texts[column] for name, column in columns.items() if column < len(texts)}
    used = set(columns.values())
    unused = tuple(text for column, text in enumerate(texts) if text and column not in used)
    return RawTable(tuple(rows), heads, unused, tuple(left_out), total)


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> RawRow:
    def said(name: str) -> str:
        column = columns.get(name)
        return cells[column].strip() if column is not None and column < len(cells) else ""

    text, cell = said("content"), said("mark")
    mark = mark_of(cell) if cell else None
    if cell and mark is None:  # a heading merged over the column of marks
        text = f"{cell} {text}".strip()
    if mark is None:
        mark, text = split(text)
    if mark is None:
        mark = CAPITALS if text.isupper() and len(text) > 3 else NONE
    points, is_minus, unread = _points(said("points"))
    more = {name: said(name) for name in ("measure", "guidance", "evidence", "office") if said(name)}
    return RawRow(line, mark, " ".join(text.split()), points, is_minus, unread, more)


def _points(cell: str) -> tuple[Decimal | None, bool, str]:
    plain = " ".join(cell.split())
    if not plain or plain in ("-", "x", "X"):
        return None, False, ""
    if found := _NUMBER.fullmatch(plain):
        return Decimal(found["points"].replace(",", ".")), bool(found["minus"]), ""
    if found := _UP_TO.fullmatch(plain):
        return Decimal(found["points"].replace(",", ".")), fold(plain).startswith("tru"), ""
    return None, False, plain[:_LONGEST]


def _is_head_again(cells: Sequence[str], texts: Sequence[str]) -> bool:
    own = [fold(cell) for cell in cells if cell.strip()]
    return bool(texts) and own == [fold(text) for text in texts if text]


def _guessed(grid: Sequence[Sequence[str]]) -> dict[str, int]:
    """Without a head: the column of marks, the longest words, the last column of figures right of them."""
    width = max((len(row) for row in grid), default=0)
    letters, figures, marks = Counter[int](), Counter[int](), Counter[int]()
    for row in grid:
        for column, cell in enumerate(row):
            letters[column] += sum(letter.isalpha() for letter in cell)
            figures[column] += _points(cell)[0] is not None
            marks[column] += bool(cell.strip()) and mark_of(cell) is not None
    if width < 2 or not letters:
        raise NoTable
    content = max(range(width), key=lambda column: letters[column])
    after = [column for column in range(content + 1, width) if figures[column] > 0]
    if not letters[content] or not after:
        raise NoTable
    found = {"content": content, "points": after[0]}
    before = [column for column in range(content) if marks[column] > 0]
    return found | ({"mark": before[-1]} if before else {})


def _told(cells: Sequence[str]) -> str:
    words = "; ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
