"""A block of cells out of Excel or Word read as rows of nominees: shown in the form, never written here. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from awards.collecting import wording
from core.cells import UnfitCell
from core.columns import find_head
from plans.pasting import read_clipboard

MOST_ROWS = 300
NUMBER = "number"
HEADS: dict[str, tuple[str, ...]] = {
    NUMBER: ("TT", "STT", "Số TT"),
    "honorific": ("Tên gọi (Ông/Bà/Chức danh)", "Danh xưng", "Ông/Bà"),
    "name": (
        *("Họ và tên", "Họ tên", "Họ và tên / tên tập thể", "Tên tập thể/cá nhân/hộ gia đình", "Tên tập thể, cá nhân"),
        *("Tên đơn vị / tập thể", "Tên tập thể", "Họ tên chủ hộ", "Tên hộ gia đình", "Cá nhân, tập thể"),
    ),
    "gender": ("Giới tính", "Nam/Nữ"),
    "birth": ("Ngày, năm sinh", "Ngày sinh", "Năm sinh", "Ngày tháng năm sinh"),
    "post": ("Chức vụ", "Chức danh", "Chức vụ, chức danh"),
    "department": ("Tên phòng ban/ khối, tổ công tác", "Phòng ban"),
    "workplace": (
        *("Đơn vị công tác, địa chỉ", "Đơn vị công tác", "Tên đơn vị/tập thể công tác", "Nơi công tác"),
        *("Đơn vị công tác, nơi ở", "Cơ quan, đơn vị"),
    ),
    "address": ("Địa chỉ / Nơi ở", "Địa chỉ", "Nơi ở", "Nơi cư trú"),
    "kind": ("Phân loại khen thưởng", "Đối tượng", "Loại đối tượng"),
    "level": (
        *("Phân loại đối tượng", "Mã phân loại cán bộ", "Phân loại cán bộ", "Mã phân loại tập thể"),
        *("Phân loại tập thể", "Phân loại"),
    ),
    "award": (
        *("Danh hiệu, hình thức đề nghị", "Danh hiệu thi đua/Hình thức khen thưởng", "Danh hiệu, hình thức"),
        *("Danh hiệu thi đua, hình thức khen thưởng", "Hình thức đề nghị khen thưởng", "Đề nghị khen thưởng"),
        *("Danh hiệu, hình thức khen thưởng", "Danh hiệu đề nghị", "Hình thức đề nghị"),
    ),
    "title": ("Mã danh hiệu thi đua", "Danh hiệu thi đua", "Danh hiệu"),
    "form": ("Mã hình thức khen thưởng", "Hình thức khen thưởng"),
    "achievement": ("Tóm tắt thành tích", "Thành tích", "Thành tích chính", "Nội dung thành tích", "Lý do khen"),
}
"""What is wanted of a list → what offices head it with; sheets (``excel``) and pastes are read by the same words."""
_IN_ORDER = ("name", "birth", "post", "workplace", "award", "achievement")
"""Columns of a paste without a head, as the form has them."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows as the form's fields take them, and what could not be read of each."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    """Sentences: what was not taken, and why."""


def read_paste(text: str, html: str, today: dt.date) -> Pasted:
    """Raise ``UnfitPaste`` for more than can be read at once."""
    cells = [row for row in read_clipboard(text, html).rows if any(row)]
    head = find_head(cells, HEADS)
    columns = head.columns if head and "name" in head.columns else _without_head(cells)
    first = head.row + head.height if head and "name" in head.columns else 0
    found = Pasted()
    for number, row in enumerate(cells[first:], start=1):
        said = {name: _said(name, row[place]) for name, place in columns.items() if place < len(row)}
        if not said.get("name"):
            _leave(found, number, row, "không có tên")
        elif len(found.rows) >= MOST_ROWS:
            _leave(found, number, row, f"mỗi lần dán nhiều nhất {MOST_ROWS} dòng")
        else:
            found.rows.extend(_rows(said, found.left, number, today))
    return found


def _said(name: str, cell: str) -> str:
    """Lines within a cell part awards and sentences of what was done, and mean nothing elsewhere."""
    return cell if name in ("award", "title", "form", "achievement") else " ".join(cell.split())


def _leave(found: Pasted, number: int, row: Sequence[str], why: str) -> None:
    if any(row):
        words = " · ".join(filter(None, row))[:80]
        found.left.append(f"Dòng {number} («{words}»): {why}.")


def _without_head(cells: Sequence[Sequence[str]]) -> dict[str, int]:
    """In the order of the form's columns; a first column of figures counts the rows."""
    counts = bool(cells) and all(not row[0] or row[0].rstrip(".").isdecimal() for row in cells)
    width = max(map(len, cells), default=0)
    first = 1 if counts and width > 1 else 0
    return {name: place for place, name in enumerate(_IN_ORDER, start=first) if place < width}


def _rows(said: dict[str, str], left: list[str], number: int, today: dt.date) -> list[dict[str, Any]]:
    """One for each award that the row asks for; without one the form asks."""
    honorific, name = wording.split_honorific(said["name"])
    honorific = said.get("honorific", "") or honorific
    base: dict[str, Any] = {
        "name": f"{honorific} {name}".strip(),
        "post": said.get("post", ""),
        "workplace": joined_workplace(said.get("department"), said.get("workplace"), said.get("address")),
        "achievement": said.get("achievement", ""),
        "gender": wording.read_gender(said.get("gender", "")),
    }
    base["birth"] = _birth(said.get("birth", ""), left, number, today)
    level = wording.read_level(said.get("level", ""))
    base["level"] = level.value if level else ""
    awards = [words for words in _asked_for(said) if words]
    codes = []
    for words in awards:
        try:
            codes.append(wording.read_award(words))
        except UnfitCell as error:
            left.append(f"Dòng {number}, danh hiệu: {error}.")
    kind = wording.read_kind(said.get("kind", ""))
    found = []
    for code in list(dict.fromkeys(codes)) or [""]:
        meant = wording.kind_meant(name, code, kind) if code else kind
        found.append(base | {"award": code, "kind": meant.value if meant else ""})
    return found


def _asked_for(said: dict[str, str]) -> list[str]:
    if said.get("award"):
        return split_awards(said["award"])
    return [*split_awards(said.get("title", "")), *split_awards(said.get("form", ""))]


def split_awards(words: str) -> list[str]:
    """«LĐTT; Giấy khen» asks for two; a comma parts them only where each piece is an award."""
    if not words or wording.is_award(words):
        return [words] if words else []
    for sign in (";", "\n", "+", ","):
        pieces = [one.strip() for one in words.split(sign) if one.strip()]
        if len(pieces) > 1 and all(map(wording.is_award, pieces)):
            return pieces
    return [words]


def joined_workplace(department: str | None, workplace: str | None, address: str | None) -> str:
    """«Tổ 4-5, Trường Tiểu học số 1»; the address only where no workplace is said."""
    return ", ".join(filter(None, [department, workplace or address]))


def _birth(words: str, left: list[str], number: int, today: dt.date) -> str:
    try:
        return wording.birth_words(*wording.read_birth(words, today))
    except UnfitCell as error:
        left.append(f"Dòng {number}, ngày sinh: {error}.")
        return ""
