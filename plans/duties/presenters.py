"""A paper with its proposals and a duty, told to the person at the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plans.models import Duty, Task
from plans.states import TaskState


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    mark: int = 0
    """Number of the proposal whose sentence it is, from 1."""


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A paragraph in pieces, or a table whose rows may be marked."""

    looks: str
    pieces: tuple[Piece, ...]
    rows: tuple[tuple[int, list[dict[str, Any]]], ...] = ()


def shown_source(source: Sequence[Mapping[str, Any]], proposals: Sequence[Mapping[str, Any]]) -> list[ShownBlock]:
    """The picture of the paper, with the sentence of each proposal marked by its number."""
    marks: dict[int, list[tuple[int, int, int]]] = {}
    for number, one in enumerate(proposals, start=1):
        if one["block"] is not None:
            marks.setdefault(one["block"], []).append((one["start"], one["end"], number))
    return [_shown(block, sorted(marks.get(at, []))) for at, block in enumerate(source)]


def _shown(block: Mapping[str, Any], marks: Sequence[tuple[int, int, int]]) -> ShownBlock:
    if "rows" not in block:
        return ShownBlock(block["looks"], tuple(_pieces(block["text"], marks)))
    by_row: dict[int, int] = {}
    for row, _, number in marks:
        by_row.setdefault(row, number)
    return ShownBlock("", (), tuple((by_row.get(at, 0), row) for at, row in enumerate(block["rows"])))


def _pieces(text: str, marks: Sequence[tuple[int, int, int]]) -> Iterator[Piece]:
    at = 0
    for start, end, number in marks:
        if start < at:
            continue  # two duties of one sentence: the first one's mark is the sentence
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], number)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def marks_of(proposals: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Key of a proposal → the number of the mark to which it leads; those of one sentence share one."""
    first: dict[tuple[int, int], int] = {}
    marks: dict[str, int] = {}
    for number, one in enumerate(proposals, start=1):
        if one["block"] is not None:
            marks[one["key"]] = first.setdefault((one["block"], one["start"]), number)
    return marks


def standing(task: Task, today: dt.date) -> str:
    """«Hạn 09/07/2026, còn 12 ngày, hằng năm; theo Công văn số …»."""
    duty = task.duty
    due = f"hạn {task.due:%d/%m/%Y}" if task.due else "chưa có hạn"
    returns = f", {duty.get_recurrence_display().lower()}" if duty.recurrence else ""
    origin = origin_of(duty) or "việc ghi tay, không theo văn bản nào"
    words = f"{due}{_left(task, today)}{returns}; {origin}."
    return words[:1].upper() + words[1:]


def origin_of(duty: Duty) -> str:
    """«theo Công văn số …», «mốc của «Gửi báo cáo sơ kết»»; empty for what was added by hand."""
    if duty.milestone_of is not None:
        return f"mốc của «{_shortened(str(duty.milestone_of))}»"
    return duty.origin


def _shortened(words: str, most: int = 120) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _left(task: Task, today: dt.date) -> str:
    if task.due is None or task.state_on(today) in (TaskState.DONE, TaskState.DROPPED):
        return ""
    days = (task.due - today).days
    return ", là hôm nay" if days == 0 else f", còn {days} ngày" if days > 0 else f", quá {-days} ngày"


def is_settled(task: Task, today: dt.date) -> bool:
    return task.state_on(today) in (TaskState.DONE, TaskState.DROPPED)


NEXT_WORDS = {
    Duty.Recurrence.YEAR.value: "năm sau",
    Duty.Recurrence.HALF.value: "kỳ 6 tháng sau",
    Duty.Recurrence.QUARTER.value: "quý sau",
    Duty.Recurrence.MONTH.value: "tháng sau",
}
