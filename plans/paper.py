"""A plan as an official paper: plain values in, ``documents.tree`` out. No database here.

One composer serves the annual plan of a commune or a district, the campaign, the cluster
and the rest: what differs between them (issuer, blocks, layout of the tasks, signature)
is data that the officer entered. A decision alone opens in its own way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents import tree
from documents.dates import ROMAN
from documents.outline import Line, compose_body
from documents.wording import break_issuer, is_basis
from plans.blocks import filled
from plans.interchange import DECISION, Block, PlanData, Table, TaskData
from plans.layouts import Field, fields_of, shares_of


def compose(plan: PlanData, issuer_lines: Sequence[str] = ()) -> tree.Paper:
    """``issuer_lines``: the issuer's name as its office breaks it; else broken by habit."""
    in_body = compose_tasks(plan.table, plan.tasks) if plan.table else ()
    body = compose_blocks(filled(plan.blocks, plan.parts), in_body)
    if plan.closing:
        body += (tree.Paragraph(plan.closing),)
    return tree.Paper(
        header=tree.Header(
            issuer=tuple(issuer_lines) or break_issuer(plan.issuer),
            superior=plan.superior,
            number=plan.number,
            symbol=plan.symbol,
            place=plan.place,
            date=plan.date,
        ),
        title=plan.title,
        subject=plan.subject,
        preamble=tuple(compose_opening(text, is_decision=plan.kind == DECISION) for text in plan.preamble),
        body=body,
        recipients=tree.Recipients(plan.recipients, plan.archive),
        signature=tree.Signature(plan.signature_lines, plan.signature_name, plan.signature_post),
        appendices=_compose_appendices(plan),
    )


def compose_opening(text: str, *, is_decision: bool) -> tree.Preamble:
    """In a decision, lines in capitals say who decides and that it is decided."""
    if is_decision and text == text.upper():
        return tree.EnactingLine(text)
    return tree.Basis(text) if is_basis(text) else tree.Paragraph(text)


def _compose_appendices(plan: PlanData) -> tuple[tree.Appendix, ...]:
    if plan.appendix is None:
        return ()
    appendix = plan.appendix
    blocks = compose_tasks(appendix.table, plan.tasks)
    return (tree.Appendix(appendix.title, appendix.subject, appendix.reference, blocks),)


def compose_blocks(blocks: Sequence[Block], tasks: Sequence[tree.Block]) -> tuple[tree.Block, ...]:
    """Headings as they are; the lines between two headings together, for a title looks at the line after it."""
    composed: list[tree.Block] = []
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        composed += compose_body(lines, tasks)
        lines = []
        composed.append(tree.Heading(block.marker, block.text, block.level))
    return (*composed, *compose_body(lines, tasks))


def compose_tasks(table: Table, tasks: Sequence[TaskData]) -> tuple[tree.Block, ...]:
    if not table.layout.is_table:
        return tuple(_bullets(tasks))
    columns = fields_of(table.columns)
    rows: list[tree.Row | tree.GroupRow] = []
    for quarter, task in _with_new_quarters(tasks):
        if quarter and table.layout.by_quarter:
            rows.append(tree.GroupRow(f"QUÝ {ROMAN[quarter]}"))
        rows.append(tree.Row(_cells(task, columns)))
    shares = shares_of(columns, _volumes(rows, len(columns)))
    heads = tuple(
        tree.Column(head, share, align="center" if fields == (Field.NUMBER,) else "left")
        for head, fields, share in zip(table.columns, columns, shares, strict=True)
    )
    return (tree.Table(heads, tuple(rows)),)


def _volumes(rows: Sequence[tree.Row | tree.GroupRow], columns: int) -> list[float]:
    """How many letters the cells of each column hold on average."""
    cells = [row.cells for row in rows if isinstance(row, tree.Row)]
    return [sum(len(line) for row in cells for line in row[column]) / max(1, len(cells)) for column in range(columns)]


def _bullets(tasks: Sequence[TaskData]) -> Iterator[tree.Block]:
    heads = 0
    for quarter, task in _with_new_quarters(tasks):
        if quarter:
            heads += 1
            yield tree.Item(f"{heads}.", f"Quý {ROMAN[quarter]}:", title=True)
        yield bullet(task)


def bullet(task: TaskData) -> tree.Item:
    return tree.Item("-", " ".join([task.content, *_homeless(task, {Field.CONTENT})]))


def _with_new_quarters(tasks: Sequence[TaskData]) -> Iterator[tuple[int | None, TaskData]]:
    """Each task, with its quarter where a new one begins."""
    current: int | None = None
    for task in tasks:
        yield (task.quarter if task.quarter != current else None), task
        current = task.quarter


def _cells(task: TaskData, columns: Sequence[tuple[Field, ...]]) -> tuple[tree.Cell, ...]:
    """One cell a column; what has no column of its own stands under the task, for no word may be lost."""
    shown = {field for fields in columns for field in fields}
    if Field.LEAD in shown:
        shown.add(Field.SUPPORT)
    cells = [tuple(line for part in _parts(task, fields, columns) for line in part) for fields in columns]
    place = next((position for position, fields in enumerate(columns) if Field.CONTENT in fields), len(columns) - 1)
    cells[place] += _homeless(task, shown)
    return tuple(cells)


def _parts(task: TaskData, fields: tuple[Field, ...], columns: Sequence[tuple[Field, ...]]) -> Iterator[tree.Cell]:
    has_support = any(Field.SUPPORT in other for other in columns if other != fields)
    for field in fields:
        match field:
            case Field.NUMBER:
                yield (str(task.number),) if task.number is not None else ()
            case Field.LEAD:
                # One column for everybody where the table has none for those who support.
                yield _listed(task.lead if has_support else (*task.lead, *task.support))
            case Field.SUPPORT if Field.LEAD not in fields:
                yield _listed(task.support)
            case Field.CONTENT | Field.TIME | Field.NOTE:
                yield _texts(task)[field]


def _texts(task: TaskData) -> dict[Field, tree.Cell]:
    return {
        Field.CONTENT: (task.content,),
        Field.TIME: (task.time_text,) if task.time_text else (),
        Field.NOTE: (task.note,) if task.note else (),
    }


def _homeless(task: TaskData, shown: set[Field]) -> tree.Cell:
    """``(Văn phòng; Trước ngày 10/7)``: what the layout has no place for, in the order of the columns."""
    texts = {Field.LEAD: task.lead, Field.SUPPORT: task.support, **_texts(task)}
    words = [text for field in Field if field in texts and field not in shown for text in texts[field]]
    return (f"({'; '.join(words)})",) if words else ()


def _listed(names: Sequence[str]) -> tree.Cell:
    """Several bodies stand under each other with a dash."""
    return tuple(names) if len(names) < 2 else tuple(f"- {name}" for name in names)
