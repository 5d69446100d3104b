"""What an amended text says otherwise, change by change: rows are known again by where they come from.

``differences`` names the changes, ``applied`` carries them out: together they give the new text, so
an amending paper that states each change leaves nothing out. No database here.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from documents.outline import Line
from plans.amending.texts import Entry, Origins, SectionText, Text, entries_of, lines_of
from plans.interchange import AppendixData, Heading, Table, TaskData

PRINTED = ("quarter", "content", "lead", "support", "time_text", "note")
"""What the paper says of a task. Days are read from the words; numbers may merely follow the order."""
SECTIONS, TASKS = "sections", "tasks"


# -- Changes. ``at`` is a place in the old text, ``to`` one in the new -----------------------


@dataclass(frozen=True, slots=True)
class Removed:
    of: str
    """``sections`` or ``tasks``."""
    at: int


@dataclass(frozen=True, slots=True)
class Added:
    of: str
    to: int
    row: Any
    """``SectionText`` or ``TaskData``."""


@dataclass(frozen=True, slots=True)
class Moved:
    of: str
    at: int
    to: int


@dataclass(frozen=True, slots=True)
class SectionRewritten:
    at: int
    section: SectionText


@dataclass(frozen=True, slots=True)
class HeadingRewritten:
    at: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class EntryRewritten:
    at: int
    entry: int
    """Its place among the old entries of the section."""
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class EntryAdded:
    at: int
    to: int
    """Its place among the new entries."""
    entry: Entry


@dataclass(frozen=True, slots=True)
class EntryRemoved:
    at: int
    entry: int


@dataclass(frozen=True, slots=True)
class TaskRewritten:
    at: int
    values: tuple[tuple[str, Any], ...]
    """Field and new value."""


@dataclass(frozen=True, slots=True)
class TasksRenumbered:
    """Running numbers that only follow the order."""

    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class TableChanged:
    table: Table | None


@dataclass(frozen=True, slots=True)
class AppendixChanged:
    appendix: AppendixData | None


Change = (
    Removed
    | Added
    | Moved
    | SectionRewritten
    | HeadingRewritten
    | EntryRewritten
    | EntryAdded
    | EntryRemoved
    | TaskRewritten
    | TasksRenumbered
    | TableChanged
    | AppendixChanged
)


# -- Finding -----------------------------------------------------------------------------


def differences(old: Text, new: Text, origins: Origins) -> list[Change]:
    """In the order of the new text: sections, then tables, then tasks; what was taken out at the end of each."""
    found: list[Change] = []
    for at, (to, is_moved) in _kept(origins.sections).items():
        if is_moved:
            found.append(Moved(SECTIONS, at, to))
        found += _of_section(at, old.sections[at], new.sections[to])
    found += _added(SECTIONS, origins.sections, new.sections)
    found.sort(key=lambda change: _place_of(change, origins.sections))
    found += _removed(SECTIONS, len(old.sections), origins.sections)
    if old.table != new.table:
        found.append(TableChanged(new.table))
    if _without_reference(old.appendix) != _without_reference(new.appendix):
        found.append(AppendixChanged(new.appendix))
    return found + _of_tasks(old, new, origins.tasks)


def _place_of(change: Any, origins: Sequence[int | None]) -> int:
    return change.to if isinstance(change, Added | Moved) else origins.index(change.at)


def _without_reference(appendix: AppendixData | None) -> AppendixData | None:
    """«Kèm theo Kế hoạch số …» follows number and day by itself."""
    return appendix and replace(appendix, reference="")


def _kept(origins: Sequence[int | None]) -> dict[int, tuple[int, bool]]:
    """Old place → new place, and whether it left its place among the others."""
    kept = [(at, to) for to, at in enumerate(origins) if at is not None]
    still = set(_longest_rising([at for at, _ in kept]))
    return {at: (to, at not in still) for at, to in kept}


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The most rows that kept their order; the others were moved."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect.bisect_left(tails, number)
        before[number] = tails[place - 1] if place else None
        tails[place : place + 1] = [number]
    chain: list[int] = []
    number: int | None = tails[-1] if tails else None  # type: ignore[no-redef]
    while number is not None:
        chain.append(number)
        number = before[number]  # type: ignore[assignment]
    return chain[::-1]


def _added(of: str, origins: Sequence[int | None], rows: Sequence[Any]) -> list[Change]:
    return [Added(of, to, rows[to]) for to, at in enumerate(origins) if at is None]


def _removed(of: str, count: int, origins: Iterable[int | None]) -> list[Change]:
    kept = set(origins)
    return [Removed(of, at) for at in range(count) if at not in kept]


def _of_section(at: int, old: SectionText, new: SectionText) -> list[Change]:
    if old == new:
        return []
    inside = [] if old.lines == new.lines else _of_lines(at, old.lines, new.lines)
    if inside is None or old.heading is None or new.heading is None:
        is_named = inside is not None and old.heading == new.heading
        return inside if is_named and inside else [SectionRewritten(at, new)]
    heading = [HeadingRewritten(at, new.heading)] if old.heading != new.heading else []
    return [*heading, *inside]


def _of_lines(at: int, old: Sequence[Line], new: Sequence[Line]) -> list[Change] | None:
    """None where single entries cannot be named or most of them changed: then the whole is worded anew."""
    before, after = entries_of(old), entries_of(new)
    places = {entry.marker: place for place, entry in enumerate(before)}
    targets = {entry.marker: place for place, entry in enumerate(after)}
    kept = [places[entry.marker] for entry in after if entry.marker in places]
    are_unique = len(places) == len(before) and len(targets) == len(after)
    if not are_unique or not kept or kept != sorted(kept) or ("" in places) != ("" in targets):
        return None
    changes: list[Change] = []
    for to, entry in enumerate(after):
        if entry.marker not in places:
            changes.append(EntryAdded(at, to, entry))
        elif before[places[entry.marker]] != entry:
            changes.append(EntryRewritten(at, places[entry.marker], entry.lines))
    changes += [EntryRemoved(at, place) for marker, place in places.items() if marker not in targets]
    is_most = len(changes) > 1 and len(changes) * 2 > max(len(before), len(after))
    return None if is_most or places.keys() == {""} else changes


def _of_tasks(old: Text, new: Text, origins: Sequence[int | None]) -> list[Change]:
    found: list[Change] = []
    follows = _runs(old.tasks) and _runs(new.tasks)
    for at, (to, is_moved) in _kept(origins).items():
        if is_moved:
            found.append(Moved(TASKS, at, to))
        names = PRINTED if follows else (*PRINTED, "number")
        before, after = old.tasks[at], new.tasks[to]
        values = tuple((name, getattr(after, name)) for name in names if getattr(after, name) != getattr(before, name))
        if values:
            found.append(TaskRewritten(at, values))
    found += _added(TASKS, origins, new.tasks)
    found.sort(key=lambda change: _place_of(change, origins))
    found += _removed(TASKS, len(old.tasks), origins)
    kept = [(old.tasks[at], new.tasks[to]) for to, at in enumerate(origins) if at is not None]
    if follows and any(before.number != after.number for before, after in kept):
        found.append(TasksRenumbered(tuple(task.number for task in new.tasks)))
    return found


def _runs(tasks: Sequence[TaskData]) -> bool:
    """Whether the numbers run on by themselves: through the plan, in each quarter anew, or not at all."""
    numbers = [task.number for task in tasks]
    if numbers == [None] * len(tasks) or numbers == list(range(1, len(tasks) + 1)):
        return True
    running: list[int] = []
    for place, task in enumerate(tasks):
        begins = place == 0 or task.quarter != tasks[place - 1].quarter
        running.append(1 if begins else running[-1] + 1)
    return numbers == running


# -- Carrying out ------------------------------------------------------------------------


def applied(old: Text, changes: Sequence[Change]) -> Text:
    """The text that the changes make of the old one."""
    sections, tasks = list(old.sections), list(old.tasks)
    table, appendix = old.table, old.appendix
    numbers: tuple[int | None, ...] | None = None
    for change in changes:
        match change:
            case SectionRewritten():
                sections[change.at] = change.section
            case HeadingRewritten():
                sections[change.at] = replace(sections[change.at], heading=change.heading)
            case TaskRewritten():
                tasks[change.at] = replace(tasks[change.at], **dict(change.values))
            case TasksRenumbered():
                numbers = change.numbers
            case TableChanged():
                table = change.table
            case AppendixChanged():
                appendix = change.appendix
    for at in {change.at for change in changes if isinstance(change, EntryRewritten | EntryAdded | EntryRemoved)}:
        sections[at] = replace(sections[at], lines=_with_entries(old.sections[at].lines, at, changes))
    after = _arranged(tasks, TASKS, changes)
    if numbers is not None:
        after = [replace(task, number=number) for task, number in zip(after, numbers, strict=True)]
    return Text(tuple(_arranged(sections, SECTIONS, changes)), tuple(after), table, appendix)


def _with_entries(lines: Sequence[Line], at: int, changes: Iterable[Change]) -> tuple[Line, ...]:
    entries = entries_of(lines)
    removed: set[int] = set()
    added: dict[int, Entry] = {}
    for change in changes:
        match change:
            case EntryRewritten() if change.at == at:
                entries[change.entry] = replace(entries[change.entry], lines=change.lines)
            case EntryRemoved() if change.at == at:
                removed.add(change.entry)
            case EntryAdded() if change.at == at:
                added[change.to] = change.entry
    return lines_of(_inserted([entry for place, entry in enumerate(entries) if place not in removed], added))


_Row = TypeVar("_Row")


def _arranged(rows: Sequence[_Row], of: str, changes: Iterable[Change]) -> list[_Row]:
    """Rows taken out, then those that come put to their places from the front on."""
    out: set[int] = set()
    come: dict[int, _Row] = {}
    for change in changes:
        if isinstance(change, Removed | Moved | Added) and change.of == of:
            if isinstance(change, Added):
                come[change.to] = change.row
                continue
            out.add(change.at)
            if isinstance(change, Moved):
                come[change.to] = rows[change.at]
    return _inserted([row for at, row in enumerate(rows) if at not in out], come)


def _inserted(rows: list[_Row], come: Mapping[int, _Row]) -> list[_Row]:
    for to in sorted(come):
        rows.insert(to, come[to])
    return rows
