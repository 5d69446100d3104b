"""What the pages that start a plan show: options, lines with their places, columns side by side."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from plans.interchange import PlanData
from plans.models import Plan
from plans.moving import Group, Place, Proposal
from plans.moving.places import read_at
from plans.starting.merging import HEAD, OPENING, RECIPIENTS, SECTION, TASK, Cell, Row
from plans.starting.proposals import Line

_LONGEST = 110
"""Letters shown on each side of a changed word, where its sentence is longer."""
_SENTENCE_ENDS = re.compile(r"(?<=[.;:])\s+")
_SHOWN_LINES = 4
_QUARTER_NAMES = {1: "Quý I", 2: "Quý II", 3: "Quý III", 4: "Quý IV", None: "Cả năm, không theo quý"}
_TITLED = {HEAD, SECTION, TASK}
_ROW_NAMES = {HEAD: "Tên kế hoạch", OPENING: "Căn cứ, mở đầu", SECTION: "Nội dung", RECIPIENTS: "Nơi nhận"}


# -- Where a plan may come from ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    note: str


def plan_option(plan: Plan, prefix: str) -> Option:
    """``plan`` comes from ``plans.selectors.for_list``."""
    tasks = f"{plan.task_count} nhiệm vụ" if plan.task_count else "không có bảng nhiệm vụ"  # type: ignore[attr-defined]
    number = f"số {plan.full_number}" if plan.number else plan.get_state_display()
    note = f"{plan.unit.title} · {plan.get_kind_display()} · {plan.year} · {number} · {tasks}"
    return Option(f"{prefix}{plan.pk}", plan.subject, note)


def merge_option(plans: Sequence[Plan], value: str) -> Option:
    whose = ", ".join(str(plan.unit) for plan in plans)
    label = f"Ghép {len(plans)} kế hoạch năm {plans[0].year} của các đơn vị trước khi sáp nhập"
    return Option(value, label, f"{whose[:1].upper()}{whose[1:]}: xem cạnh nhau, lấy từng phần.")


# -- Lines of changes --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownPlace:
    key: str
    where: str
    before: str
    old: str
    new: str | None
    """None where it depends on the answer."""
    after: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    line: Line
    old: str
    new: str | None
    places: tuple[ShownPlace, ...]
    is_taken: bool
    field: Any
    """The question's choices; None where a rule is sure."""
    typed: Any

    @property
    def changes(self) -> int:
        return sum(not place.is_kept for place in self.places)


@dataclass(frozen=True, slots=True)
class ShownGroup:
    name: str
    label: str
    lines: tuple[ShownLine, ...]

    @property
    def places(self) -> int:
        return sum(len(line.places) for line in self.lines)


def shown_groups(plan: PlanData, form: Any, *, questions: bool) -> list[ShownGroup]:
    """``form`` is a ``MovingForm``: what was ticked and typed is shown again."""
    groups: dict[Group, list[ShownLine]] = {}
    for line in form.lines:
        if line.is_question == questions:
            groups.setdefault(line.group, []).append(_shown_line(plan, line, form))
    return [ShownGroup(group.value, group.label, tuple(lines)) for group, lines in groups.items()]


def _shown_line(plan: PlanData, line: Line, form: Any) -> ShownLine:
    return ShownLine(
        line=line,
        old=line.old or _dates_of(line.places),
        new=line.new,
        places=tuple(
            _shown_place(plan, line, one, f"{line.key}.{position}", form) for position, one in enumerate(line.places)
        ),
        is_taken=line.key in form.taken,
        field=form[f"tl_{line.key}"] if line.is_question else None,
        typed=form[f"chu_{line.key}"] if line.is_question else None,
    )


def _dates_of(places: Iterable[Proposal]) -> str:
    tasks = {one.where.path[:2] for one in places if one.where.path[0] == "tasks"}
    return (
        f"Ngày bắt đầu, hạn hoàn thành của {len(tasks)} nhiệm vụ" if tasks else "Ngày bắt đầu, ngày kết thúc các đợt"
    )


def _shown_place(plan: PlanData, line: Line, one: Proposal, key: str, form: Any) -> ShownPlace:
    before, after = _around(plan, one)
    new = None if line.is_question else _readable(one.new or "")
    return ShownPlace(key, one.where.label, before, _readable(one.old), new, after, key in form.kept)


def _around(plan: PlanData, one: Proposal) -> tuple[str, str]:
    """The sentence around the words; of a task's date, the task."""
    if one.group is Group.TASK_DATES and one.where.path[0] == "tasks":
        return "", _cut(read_at(plan, Place((*one.where.path[:2], "content"))), at_end=True)
    text = read_at(plan, one.where)
    before, after = text[: one.start], text[one.end :]
    if len(text) > 2 * _LONGEST:
        before = _SENTENCE_ENDS.split(before)[-1]
        after = _SENTENCE_ENDS.split(after, maxsplit=1)[0]
    return _cut(before, at_end=False), _cut(after, at_end=True)


def _cut(text: str, *, at_end: bool) -> str:
    if len(text) <= _LONGEST:
        return text
    if at_end:
        return text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return "… " + text[-_LONGEST:].split(" ", 1)[-1]


def _readable(text: str) -> str:
    """Days as people write them."""
    with suppress(ValueError):
        return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("2026-01-31") else text
    return text


def moving_standing(questions: Sequence[ShownGroup], certain: Sequence[ShownGroup]) -> str:
    """How much there is to look at, in one sentence."""
    asked = sum(len(group.lines) for group in questions)
    doubtful = sum(line.line.is_doubtful for group in certain for line in group.lines)
    sure = sum(group.places for group in certain)
    said = [
        *([f"{asked} câu cần trả lời"] if asked else []),
        f"{sure} chỗ đổi theo quy tắc" if sure else "không có chỗ nào phải đổi",
        *([f"{doubtful} thay đổi nên xem lại"] if doubtful else []),
    ]
    return f"{', '.join(said)[:1].upper()}{', '.join(said)[1:]}. Chưa có gì được sửa cho đến khi bạn bấm lập kế hoạch."


# -- Plans side by side ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownCell:
    cell: Cell
    title: str
    """Empty where the words have none."""
    lines: tuple[str, ...]
    more: tuple[str, ...]
    """The lines after those, on demand."""
    is_taken: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    cells: tuple[ShownCell | None, ...]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """Rows under one heading of the page."""

    name: str
    rows: tuple[ShownRow, ...]
    repeated: int
    """How many cells repeat another one of their row."""


def shown_parts(rows: Sequence[Row]) -> list[ShownPart]:
    parts: dict[str, list[Row]] = {}
    for row in rows:
        name = f"Nhiệm vụ {_QUARTER_NAMES[row.quarter]}" if row.kind == TASK else _ROW_NAMES[row.kind]
        parts.setdefault(name, []).append(row)
    return [
        ShownPart(
            name,
            tuple(ShownRow(tuple(_shown_cell(cell, row) if cell else None for cell in row.cells)) for row in found),
            sum(cell is not None and cell.repeats for row in found for cell in row.cells),
        )
        for name, found in parts.items()
    ]


def _shown_cell(cell: Cell, row: Row) -> ShownCell:
    title, *lines = cell.words if row.kind in _TITLED else ("", *cell.words)
    shown = 0 if cell.repeats else _SHOWN_LINES
    return ShownCell(cell, title, tuple(lines[:shown]), tuple(lines[shown:]), cell.pick == row.first)
