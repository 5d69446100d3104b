"""Old encodings in files whose fonts no longer say so: somebody chose Times New Roman for a text in TCVN3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from documents.reading.encodings import guess_encoding, to_unicode
from documents.reading.source import Source, SourceBlock, SourceLine
from documents.reading.text import one_line


def in_unicode(source: Source) -> Source:
    """The same source where its words are Vietnamese already; lines that are so stay in any case."""
    encoding = guess_encoding(line.text for line in source.lines())
    if encoding is None:
        return source

    def repaired(line: SourceLine) -> SourceLine:
        if guess_encoding([line.text]) is not encoding:
            return line
        return replace(line, text=one_line(to_unicode(line.text, encoding)))

    note = f"Chữ {encoding.label} đã được chuyển sang Unicode."
    return replace(
        source,
        blocks=tuple(_with_lines(block, repaired) for block in source.blocks),
        footnotes=tuple(map(repaired, source.footnotes)),
        notes=source.notes if note in source.notes else (*source.notes, note),
    )


def _with_lines(block: SourceBlock, change: Callable[[SourceLine], SourceLine]) -> SourceBlock:
    if isinstance(block, SourceLine):
        return change(block)
    rows = tuple(tuple(replace(cell, lines=tuple(map(change, cell.lines))) for cell in row) for row in block.rows)
    return replace(block, rows=rows)
