"""One paper as plain text in the ways in which offices get hold of it; none of them says more than a copy does."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator

from documents.rendering.text import marked, one_line, render_text
from documents.tree import (
    NATIONAL_MOTTO,
    NATIONAL_NAME,
    RECIPIENTS_LABEL,
    Article,
    Block,
    GroupRow,
    Heading,
    Item,
    Paper,
    Table,
)


def as_lines(paper: Paper) -> str:
    """Saved from Word as text: a line for each paragraph, tabs between cells."""
    return render_text(paper)


def from_web(paper: Paper) -> str:
    """Copied from a page: lines break anywhere, an empty line between paragraphs, a line for each cell."""
    parts = [_wrapped("\n".join([*_head(paper)]), 22)]
    parts += [paper.title, _wrapped(paper.subject, 80)]
    parts += [_wrapped(part.text, 78) for part in paper.preamble]
    parts += list(_blocks(paper.body, 78, first=32))
    parts.append("\n".join([RECIPIENTS_LABEL, *paper.recipients.printed()]))
    parts.append("\n".join(_signature(paper)))
    for appendix in paper.appendices:
        parts += [appendix.title, _wrapped(appendix.subject, 70), _wrapped(appendix.reference, 78)]
        parts += list(_blocks(appendix.blocks, 78, first=32))
    return "\n\n".join(part for part in parts if part) + "\n"


def double_spaced(paper: Paper) -> str:
    """As some extractions leave it: every line printed, and an empty one after each."""
    parts = [*_head(paper), paper.title, _wrapped(paper.subject, 80)]
    parts += [_wrapped(part.text, 80) for part in paper.preamble]
    parts += list(_blocks(paper.body, 80, first=74))
    parts += [RECIPIENTS_LABEL, *paper.recipients.printed(), *_signature(paper)]
    for appendix in paper.appendices:
        parts += [appendix.title, _wrapped(appendix.subject, 80), _wrapped(appendix.reference, 80)]
        parts += list(_blocks(appendix.blocks, 80, first=74))
    return "\n".join(part for part in parts if part).replace("\n", "\n\n") + "\n"


def side_by_side(paper: Paper) -> str:
    """Head and ending with both columns on one line, as reading from left to right leaves them."""
    header = paper.header
    left = [line for line in (header.superior, *header.issuer, header.number_line) if line]
    right = [NATIONAL_NAME, NATIONAL_MOTTO, header.date_line]
    lines = [f"{one} {other}".strip() for one, other in _paired(left, right)]
    lines += [paper.title, one_line(paper.subject), *(part.text for part in paper.preamble)]
    lines += list(_lines(paper.body))
    ending = [RECIPIENTS_LABEL, *paper.recipients.printed()]
    lines += [f"{one} {other}".strip() for one, other in _paired(ending, _signature(paper))]
    for appendix in paper.appendices:
        lines += [appendix.title, appendix.subject, appendix.reference, *_lines(appendix.blocks)]
    return "\n".join(line for line in lines if line) + "\n"


COPIES: dict[str, Callable[[Paper], str]] = {
    "a line for each paragraph": as_lines,
    "copied from the web": from_web,
    "double spaced": double_spaced,
    "columns side by side": side_by_side,
}


def _paired(left: list[str], right: list[str]) -> Iterator[tuple[str, str]]:
    for at in range(max(len(left), len(right))):
        yield (left[at] if at < len(left) else ""), (right[at] if at < len(right) else "")


def _head(paper: Paper) -> list[str]:
    header = paper.header
    return [
        line
        for line in (
            header.superior,
            *header.issuer,
            NATIONAL_NAME,
            NATIONAL_MOTTO,
            header.number_line,
            header.date_line,
        )
        if line
    ]


def _signature(paper: Paper) -> list[str]:
    return [line for line in (*paper.signature.lines, paper.signature.post, paper.signature.name) if line]


def _wrapped(text: str, width: int, first: int = 0) -> str:
    """``first``: a web page's first lines break earlier."""
    lines = []
    for line in text.split("\n"):
        indent = " " * max(0, width - first) if first else ""
        wrapped = textwrap.wrap(line, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False)
        lines += [one.strip() for one in wrapped]
    return "\n".join(lines)


def _blocks(blocks: tuple[Block, ...], width: int, *, first: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield "\n".join(_cells(block))
            case Heading() | Item() | Article():
                yield _wrapped(marked(block), width, first)
            case _:
                yield _wrapped(block.text, width, first)


def _cells(table: Table) -> Iterator[str]:
    for column in table.columns:
        yield _wrapped(column.head, 24)
    for row in table.rows:
        if isinstance(row, GroupRow):
            yield row.text
        else:
            yield from (_wrapped("\n".join(cell), 30) for cell in row.cells if cell)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield "\t".join(column.head for column in block.columns)
                for row in block.rows:
                    yield row.text if isinstance(row, GroupRow) else "\t".join(" ".join(cell) for cell in row.cells)
            case Heading() | Item() | Article():
                yield marked(block)
            case _:
                yield block.text
