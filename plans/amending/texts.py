"""What an amendment can change of a plan, as plain values, and whence each row of the changed text comes."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from documents.outline import Kind, Line, depth_of
from plans.blocks import filled
from plans.interchange import AppendixData, Block, Heading, PlanData, Table, TaskData

_COUNTED = re.compile(r"\d+(?:\.\d+)*[.)]?|\(\d+\)|[a-zđ][.)]|Điều \d+\.")
"""Markers by which a paper is cited: «khoản 3», «điểm a», «Điều 2»; a dash is none."""


@dataclass(frozen=True, slots=True)
class SectionText:
    heading: Heading | None
    """None for the lines before any heading."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Head and foot are not in it: an amending paper has its own."""

    sections: tuple[SectionText, ...]
    tasks: tuple[TaskData, ...]
    table: Table | None = None
    appendix: AppendixData | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """For each section and task of the changed text its place in the old one; None where it is new."""

    sections: tuple[int | None, ...]
    tasks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class SectionRow:
    """``id`` names the row in its own plan, ``origin`` the row that it was copied from."""

    id: Hashable
    heading: Heading | None
    lines: tuple[Line, ...]
    origin: Hashable = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    id: Hashable
    task: TaskData
    origin: Hashable = None


def text_of(head: PlanData, sections: Iterable[SectionRow], tasks: Iterable[TaskRow]) -> Text:
    """``head`` gives the tables, and what lines print that stand for other apps' parts."""
    merged = tuple(SectionText(row.heading, filled(row.lines, head.parts)) for row in merge(sections))
    return Text(merged, tuple(row.task for row in tasks), head.table, head.appendix)


def origins_of(
    old_sections: Iterable[SectionRow],
    old_tasks: Iterable[TaskRow],
    sections: Iterable[SectionRow],
    tasks: Iterable[TaskRow],
) -> Origins:
    section_places = {row.id: place for place, row in enumerate(merge(old_sections))}
    task_places = {row.id: place for place, row in enumerate(old_tasks)}
    return Origins(
        tuple(section_places.get(row.origin) for row in merge(sections)),
        tuple(task_places.get(row.origin) for row in tasks),
    )


def text_of_data(plan: PlanData) -> Text:
    """Of a plan without rows: as it is kept in ``tdkt-plan/1``."""
    return Text(tuple(_sections_of(filled(plan.blocks, plan.parts))), plan.tasks, plan.table, plan.appendix)


def _sections_of(blocks: Sequence[Block]) -> list[SectionText]:
    found: list[SectionText] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(SectionText(block, ()))
        elif found:
            found[-1] = SectionText(found[-1].heading, (*found[-1].lines, block))
        else:
            found.append(SectionText(None, (block,)))
    return found


def merge(rows: Iterable[SectionRow]) -> list[SectionRow]:
    """As the paper prints them: lines that have no heading belong to the section before."""
    found: list[SectionRow] = []
    for row in rows:
        if row.heading is None and found:
            last = found[-1]
            found[-1] = SectionRow(last.id, last.heading, (*last.lines, *row.lines), last.origin)
        elif row.heading is not None or row.lines:
            found.append(row)
    return found


# -- Entries of a section ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with a marker that can be cited, and what stands under it; the lines before the first have none."""

    marker: str
    lines: tuple[Line, ...]


def entries_of(lines: Sequence[Line]) -> list[Entry]:
    depths = [depth_of(line.marker) for line in lines if _is_counted(line)]
    top = min(depths, default=None)
    found: list[Entry] = []
    for line in lines:
        is_head = _is_counted(line) and depth_of(line.marker) == top
        if is_head or not found:
            found.append(Entry(line.marker if is_head else "", (line,)))
        else:
            found[-1] = Entry(found[-1].marker, (*found[-1].lines, line))
    return found


def lines_of(entries: Iterable[Entry]) -> tuple[Line, ...]:
    return tuple(line for entry in entries for line in entry.lines)


def _is_counted(line: Line) -> bool:
    return line.kind is Kind.ITEM and _COUNTED.fullmatch(line.marker) is not None


def holds_tasks(lines: Iterable[Line]) -> bool:
    return any(line.kind is Kind.TASKS for line in lines)
