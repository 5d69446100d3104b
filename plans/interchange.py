"""The interchange form ``tdkt-plan/1``: a plan as JSON, every word as printed.

``read`` turns JSON into plain values and says in one Vietnamese sentence what does not
fit; ``write`` turns the values back. Neither knows the database. Keys that do not apply
are absent, but ``appendix`` is null where there is none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import AppError
from core.json_reading import Node, printable, shortened
from documents.dates import PartialDate
from documents.outline import REFERENCE_MARK, TASKS_LINE, Kind, Line
from plans import limits
from plans.layouts import Layout, parse_layout

SCHEMA = "tdkt-plan/1"
DECISION = "decision"
KINDS = ("annual", "programme", "campaign", "cluster", "conference", DECISION, "other")
PARTS = ("campaign", "season")
FIRST_YEAR, LAST_YEAR = 1948, 2100  # the first call to patriotic emulation; a slip of the finger

MOST_BLOCKS = 5_000
MOST_TASKS = 2_000
MOST_NAMES = 200
DEEPEST_PART = 50


class UnfitPlan(AppError):
    message = "Tệp kế hoạch không đúng mẫu tdkt-plan/1."


@dataclass(frozen=True, slots=True)
class Heading:
    marker: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Table:
    layout: Layout
    columns: tuple[str, ...]


Block = Heading | Line


@dataclass(frozen=True, slots=True)
class TaskData:
    number: int | None
    quarter: int | None
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    time_text: str
    start: dt.date | None
    due: dt.date | None
    note: str
    is_ongoing: bool


@dataclass(frozen=True, slots=True)
class AppendixData:
    title: str
    subject: str
    reference: str
    table: Table


@dataclass(frozen=True, slots=True)
class PlanData:
    kind: str
    year: int
    superior: str
    issuer: str
    number: str
    symbol: str
    place: str
    date: PartialDate
    title: str
    subject: str
    preamble: tuple[str, ...]
    blocks: tuple[Block, ...]
    table: Table | None
    """The table that stands at the body's tasks line."""
    tasks: tuple[TaskData, ...]
    closing: str
    recipients: tuple[str, ...]
    archive: str
    signature_lines: tuple[str, ...]
    signature_post: str
    signature_name: str
    appendix: AppendixData | None
    parts: Mapping[str, Any] = field(default_factory=dict)


# -- Reading -----------------------------------------------------------------------------


class _Node(Node):
    form, error = SCHEMA, UnfitPlan

    def partial_date(self, key: str) -> PartialDate:
        text = self.line(key)
        try:
            date = PartialDate.parse(text)
        except ValueError:
            raise UnfitPlan(f"{self.where}, trường «{key}»: không có ngày «{text[:40]}».") from None
        if date.year and not FIRST_YEAR <= date.year <= LAST_YEAR:
            raise UnfitPlan(
                f"{self.where}, trường «{key}»: năm {date.year} ngoài khoảng {FIRST_YEAR} đến {LAST_YEAR}."
            )
        return date

    def date(self, key: str) -> dt.date | None:
        if self.mapping()[key] is None:
            return None
        found = self.partial_date(key).exact
        if found is None:
            raise UnfitPlan(f"{self.where}, trường «{key}» phải là ngày đủ năm, tháng, ngày.")
        return found


def read(data: Any) -> PlanData:
    """Raise ``UnfitPlan`` with the place and the reason; nothing is repaired or left out."""
    top = _Node(data, "tệp")
    if top.mapping().get("schema") != SCHEMA:
        raise UnfitPlan(f"Tệp không ghi schema là {SCHEMA}.")
    top.only(
        "schema kind year issuer_parent issuer number symbol place date title subject preamble blocks tasks closing "
        "recipients archive signature appendix",
        optional=PARTS,
    )
    blocks, table = _read_blocks(top.nodes("blocks", MOST_BLOCKS))
    signature = top.node("signature")
    signature.only("lines post name")
    return PlanData(
        kind=top.choice("kind", KINDS),
        year=top.integer("year", FIRST_YEAR, LAST_YEAR),
        superior=_trimmed(top, "issuer_parent"),
        issuer=_trimmed(top, "issuer", required=True),
        number=top.line("number", limits.NUMBER),
        symbol=top.line("symbol", limits.SYMBOL),
        place=top.line("place", limits.PLACE),
        date=top.partial_date("date"),
        title=top.line("title", limits.TITLE),
        subject=top.line("subject", limits.SUBJECT),
        preamble=top.lines("preamble"),
        blocks=blocks,
        table=table,
        tasks=tuple(_read_task(node) for node in top.nodes("tasks", MOST_TASKS)),
        closing=top.line("closing"),
        recipients=top.lines("recipients"),
        archive=top.line("archive", limits.ARCHIVE),
        signature_lines=signature.lines("lines"),
        signature_post=signature.line("post", limits.SIGNATURE_POST),
        signature_name=signature.line("name", limits.SIGNATURE_NAME),
        appendix=None if top.mapping()["appendix"] is None else _read_appendix(top.node("appendix")),
        parts={name: _read_part(top.mapping()[name], name) for name in PARTS if name in top.mapping()},
    )


def _read_blocks(nodes: list[_Node]) -> tuple[tuple[Block, ...], Table | None]:
    blocks: list[Block] = []
    table: Table | None = None
    for node in nodes:
        kind = node.mapping().get("type")
        if kind == "heading":
            node.only("type level marker text")
            blocks.append(Heading(node.line("marker", limits.MARKER), node.line("text"), node.integer("level", 1, 9)))
        elif kind == "item":
            node.only("type marker text")
            marker = node.line("marker", required=True)
            if marker == REFERENCE_MARK:
                raise UnfitPlan(f"{node.where}: «{marker}» không dùng làm số mục được.")
            blocks.append(Line(Kind.ITEM, node.line("text"), marker))
        elif kind == "paragraph":
            node.only("type text")
            blocks.append(Line(Kind.PARAGRAPH, node.line("text", required=True)))
        elif kind == "appendix-ref":
            node.only("type text")
            blocks.append(Line(Kind.REFERENCE, node.line("text", required=True)))
        elif kind == "tasks":
            if table is not None:
                raise UnfitPlan("Kế hoạch có hai bảng nhiệm vụ; mỗi kế hoạch chỉ có một bảng.")
            node.only("type layout", optional=("columns",))
            table = _read_table(node)
            blocks.append(Line(Kind.TASKS))
        else:
            raise UnfitPlan(f"{node.where}: loại «{shortened(kind)}» không có trong mẫu {SCHEMA}.")
    return tuple(blocks), table


def _read_table(node: _Node) -> Table:
    name = node.line("layout", required=True)
    try:
        layout = parse_layout(name)
    except ValueError:
        raise UnfitPlan(f"{node.where}: kiểu bảng «{name}» không có trong mẫu {SCHEMA}.") from None
    columns = node.lines("columns") if "columns" in node.mapping() else ()
    if len(columns) != layout.column_count:
        raise UnfitPlan(f"{node.where}: kiểu bảng «{name}» cần {layout.column_count} tên cột, tệp ghi {len(columns)}.")
    return Table(layout, columns)


def _read_appendix(node: _Node) -> AppendixData:
    node.only("title subject reference layout", optional=("columns",))
    return AppendixData(
        node.line("title", limits.APPENDIX_TITLE),
        node.line("subject", limits.SUBJECT),
        node.line("reference", limits.SUBJECT),
        _read_table(node),
    )


def _read_task(node: _Node) -> TaskData:
    node.only("no quarter content lead support time_text start due note", optional=("ongoing",))
    start, due = node.date("start"), node.date("due")
    if start and due and due < start:
        raise UnfitPlan(f"{node.where}: hạn {due:%d/%m/%Y} lại trước ngày bắt đầu {start:%d/%m/%Y}.")
    return TaskData(
        number=node.integer("no", 0, 100_000, optional=True),
        quarter=node.integer("quarter", 1, 4, optional=True),
        content=node.line("content", required=True),
        lead=node.lines("lead", MOST_NAMES, limits.BODY_NAME),
        support=node.lines("support", MOST_NAMES, limits.BODY_NAME),
        time_text=node.line("time_text"),
        start=start,
        due=due,
        note=node.line("note"),
        is_ongoing=node.flag("ongoing"),
    )


def _read_part(content: Any, name: str) -> Any:
    """A part of another app, word for word; only its texts are looked at, for what no database keeps."""
    if not isinstance(content, dict):
        raise UnfitPlan(f"Phần «{name}» phải là một nhóm có tên trường (JSON object).")
    return _clean_part(content, name)


def _clean_part(content: Any, name: str, depth: int = 0) -> Any:
    if depth > DEEPEST_PART:
        raise UnfitPlan(f"Phần «{name}» lồng nhau quá {DEEPEST_PART} cấp.")
    if isinstance(content, str):
        return printable(content, f"phần «{name}»")
    if isinstance(content, list):
        return [_clean_part(entry, name, depth + 1) for entry in content]
    if isinstance(content, dict):
        return {
            printable(key, f"phần «{name}»"): _clean_part(value, name, depth + 1) for key, value in content.items()
        }
    if isinstance(content, float) and content != content or content in (float("inf"), float("-inf")):
        raise UnfitPlan(f"Phần «{name}» có số không hợp lệ.")
    return content


def _trimmed(node: _Node, key: str, *, required: bool = False) -> str:
    """The issuer's lines are shared by papers, so blanks around them would not come back."""
    text = node.line(key, required=required)
    if text != text.strip():
        raise UnfitPlan(f"{node.where}, trường «{key}» thừa dấu cách ở đầu hoặc cuối.")
    return text


# -- Writing -----------------------------------------------------------------------------


def write(plan: PlanData) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": plan.kind,
        "year": plan.year,
        "issuer_parent": plan.superior,
        "issuer": plan.issuer,
        "number": plan.number,
        "symbol": plan.symbol,
        "place": plan.place,
        "date": str(plan.date),
        "title": plan.title,
        "subject": plan.subject,
        "preamble": list(plan.preamble),
        "blocks": [_write_block(block, plan.table) for block in plan.blocks],
        "tasks": [_write_task(task) for task in plan.tasks],
        "closing": plan.closing,
        "recipients": list(plan.recipients),
        "archive": plan.archive,
        "signature": {
            "lines": list(plan.signature_lines),
            "post": plan.signature_post,
            "name": plan.signature_name,
        },
        "appendix": plan.appendix and _write_appendix(plan.appendix),
        **plan.parts,
    }


def _write_block(block: Block, table: Table | None) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "marker": block.marker, "text": block.text}
    if block.kind is Kind.TASKS:
        if table is None:
            raise UnfitPlan(f"Có dòng {TASKS_LINE} nhưng kế hoạch chưa chọn kiểu bảng nhiệm vụ.")
        return {"type": "tasks", **_write_table(table)}
    marker = {"marker": block.marker} if block.kind is Kind.ITEM else {}
    return {"type": block.kind.value, **marker, "text": block.text}


def _write_table(table: Table) -> dict[str, Any]:
    return {"layout": table.layout.name} | ({"columns": list(table.columns)} if table.columns else {})


def _write_appendix(appendix: AppendixData) -> dict[str, Any]:
    heads = {"title": appendix.title, "subject": appendix.subject, "reference": appendix.reference}
    return heads | _write_table(appendix.table)


def _write_task(task: TaskData) -> dict[str, Any]:
    return {
        "no": task.number,
        "quarter": task.quarter,
        "content": task.content,
        "lead": list(task.lead),
        "support": list(task.support),
        "time_text": task.time_text,
        "start": task.start and task.start.isoformat(),
        "due": task.due and task.due.isoformat(),
        "note": task.note,
    } | ({"ongoing": True} if task.is_ongoing else {})
