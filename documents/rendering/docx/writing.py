"""Putting words, rules and invisible frames into the Word file."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, Twips
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from documents.rendering.docx.styles import LOOKS, Style
from documents.rendering.lines import balanced_lines
from documents.rendering.text import one_line


def write(container: Document | _Cell, style: Style, *lines: str) -> Paragraph:
    """One paragraph at the end of ``container``, broken where one of ``lines`` ends."""
    return container.add_paragraph("\n".join(one_line(line) for line in lines), style)


def write_balanced(container: Document | _Cell, style: Style, text: str, frame: float) -> Paragraph:
    """One centred paragraph, broken as in the PDF where a column of ``frame`` millimetres cannot hold it."""
    look = LOOKS[style]
    return write(container, style, *balanced_lines(text, look.size, frame, bold=look.bold, italic=look.italic))


def printed_lines(paragraph: Paragraph) -> tuple[str, ...]:
    return tuple(paragraph.text.split("\n"))


def rule(container: Document | _Cell, length: float, frame: float) -> Paragraph:
    """A rule of ``length`` points in the middle of a column ``frame`` millimetres wide.

    It is the lower border of a low paragraph, indented from both sides: an underline
    would be part of the words, a drawing would float away while the officer types.
    """
    paragraph = container.add_paragraph("", Style.RULE)
    side = Pt(max(0, Mm(frame).pt - length) / 2)
    paragraph.paragraph_format.left_indent = side
    paragraph.paragraph_format.right_indent = side
    return paragraph


def new_table(document: Document, widths: Sequence[float], style: Style) -> Table:
    """A table without rows and with columns of fixed ``widths`` (millimetres)."""
    table = document.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    edges = [Mm(sum(widths[:count])).twips for count in range(len(widths) + 1)]
    for column, left, right in zip(table.columns, edges, edges[1:], strict=False):
        column.width = Twips(right - left)
    width = table._tbl.tblPr.find(qn("w:tblW"))  # python-docx has no name for it
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(edges[-1]))
    return table


def add_row(table: Table) -> _Row:
    """A row that no page break cuts."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return row


def emptied(cell: _Cell) -> _Cell:
    """``cell`` without the paragraph that it comes with. Word refuses a cell that stays so."""
    cell._tc.clear_content()
    return cell
