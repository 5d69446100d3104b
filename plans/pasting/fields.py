"""What each pasted column holds: by the words above it, else by what stands in it; and why one thinks so."""

from __future__ import annotations

import enum
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.columns import Head
from core.text import fold
from plans.pasting.grid import Grid
from plans.pasting.quarters import read_quarter, reads_as_time


class Holds(enum.StrEnum):
    NUMBER = "number"
    CONTENT = "content"
    LEAD = "lead"
    SUPPORT = "support"
    TIME = "time_text"
    NOTE = "note"
    QUARTER = "quarter"
    IGNORED = "ignored"


class Sure(enum.StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class PastedColumn:
    field: Holds
    head: str
    """What the paste itself calls it; empty where it has no head."""
    sure: Sure
    why: str
    """One Vietnamese sentence."""


WANTED: dict[str, tuple[str, ...]] = {
    Holds.NUMBER: ("TT",),
    Holds.CONTENT: ("Nội dung", "Nhiệm vụ", "Công việc", "Hoạt động"),
    Holds.LEAD: ("Chủ trì", "Phân công", "Phụ trách", "Thực hiện", "Đơn vị", "Cơ quan", "Bộ phận", "Người"),
    Holds.SUPPORT: ("Phối hợp",),
    Holds.TIME: ("Thời gian", "Thời hạn", "Thời điểm", "Tiến độ", "Hạn"),
    Holds.NOTE: ("Ghi chú", "Kết quả", "Sản phẩm"),
    Holds.QUARTER: ("Quý",),
}
"""Words of heads, the same that ``plans.layouts.fields_of`` reads on paper."""

_NUMBER = re.compile(r"\(?(\d{1,3})[.)]?|\d{1,3}(?:\.\d{1,3})+[.)]?")
_BODY = re.compile(
    r"(?:- )?(?:cac|ubnd|hdnd|uy ban|van phong|vp|phong|ban|hoi|doan|cong an|ca xa|bch|quan su|mat tran|mttq|ubmttq"
    r"|tram|truong|so|thon|ban|xom|to dan pho|cong chuc|hoi dong|hd|chi bo|dang uy|thuong truc|lanh dao|chu tich|cum"
    r"|khoi|trung tam|don vi|co quan|lien doan|cong doan|ong|ba|thanh vien|bo phan|can bo|ke toan|nguoi dung dau)\b"
)
_QUARTERS = re.compile(
    r"(?:theo )?qu[ýí](?: (?:thực hiện|hoàn thành|triển khai))?(?:[ /]*(?:năm )?\d{4})?"
)  # not «Quỹ»
_LONGEST_NAMES = 90
_MOSTLY = 0.7
_SAMPLE = 100


@dataclass(frozen=True, slots=True)
class _Cells:
    """What one column holds in the rows that look like tasks."""

    texts: tuple[str, ...]
    rows: int

    @property
    def length(self) -> float:
        return sum(map(len, self.texts)) / max(1, len(self.texts))

    def share(self, holds: Collection[bool]) -> float:
        return sum(holds) / max(1, len(self.texts))


def guess_fields(
    grid: Grid, head: Head | None, body: Sequence[int], year: int, known: Collection[str]
) -> list[PastedColumn]:
    """``body``: the rows that may be tasks; ``known``: folded names of bodies and people."""
    filled = [row for row in (grid.rows[number] for number in body) if sum(map(bool, row)) > 1]
    filled = filled or [grid.rows[number] for number in body]
    cells = [
        _Cells(tuple(row[column] for row in filled if row[column])[:_SAMPLE], len(filled))
        for column in range(grid.width)
    ]
    said = [*(head.texts if head else ()), *[""] * grid.width][: grid.width]
    found: dict[int, PastedColumn] = dict(_by_head(head)) if head else {}
    for step in (_find_number, _find_time, _find_content, _find_names, _find_note):
        # Names and notes are guessed only where no head says that the column is something else.
        free = {
            column: cells[column]
            for column in range(grid.width)
            if column not in found and cells[column].texts and not (said[column] and step in (_find_names, _find_note))
        }
        taken = {column.field for column in found.values()}
        for column, field, sure, why in step(free, taken, year, known):
            found[column] = PastedColumn(field, said[column], sure, why)
    return [found.get(column) or _ignored(said[column], cells[column]) for column in range(grid.width)]


def _by_head(head: Head) -> list[tuple[int, PastedColumn]]:
    named: dict[int, list[Holds]] = {}
    for name, column in head.columns.items():
        if name != Holds.QUARTER or _QUARTERS.fullmatch(head.texts[column].casefold()):
            named.setdefault(column, []).append(Holds(name))
    found = []
    for column, fields in named.items():
        text = head.texts[column]
        why = f"Tên cột ghi «{text}»."
        if {Holds.LEAD, Holds.SUPPORT} <= set(fields):
            why = f"Tên cột ghi «{text}»: tách chủ trì, phối hợp ở ô nào ghi rõ; ô không ghi rõ để cả ở chủ trì."
        first = min(fields, key=list(Holds).index)
        found.append((column, PastedColumn(first, text, Sure.CERTAIN, why)))
    return found


_Guesses = list[tuple[int, Holds, Sure, str]]


def _find_number(cells: dict[int, _Cells], taken: set[Holds], year: int, known: Collection[str]) -> _Guesses:
    if Holds.NUMBER in taken:
        return []
    for column, texts in cells.items():
        figures = [_NUMBER.fullmatch(text) for text in texts.texts]
        if all(figures):
            plain = [int(found[1]) for found in figures if found and found[1]]
            runs = all(after - before == 1 or after == 1 for before, after in zip(plain, plain[1:], strict=False))
            if runs and plain[:1] == [1]:
                return [(column, Holds.NUMBER, Sure.CERTAIN, "Các ô là số thứ tự 1, 2, 3…")]
            return [(column, Holds.NUMBER, Sure.LIKELY, "Các ô chỉ có số.")]
    return []


def _find_time(cells: dict[int, _Cells], taken: set[Holds], year: int, known: Collection[str]) -> _Guesses:
    """Tasks name years too («Tổng kết năm 2026»), so the column with most words is no time."""
    longest = max(cells, key=lambda column: cells[column].length, default=-1)
    for column, texts in cells.items():
        if column == longest and Holds.CONTENT not in taken:
            continue
        if Holds.QUARTER not in taken and all(read_quarter(text) for text in texts.texts) and column < longest:
            return [(column, Holds.QUARTER, Sure.LIKELY, "Các ô chỉ ghi tên quý, đứng trước nội dung.")]
        read = [reads_as_time(" ".join(text.split()), year) for text in texts.texts]
        if Holds.TIME not in taken and texts.share(read) >= _MOSTLY:
            sure = Sure.CERTAIN if all(read) and len(read) > 1 else Sure.LIKELY
            why = f"{sum(read)} trong {len(read)} ô đọc được thành thời gian."
            return [(column, Holds.TIME, sure, why)]
    return []


def _find_content(cells: dict[int, _Cells], taken: set[Holds], year: int, known: Collection[str]) -> _Guesses:
    if Holds.CONTENT in taken or not cells:
        return []
    column = max(cells, key=lambda column: cells[column].length * len(cells[column].texts))
    others = [texts.length for other, texts in cells.items() if other != column]
    sure = Sure.LIKELY if cells[column].length > 1.5 * max(others, default=0) else Sure.GUESS
    return [(column, Holds.CONTENT, sure, "Cột có nhiều chữ nhất.")]


def _find_names(cells: dict[int, _Cells], taken: set[Holds], year: int, known: Collection[str]) -> _Guesses:
    free = [field for field in (Holds.LEAD, Holds.SUPPORT) if field not in taken]
    found: _Guesses = []
    for column, texts in cells.items():
        if len(found) == len(free):
            break
        folded = [fold(text[:_LONGEST_NAMES]) for text in texts.texts]
        bodies = texts.share([bool(_BODY.match(text)) or text in known for text in folded])
        repeated = len(set(folded)) <= _MOSTLY * len(folded)
        if texts.length <= _LONGEST_NAMES and (bodies >= _MOSTLY or (repeated and bodies >= 1 - _MOSTLY)):
            why = "Các ô ghi tên cơ quan, đơn vị." if not found else "Cột tên cơ quan, đơn vị thứ hai."
            sure = Sure.LIKELY if not found and bodies >= _MOSTLY else Sure.GUESS
            found.append((column, free[len(found)], sure, why))
    return found


def _find_note(cells: dict[int, _Cells], taken: set[Holds], year: int, known: Collection[str]) -> _Guesses:
    if Holds.NOTE in taken or not cells:
        return []
    column = max(cells)
    sparse = len(cells[column].texts) <= (1 - _MOSTLY / 2) * cells[column].rows
    return [(column, Holds.NOTE, Sure.GUESS, "Cột cuối, chỉ vài ô có chữ.")] if sparse else []


def _ignored(text: str, cells: _Cells) -> PastedColumn:
    if not cells.texts:
        return PastedColumn(Holds.IGNORED, text, Sure.CERTAIN, "Cột trống.")
    if text:
        why = f"Tên cột «{text}» không ứng với mục nào của nhiệm vụ; hãy chọn nếu cần lấy."
    else:
        why = "Không có tên cột, chữ trong cột chưa rõ là gì; hãy chọn nếu cần lấy."
    return PastedColumn(Holds.IGNORED, text, Sure.GUESS, why)
