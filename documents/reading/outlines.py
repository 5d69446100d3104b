"""Paragraphs and tables as what they are on the paper: preamble, headings, entries, references, closing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.outline import Kind, Line
from documents.reading.joining import Paragraph, is_alone
from documents.reading.markers import (
    begins_basis,
    begins_closing,
    entry_of,
    heading_of,
    is_reference,
    is_upper,
)
from documents.reading.paper import BrokenTable, ReadBlock
from documents.reading.source import SourceTable
from documents.tree import Heading

Item = Paragraph | SourceTable | BrokenTable

_STRAY = re.compile(r"(?<=[.;:!?/\w)”\"])\s*[✓✔☑■□¦~^|]+$")
_ENACTED = re.compile(r"QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:?")


def read_preamble(items: Sequence[Item]) -> tuple[tuple[str, ...], list[Item]]:
    """The paragraphs that lead to the text, and the rest."""
    found: list[str] = []
    for at, item in enumerate(items):
        if not isinstance(item, Paragraph):
            return tuple(found), list(items[at:])
        entry = entry_of(item.text)
        if heading_of(item.text, is_bold=bool(item.looks.bold)) or (
            entry and not (entry.marker in "-–+" and begins_basis(entry.text) and not _leads(found))
        ):
            return tuple(found), list(items[at:])
        if _leads(found) and not begins_basis(item.text):
            return tuple(found), list(items[at:])
        found.append(_clean(item.text))
    return tuple(found), []


def _leads(found: Sequence[str]) -> bool:
    """What stands last says that the text follows."""
    return bool(found) and (found[-1].endswith(":") or bool(_ENACTED.fullmatch(found[-1])))


def _clean(text: str) -> str:
    return _STRAY.sub("", text)


def read_body(items: Sequence[Item]) -> tuple[ReadBlock, ...]:
    found: list[ReadBlock] = []
    levels: dict[str, int] = {}
    for item in _with_their_words(items):
        if not isinstance(item, Paragraph):
            found.append(item)
            continue
        heading = heading_of(item.text, is_bold=bool(item.looks.bold))
        if heading is not None:
            level = levels.setdefault(heading.kind, len(levels) + 1)
            found.append(Heading(heading.marker, _clean(heading.text), level))
        else:
            found.append(_line(_clean(item.text)))
    return tuple(found)


def _line(text: str) -> Line:
    if is_reference(text):
        return Line(Kind.REFERENCE, text)
    entry = entry_of(text)
    return Line(Kind.ITEM, entry.text, entry.marker) if entry else Line(Kind.PARAGRAPH, text)


def _with_their_words(items: Sequence[Item]) -> list[Item]:
    """A marker alone («PHẦN I») stands before the words of the next paragraph."""
    found: list[Item] = []
    for item in items:
        above = found[-1] if found else None
        if isinstance(item, Paragraph) and isinstance(above, Paragraph) and _waits(above.text, item.text):
            found[-1] = Paragraph(f"{above.text} {item.text}", item.looks, above.gap, above.column, above.page)
        else:
            found.append(item)
    return found


def _waits(above: str, text: str) -> bool:
    if entry_of(text) is not None:
        return False
    heading = heading_of(above)
    if heading is not None and heading.kind == "part" and not heading.text:
        return is_upper(text) or len(text) < 200
    return is_alone(above)


def take_closing(blocks: tuple[ReadBlock, ...]) -> tuple[tuple[ReadBlock, ...], str]:
    """The last paragraph, unless it is the text of the entry above it."""
    if not blocks:
        return blocks, ""
    last = blocks[-1]
    if not isinstance(last, Line) or last.kind is not Kind.PARAGRAPH:
        return blocks, ""
    before = blocks[-2] if len(blocks) > 1 else None
    if begins_closing(last.text) or not _is_title(before):
        return blocks[:-1], last.text
    return blocks, ""


def _is_title(block: ReadBlock | None) -> bool:
    """A heading, or an entry that is no sentence: the text below belongs to it."""
    if isinstance(block, Heading):
        return True
    if not isinstance(block, Line):
        return False
    return block.kind is Kind.ITEM and not block.text.endswith((".", ";", "./."))
