"""Answers of a body that was asked, as they come back in a table: name → agrees or objects. Pure.

Names are matched with the year of birth; where two could be meant the officer is asked, nobody is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from core.cells import name_key
from core.columns import find_head
from core.text import fold
from plans.pasting.clipboard import read_clipboard
from plans.pasting.grid import UnfitPaste

HEADS: Mapping[str, Sequence[str]] = {
    "entry": ("STT", "TT", "Số thứ tự"),
    "name": ("Họ và tên", "Họ tên", "Tên", "Tên tập thể, cá nhân", "Đối tượng", "Cá nhân, tập thể", "Đơn vị"),
    "birth": ("Năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh", "Sinh năm"),
    "says": ("Ý kiến", "Kết quả", "Ý kiến hiệp y", "Thống nhất", "Trả lời", "Kết quả xác minh"),
    "note": ("Ghi chú", "Nội dung", "Lý do", "Nội dung vi phạm", "Nội dung không thống nhất"),
}
_OBJECTS = re.compile(
    r"\b(?:khong (?:thong nhat|nhat tri|dong y|du dieu kien)|chua (?:thong nhat|nhat tri|dong y)|co vi pham|vi pham)\b"
)
_CLEAR = re.compile(r"\b(?:thong nhat|nhat tri|dong y|khong (?:co )?vi pham|khong co y kien|khong phat hien|dat)\b")
_NOTHING_WRONG = re.compile(r"\bkhong (?:co )?(?:vi pham|phat hien)")
_TICK = frozenset(["x", "✓", "✔", "√", "v"])
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE_NAME = re.compile(r"^(?:(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy|tập thể|hộ)[ .:]+)+", re.IGNORECASE)


class Says(StrEnum):
    CLEAR = "clear"
    OBJECTS = "objects"


@dataclass(frozen=True, slots=True)
class Asked:
    """One of those that the body was asked about."""

    pk: int
    name: str
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    number: int
    """The row as pasted, from 1."""
    name: str
    birth_year: int | None
    says: Says | None
    """None: what the cell says was not understood."""
    note: str
    who: int | None
    """None: nobody or several."""
    choices: tuple[int, ...] = ()
    """Whom it may mean."""
    ask: str = ""


@dataclass(slots=True)
class Read:
    rows: list[Answered] = field(default_factory=list)
    left: list[tuple[int, str]] = field(default_factory=list)


class NoAnswers(UnfitPaste):
    message = "Không thấy cột họ và tên. Hãy chép cả dòng tên cột (Họ và tên, Năm sinh, Ý kiến, Ghi chú)."


def read_answers(text: str, html: str, asked: Sequence[Asked]) -> Read:
    """Raise ``UnfitPaste``."""
    rows = read_clipboard(text, html).rows
    if not rows:
        raise UnfitPaste("Chưa có gì để đọc. Hãy chép bảng trả lời trong Excel hoặc Word rồi dán vào đây.")
    head = find_head(rows, HEADS)
    columns = head.columns if head and "name" in head.columns else _guessed(rows, asked)
    if "name" not in columns:
        raise NoAnswers
    first = head.row + head.height if head and "name" in head.columns else 0
    by_name: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        by_name[name_key(one.name)].append(one)
    found = Read()
    taken: dict[int, int] = {}
    for place, row in enumerate(rows):
        cells = {name: " ".join(row[at].split()) for name, at in columns.items() if at < len(row)}
        if place < first or not cells.get("name"):
            if place >= first and any(cell.strip() for cell in row):
                found.left.append((place + 1, " | ".join(cell for cell in row if cell.strip())[:200]))
            continue
        answer = _answered(place + 1, cells, by_name, taken)
        if answer.who is not None:
            taken[answer.who] = answer.number
        found.rows.append(answer)
    return found


def _guessed(rows: Sequence[Sequence[str]], asked: Sequence[Asked]) -> dict[str, int]:
    """Without a head: the column in which those that were asked about stand; the answer beside it."""
    names = {name_key(one.name) for one in asked}
    width = range(max(map(len, rows)))
    hits = {at: sum(name_key(_bare(row[at])) in names for row in rows if at < len(row)) for at in width}
    best = max(width, key=lambda at: hits[at])
    if not hits[best]:
        return {}
    columns = {"name": best}
    for at in width:
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        if at != best and cells and 2 * sum(says(cell) is not None for cell in cells) > len(cells):
            columns.setdefault("says", at)
    rest = [at for at in width if at > max(columns.values())]
    return columns | ({"note": rest[0]} if rest else {})


def _answered(
    number: int, cells: Mapping[str, str], by_name: Mapping[str, Sequence[Asked]], taken: Mapping[int, int]
) -> Answered:
    name = _bare(cells["name"])
    year = _YEAR.search(cells.get("birth", "")) or _YEAR.search(cells["name"])
    birth_year = int(year[0]) if year else None
    name = _YEAR.sub("", name).strip(" (),;-") if year and year[0] in name else name
    said, note = says(cells.get("says", "")), cells.get("note", "")
    if said is None and not cells.get("says"):
        said = says(note)
    same = by_name.get(name_key(name), ())
    fitting = [one for one in same if birth_year is None or one.birth_year in (None, birth_year)]
    who, ask = None, ""
    if len(fitting) == 1:
        who = fitting[0].pk
        if who in taken:
            who, ask = None, f"Đã có ở dòng {taken[fitting[0].pk]}."
    elif fitting:
        ask = f"Có {len(fitting)} người tên {name} trong danh sách hỏi: chọn người được trả lời."
    elif same:
        ask = f"{name} trong danh sách hỏi có năm sinh khác: chọn nếu vẫn là người này."
    else:
        ask = f"Không có {name} trong danh sách hỏi."
    if said is None:
        ask = f"{ask} Chưa rõ thống nhất hay không.".strip()
    if said is Says.OBJECTS and not note:
        note = cells.get("says", "")
    return Answered(number, name, birth_year, said, note[:300], who, tuple(one.pk for one in fitting or same), ask)


def says(cell: str) -> Says | None:
    """
    >>> says("Không thống nhất"), says("Nhất trí"), says("không vi phạm"), says("chờ xác minh")
    (<Says.OBJECTS: 'objects'>, <Says.CLEAR: 'clear'>, <Says.CLEAR: 'clear'>, None)
    """
    words = fold(cell)
    if words in _TICK:
        return Says.CLEAR
    if _NOTHING_WRONG.search(words):
        return Says.CLEAR
    if _OBJECTS.search(words):
        return Says.OBJECTS
    return Says.CLEAR if _CLEAR.search(words) else None


def _bare(name: str) -> str:
    name = " ".join(name.split())
    return _BEFORE_NAME.sub("", name) or name
