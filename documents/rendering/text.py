"""The exact text form of a paper: what every other form must say, word for word and in this order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from documents.tree import (
    NATIONAL_MOTTO,
    NATIONAL_NAME,
    RECIPIENTS_LABEL,
    Appendix,
    Article,
    Block,
    Cell,
    Chart,
    GroupRow,
    Header,
    Heading,
    Item,
    Paper,
    Signatories,
    Signature,
    Table,
)


def render_text(paper: Paper) -> str:
    """One line per paragraph and table row, in reading order; ends with a line break."""
    lines = [one_line(line) for line in _paper_lines(paper)]
    return "".join(f"{line}\n" for line in lines if line.strip())


def one_line(text: str) -> str:
    """Line breaks of the writer become blanks; nothing else changes."""
    return " ".join(text.splitlines())


def marked(block: Heading | Item | Article) -> str:
    """Marker and words as they stand on the paper; either may be absent."""
    return " ".join(part for part in (block.marker, block.text) if part)


def _paper_lines(paper: Paper) -> Iterator[str]:
    yield from _header_lines(paper.header)
    yield from (paper.title, paper.subject, *paper.addressed())
    yield from (part.text for part in paper.preamble)
    yield from _block_lines(paper.body)
    if paper.signatories:
        yield from _signatory_lines(paper.signatories)
    recipients = list(paper.recipients.printed())
    if recipients:
        yield from (RECIPIENTS_LABEL, *recipients)
    yield from _signature_lines(paper.signature)
    for appendix in paper.appendices:
        yield from _appendix_lines(appendix)


def _header_lines(header: Header) -> Iterator[str]:
    yield from (header.superior, *header.issuer)
    yield from (NATIONAL_NAME, NATIONAL_MOTTO)
    yield from (header.number_line, header.date_line, header.about)


def _signature_lines(signature: Signature) -> Iterator[str]:
    yield from (*signature.lines, signature.post, signature.name)


def _signatory_lines(signatories: Signatories) -> Iterator[str]:
    """Column by column, as a person reads who signs: body, post and name together."""
    yield signatories.title
    for one in signatories.each:
        yield from (one.body, one.post, one.name)


def _appendix_lines(appendix: Appendix) -> Iterator[str]:
    yield from (appendix.title, appendix.subject, appendix.reference)
    yield from _block_lines(appendix.blocks)


def _block_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Table():
                yield from _table_lines(block)
            case Chart():
                yield from block.text.split("\n")
            case Heading() | Item() | Article():
                yield marked(block)
            case _:
                yield block.text


def _table_lines(table: Table) -> Iterator[str]:
    """Cells are set apart by tabs, so an empty cell is seen; lines in a cell by a blank."""
    yield _cells_line((column.head,) for column in table.columns)
    for row in table.rows:
        yield row.text if isinstance(row, GroupRow) else _cells_line(row.cells)


def _cells_line(cells: Iterable[Cell]) -> str:
    return "\t".join(one_line(" ".join(cell)).replace("\t", " ") for cell in cells)
