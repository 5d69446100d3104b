"""The pieces of text that a paper must print, in order, each with the part that it plays.

Two columns may be printed row by row or one after the other, so a group is a set of
sequences of which each keeps its own order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from documents.tree import (
    NATIONAL_MOTTO,
    NATIONAL_NAME,
    RECIPIENTS_LABEL,
    Appendix,
    AppendixReference,
    Article,
    Basis,
    Block,
    Chart,
    EnactingLine,
    GroupRow,
    Heading,
    Item,
    Paper,
    Paragraph,
    Picture,
    Preamble,
    Table,
)


class Part(Enum):
    NATIONAL_NAME = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    SUPERIOR = "cơ quan chủ quản"
    ISSUER = "cơ quan ban hành"
    NUMBER = "số, ký hiệu"
    DATE = "địa danh, thời gian"
    ABOUT = "trích yếu công văn"
    TITLE = "tên loại"
    SUBJECT = "trích yếu"
    ADDRESSEES = "kính gửi"
    ENACTING = "thẩm quyền ban hành"
    BASIS = "căn cứ"
    PARAGRAPH = "đoạn văn"
    HEADING = "đề mục"
    ITEM_TITLE = "đề mục khoản"
    ITEM = "khoản, điểm"
    ARTICLE = "điều"
    APPENDIX_REFERENCE = "lời dẫn phụ lục"
    TABLE_HEAD = "đầu bảng"
    TABLE_CELL = "ô bảng"
    TABLE_GROUP = "dòng nhóm"
    DRAWN = "chữ trong biểu đồ"
    CAPTION = "tên hình"
    SIGNATORIES = "tên nhóm cùng ký"
    COSIGNER = "đơn vị, chức vụ người cùng ký"
    COSIGNED = "họ tên người cùng ký"
    RECIPIENTS_LABEL = "Nơi nhận"
    RECIPIENT = "nơi nhận"
    AUTHORITY = "quyền hạn, chức vụ"
    POST = "chức vụ trên họ tên"
    SIGNER = "họ tên"
    APPENDIX_TITLE = "phụ lục"
    APPENDIX_SUBJECT = "tên phụ lục"
    REFERENCE = "kèm theo"


FLOWING = frozenset(
    {
        *(Part.BASIS, Part.PARAGRAPH, Part.HEADING, Part.ITEM_TITLE, Part.ITEM, Part.ARTICLE),
        Part.APPENDIX_REFERENCE,
    },
)
"""Paragraphs of the running text: justified, indented, with a gap between them."""

IN_TABLE = frozenset({Part.TABLE_HEAD, Part.TABLE_CELL, Part.TABLE_GROUP})
BODY = FLOWING | IN_TABLE
SIGNATURE_BLOCK = frozenset(
    {Part.RECIPIENTS_LABEL, Part.RECIPIENT, Part.AUTHORITY, Part.POST, Part.SIGNER},
)
SIDE_BY_SIDE = frozenset({Part.SIGNATORIES, Part.COSIGNER, Part.COSIGNED})
"""Who signs besides the head: a page that holds some of them is no page with a signature alone."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    table: int
    """Counted through the whole paper."""
    row: int
    """-1 for the head."""
    column: int
    columns: int
    spans: bool = False
    """Across all columns."""


@dataclass(frozen=True, slots=True)
class Piece:
    part: Part
    text: str
    section: int = 0
    """0 for the paper itself, 1… for its appendices."""
    cell: CellPlace | None = None


Strand = tuple[Piece, ...]
Group = tuple[Strand, ...]


def groups_of(paper: Paper) -> tuple[Group, ...]:
    tables = iter(range(10_000))
    main = (
        Piece(Part.TITLE, paper.title),
        Piece(Part.SUBJECT, paper.subject),
        *(Piece(Part.ADDRESSEES, line) for line in paper.addressed()),
        *(Piece(_opening_part(each), each.text) for each in paper.preamble),
        *_blocks(paper.body, 0, tables),
    )
    appendices = (_appendix(appendix, section, tables) for section, appendix in enumerate(paper.appendices, start=1))
    groups = (
        *(_header(paper), (main,), *_signatories(paper), _signature(paper)),
        *((sequence,) for sequence in appendices),
    )
    return tuple(
        tuple(tuple(piece for piece in sequence if piece.text.strip()) for sequence in group) for group in groups
    )


def _opening_part(opening: Preamble) -> Part:
    match opening:
        case EnactingLine():
            return Part.ENACTING
        case Basis():
            return Part.BASIS
    return Part.PARAGRAPH


def _header(paper: Paper) -> Group:
    header = paper.header
    left = (
        Piece(Part.SUPERIOR, header.superior),
        *(Piece(Part.ISSUER, line) for line in header.issuer),
        Piece(Part.NUMBER, header.number_line),
        Piece(Part.ABOUT, header.about),
    )
    right = (
        Piece(Part.NATIONAL_NAME, NATIONAL_NAME),
        Piece(Part.MOTTO, NATIONAL_MOTTO),
        Piece(Part.DATE, header.date_line),
    )
    return left, right


def _signatories(paper: Paper) -> Iterator[Group]:
    """The title, then row by row: those who stand side by side, each in an order of his own."""
    if paper.signatories is None:
        return
    yield ((Piece(Part.SIGNATORIES, paper.signatories.title),),)
    for row in paper.signatories.rows():
        yield tuple(
            (Piece(Part.COSIGNER, one.body), Piece(Part.COSIGNER, one.post), Piece(Part.COSIGNED, one.name))
            for one in row
        )


def _signature(paper: Paper) -> Group:
    left = (
        Piece(Part.RECIPIENTS_LABEL, RECIPIENTS_LABEL),
        *(Piece(Part.RECIPIENT, line) for line in paper.recipients.printed()),
    )
    right = (
        *(Piece(Part.AUTHORITY, line) for line in paper.signature.lines),
        Piece(Part.POST, paper.signature.post),
        Piece(Part.SIGNER, paper.signature.name),
    )
    return (left if len(left) > 1 else ()), right


def _appendix(appendix: Appendix, section: int, tables: Iterator[int]) -> Strand:
    return (
        Piece(Part.APPENDIX_TITLE, appendix.title, section),
        Piece(Part.APPENDIX_SUBJECT, appendix.subject, section),
        Piece(Part.REFERENCE, appendix.reference, section),
        *_blocks(appendix.blocks, section, tables),
    )


def _blocks(blocks: tuple[Block, ...], section: int, tables: Iterator[int]) -> Iterator[Piece]:
    for block in blocks:
        match block:
            case Heading(marker=marker, text=text):
                yield Piece(Part.HEADING, f"{marker} {text}".strip(), section)
            case Item(marker=marker, text=text, title=title):
                part = Part.ITEM_TITLE if title else Part.ITEM
                yield Piece(part, f"{marker} {text}".strip(), section)
            case Article(marker=marker, text=text):
                yield Piece(Part.ARTICLE, f"{marker} {text}".strip(), section)
            case Paragraph(text=text):
                yield Piece(Part.PARAGRAPH, text, section)
            case AppendixReference(text=text):
                yield Piece(Part.APPENDIX_REFERENCE, text, section)
            case Table():
                yield from _table(block, section, next(tables))
            case Chart(caption=caption):
                yield from (Piece(Part.DRAWN, words, section) for words in block.drawn)
                yield Piece(Part.CAPTION, caption, section)
            case Picture(caption=caption):
                yield Piece(Part.CAPTION, caption, section)


def _table(table: Table, section: int, index: int) -> Iterator[Piece]:
    width = len(table.columns)
    for column, definition in enumerate(table.columns):
        yield Piece(Part.TABLE_HEAD, definition.head, section, CellPlace(index, -1, column, width))
    for number, row in enumerate(table.rows):
        if isinstance(row, GroupRow):
            yield Piece(Part.TABLE_GROUP, row.text, section, CellPlace(index, number, 0, width, spans=True))
            continue
        for column, cell in enumerate(row.cells):
            for line in cell:
                yield Piece(Part.TABLE_CELL, line, section, CellPlace(index, number, column, width))
