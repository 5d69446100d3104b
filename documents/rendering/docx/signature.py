"""The foot of the paper: recipients on the left, authority, room to sign and name on the right (boxes 7 and 9)."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Mm
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from documents import fonts, layout
from documents.rendering.docx.styles import Style
from documents.rendering.docx.writing import add_row, emptied, new_table, write, write_balanced
from documents.tree import RECIPIENTS_LABEL, Recipients, Signature


def add_signature(document: Document, recipients: Recipients, signature: Signature, *, others_sign: bool) -> None:
    """One row that no page break cuts, so that nobody signs a page without words of the paper.

    ``others_sign``: side by side above it; then an empty signature takes no room (minutes).
    """
    hold_last_words(document)
    frame = new_table(document, (layout.SIGNATURE_LEFT_MM, layout.SIGNATURE_RIGHT_MM), Style.SIGNATURE_FRAME)
    left, right = add_row(frame).cells
    _write_recipients(emptied(left), recipients)
    if signature.lines or not others_sign:
        _write_signature(emptied(right), signature)


def _write_recipients(cell: _Cell, recipients: Recipients) -> None:
    lines = list(recipients.printed())
    if lines:
        write(cell, Style.RECIPIENTS_LABEL, RECIPIENTS_LABEL)
    for line in lines or [""]:
        write(cell, Style.RECIPIENTS, line)


def _write_signature(cell: _Cell, signature: Signature) -> None:
    for line in signature.lines:
        write_balanced(cell, Style.AUTHORITY, line, layout.SIGNATURE_RIGHT_MM)
    below = [signature.post] if signature.post else []
    below.append(signature.name)  # even while empty: there the name will be typed
    first, *_ = [write_balanced(cell, Style.SIGNER, line, layout.SIGNATURE_RIGHT_MM) for line in below]
    first.paragraph_format.space_before = Mm(layout.SIGNATURE_SPACE_MM)


def hold_last_words(document: Document) -> None:
    """Tie the last words written so far to what comes next: two lines at least, or the last rows of a table."""
    *_, before, last = [None, *document.iter_inner_content()]
    for paragraph in _end_of(last):
        paragraph.paragraph_format.keep_with_next = True
    if before is not None and _is_low(last):
        for paragraph in _end_of(before):
            paragraph.paragraph_format.keep_with_next = True


def _end_of(piece: Paragraph | Table) -> list[Paragraph]:
    if isinstance(piece, Paragraph):
        return [piece]
    return [paragraph for cell in piece.rows[-1].cells for paragraph in cell.paragraphs]


def _is_low(piece: Paragraph | Table) -> bool:
    """Whether it may be a single line, or the paragraph that closes a table."""
    if isinstance(piece, Table):
        return False
    line = Mm(layout.PORTRAIT.text_width - layout.FIRST_LINE_MM).pt
    return fonts.text_width(piece.text, layout.BODY_PT) < line
