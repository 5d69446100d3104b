"""A register of incoming papers, or a list of returned dossiers, as it was pasted: rows by columns. Pure.

Every row of the paste is either read or left over with its reason; nothing disappears.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core.cells import UnfitCell, read_day
from core.columns import find_head
from plans.pasting.clipboard import read_clipboard
from plans.pasting.grid import UnfitPaste

MOST_ROWS = 500
_HOUR = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b")

REGISTER: Mapping[str, Sequence[str]] = {
    "received_on": ("Ngày đến", "Ngày nhận", "Ngày tiếp nhận", "Ngày vào sổ", "Ngày nhận văn bản"),
    "entry": ("Số đến", "STT", "TT"),
    "number": ("Số, ký hiệu", "Số ký hiệu", "Số và ký hiệu", "Số, ký hiệu văn bản", "Số hiệu", "Số văn bản"),
    "signed_on": ("Ngày văn bản", "Ngày tháng văn bản", "Ngày tháng", "Ngày ban hành", "Ngày ký", "Ngày VB"),
    "sent_on": ("Ngày gửi", "Ngày gửi văn bản"),
    "sender": ("Nơi gửi", "Tác giả", "Cơ quan ban hành", "Cơ quan gửi", "Đơn vị gửi", "Nơi ban hành", "Đơn vị"),
    "subject": (
        "Trích yếu",
        "Tên loại và trích yếu nội dung văn bản",
        "Tên loại và trích yếu nội dung",
        "Trích yếu nội dung",
        "Nội dung",
    ),
}
"""As the register of Decree 30 heads its columns, and as document systems export them."""
RETURNED: Mapping[str, Sequence[str]] = {
    "day": ("Ngày trả", "Ngày trả lại", "Ngày"),
    "entry": ("STT", "TT"),
    "sender": ("Đơn vị", "Tên đơn vị", "Nơi gửi", "Đơn vị trình", "Xã, phường"),
    "subject": ("Hồ sơ", "Tên hồ sơ", "Nội dung", "Trích yếu", "Tên hồ sơ trả lại"),
    "reason": ("Lý do", "Lý do trả lại", "Lý do trả", "Ghi chú"),
    "count": ("Số hồ sơ", "Số lượng", "Số hồ sơ trả lại", "Số lượng hồ sơ"),
}
_DAYS = ("received_on", "signed_on", "sent_on", "day")
_NUMBER = re.compile(r"\d{1,6}\s*/\s*(?:20\d\d/)?[A-ZĐa-zđ][\w./-]*", re.UNICODE)


class NoRegister(UnfitPaste):
    message = "Không thấy cột nào có tên đơn vị. Hãy chép cả dòng tên cột (Ngày đến, Số ký hiệu, Nơi gửi, Trích yếu)."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the paste."""

    number: int
    """As counted in the paste, from 1."""
    words: Mapping[str, str]
    days: Mapping[str, dt.date]
    faults: tuple[str, ...] = ()
    """«ngày đến: «31/02» không phải ngày…»: that cell was not read, the row stays."""

    def of(self, name: str) -> str:
        return self.words.get(name, "")


@dataclass(slots=True)
class Paste:
    lines: list[Line] = field(default_factory=list)
    left: list[tuple[int, str, str]] = field(default_factory=list)
    """Number of the row, its words, why it was left over."""
    columns: dict[str, str] = field(default_factory=dict)
    """What was read from which column: as its head says, else «cột 2»."""


def read_paste(
    text: str, html: str, wanted: Mapping[str, Sequence[str]], is_member: Callable[[str], bool] = lambda _: False
) -> Paste:
    """``is_member`` tells the column of units where no head does. Raise ``UnfitPaste``."""
    rows = read_clipboard(text, html).rows
    if not rows:
        raise UnfitPaste("Chưa có gì để đọc. Hãy chép các dòng trong Excel rồi dán vào đây.")
    if len(rows) > MOST_ROWS:
        raise UnfitPaste(f"Phần vừa dán có hơn {MOST_ROWS} dòng; hãy dán từng phần.")
    head = find_head(rows, wanted)
    columns = dict(head.columns) if head and "sender" in head.columns else _guessed(rows, wanted, is_member)
    if "sender" not in columns:
        raise NoRegister
    first = head.row + head.height if head and "sender" in head.columns else 0
    found = Paste()
    found.columns = {
        name: (head.texts[at] if head and first and at < len(head.texts) else "") or f"cột {at + 1}"
        for name, at in columns.items()
        if name != "entry"
    }
    for place, row in enumerate(rows):
        _take(found, place, row, columns, is_above=place < first)
    return found


def _take(found: Paste, place: int, row: Sequence[str], columns: Mapping[str, int], *, is_above: bool) -> None:
    filled = [" ".join(cell.split()) for cell in row if cell.strip()]
    if not filled:
        return
    if is_above or len(filled) == 1:
        why = "dòng tên cột, tiêu đề" if is_above else "chỉ có một ô, không phải dòng của sổ"
        found.left.append((place + 1, " | ".join(filled)[:200], why))
        return
    words, days, faults = {}, {}, []
    for name, at in columns.items():
        cell = " ".join(row[at].split()) if at < len(row) else ""
        if not cell:
            continue
        words[name] = cell
        if name in _DAYS:
            try:
                days[name] = _read_day(cell)
            except UnfitCell as error:
                faults.append(str(error))
    found.lines.append(Line(place + 1, words, days, tuple(faults)))


def _guessed(
    rows: Sequence[Sequence[str]], wanted: Mapping[str, Sequence[str]], is_member: Callable[[str], bool]
) -> dict[str, int]:
    """By what most cells of a column are: units, numbers of papers, days in the order of a register, the longest."""
    width = range(len(rows[0]))
    cells = {at: [row[at] for row in rows if row[at].strip()] for at in width}
    columns: dict[str, int] = {}
    units = {at: sum(map(is_member, cells[at])) for at in width}
    if units and max(units.values()):
        columns["sender"] = max(units, key=lambda at: units[at])
    dated = [at for at in width if _most(cells[at], _is_day)]
    for name, at in zip((name for name in wanted if name in _DAYS), dated, strict=False):
        columns[name] = at
    numbered = [at for at in width if _most(cells[at], lambda cell: bool(_NUMBER.match(cell)))]
    if "number" in wanted and numbered:
        columns["number"] = numbered[0]
    rest = [at for at in width if at not in columns.values() and cells[at]]
    if rest:
        columns["subject"] = max(rest, key=lambda at: sum(map(len, cells[at])) / len(cells[at]))
    return columns


def _most(cells: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(cells) and 2 * sum(map(holds, cells)) > len(cells)


def _read_day(cell: str) -> dt.date:
    """Without the hour that document systems write beside it. Raise ``UnfitCell``."""
    return read_day(_HOUR.sub("", cell).strip())


def _is_day(cell: str) -> bool:
    try:
        _read_day(cell)
    except UnfitCell:
        return False
    return True
