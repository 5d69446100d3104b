"""The tasks of a pasted table, row by row.

A row may be the head again on the next page, a group («QUÝ I», «Tháng 3», «A. Công tác …»), a task, or
what a page break or a merged cell split off the task above. Whatever is not taken is left over with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.columns import Head
from core.text import fold
from plans.pasting.drafts import Draft, Left, Leftover
from plans.pasting.fields import Holds
from plans.pasting.grid import Grid
from plans.pasting.quarters import marker_of, quarter_of, read_quarter, reads_as_time, said_of_group

_NUMBER = re.compile(r"[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]/]?")
_GROUP_NUMBER = re.compile(r"[IVX]{1,5}[.)/]?|[A-ZĐ][.)/]?")
_BULLET = re.compile(r"[-–+*•]\s*\S|[a-zđ][.)]\s")
_INDEX = re.compile(r"\(?(?:[A-Z]|\d{1,2})\)?")
_TOGETHER = (Holds.TIME, Holds.QUARTER, Holds.LEAD, Holds.SUPPORT, Holds.NOTE)
"""What a cell merged downwards says of every row that it covers."""


@dataclass(slots=True)
class Group:
    """What the rows below have in common."""

    quarter: int | None = None
    time_text: str = ""
    marker: str = ""
    count: int = 0


class RowReader:
    def __init__(self, grid: Grid, head: Head | None, fields: Sequence[Holds], year: int) -> None:
        self.grid, self.head, self.fields, self.year = grid, head, fields, year
        self.drafts: list[Draft] = []
        self.leftovers: list[Leftover] = []
        self.group = Group()
        self.after_head = False
        self.has_numbers = Holds.NUMBER in fields
        self.shown_quarter = ""
        numbers = [column for column, name in enumerate(fields) if name is Holds.NUMBER]
        self.counts_in_figures = any(_NUMBER.fullmatch(row[column]) for row in grid.rows for column in numbers)
        first, end = (head.row, head.row + head.height) if head else (0, 0)
        self.head_words = {fold(text) for row in grid.rows[first:end] for text in row}

    def read(self) -> None:
        for row in range(len(self.grid.rows)):
            cells = {column: text for column, text in enumerate(self.grid.rows[row]) if text}
            if not cells:
                continue
            if self.is_head(row, cells):
                self.leave(row, cells, Left.HEAD, "Dòng tên cột.")
                self.after_head = True
                continue
            if not self.read_group(row, cells):
                if self.is_outside(row, cells):
                    self.leave(row, cells, Left.OUTSIDE, "Chữ nằm ngoài bảng nhiệm vụ.")
                else:
                    self.read_task(row, cells)
            self.after_head = False

    def leave(self, row: int, cells: dict[int, str], kind: Left, why: str) -> None:
        self.leftovers += [Leftover(kind, row, column, text, why) for column, text in cells.items()]

    # -- What is no task -----------------------------------------------------------------

    def is_head(self, row: int, cells: dict[int, str]) -> bool:
        if self.head is None:
            return False
        first = self.head.row
        if first <= row < first + self.head.height:
            return True
        if row < first or len(cells) < 2:
            return False
        return all(fold(text) in self.head_words for text in cells.values()) or self.numbers_columns(cells)

    def numbers_columns(self, cells: dict[int, str]) -> bool:
        """«(1) (2) (3)» again: no task, for its content is a number too."""
        content = [text for column, text in cells.items() if self.fields[column] is Holds.CONTENT]
        return bool(content) and len(cells) > 2 and all(_INDEX.fullmatch(text) for text in cells.values())

    def is_outside(self, row: int, cells: dict[int, str]) -> bool:
        if row in self.grid.loose:
            return True
        return self.head is not None and row < self.head.row and not looks_like_task(cells)

    def read_group(self, row: int, cells: dict[int, str]) -> bool:
        """«QUÝ I» alone in its row, merged across or repeated in every cell; or numbered «II» beside its words."""
        texts = list(dict.fromkeys(" ".join(text.split()) for text in cells.values()))
        first = min(cells)
        heading = " ".join(texts)
        beside = len(texts) == 2 and len(cells) == 2 and self.is_numbering(first, texts[0])
        if not (len(texts) == 1 or beside):
            return False
        across = len(cells) > 1 and not beside or self.is_merged_across(row, max(cells))
        in_place = self.fields[max(cells)] in (Holds.CONTENT, Holds.NUMBER) or across
        if (in_place or first == 0) and (named := read_quarter(heading)):
            return self.begin_quarter(row, cells, heading, named.quarter if named.year in (None, self.year) else None)
        if self.is_outside(row, cells):
            return False
        if in_place and not (beside and _NUMBER.fullmatch(texts[0])) and reads_as_time(texts[-1], self.year):
            self.group = Group(quarter_of(texts[-1], self.year), texts[-1], marker_of(heading), self.group.count + 1)
            self.leave(row, cells, Left.GROUP, f"Các nhiệm vụ bên dưới làm vào «{texts[-1]}».")
            return True
        if not self.is_heading(row, cells, texts, beside=beside, across=across):
            return False
        ends = self.group.marker and self.rank(marker_of(heading)) == self.rank(self.group.marker)
        self.group = Group(count=self.group.count + 1) if ends else self.group_again()
        self.leave(row, cells, Left.GROUP, "Dòng tên nhóm, không phải nhiệm vụ.")
        return True

    def group_again(self) -> Group:
        return Group(self.group.quarter, self.group.time_text, self.group.marker, self.group.count + 1)

    def is_numbering(self, column: int, text: str) -> bool:
        return self.fields[column] is Holds.NUMBER or bool(_GROUP_NUMBER.fullmatch(text) or _NUMBER.fullmatch(text))

    def is_merged_across(self, row: int, column: int) -> bool:
        return self.grid.merged.get((row, column + 1), ())[:1] == (row,)

    def begin_quarter(self, row: int, cells: dict[int, str], heading: str, quarter: int | None) -> bool:
        self.group = Group(quarter, "", marker_of(heading), self.group.count + 1)
        self.leave(row, cells, Left.GROUP, said_of_group(heading, quarter, self.year))
        return True

    def is_heading(self, row: int, cells: dict[int, str], texts: Sequence[str], *, beside: bool, across: bool) -> bool:
        if len(self.fields) == 1:
            return False
        if beside:
            return (
                self.counts_in_figures
                and bool(_GROUP_NUMBER.fullmatch(texts[0]))
                and self.fields[max(cells)] is Holds.CONTENT
            )
        in_number = self.fields[min(cells)] is Holds.NUMBER and not _NUMBER.fullmatch(texts[0])
        in_content = self.fields[min(cells)] is Holds.CONTENT and texts[0].isupper() and not self.after_head
        return across or in_number or in_content

    def rank(self, marker: str) -> str:
        return "number" if marker.isdecimal() else "roman" if re.fullmatch("[ivx]+", marker) else marker and "letter"

    # -- Tasks -----------------------------------------------------------------------------

    def read_task(self, row: int, cells: dict[int, str]) -> None:
        texts: dict[Holds, str] = {}
        for column, text in cells.items():
            name = self.fields[column]
            if name is Holds.IGNORED:
                self.leave(row, {column: text}, Left.IGNORED, "Cột này chưa được chọn để lấy.")
            else:
                between = "\n" if name in (Holds.LEAD, Holds.SUPPORT) else " "
                texts[name] = f"{texts[name]}{between}{text}" if name in texts else text
        if not texts:
            return
        if self.continues(row, texts):
            self.join(row, texts)
        elif Holds.CONTENT in texts:
            self.begin(row, texts)
        else:
            kept = {column: text for column, text in cells.items() if self.fields[column] is not Holds.IGNORED}
            only_number = set(texts) == {Holds.NUMBER}
            why = "Dòng chỉ có số thứ tự." if only_number else "Dòng không có nội dung nhiệm vụ."
            self.leave(row, kept, Left.UNREAD, why)

    def continues(self, row: int, texts: dict[Holds, str]) -> bool:
        """Whether the row goes on with the task above instead of beginning one."""
        if not self.drafts or Holds.NUMBER in texts or self.drafts[-1].group != self.group.count:
            return False
        content = texts.get(Holds.CONTENT)
        if content is None:
            return True
        own = Holds.LEAD in texts or Holds.TIME in texts
        if self.has_numbers and self.drafts[-1].number:
            if self.after_head or _starts_lower(content):
                return True
            covered = any(self.is_covered(row, column) for column in self.columns(Holds.NUMBER))
            return (covered or bool(_BULLET.match(content))) and not own
        return _starts_lower(content) and not own

    def columns(self, name: Holds) -> list[int]:
        return [column for column, field in enumerate(self.fields) if field is name]

    def is_covered(self, row: int, column: int) -> bool:
        """By a cell that began in a row above."""
        origin = self.grid.merged.get((row, column))
        return origin is not None and origin[0] < row

    def join(self, row: int, texts: dict[Holds, str]) -> None:
        draft = self.drafts[-1]
        is_broken = Holds.CONTENT in texts
        for name, text in texts.items():
            if name is Holds.QUARTER:
                draft.add("time_text", text, between="; ")
            elif name in (Holds.LEAD, Holds.SUPPORT):
                draft.add(name, text, between=" " if is_broken or _starts_lower(text) else "\n")
            else:
                is_listed = name is Holds.TIME and not is_broken and not _starts_lower(text)
                draft.add(name, text, between="; " if is_listed else " ")
        draft.rows.append(row)
        draft.remark("Đã nối dòng bị ngắt bên dưới vào nhiệm vụ này.")

    def begin(self, row: int, texts: dict[Holds, str]) -> None:
        group = self.group
        draft = Draft(row, group=group.count, quarter=group.quarter, group_time=group.time_text)
        for column, name in enumerate(self.fields):
            if name in _TOGETHER and name not in texts and self.is_covered(row, column):
                origin = self.grid.merged[row, column]
                if text := self.grid.rows[origin[0]][origin[1]]:
                    texts[name] = text
        for name, text in texts.items():
            if name is not Holds.QUARTER:
                setattr(draft, name, text)
        if Holds.QUARTER in self.fields:
            self.take_quarter(draft, texts.get(Holds.QUARTER, ""))
        self.drafts.append(draft)

    def take_quarter(self, draft: Draft, text: str) -> None:
        """The cell's own; a blank one, as merged cells become in plain text, goes with the row above."""
        if not text and self.shown_quarter and self.drafts and self.drafts[-1].group == draft.group:
            text = self.shown_quarter
            draft.remark("Ô quý để trống: lấy theo dòng trên.")
        self.shown_quarter = text
        named = read_quarter(text, bare=True)
        if named and named.year in (None, self.year):
            draft.quarter = named.quarter
        elif text:
            draft.add("time_text", text, between="; ")
            draft.remark(f"«{text}» không phải một quý của năm {self.year}: đưa vào thời gian.")


def looks_like_task(cells: dict[int, str]) -> bool:
    """Numbered, or filled as only the rows of a table are."""
    return len(cells) > 2 or (len(cells) > 1 and bool(_NUMBER.fullmatch(cells[min(cells)])))


def _starts_lower(text: str) -> bool:
    """In the midst of a sentence: «a) …» is not."""
    return text[:1].islower() and not _BULLET.match(text)
