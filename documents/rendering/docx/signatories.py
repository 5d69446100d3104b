"""Those who sign side by side, above the paper's own signature: a row a page break never cuts, names level."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import _Cell

from documents import layout
from documents.rendering.docx.body import close_table
from documents.rendering.docx.signature import hold_last_words
from documents.rendering.docx.styles import Style
from documents.rendering.docx.writing import add_row, emptied, new_table, write, write_balanced
from documents.rendering.lines import signatory_lines
from documents.tree import Signatories, Signatory


def add_signatories(document: Document, signatories: Signatories) -> None:
    hold_last_words(document)
    write_balanced(document, Style.SIGNATORIES, signatories.title, layout.PORTRAIT.text_width)
    columns = signatories.columns
    frame = new_table(document, [layout.PORTRAIT.text_width / columns] * columns, Style.SIGNATORIES_FRAME)
    for row in signatories.rows():
        heights = [len(_head(one, columns)) for one in row]
        for cell, one, height in zip(add_row(frame).cells, row, heights, strict=False):
            _write(emptied(cell), one, columns, lines_short=max(heights) - height)
    close_table(document)


def _head(one: Signatory, columns: int) -> tuple[str, ...]:
    return signatory_lines(one.body, columns) + signatory_lines(one.post, columns)


def _write(cell: _Cell, one: Signatory, columns: int, *, lines_short: int) -> None:
    """``lines_short``: how many lines fewer than the highest of its row stand above the room to sign."""
    for text in (one.body, one.post):
        if lines := signatory_lines(text, columns):
            write(cell, Style.SIGNATORY, *lines)
    name = write(cell, Style.SIGNATORY, *(signatory_lines(one.name, columns) or ("",)))
    line = layout.SIGNATORY_PT * layout.SINGLE_LINE
    name.paragraph_format.space_before = Pt(Mm(layout.SIGNATORY_SPACE_MM).pt + lines_short * line)
