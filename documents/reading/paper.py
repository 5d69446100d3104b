"""What a paper says, as plain values: the words of each part as printed, and what is not sure about them.

The paper tree (``documents.tree``) is composed for printing; this is what was found in a file, so it also
holds tables as they stand and the words that no part took.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents.dates import PartialDate
from documents.outline import Line
from documents.reading.source import SourceLine, SourceTable
from documents.tree import Heading


@dataclass(frozen=True, slots=True)
class Unsure:
    path: str
    """Of the value concerned: ``issuer``, ``tasks[3].due``; empty, or a whole part, for words that landed nowhere."""
    why: str
    """One Vietnamese sentence."""
    inferred: bool = False
    """The value is not printed; it follows from something that is."""
    text: str = ""
    """The words concerned, as printed."""

    @property
    def stands_nowhere(self) -> bool:
        """The words are in no field: only here are they kept."""
        return self.path in ("", "tasks", "appendix")


@dataclass(frozen=True, slots=True)
class BrokenTable:
    """A table whose cells lie one below the other as lines, as plain text leaves it."""

    lines: tuple[SourceLine, ...]


ReadBlock = Heading | Line | SourceTable | BrokenTable


@dataclass(frozen=True, slots=True)
class Head:
    superior: str = ""
    issuer: str = ""
    number: str = ""
    symbol: str = ""
    place: str = ""
    date: PartialDate = PartialDate()


@dataclass(frozen=True, slots=True)
class Ending:
    recipients: tuple[str, ...] = ()
    archive: str = ""
    signature_lines: tuple[str, ...] = ()
    signature_post: str = ""
    signature_name: str = ""


@dataclass(frozen=True, slots=True)
class ReadAppendix:
    title: str
    subject: str
    reference: str
    blocks: tuple[ReadBlock, ...]


@dataclass(frozen=True, slots=True)
class ReadPaper:
    head: Head
    title: str
    subject: str
    addressees: tuple[str, ...]
    """«Kính gửi» of a letter."""
    preamble: tuple[str, ...]
    body: tuple[ReadBlock, ...]
    closing: str
    ending: Ending
    appendices: tuple[ReadAppendix, ...]
    said_otherwise: tuple[str, ...]
    """Printed words that no text above repeats: the national name, «Số: 14/KH-UBND», «Nơi nhận:», page numbers."""
    unsure: tuple[Unsure, ...]

    def texts(self) -> Iterator[str]:
        """Every text kept, in the order of the paper; with ``said_otherwise`` all of its words."""
        yield from (self.head.superior, self.head.issuer, self.head.place, self.title, self.subject)
        yield from (*self.addressees, *self.preamble)
        yield from texts_of(self.body)
        yield self.closing
        yield from (*self.ending.recipients, self.ending.archive)
        yield from (*self.ending.signature_lines, self.ending.signature_post, self.ending.signature_name)
        for appendix in self.appendices:
            yield from (appendix.title, appendix.subject, appendix.reference)
            yield from texts_of(appendix.blocks)


def texts_of(blocks: tuple[ReadBlock, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, SourceTable):
            yield from (cell.text for row in block.rows for cell in row)
        elif isinstance(block, BrokenTable):
            yield from (line.text for line in block.lines)
        else:
            yield f"{block.marker} {block.text}".strip()
