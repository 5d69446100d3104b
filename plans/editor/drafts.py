"""The page as it stands, saved or not, as plain values: what the preview prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from documents.dates import PartialDate
from documents.outline import Line, read_body
from documents.tree import Paper
from plans import cleaning
from plans.amending.paper import compose_amending
from plans.amending.selectors import amendment_between
from plans.editor.acts import UnfitActs, text, texts
from plans.editor.state import HEADER
from plans.editor.values import read_heading, read_partial_date
from plans.interchange import MOST_BLOCKS, MOST_TASKS, AppendixData, Block, Heading, PlanData, Table, TaskData
from plans.layouts import parse_layout
from plans.models import Plan
from plans.paper import compose


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
        blocks=tuple(_blocks(state)),
        tasks=tuple(task for _, task in keyed_tasks(state)),
        table=_table(tables.get("body"), stored.table),
        appendix=_appendix(tables.get("appendix"), stored.appendix),
    )


def printed_draft(plan: Plan, draft: PlanData, state: Any) -> Paper:
    """``draft`` was made of ``state`` by ``draft_of``."""
    if plan.amends_id is None:
        return compose(draft, plan.issuer.lines)
    amendment = amendment_between(plan, draft, keyed_sections(state), keyed_tasks(state))
    return compose_amending(draft, plan.issuer.lines, amendment=amendment)


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


def _blocks(state: dict[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    for _, heading, lines in keyed_sections(state):
        blocks += [*([heading] if heading else []), *lines]
    return blocks


def keyed_sections(state: dict[str, Any]) -> list[tuple[str, Heading | None, tuple[Line, ...]]]:
    """Each with its row's key, by which an amending plan knows whence it comes."""
    sections = state.get("sections")
    if not isinstance(sections, list) or len(sections) > MOST_BLOCKS:
        raise UnfitActs
    return [_section(section) for section in sections]


def _section(section: Any) -> tuple[str, Heading | None, tuple[Line, ...]]:
    if not isinstance(section, dict):
        raise UnfitActs
    marker, words = read_heading(cleaning.body("line", text(section.get("line"))))
    level = section.get("level")
    level = level if isinstance(level, int) and 1 <= level <= 9 else 1
    heading = Heading(marker, words, level) if marker or words else None
    return text(section.get("key")), heading, read_body(cleaning.body("body", text(section.get("body"))))


def keyed_tasks(state: dict[str, Any]) -> list[tuple[str, TaskData]]:
    """A row that has no content yet is not printed; nor are dates, only the words they were read from."""
    rows = state.get("tasks")
    if not isinstance(rows, list) or len(rows) > MOST_TASKS or not all(isinstance(row, dict) for row in rows):
        raise UnfitActs
    return [(text(row.get("key")), _task(row)) for row in rows if text(row.get("content")).strip()]


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
