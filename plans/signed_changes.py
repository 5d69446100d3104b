"""What the signed paper says otherwise, taken into the plan: the signed file decides. No database here.

A difference is found in the paper (``documents.signed.comparing``); the plan holds the same words in a text of its
own, at a place of ``plans.moving.places``. What no text of the plan holds is left and told: the issuer's lines and the
day, which the record of issue keeps, a task's number, and whole rows that came or went.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents import tree
from documents.outline import Kind, Line
from documents.rendering.text import marked
from documents.signed.comparing import Difference, rewritten
from documents.signed.pieces import Path, pieces_of
from documents.tree import Paper
from plans.interchange import Block, PlanData, Table
from plans.layouts import Field, fields_of
from plans.moving.places import Place, read_at, write_at
from plans.paper import compose

_APPENDIX = ("title", "subject", "reference")
_LISTS = ("preamble", "blocks", "recipients", "signature_lines")
"""Lists of the plan from which a line may be taken out whole."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    plan: PlanData
    taken: tuple[Difference, ...]
    left: tuple[Difference, ...]
    """What a person must enter by hand."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the plan inside a printed one: from ``start`` to ``end`` (excluded)."""

    where: Place
    start: int
    end: int


def take_over(plan: PlanData, differences: Iterable[Difference], issuer_lines: Sequence[str] = ()) -> TakenOver:
    """``differences``: those between ``compose(plan, issuer_lines)`` and the signed file, in any order."""
    paper = compose(plan, issuer_lines)
    printed = {piece.path: piece.text for piece in pieces_of(paper)}
    texts = _texts_by_path(plan, paper)
    taken: list[Difference] = []
    left: list[Difference] = []
    gone: list[Place] = []
    for path, group in _by_path(differences).items():
        if path is None or printed.get(path) != group[0].line:
            left += group  # over several texts, or of another state of the plan
        elif removed := _removed(group, texts.get(path, ()), printed[path]):
            gone.append(removed)
            taken += group
        else:
            plan = _rewrite(plan, group, texts.get(path, ()), taken, left)
    return TakenOver(_without(plan, gone), tuple(taken), tuple(left))


def _by_path(differences: Iterable[Difference]) -> dict[Path | None, list[Difference]]:
    groups: dict[Path | None, list[Difference]] = defaultdict(list)
    for difference in differences:
        groups[difference.path].append(difference)
    return groups


def _rewrite(
    plan: PlanData,
    group: Sequence[Difference],
    texts: Sequence[_Text],
    taken: list[Difference],
    left: list[Difference],
) -> PlanData:
    """Sorts the group into ``taken`` and ``left`` on the way."""
    by_text: dict[_Text, list[Difference]] = defaultdict(list)
    for difference in group:
        inner = _without_print(difference)
        text = next((one for one in texts if one.start <= inner.start and inner.end <= one.end), None)
        if text is None or difference.is_new_line:
            left.append(difference)
        else:
            by_text[text].append(replace(inner, start=inner.start - text.start, end=inner.end - text.start))
            taken.append(difference)
    for text, inside in by_text.items():
        plan = write_at(plan, text.where, rewritten(read_at(plan, text.where), inside))
    return plan


def _without_print(difference: Difference) -> Difference:
    """Without the signs that both sides share at the ends: the paper prints «xã;» where the plan holds «xã»."""
    before, after = difference.before, difference.after
    start, end = difference.start, difference.end
    while before and after and before[-1] == after[-1] and not before[-1].isalnum():
        before, after, end = before[:-1], after[:-1], end - 1
    while before and after and before[0] == after[0] and not before[0].isalnum():
        before, after, start = before[1:], after[1:], start + 1
    return replace(difference, before=before, after=after, start=start, end=end)


def _removed(group: Sequence[Difference], texts: Sequence[_Text], line: str) -> Place | None:
    """The place of a line that the signed paper leaves out whole, where the plan holds it in a list."""
    first = group[0]
    is_whole = len(group) == 1 and not first.after and first.before.split() == line.split()
    place = texts[-1].where if texts else None
    if not is_whole or place is None or place.path[0] not in _LISTS:
        return None
    return Place(place.path[:2])


def _without(plan: PlanData, gone: Iterable[Place]) -> PlanData:
    positions: dict[str, set[int]] = defaultdict(set)
    for place in gone:
        positions[place.path[0]].add(int(place.path[1]))
    kept: dict[str, Any] = {
        name: tuple(entry for at, entry in enumerate(getattr(plan, name)) if at not in out)
        for name, out in positions.items()
    }
    return replace(plan, **kept)


# -- Where the paper's texts stand in the plan --------------------------------------------------------------

Placed = tuple[Path, str, Sequence[Place]]
"""A printed text and the places of the plan whose words it may hold, in the order in which it prints them."""


def _texts_by_path(plan: PlanData, paper: Paper) -> dict[Path, list[_Text]]:
    printed = {piece.path: piece.text for piece in pieces_of(paper)}
    placed: list[Placed] = [(path, printed.get(path, ""), places) for path, places in _outside_body(plan)]
    placed += _body(plan, paper)
    if plan.appendix is not None:
        path: Path = ("appendices", 0)
        placed += [((*path, name), printed.get((*path, name), ""), [Place(("appendix", name))]) for name in _APPENDIX]
        blocks = paper.appendices[0].blocks
        placed += _tasks(plan, plan.appendix.table, blocks, (*path, "blocks"), 0, Place(("appendix", "table")))
    return {path: list(_found(plan, line, places)) for path, line, places in placed}


def _found(plan: PlanData, line: str, places: Sequence[Place]) -> Iterator[_Text]:
    """Each text behind the one before, so that equal words are not mistaken for one another."""
    at = 0
    for place in places:
        text = read_at(plan, place)
        start = line.find(text, at) if text else -1
        if start >= 0:
            at = start + len(text)
            yield _Text(place, start, at)


def _outside_body(plan: PlanData) -> Iterator[tuple[Path, list[Place]]]:
    yield ("header", "superior"), [Place(("superior",))]
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
    """Line by line as ``plans.paper.compose`` lays them out; the tasks stand for one line of the plan."""
    tasks = len(paper.body) - sum(not _holds_tasks(block) for block in plan.blocks) - bool(plan.closing)
    position = 0
    for at, block in enumerate(plan.blocks):
        if _holds_tasks(block):
            if plan.table is not None:
                yield from _tasks(
                    plan, plan.table, paper.body[: position + tasks], ("body",), position, Place(("table",))
                )
            position += tasks
            continue
        place = Place(("blocks",)).into(at)
        places = [place.into("marker"), place.into("text")] if getattr(block, "marker", "") else [place.into("text")]
        yield ("body", position), _printed(paper.body[position]), places
        position += 1
    if plan.closing:
        yield ("body", position), plan.closing, [Place(("closing",))]


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
