"""A paper taken apart into the pieces of text that it prints, each with its place in words for a person."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.rendering.text import marked
from documents.signed.files import PAGE_BREAK
from documents.signed.head import plain_lines, title_at
from documents.tree import (
    NATIONAL_MOTTO,
    NATIONAL_NAME,
    RECIPIENTS_LABEL,
    Appendix,
    Article,
    Block,
    Chart,
    GroupRow,
    Header,
    Heading,
    Item,
    Paper,
    Table,
)

Path = tuple[str | int, ...]
"""``("body", 3)``, ``("body", 5, "row", 2, 1, 0)`` (row, column, line), ``("recipients", 0)``."""


class Zone(enum.Enum):
    HEAD = "head"
    BODY = "body"
    REFERENCE = "reference"
    """Of an appendix: repeats number and date of the paper."""
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Piece:
    path: Path
    text: str
    place: str
    """«Mục II, dòng 3», «Bảng, dòng 4, cột «Nội dung»», «Nơi nhận, dòng 2»."""
    zone: Zone = Zone.BODY

    @property
    def row(self) -> Path | None:
        """Which row of a table it stands in."""
        return self.path[: self.path.index("row") + 2] if "row" in self.path else None


def pieces_of(paper: Paper) -> tuple[Piece, ...]:
    """In reading order, without empty ones."""
    pieces = (
        *_header(paper.header),
        Piece(("title",), paper.title, "Tên loại văn bản"),
        Piece(("subject",), paper.subject, "Trích yếu"),
        *(Piece(("addressees", at), line, "Kính gửi") for at, line in enumerate(paper.addressed())),
        *(Piece(("preamble", at), part.text, f"Phần mở đầu, đoạn {at + 1}") for at, part in enumerate(paper.preamble)),
        *_Body(("body",), "").pieces(paper.body),
        *_signatories(paper),
        *_foot(paper),
        *(piece for at, appendix in enumerate(paper.appendices) for piece in _appendix(appendix, at)),
    )
    return tuple(piece for piece in pieces if piece.text.strip())


def heads_of(paper: Paper) -> Iterator[tuple[str, ...]]:
    """The column heads of every table, as printed."""
    for blocks in (paper.body, *(appendix.blocks for appendix in paper.appendices)):
        for block in blocks:
            if isinstance(block, Table):
                yield tuple(column.head for column in block.columns)


def _header(header: Header) -> Iterator[Piece]:
    yield Piece(("header", "superior"), header.superior, "Cơ quan chủ quản", Zone.HEAD)
    for at, line in enumerate(header.issuer):
        yield Piece(("header", "issuer", at), line, "Cơ quan ban hành", Zone.HEAD)
    yield Piece(("header", "national"), NATIONAL_NAME, "Quốc hiệu", Zone.HEAD)
    yield Piece(("header", "motto"), NATIONAL_MOTTO, "Tiêu ngữ", Zone.HEAD)
    yield Piece(("header", "number"), header.number_line, "Số, ký hiệu", Zone.HEAD)
    yield Piece(("header", "date"), header.date_line, "Địa danh, ngày tháng", Zone.HEAD)
    yield Piece(("header", "about"), header.about, "Trích yếu", Zone.HEAD)


def _signatories(paper: Paper) -> Iterator[Piece]:
    if paper.signatories is None:
        return
    yield Piece(("signatories", "title"), paper.signatories.title, "Dòng trên các chữ ký", Zone.FOOT)
    for at, one in enumerate(paper.signatories.each):
        for name, place in (("body", "đơn vị"), ("post", "chức vụ"), ("name", "họ tên")):
            yield Piece(("signatories", at, name), getattr(one, name), f"Người ký {at + 1}, {place}", Zone.FOOT)


def _foot(paper: Paper) -> Iterator[Piece]:
    entries = list(paper.recipients.printed())
    if entries:
        yield Piece(("recipients", "label"), RECIPIENTS_LABEL, "Nơi nhận", Zone.FOOT)
    for at, line in enumerate(entries):
        yield Piece(("recipients", at), line, f"Nơi nhận, dòng {at + 1}", Zone.FOOT)
    signature = paper.signature
    for at, line in enumerate(signature.lines):
        yield Piece(("signature", "lines", at), line, "Quyền hạn, chức vụ người ký", Zone.FOOT)
    yield Piece(("signature", "post"), signature.post, "Chức vụ ghi trên họ tên", Zone.FOOT)
    yield Piece(("signature", "name"), signature.name, "Họ tên người ký", Zone.FOOT)


def _appendix(appendix: Appendix, at: int) -> Iterator[Piece]:
    path: Path = ("appendices", at)
    name = appendix.title or "Phụ lục"
    yield Piece((*path, "title"), appendix.title, f"{name}, dòng đầu")
    yield Piece((*path, "subject"), appendix.subject, f"{name}, tên phụ lục")
    yield Piece((*path, "reference"), appendix.reference, f"{name}, dòng «Kèm theo»", Zone.REFERENCE)
    yield from _Body((*path, "blocks"), name).pieces(appendix.blocks)


@dataclass
class _Body:
    """Counts the lines under each heading or article, which is how a person finds one."""

    path: Path
    within: str
    """The appendix; empty for the paper itself."""
    heading: str = field(default="", init=False)
    line: int = field(default=0, init=False)

    def pieces(self, blocks: tuple[Block, ...]) -> Iterator[Piece]:
        for at, block in enumerate(blocks):
            if isinstance(block, Table):
                yield from self.cells((*self.path, at), block)
                continue
            if isinstance(block, Chart):
                for line, words in enumerate(block.text.split("\n")):
                    yield Piece((*self.path, at, "drawn", line), words, self.said("Biểu đồ"))
                continue
            text = marked(block) if isinstance(block, Heading | Item | Article) else block.text
            yield Piece((*self.path, at), text, self.place_of(block))

    def place_of(self, block: Block) -> str:
        marker = getattr(block, "marker", "").strip().rstrip(".:")
        if isinstance(block, Heading):
            self.heading = f"Mục {marker}" if marker else f"Mục «{getattr(block, 'text', '')[:40]}»"
            self.line = 0
            return self.said(f"{self.heading}, đề mục")
        if marker.startswith("Điều "):
            self.heading, self.line = marker, 0
            return self.said(marker)
        self.line += 1
        return self.said(f"{self.heading}, dòng {self.line}" if self.heading else f"Nội dung, dòng {self.line}")

    def said(self, place: str) -> str:
        return f"{self.within}, {place}" if self.within else place

    def cells(self, path: Path, table: Table) -> Iterator[Piece]:
        heads = [" ".join(column.head.split()) for column in table.columns]
        for at, column in enumerate(table.columns):
            yield Piece((*path, "head", at), column.head, self.said("Bảng, tên cột"))
        number = 0
        for at, row in enumerate(table.rows):
            if isinstance(row, GroupRow):
                yield Piece((*path, "row", at), row.text, self.said(f"Bảng, dòng «{row.text}»"))
                continue
            number += 1
            for position, cell in enumerate(row.cells):
                place = self.said(f"Bảng, dòng {number}, cột «{heads[position]}»")
                for line, text in enumerate(cell):
                    yield Piece((*path, "row", at, position, line), text, place)


def pieces_of_text(text: str) -> tuple[Piece, ...]:
    """Where no paper is known: the lines, each with its page; the head ends with the title."""
    return tuple(
        piece for number, page in enumerate(text.split(PAGE_BREAK), start=1) for piece in _page_pieces(page, number)
    )


def _page_pieces(page: str, number: int) -> Iterator[Piece]:
    lines = [line for line in page.splitlines() if line.strip()]
    title = title_at(plain_lines("\n".join(lines))) if number == 1 else None
    for at, line in enumerate(lines):
        zone = Zone.HEAD if title and at < title.line else Zone.BODY
        if line.strip().startswith(("(Kèm theo", "Kèm theo")):
            zone = Zone.REFERENCE
        yield Piece(("text", number, at), line, f"Trang {number}, dòng {at + 1}", zone)
