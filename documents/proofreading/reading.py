"""A paper prepared for the rules: its lines in reading order, each with its role, words and citations."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from documents.proofreading.citations import Citation, find_citations
from documents.proofreading.context import Context
from documents.signed.pieces import Path, Piece, pieces_of
from documents.tree import (
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
    Picture,
    Table,
)

_WORD = re.compile(r"[^\W\d_]+")


class Role(enum.Enum):
    HEAD = "head"
    TITLE = "title"
    SUBJECT = "subject"
    ADDRESSEE = "addressee"
    BASIS = "basis"
    OPENING = "opening"
    """Of the preamble, but no basis."""
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    REFERENCE = "reference"
    """To an appendix, or of an appendix to its paper."""
    COLUMN = "column"
    GROUP = "group"
    CELL = "cell"
    RECIPIENT = "recipient"
    SIGNATURE = "signature"
    SIGNATORY = "signatory"
    """Of those who sign side by side: names and posts as they are."""
    FIGURE = "figure"
    """In a chart, or under a photograph: names and figures that stand in the text."""
    APPENDIX = "appendix"


PROSE = frozenset({Role.BASIS, Role.OPENING, Role.ITEM, Role.PARAGRAPH})
"""Whole sentences, or parts of one."""
WRITTEN = PROSE | {Role.SUBJECT, Role.HEADING, Role.CELL, Role.COLUMN, Role.APPENDIX, Role.REFERENCE}
"""What the officer words himself, names and lists of names aside."""


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True)
class Line:
    """One piece of the paper's text."""

    path: Path
    text: str
    place: str
    role: Role
    block: Block | None = None
    after_marker: int = 0
    """Where the words begin behind a printed marker."""

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(Word(m.start(), m.end(), m[0], m[0].lower()) for m in _WORD.finditer(self.text))

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(find_citations(self.text))

    @cached_property
    def is_upper(self) -> bool:
        return self.text[self.after_marker :] == self.text[self.after_marker :].upper()

    def is_cited(self, start: int, end: int) -> bool:
        """Within the words by which another paper is named."""
        return any(one.start < end and start < one.end for one in self.citations)

    def follows_on(self, first: int, second: int) -> bool:
        """The words at these positions stand side by side, with blanks alone between them."""
        return self.text[self.words[first].end : self.words[second].start].isspace()


@dataclass(frozen=True)
class Reading:
    paper: Paper
    context: Context

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_line(self.paper, piece) for piece in pieces_of(self.paper))

    @cached_property
    def order(self) -> dict[Path, int]:
        return {line.path: number for number, line in enumerate(self.lines)}

    @cached_property
    def by_path(self) -> dict[Path, Line]:
        return {line.path: line for line in self.lines}

    def of(self, *roles: Role) -> Iterator[Line]:
        return (line for line in self.lines if line.role in roles)

    @cached_property
    def written(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.role in WRITTEN)

    def body(self) -> Iterator[tuple[Path, Block]]:
        """Blocks of the paper and its appendices, each with its path."""
        for position, block in enumerate(self.paper.body):
            yield ("body", position), block
        for number, appendix in enumerate(self.paper.appendices):
            for position, block in enumerate(appendix.blocks):
                yield ("appendices", number, "blocks", position), block


def _line(paper: Paper, piece: Piece) -> Line:
    role, block = _role(paper, piece.path)
    marker = getattr(block, "marker", "") if role in {Role.ITEM, Role.HEADING} else ""
    after = len(marker) + 1 if marker and piece.text.startswith(f"{marker} ") else 0
    return Line(piece.path, piece.text, piece.place, role, block, after)


_SIMPLE = {
    "header": Role.HEAD,
    "title": Role.TITLE,
    "subject": Role.SUBJECT,
    "addressees": Role.ADDRESSEE,
    "signature": Role.SIGNATURE,
    "signatories": Role.SIGNATORY,
}


def _role(paper: Paper, path: Path) -> tuple[Role, Block | None]:
    first = path[0]
    if path == ("header", "about"):
        return Role.SUBJECT, None
    if first == "preamble":
        part = paper.preamble[int(path[1])]
        if isinstance(part, EnactingLine):
            return Role.TITLE, None
        return (Role.BASIS if isinstance(part, Basis) else Role.OPENING), None
    if first == "recipients":
        return (Role.HEAD if path[1] == "label" else Role.RECIPIENT), None
    if first == "body":
        return _in_block(paper.body[int(path[1])], path[2:])
    if first == "appendices":
        if path[2] == "blocks":
            return _in_block(paper.appendices[int(path[1])].blocks[int(path[3])], path[4:])
        return (Role.REFERENCE if path[2] == "reference" else Role.APPENDIX), None
    return _SIMPLE[str(first)], None


def _in_block(block: Block, rest: Path) -> tuple[Role, Block | None]:
    match block:
        case Table():
            if rest[0] == "head":
                return Role.COLUMN, block
            return (Role.GROUP if isinstance(block.rows[int(rest[1])], GroupRow) else Role.CELL), block
        case Chart() | Picture():
            return Role.FIGURE, block
        case Heading():
            return Role.HEADING, block
        case Item() | Article():
            return Role.ITEM, block
        case AppendixReference():
            return Role.REFERENCE, block
    return Role.PARAGRAPH, block
