"""The one door: ``read_plan(source)``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from documents.outline import Kind, Line
from documents.reading.conservation import places_of, weigh
from documents.reading.paper import BrokenTable, ReadAppendix, ReadBlock, ReadPaper, Unsure
from documents.reading.source import Source, SourceTable
from documents.reading.understanding import read_paper
from documents.tree import Heading
from plans import interchange
from plans.interchange import AppendixData, Block, PlanData, Table, TaskData
from plans.layouts import BULLETS, Layout
from plans.pasting import Pasted
from plans.pasting.quarters import read_quarter
from plans.reading.broken import grid_of_lines
from plans.reading.bullets import bullets_in
from plans.reading.campaigns import campaign_of
from plans.reading.facts import facts_of
from plans.reading.lengths import within_limits
from plans.reading.marks import without_marks
from plans.reading.tables import TasksRead, grid_of, paste_of, tasks_of

_MOST_LOST = 20


@dataclass(frozen=True, slots=True)
class ReadPlan:
    plan: PlanData
    unsure: tuple[Unsure, ...]
    paper: ReadPaper
    """What the plan was made of."""
    said_otherwise: tuple[str, ...] = ()
    """Printed words that no text of the plan repeats: the national name, «QUÝ I», the heads of columns again."""


def read_plan(source: Source, *, today: dt.date | None = None) -> ReadPlan:
    """Never raises for what a paper says. ``today`` dates a paper in which no year is printed."""
    paper = read_paper(source)
    facts = facts_of(paper, (today or timezone.localdate()).year)
    body, appendix, read, left = _with_tasks(paper, facts.year, facts.head.date.exact)
    parts: dict[str, Any] = {}
    unsure = [*facts.unsure, *read.unsure, *left]
    if facts.kind == "campaign":
        campaign, doubts = campaign_of(paper.body, facts.year)
        parts = {"campaign": campaign} if campaign else {}
        unsure += doubts
    table = None if appendix else read.table
    plan = PlanData(
        kind=facts.kind,
        year=facts.year,
        superior=facts.head.superior,
        issuer=facts.head.issuer,
        number=facts.head.number,
        symbol=facts.head.symbol,
        place=facts.head.place,
        date=facts.head.date,
        title=paper.title,
        subject=paper.subject,
        preamble=(*paper.addressees, *paper.preamble),
        blocks=body,
        table=table if any(isinstance(one, Line) and one.kind is Kind.TASKS for one in body) else None,
        tasks=read.tasks,
        closing=paper.closing,
        recipients=paper.ending.recipients,
        archive=paper.ending.archive,
        signature_lines=paper.ending.signature_lines,
        signature_post=paper.ending.signature_post,
        signature_name=paper.ending.signature_name,
        appendix=appendix,
        parts=parts,
    )
    plan, long = within_limits(plan)
    unsure += long
    known = [*(one for one in paper.unsure if one.path), *(one for one in paper.unsure if not one.path), *unsure]
    said = (*paper.said_otherwise, *read.said_otherwise)
    return ReadPlan(plan, (*known, *_lost_words(source, plan, said, known)), paper, said)


def as_json(read: ReadPlan) -> dict[str, Any]:
    """``tdkt-plan/1`` and what is not sure of it."""
    return interchange.write(read.plan) | {"unsure": [_unsure_json(one) for one in read.unsure]}


def _unsure_json(one: Unsure) -> dict[str, Any]:
    found: dict[str, Any] = {"path": one.path, "why": one.why}
    if one.text:
        found["text"] = one.text
    return found | ({"inferred": True} if one.inferred else {})


def _lost_words(source: Source, plan: PlanData, said: Sequence[str], known: Sequence[Unsure]) -> Iterator[Unsure]:
    """Words of the file that neither the plan nor anything said about it holds."""
    printed = [line.text for line in source.lines()]
    kept = [*plan_texts(plan), *said, *(one.text for one in known if one.stands_nowhere)]
    lost = weigh(printed, kept).lost
    for line in places_of(lost, printed, _MOST_LOST) if lost else ():
        yield Unsure("", "Có chữ trong dòng này chưa đưa được vào mục nào của kế hoạch.", text=line)


def plan_texts(plan: PlanData) -> Iterator[str]:
    """Every printed text that the plan keeps, in the order of the paper, number and days aside."""
    yield from (plan.superior, plan.issuer, plan.place, plan.title, plan.subject, *plan.preamble)
    for block in plan.blocks:
        if isinstance(block, Line) and block.kind is Kind.TASKS and plan.table:
            yield from _task_texts(plan.table, plan.tasks)
        else:
            yield f"{block.marker} {block.text}"
    yield from (plan.closing, *plan.recipients, plan.archive)
    yield from (*plan.signature_lines, plan.signature_post, plan.signature_name)
    if plan.appendix:
        yield from (plan.appendix.title, plan.appendix.subject, plan.appendix.reference)
        yield from _task_texts(plan.appendix.table, plan.tasks)


def _task_texts(table: Table, tasks: Sequence[TaskData]) -> Iterator[str]:
    yield from table.columns
    for task in tasks:
        number = str(task.number) if task.number is not None and table.columns else ""
        yield from (number, task.content, *task.lead, *task.support, task.time_text, task.note)


# -- Tasks ---------------------------------------------------------------------------------------


_NO_TASKS = TasksRead(Table(Layout(BULLETS), ()), (), (), ())


def _with_tasks(
    paper: ReadPaper, year: int, issued: dt.date | None
) -> tuple[tuple[Block, ...], AppendixData | None, TasksRead, list[Unsure]]:
    """The text with the place of its tasks, the appendix that holds them, and the tasks."""
    in_body = _tables_in(paper.body, year)
    in_appendices = [_tables_in(appendix.blocks, year) for appendix in paper.appendices]
    counts = [_count(in_body), *map(_count, in_appendices)]
    best = max(range(len(counts)), key=counts.__getitem__)
    unsure: list[Unsure] = []
    if not counts[best]:
        body, read = _bullets(paper.body, year, issued)
        _say_appendices(paper.appendices, unsure)
        return body, None, read, unsure
    if best == 0:
        body, read = _tables_as_tasks(paper.body, in_body, issued)
        _say_appendices(paper.appendices, unsure)
        return body, None, read, unsure
    appendix = paper.appendices[best - 1]
    rest, read = _tables_as_tasks(appendix.blocks, in_appendices[best - 1], issued)
    _say_without_place(rest, unsure)
    others = tuple(one for one in paper.appendices if one is not appendix)
    _say_appendices(others, unsure)
    data = AppendixData(appendix.title, appendix.subject, appendix.reference, read.table)
    return _plain_blocks(paper.body), data, read, unsure


@dataclass(frozen=True, slots=True)
class _Found:
    pasted: Pasted
    marks: tuple[str, ...]
    """Printed in columns of marks that became times."""

    def tasks(self, issued: dt.date | None, *, first: int) -> TasksRead:
        read = tasks_of(self.pasted, issued, first=first)
        if not self.marks:
            return read
        doubt = Unsure("tasks", "Bảng đánh dấu vào cột quý, tháng; dấu đã được ghi thành thời gian.", inferred=True)
        return replace(read, said_otherwise=(*read.said_otherwise, *self.marks), unsure=(*read.unsure, doubt))


def _tables_in(blocks: Sequence[ReadBlock], year: int) -> dict[int, _Found]:
    found: dict[int, _Found] = {}
    for at, block in enumerate(blocks):
        grid = None
        if isinstance(block, SourceTable):
            grid = grid_of(block)
        elif isinstance(block, BrokenTable):
            grid = grid_of_lines(block, year)
        if grid is None:
            continue
        unmarked = without_marks(grid)
        if pasted := paste_of(unmarked.grid, year, _quarter_above(blocks, at, year)):
            found[at] = _Found(pasted, unmarked.said)
    return found


def _quarter_above(blocks: Sequence[ReadBlock], at: int, year: int) -> int | None:
    """«1. Quý I» right above a table of its own."""
    above = blocks[at - 1] if at else None
    named = read_quarter(above.text) if isinstance(above, Heading | Line) else None
    return named.quarter if named and named.year in (None, year) else None


def _count(tables: dict[int, _Found]) -> int:
    return sum(len(found.pasted.rows) for found in tables.values())


def _tables_as_tasks(
    blocks: Sequence[ReadBlock], tables: dict[int, _Found], issued: dt.date | None
) -> tuple[tuple[Block, ...], TasksRead]:
    """The first table of tasks and those alike; what stands between them stays text."""
    largest = max(tables, key=lambda at: len(tables[at].pasted.rows))
    width = len(tables[largest].pasted.columns)
    chosen = [at for at, found in tables.items() if len(found.pasted.columns) == width]
    read: TasksRead | None = None
    for at in chosen:
        part = tables[at].tasks(issued, first=len(read.tasks) if read else 0)
        read = part if read is None else _added(read, part)
    assert read is not None
    above = {at - 1 for at in chosen if _quarter_above(blocks, at, tables[at].pasted.year)}
    if len(chosen) > 1 and len(above) == len(chosen):
        return _tables_under_quarters(blocks, chosen, above, read)
    body = [block if at not in chosen else Line(Kind.TASKS) for at, block in enumerate(blocks) if at not in chosen[1:]]
    return _plain_blocks(body), read


def _tables_under_quarters(
    blocks: Sequence[ReadBlock], chosen: Sequence[int], above: set[int], read: TasksRead
) -> tuple[tuple[Block, ...], TasksRead]:
    """A table for each quarter is one table with rows «QUÝ I»."""
    layout = Layout(f"quarters-{len(read.table.columns)}col")
    said = [f"{block.marker} {block.text}" for at in above if isinstance(block := blocks[at], Heading | Line)]
    body = [
        Line(Kind.TASKS) if at == chosen[0] else block
        for at, block in enumerate(blocks)
        if at not in chosen[1:] and at not in above
    ]
    table = Table(layout, read.table.columns)
    return _plain_blocks(body), TasksRead(table, read.tasks, (*read.said_otherwise, *said), read.unsure)


def _added(read: TasksRead, part: TasksRead) -> TasksRead:
    said = (*read.said_otherwise, *part.table.columns, *part.said_otherwise)
    return TasksRead(read.table, (*read.tasks, *part.tasks), said, (*read.unsure, *part.unsure))


def _bullets(blocks: Sequence[ReadBlock], year: int, issued: dt.date | None) -> tuple[tuple[Block, ...], TasksRead]:
    run = bullets_in(blocks, year)
    if run is None:
        return _plain_blocks(blocks), _NO_TASKS
    read = tasks_of(run.pasted, issued)
    tasks = tuple(
        task if task.number is not None else replace(task, number=number)
        for number, task in enumerate(read.tasks, start=1)
    )
    numbers = [row.number for row in run.pasted.rows if row.number]
    said = (*(left.text for left in run.pasted.leftovers), *numbers)
    doubts = tuple(one for one in read.unsure if one.path != "tasks")
    body = (*blocks[: run.start], Line(Kind.TASKS), *blocks[run.end :])
    return _plain_blocks(body), TasksRead(Table(Layout(BULLETS), ()), tasks, said, doubts)


# -- What is no table of tasks -------------------------------------------------------------------


def _plain_blocks(blocks: Sequence[ReadBlock | Line]) -> tuple[Block, ...]:
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(interchange.Heading(block.marker, block.text, block.level))
        elif isinstance(block, Line):
            found.append(block)
        else:
            found += [Line(Kind.PARAGRAPH, text) for text in _rows_as_text(block)]
    return tuple(found)


def _rows_as_text(table: SourceTable | BrokenTable) -> Iterator[str]:
    """A table for which a plan has no place: a paragraph for each row, its cells parted by a bar."""
    if isinstance(table, BrokenTable):
        yield from (line.text for line in table.lines)
        return
    for row in table.rows:
        cells = [text for cell in row if (text := " ".join(cell.text.split()))]
        if cells:
            yield " | ".join(cells)


def _say_appendices(appendices: Sequence[ReadAppendix], unsure: list[Unsure]) -> None:
    """A plan has one appendix, with its tasks; the words of others are named."""
    for appendix in appendices:
        words = " ".join(part for part in (appendix.title, appendix.subject, appendix.reference) if part)
        unsure.append(
            Unsure("appendix", "Phụ lục này chưa có chỗ trong kế hoạch; hãy giữ bản gốc đính kèm.", text=words)
        )
        _say_without_place(_plain_blocks(appendix.blocks), unsure)


def _say_without_place(blocks: Sequence[Block], unsure: list[Unsure]) -> None:
    words = [f"{one.marker} {one.text}".strip() for one in blocks if one.text]
    if words:
        text = "\n".join(words)
        unsure.append(Unsure("appendix", "Phần chữ này của phụ lục chưa có chỗ trong kế hoạch.", text=text))
