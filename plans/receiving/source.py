"""What a file held, as plain values that a row keeps and the page shows beside the draft."""

from __future__ import annotations

from typing import Any

from documents.reading.joining import Paragraph
from documents.reading.source import Align, Source, SourceBlock, SourceLine, SourceTable

MOST_BLOCKS = 6_000
"""Of a file of some 300 pages; what follows is said to be left out of the picture, not out of the draft."""


def shown_source(source: Source) -> list[dict[str, Any]]:
    return [shown_block(block) for block in source.blocks[:MOST_BLOCKS]]


def shown_block(block: SourceBlock | Paragraph) -> dict[str, Any]:
    if isinstance(block, SourceTable):
        return {"page": block.page, "rows": [[_cell(cell) for cell in row] for row in block.rows]}
    return {"page": block.page, "text": block.text, "looks": " ".join(_looks(block))}


def _cell(cell: Any) -> dict[str, Any]:
    return {
        "lines": [line.text for line in cell.lines],
        "columns": cell.spans_columns,
        "rows": cell.spans_rows,
    }


def _looks(line: SourceLine | Paragraph) -> list[str]:
    """Names of styles; the page keeps to them."""
    looks = line.looks
    said = {
        "is-bold": looks.bold,
        "is-italic": looks.italic,
        "is-centred": looks.align is Align.CENTRE,
        "is-right": looks.align is Align.RIGHT or line.column == 1,
        "has-gap": line.gap,
    }
    return [name for name, is_so in said.items() if is_so]
