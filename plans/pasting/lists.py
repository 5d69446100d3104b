"""The tasks of a pasted list: one column of lines, numbered or dashed, with or without quarters between them.

I. Quý I                              a group
1. Tổ chức hội nghị (Tháng 2)         a task and its time
- Chủ trì: Văn phòng                  who leads the task above
"""

from __future__ import annotations

import re

from core.text import fold
from documents.outline import depth_of
from plans.pasting.drafts import Draft, Left, Leftover
from plans.pasting.fields import Holds
from plans.pasting.grid import Grid
from plans.pasting.quarters import quarter_of, read_quarter, reads_as_time, said_of_group

_MARKER = re.compile(r"(\d{1,3}(?:\.\d{1,3})*[.)]|\(\d{1,3}\)|[a-zđ][.)]|[A-ZĐ]\.|[IVX]+\.|[-–+*•])\s*(?=\S)")
_TIME = re.compile(r"\s*[(\[]([^()\[\]]{2,80})[)\]]\s*[.;]?$")
_LABEL = re.compile(r"(?:[-–+*•]\s*)?([^\W\d_][^:\n]{1,39}?)\s*:\s*(\S.*)", re.DOTALL)
_WHO = r"(?:(?:bo phan|can bo|cac|co quan|cong chuc|don vi|nguoi) )*"
_LABELS = {
    Holds.LEAD: _WHO + r"(?:chu tri|phan cong|phu trach|thuc hien)(?: thuc hien| chinh)*",
    Holds.SUPPORT: _WHO + r"phoi hop(?: thuc hien| cung)*",
    Holds.TIME: r"(?:thoi gian|thoi han|thoi diem|tien do|han)(?: hoan thanh| thuc hien| trien khai| to chuc| xong)*",
    Holds.NOTE: r"ghi chu|(?:ket qua|san pham)(?: du kien| dau ra| can dat| dat duoc)*",
}
_NO_MARKER = 99


class ListReader:
    def __init__(self, grid: Grid, year: int) -> None:
        self.lines = [(row, cells[0]) for row, cells in enumerate(grid.rows) if cells[0]]
        self.year = year
        self.drafts: list[Draft] = []
        self.leftovers: list[Leftover] = []
        self.quarter: int | None = None
        self.time_text = ""
        self.groups = 0
        self.depth: int | None = None
        """Of the task that the next lines may belong to."""

    def read(self) -> None:
        for position, (row, line) in enumerate(self.lines):
            if not self.read_label(row, line) and not self.read_group(position, row, line):
                self.read_task(row, line)
        self.take_times()

    def read_group(self, position: int, row: int, line: str) -> bool:
        named = read_quarter(line)
        words = _MARKER.sub("", line, count=1).strip(" :.")
        if named:
            self.quarter = named.quarter if named.year in (None, self.year) else None
            self.time_text = ""
            why = said_of_group(line, self.quarter, self.year)
        elif reads_as_time(words, self.year):
            self.quarter, self.time_text = quarter_of(words, self.year), words
            why = f"Các nhiệm vụ bên dưới làm vào «{words}»."
        elif self.is_heading(position, line):
            why = "Dòng tên nhóm, không phải nhiệm vụ."
            if _depth(line) == 0:
                self.quarter, self.time_text = None, ""
        else:
            return False
        self.groups += 1
        self.depth = None
        self.leftovers.append(Leftover(Left.GROUP, row, 0, line, why))
        return True

    def is_heading(self, position: int, line: str) -> bool:
        """«I. …», «1. Nhiệm vụ trọng tâm:», «CÔNG TÁC …»: tasks follow deeper down."""
        following = self.lines[position + 1][1] if position + 1 < len(self.lines) else ""
        if not following or _label(following):
            return False
        depth, below = _depth(line), _depth(following)
        if depth == _NO_MARKER:
            return (line.isupper() or line.endswith(":")) and below != _NO_MARKER
        return depth < below != _NO_MARKER and (depth == 0 or line.endswith(":"))

    def read_label(self, row: int, line: str) -> bool:
        found = _label(line)
        if found is None or self.depth is None:
            return False
        name, text = found
        draft = self.drafts[-1]
        draft.add(name, text, between="\n" if name in (Holds.LEAD, Holds.SUPPORT) else " ")
        draft.rows.append(row)
        return True

    def read_task(self, row: int, line: str) -> None:
        depth = _depth(line)
        wraps = depth == _NO_MARKER and (self.depth != _NO_MARKER or line[:1].islower())
        if self.depth is not None and (wraps or self.depth < depth != _NO_MARKER):
            draft = self.drafts[-1]
            draft.add("content", " ".join(line.split()), between=" ")
            draft.rows.append(row)
            draft.remark("Đã nối các dòng bên dưới vào nội dung nhiệm vụ này.")
            return
        self.drafts.append(
            Draft(row, content=line, group=self.groups, quarter=self.quarter, group_time=self.time_text)
        )
        self.depth = depth

    def take_times(self) -> None:
        """A time in brackets at the end is the task's own: «… (Quý I)»."""
        for draft in self.drafts:
            found = _TIME.search(draft.content)
            if found and not draft.time_text and found.start() and reads_as_time(found[1], self.year):
                draft.content, draft.time_text = draft.content[: found.start()], found[1].strip()


def _depth(line: str) -> int:
    found = _MARKER.match(line)
    return depth_of(found[1]) if found else _NO_MARKER


def _label(line: str) -> tuple[Holds, str] | None:
    """«- Đơn vị chủ trì: Văn phòng»: the field and what is said of it."""
    found = _LABEL.fullmatch(line)
    folded = fold(found[1]).replace(",", " ") if found else ""
    named = next((name for name, words in _LABELS.items() if re.fullmatch(words, " ".join(folded.split()))), None)
    return (named, found[2]) if found and named else None
