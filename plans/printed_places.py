"""Where a paper's texts stand in the plan that it was composed of. No database here.

A piece of the printed paper (``documents.signed.pieces``) holds one or several texts of the plan, each at a place of
``plans.moving.places``: a cell may print who leads and who supports, a line its marker and its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from documents import tree
from documents.outline import Kind, Line
from documents.rendering.text import marked
from documents.signed.pieces import Path, pieces_of
from documents.tree import Paper
from plans.blocks import filled
from plans.interchange import Block, PlanData, Table
from plans.layouts import Field, fields_of
from plans.moving.places import Place, read_at

_APPENDIX = ("title", "subject", "reference")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the plan inside a printed one: from ``start`` to ``end`` (excluded)."""

    where: Place
    start: int
    end: int
    is_made: bool = False
    """The words are not the plan's: the line there stands for another app's part (``plans.blocks``)."""


Placed = tuple[Path, str, Sequence[Place]]
"""A printed text and the places of the plan whose words it may hold, in the order in which it prints them."""


def texts_by_path(plan: PlanData, paper: Paper) -> dict[Path, list[Text]]:
    printed = {piece.path: piece.text for piece in pieces_of(paper)}
    placed: list[Placed] = [(path, printed.get(path, ""), places) for path, places in _outside_body(plan)]
    placed += _body(plan, paper)
    if plan.appendix is not None:
        path: Path = ("appendices", 0)
        placed += [((*path, name), printed.get((*path, name), ""), [Place(("appendix", name))]) for name in _APPENDIX]
        blocks = paper.appendices[0].blocks
        placed += _tasks(plan, plan.appendix.table, blocks, (*path, "blocks"), 0, Place(("appendix", "table")))
    texts = {path: list(_found(plan, line, places)) for path, line, places in placed}
    return texts | _made(plan, paper, printed)


def _found(plan: PlanData, line: str, places: Sequence[Place]) -> Iterator[Text]:
    """Each text behind the one before, so that equal words are not mistaken for one another."""
    at = 0
    for place in places:
        text = read_at(plan, place)
        start = line.find(text, at) if text else -1
        if start >= 0:
            at = start + len(text)
            yield Text(place, start, at)


def _made(plan: PlanData, paper: Paper, printed: Mapping[Path, str]) -> dict[Path, list[Text]]:
    """Every piece of what a line prints that stands for a part: a line, or all cells of a table."""
    places: dict[Path, Place] = {
        ("body", position + number): Place(("blocks",)).into(at, "text")
        for at, position, width, is_made in _lines(plan, paper)
        if is_made
        for number in range(width)
    }
    return {
        path: [Text(places[path[:2]], 0, len(text), is_made=True)]
        for path, text in printed.items()
        if path[:2] in places
    }


def _outside_body(plan: PlanData) -> Iterator[tuple[Path, list[Place]]]:
    yield ("header", "number"), [Place(("number",)), Place(("symbol",))]
    yield ("header", "date"), [Place(("place",))]
    yield ("title",), [Place(("title",))]
    yield ("subject",), [Place(("subject",))]
    for at in range(len(plan.preamble)):
        yield ("preamble", at), [Place(("preamble",)).into(at)]
    for at in range(len(plan.recipients)):
        yield ("recipients", at), [Place(("recipients",)).into(at)]
    yield ("recipients", len(plan.recipients)), [Place(("archive",))]
    for at in range(len(plan.signature_lines)):
        yield ("signature", "lines", at), [Place(("signature_lines",)).into(at)]
    yield ("signature", "post"), [Place(("signature_post",))]
    yield ("signature", "name"), [Place(("signature_name",))]


def _body(plan: PlanData, paper: Paper) -> Iterator[Placed]:
    """Line by line as ``plans.paper.compose`` lays them out."""
    end = 0
    for at, position, width, is_made in _lines(plan, paper):
        block, end = plan.blocks[at], position + width
        if _holds_tasks(block):
            if plan.table is not None:
                yield from _tasks(plan, plan.table, paper.body[:end], ("body",), position, Place(("table",)))
        elif not is_made:
            place = Place(("blocks",)).into(at)
            has_marker = bool(getattr(block, "marker", ""))
            places = [place.into("marker"), place.into("text")] if has_marker else [place.into("text")]
            yield ("body", position), _printed(paper.body[position]), places
    if plan.closing:
        yield ("body", end), plan.closing, [Place(("closing",))]


def _lines(plan: PlanData, paper: Paper) -> Iterator[tuple[int, int, int, bool]]:
    """Of each line of the plan: its place, where its blocks begin in the body, how many, whether they are a part's.

    The tasks stand for one line and print what the others leave.
    """
    lines = filled(plan.blocks, plan.parts)
    widths = [len(line.blocks) if _is_made(line) else 1 for line in lines]
    others = sum(width for line, width in zip(lines, widths, strict=True) if not _holds_tasks(line))
    tasks = len(paper.body) - others - bool(plan.closing)
    position = 0
    for at, (line, width) in enumerate(zip(lines, widths, strict=True)):
        width = tasks if _holds_tasks(line) else width
        yield at, position, width, _is_made(line)
        position += width


def _is_made(line: Block) -> bool:
    return isinstance(line, Line) and line.kind is Kind.FILLED


def _holds_tasks(block: Block) -> bool:
    return isinstance(block, Line) and block.kind is Kind.TASKS


def _printed(block: tree.Block) -> str:
    return marked(block) if isinstance(block, tree.Heading | tree.Item | tree.Article) else getattr(block, "text", "")


def _tasks(
    plan: PlanData, table: Table, blocks: Sequence[tree.Block], path: Path, position: int, place: Place
) -> Iterator[Placed]:
    """The blocks from ``position`` on: one table, or a head for each quarter and a dash for each task."""
    if table.layout.is_table:
        grid = blocks[position]
        assert isinstance(grid, tree.Table)
        yield from _cells(plan, table, grid, (*path, position), place)
        return
    number = 0
    for at in range(position, len(blocks)):
        block = blocks[at]
        if isinstance(block, tree.Item) and block.marker == "-" and not block.title:
            yield (*path, at), marked(block), _task_places(plan, number, tuple(Field))
            number += 1


def _cells(plan: PlanData, table: Table, grid: tree.Table, path: Path, place: Place) -> Iterator[Placed]:
    columns = fields_of(table.columns)
    shown = {field for fields in columns for field in fields}
    for column, head in enumerate(table.columns):
        yield (*path, "head", column), head, [place.into("columns", column)]
    rows = [(at, row) for at, row in enumerate(grid.rows) if isinstance(row, tree.Row)]
    for number, (at, row) in enumerate(rows):
        for column, cell in enumerate(row.cells):
            places = _task_places(plan, number, _fields_in(columns[column], shown))
            for position, line in enumerate(cell):
                yield (*path, "row", at, column, position), line, _exactly(plan, line, places) or places


def _fields_in(fields: tuple[Field, ...], shown: set[Field]) -> tuple[Field, ...]:
    """Whose words a cell may print: those of its column, and what has no column of its own."""
    if Field.CONTENT in fields:
        return (*fields, *(field for field in Field if field not in shown))
    return (*fields, Field.SUPPORT) if Field.LEAD in fields else fields


def _task_places(plan: PlanData, number: int, fields: Sequence[Field]) -> list[Place]:
    place, task = Place(("tasks", str(number))), plan.tasks[number]
    names = {
        Field.CONTENT: [place.into("content")],
        Field.LEAD: [place.into("lead", at) for at in range(len(task.lead))],
        Field.SUPPORT: [place.into("support", at) for at in range(len(task.support))],
        Field.TIME: [place.into("time_text")],
        Field.NOTE: [place.into("note")],
    }
    return [place for field in dict.fromkeys(fields) for place in names.get(field, [])]


def _exactly(plan: PlanData, line: str, places: Sequence[Place]) -> list[Place]:
    """The text that is the whole line, where there is one: «UBND xã» also begins «UBND xã giao»."""
    return [place for place in places if (text := read_at(plan, place)) and line in (text, f"- {text}")][:1]
