"""The page as it stands, saved or not, as plain values: what the preview prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.dates import PartialDate
from documents.outline import Line, read_body
from plans import cleaning
from plans.editor.acts import UnfitActs, text, texts
from plans.editor.state import HEADER
from plans.editor.values import read_heading, read_partial_date
from plans.interchange import MOST_BLOCKS, MOST_TASKS, AppendixData, Block, Heading, PlanData, Table, TaskData
from plans.layouts import parse_layout


def draft_of(stored: PlanData, state: Any) -> PlanData:
    """``stored`` with everything that the page shows in place of it. Raise ``UnfitField`` for what cannot be kept."""
    if not isinstance(state, dict):
        raise UnfitActs
    tables = state.get("tables", {})
    if not isinstance(tables, dict):
        raise UnfitActs
    header = _header(state.get("header"))
    return replace(
        stored,
        **header,
        blocks=tuple(_blocks(state.get("sections"))),
        tasks=tuple(_tasks(state.get("tasks"))),
        table=_table(tables.get("body"), stored.table),
        appendix=_appendix(tables.get("appendix"), stored.appendix),
    )


def _header(values: Any) -> dict[str, Any]:
    if not isinstance(values, dict) or set(values) != set(HEADER):
        raise UnfitActs
    cleaned: dict[str, Any] = {}
    for name in HEADER:
        typed = text(values[name])
        if name == "paper_date":
            cleaned["date"] = PartialDate.parse(read_partial_date(name, typed))
        elif name in cleaning.LINES:
            cleaned[name] = tuple(cleaning.lines(name, typed).splitlines())
        else:
            cleaned[name] = cleaning.line(name, typed)
    return cleaned


def _blocks(sections: Any) -> list[Block]:
    if not isinstance(sections, list) or len(sections) > MOST_BLOCKS:
        raise UnfitActs
    blocks: list[Block] = []
    for section in sections:
        marker, heading = read_heading(cleaning.body("line", text(section.get("line"))))
        if marker or heading:
            level = section.get("level")
            blocks.append(Heading(marker, heading, level if isinstance(level, int) and 1 <= level <= 9 else 1))
        lines: tuple[Line, ...] = read_body(cleaning.body("body", text(section.get("body"))))
        blocks.extend(lines)
    return blocks


def _tasks(rows: Any) -> list[TaskData]:
    """A row that has no content yet is not printed; nor are dates, only the words they were read from."""
    if not isinstance(rows, list) or len(rows) > MOST_TASKS or not all(isinstance(row, dict) for row in rows):
        raise UnfitActs
    return [_task(row) for row in rows if text(row.get("content")).strip()]


def _task(row: dict[str, Any]) -> TaskData:
    number, quarter = text(row.get("number")).strip(), row.get("quarter")
    return TaskData(
        number=int(number) if number.isdecimal() and len(number) <= 6 else None,
        quarter=quarter if quarter in (1, 2, 3, 4) else None,
        content=cleaning.line("content", text(row.get("content"))),
        lead=cleaning.names("lead", texts(row.get("lead", []))),
        support=cleaning.names("support", texts(row.get("support", []))),
        time_text=cleaning.line("time_text", text(row.get("time_text"))),
        start=None,
        due=None,
        note=cleaning.line("note", text(row.get("note"))),
        is_ongoing=False,
    )


def _table(values: Any, stored: Table | None) -> Table | None:
    if values is None:
        return stored
    if not isinstance(values, dict):
        raise UnfitActs
    try:
        layout = parse_layout(text(values.get("layout")))
    except ValueError:
        raise UnfitActs from None
    heads = tuple(cleaning.lines("columns", text(values.get("columns"))).splitlines())
    return Table(layout, heads) if len(heads) == layout.column_count else stored


def _appendix(values: Any, stored: AppendixData | None) -> AppendixData | None:
    if values is None or stored is None:
        return stored
    table = _table(values, stored.table) or stored.table
    names = ("title", "subject", "reference")
    texts_of = {name: cleaning.line(name, text(values.get(name))) for name in names}
    return AppendixData(**texts_of, table=table)
