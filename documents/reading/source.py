"""What a file holds before anybody asks what it means: lines and tables in reading order, with hints of their looks.

Every reader of a file format ends here, and whatever understands papers begins here. Hints are
what the file says, ``None`` where it says nothing (plain text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True)
class Looks:
    bold: bool | None = None
    """True only where the whole line is."""
    italic: bool | None = None
    size: float | None = None
    """Points."""
    align: Align | None = None
    indent: float | None = None
    """Of the first line, in points, from the left margin of the text."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A paragraph where the file knows paragraphs, else a printed line."""

    text: str
    """NFC, one line, no blanks at the ends; markers of Word's lists written out."""
    looks: Looks = Looks()
    page: int | None = None
    """From 1."""
    is_whole: bool | None = None
    """The file says that a paragraph begins and ends with this line; plain text and PDF do not know."""
    gap: bool = False
    """An empty line, or more than the usual distance, stands before it."""
    column: int = 0
    """Of a head or a foot printed in two columns side by side: 0 left, 1 right."""


@dataclass(frozen=True, slots=True)
class SourceCell:
    lines: tuple[SourceLine, ...]
    spans_columns: int = 1
    spans_rows: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Ruled tables only; head and foot of a paper laid out as a borderless table come as lines with ``column``.

    A table over several pages is one, its repeated heads left out.
    """

    rows: tuple[tuple[SourceCell, ...], ...]
    """Each row has the cells that begin in it; spans say how far they reach."""
    page: int | None = None
    gap: bool = False


SourceBlock = SourceLine | SourceTable


@dataclass(frozen=True, slots=True)
class Source:
    blocks: tuple[SourceBlock, ...]
    notes: tuple[str, ...] = ()
    """What the reader of the file did or could not do, in Vietnamese sentences for the person."""
    pages: int | None = None
    footnotes: tuple[SourceLine, ...] = field(default=())

    def lines(self) -> Iterator[SourceLine]:
        """Every line in reading order, those of tables row by row."""
        for block in self.blocks:
            if isinstance(block, SourceLine):
                yield block
            else:
                for row in block.rows:
                    for cell in row:
                        yield from cell.lines
