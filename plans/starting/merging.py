"""Several old plans of one year side by side, and one plan made of the parts that were taken.

A part has an address that stands in a query string: ``12.m3`` is the third section of plan 12.

    12.d     head: kind, title, subject, symbol, the words over the tasks, closing, parts of other apps
    12.c     legal bases and opening
    12.m3    a section with its lines
    12.v7    a task
    12.n     recipients

``12.v3-9`` are seven tasks, which keeps a long address short enough to be sent.
Parts that say the same stand in one row, so that one of them is taken. Two of a row taken
together give the lines of both, each once; tasks stay apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.errors import AppError
from core.text import fold
from documents.outline import Kind, Line
from plans.interchange import Block, Heading, PlanData, Table, TaskData
from plans.layouts import DEFAULT_COLUMNS, parse_layout

HEAD, OPENING, SECTION, TASK, RECIPIENTS = "d", "c", "m", "v", "n"
_ADDRESS = re.compile(r"(\d{1,18})\.(?:([dcn])|([mv])(\d{1,4})(?:-(\d{1,4}))?)")
_ALIKE = 0.8
"""Ratio of ``difflib`` from which two texts say the same in nearly the same words."""
_SHARED_WORDS = 0.4
"""Share of common words below which texts are not compared letter by letter."""
_DEFAULT_LAYOUT = "columns-5"
_NO_QUARTER = 5


class UnfitMerge(AppError):
    message = "Chưa ghép được các kế hoạch này."


@dataclass(frozen=True, slots=True)
class Pick:
    """A part of a plan; ``position`` counts from 1, 0 where the plan has only one such part."""

    plan: int
    kind: str
    position: int = 0

    def __str__(self) -> str:
        return f"{self.plan}.{self.kind}{self.position or ''}"

    @classmethod
    def parse(cls, text: str) -> list[Pick]:
        """One part, or a run of them: ``12.v3-9``."""
        match = _ADDRESS.fullmatch(text)
        if not match:
            raise UnfitMerge(f"Không có phần nào tên là «{text[:40]}»; hãy chọn lại từ đầu.")
        plan, single, kind, first, last = match.groups()
        if single:
            return [cls(int(plan), single)]
        return [cls(int(plan), kind, position) for position in range(int(first), int(last or first) + 1)]


@dataclass(frozen=True, slots=True)
class Cell:
    pick: Pick
    words: tuple[str, ...]
    """What it says, line by line."""
    repeats: bool
    """It says what the row's first says, word for word or nearly."""


@dataclass(frozen=True, slots=True)
class Row:
    kind: str
    quarter: int | None
    """Of a task: when it falls due."""
    cells: tuple[Cell | None, ...]
    """One a plan; None where that plan has nothing like it."""

    @property
    def first(self) -> Pick:
        """What is taken unless the person says otherwise."""
        return next(cell.pick for cell in self.cells if cell)


def side_by_side(plans: Mapping[int, PlanData]) -> list[Row]:
    """Every part of every plan: heads, openings, sections, tasks by quarter, recipients."""
    rows = [
        *_one_row(plans, HEAD, lambda plan: (plan.title, plan.subject)),
        *_one_row(plans, OPENING, lambda plan: plan.preamble),
    ]
    sections = {key: sections_of(plan) for key, plan in plans.items()}
    rows += _rows(SECTION, {key: [_words_of(section) for section in found] for key, found in sections.items()})
    tasks = _rows(TASK, {key: [_task_words(task) for task in plan.tasks] for key, plan in plans.items()})
    rows += sorted(
        (replace(row, quarter=_quarter(plans, row.first)) for row in tasks), key=lambda row: _when(plans, row.first)
    )
    return [*rows, *_one_row(plans, RECIPIENTS, lambda plan: plan.recipients)]


def merge(plans: Mapping[int, PlanData], picks: Iterable[Pick]) -> PlanData:
    """One plan of the taken parts, in the order of ``side_by_side``; heads fall back on the first plan's."""
    refuse_several_years(plan.year for plan in plans.values())
    taken = set(picks)
    rows = [
        (row.kind, [cell.pick for cell in row.cells if cell and cell.pick in taken]) for row in side_by_side(plans)
    ]
    of_kind = {
        kind: [found for one, found in rows if one == kind and found]
        for kind in (HEAD, OPENING, SECTION, TASK, RECIPIENTS)
    }
    head = plans[_first(of_kind[HEAD], plans)]
    return _with_tasks(
        replace(
            head,
            preamble=_each_once(
                line for found in of_kind[OPENING] for pick in found for line in plans[pick.plan].preamble
            ),
            blocks=tuple(block for found in of_kind[SECTION] for block in _joined(plans, found)),
            recipients=_each_once(
                line for found in of_kind[RECIPIENTS] for pick in found for line in plans[pick.plan].recipients
            ),
        ),
        [plans[pick.plan].tasks[pick.position - 1] for found in of_kind[TASK] for pick in found],
        [plans[pick.plan] for found in (*of_kind[SECTION], *of_kind[TASK]) for pick in found],
    )


def sections_of(plan: PlanData) -> list[list[Block]]:
    """A heading with what stands under it; lines before any heading are a section of their own."""
    sections: list[list[Block]] = []
    for block in plan.blocks:
        if isinstance(block, Heading) or not sections:
            sections.append([])
        sections[-1].append(block)
    return sections


def refuse_several_years(years: Iterable[int]) -> None:
    if len(set(years)) > 1:
        raise UnfitMerge("Các kế hoạch ghép với nhau phải cùng một năm.")


# -- Rows --------------------------------------------------------------------------------

Words = tuple[str, ...]


def _one_row(plans: Mapping[int, PlanData], kind: str, words: Callable[[PlanData], Words]) -> Iterator[Row]:
    """Every plan has one such part, whatever it says."""
    cells: list[Cell | None] = []
    first: Words | None = None
    for key, plan in plans.items():
        said = words(plan)
        cells.append(
            Cell(Pick(key, kind), said, first is not None and _say_the_same(first, said)) if any(said) else None
        )
        first = first or (said if any(said) else None)
    if first:
        yield Row(kind, None, tuple(cells))


def _rows(kind: str, parts: Mapping[int, Sequence[Words]]) -> list[Row]:
    """Each part in the row of the first that it is like; one that is like none after the part before it."""
    table: list[dict[int, int]] = []  # row: plan → position of its part
    for key, found in parts.items():
        free = [row for row in table if key not in row]
        after = -1
        for position, words in enumerate(found):
            row, likeness = _likest(free, parts, words)
            if row is None or likeness < _ALIKE:
                row = {}
                table.insert(after + 1, row)
            else:
                free.remove(row)
            row[key] = position
            after = next(place for place, one in enumerate(table) if one is row)
    return [Row(kind, None, tuple(_cell(kind, key, row, parts) for key in parts)) for row in table]


def _likest(
    rows: Sequence[dict[int, int]], parts: Mapping[int, Sequence[Words]], words: Words
) -> tuple[dict[int, int] | None, float]:
    """By what they begin with: the title of a section, the content of a task."""
    found = [(_likeness(_first_words(row, parts)[0], words[0]), position) for position, row in enumerate(rows)]
    likeness, position = max(found, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
    return (rows[position], likeness) if found else (None, 0.0)


def _first_words(row: Mapping[int, int], parts: Mapping[int, Sequence[Words]]) -> Words:
    key, position = next(iter(row.items()))
    return parts[key][position]


def _cell(kind: str, key: int, row: Mapping[int, int], parts: Mapping[int, Sequence[Words]]) -> Cell | None:
    if key not in row:
        return None
    words = parts[key][row[key]]
    is_first = next(iter(row)) == key
    return Cell(Pick(key, kind, row[key] + 1), words, not is_first and _say_the_same(_first_words(row, parts), words))


def _say_the_same(some: Words, others: Words) -> bool:
    return _likeness("\n".join(some), "\n".join(others)) >= _ALIKE


def _likeness(one: str, other: str) -> float:
    """1 for the same words whatever their marks and capitals; 0 for what has little in common."""
    a, b = _bare(one), _bare(other)
    if a == b:
        return 1
    words, more = set(a.split()), set(b.split())
    if len(words & more) < _SHARED_WORDS * max(len(words), len(more)):
        return 0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


# -- What a part says --------------------------------------------------------------------


def _words_of(section: Sequence[Block]) -> Words:
    """Its title first; an untitled one begins with its first line."""
    lines = [_said(block) for block in section]
    return tuple(line for line in lines if line) or ("",)


def _said(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{block.marker} {block.text}".strip()
    if block.kind is Kind.TASKS:
        return "[Bảng nhiệm vụ]"
    return f"{block.marker} {block.text}".strip()


def _task_words(task: TaskData) -> Words:
    who = "; ".join((*task.lead, *task.support))
    return tuple(line for line in (task.content, who, task.time_text) if line)


def _task_at(plans: Mapping[int, PlanData], pick: Pick) -> TaskData:
    return plans[pick.plan].tasks[pick.position - 1]


def quarter_of(task: TaskData, year: int) -> int | None:
    """As printed, else the one in which it falls due; what goes on all year has none."""
    if task.quarter or task.due is None or task.is_ongoing or task.due.year != year:
        return task.quarter
    return (task.due.month + 2) // 3


def _quarter(plans: Mapping[int, PlanData], pick: Pick) -> int | None:
    return quarter_of(_task_at(plans, pick), plans[pick.plan].year)


def _when(plans: Mapping[int, PlanData], pick: Pick) -> tuple[int, str, int, int]:
    """By quarter, then by due day; among equals as the papers have them, one paper after the other."""
    task = _task_at(plans, pick)
    due = task.due.isoformat() if task.due else ""
    return _quarter(plans, pick) or _NO_QUARTER, due, list(plans).index(pick.plan), pick.position


# -- One plan of them --------------------------------------------------------------------


def _first(rows: Sequence[Sequence[Pick]], plans: Mapping[int, PlanData]) -> int:
    return rows[0][0].plan if rows else next(iter(plans))


def _each_once(lines: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for line in lines:
        if not any(_likeness(line, other) >= _ALIKE for other in kept):
            kept.append(line)
    return tuple(kept)


def _joined(plans: Mapping[int, PlanData], picks: Sequence[Pick]) -> list[Block]:
    """The first section, then the lines of the others that it does not say already."""
    joined: list[Block] = []
    for pick in picks:
        section = sections_of(plans[pick.plan])[pick.position - 1]
        for block in section if not joined else section[isinstance(section[0], Heading) :]:
            if not joined or pick == picks[0] or not any(_repeats(block, other) for other in joined):
                joined.append(block)
    return joined


def _repeats(block: Block, other: Block) -> bool:
    if isinstance(block, Heading) or isinstance(other, Heading):
        return False
    return block.kind is other.kind and _likeness(block.text, other.text) >= _ALIKE


def _with_tasks(plan: PlanData, tasks: list[TaskData], sources: Sequence[PlanData]) -> PlanData:
    """The tasks numbered anew, and exactly one place where they are printed."""
    blocks = _one_tasks_line(plan.blocks) if tasks else tuple(block for block in plan.blocks if not _is_table(block))
    table = next((source.table for source in (plan, *sources) if source.table), None)
    appendix = plan.appendix if tasks else None
    if any(map(_is_table, blocks)):
        appendix = None
        table = table or _default_table()
    elif tasks and appendix is None:
        appendix = next((source.appendix for source in sources if source.appendix), None)
        table = None if appendix else table or _default_table()
        blocks = blocks if appendix else (*blocks, Line(Kind.TASKS))
    else:
        table = None
    layout = (table or (appendix.table if appendix else _default_table())).layout
    return replace(
        plan, blocks=blocks, table=table, appendix=appendix, tasks=_numbered(plan, tasks, by_quarter=layout.by_quarter)
    )


def _is_table(block: Block) -> bool:
    return isinstance(block, Line) and block.kind is Kind.TASKS


def _one_tasks_line(blocks: Sequence[Block]) -> tuple[Block, ...]:
    tables = [position for position, block in enumerate(blocks) if _is_table(block)]
    return tuple(block for position, block in enumerate(blocks) if position not in tables[1:])


def _default_table() -> Table:
    return Table(parse_layout(_DEFAULT_LAYOUT), DEFAULT_COLUMNS[_DEFAULT_LAYOUT])


def _numbered(plan: PlanData, tasks: Sequence[TaskData], *, by_quarter: bool) -> tuple[TaskData, ...]:
    """Numbers as the head's plan counts: through the year, anew in each quarter, or not at all."""
    old = [task.number for task in plan.tasks]
    counts, begins_anew = any(old) or not old, len(set(old)) < len(old)
    numbered: list[TaskData] = []
    for task in tasks:
        quarter = quarter_of(task, plan.year) if by_quarter else task.quarter
        alike = [one for one in numbered if one.quarter == quarter] if begins_anew else numbered
        numbered.append(replace(task, quarter=quarter, number=len(alike) + 1 if counts else None))
    return tuple(numbered)
