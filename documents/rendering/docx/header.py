"""The head of page 1: who issues, the national name and motto, number, place and date, what a letter is about."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell

from documents import layout
from documents.rendering.docx.styles import Style
from documents.rendering.docx.writing import add_row, emptied, new_table, printed_lines, rule, write, write_balanced
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME, Header


def add_header(document: Document, header: Header) -> None:
    """Two invisible columns and two rows, of a letter three; what stands in one row stands on one line."""
    document.styles[Style.DATE].font.size = Pt(layout.date_size(header))
    frame = new_table(document, (layout.HEADER_LEFT_MM, layout.HEADER_RIGHT_MM), Style.FRAME)
    names, dates = add_row(frame).cells, add_row(frame).cells
    _write_issuer(emptied(names[0]), header)
    _write_national_name(emptied(names[1]))
    write(emptied(dates[0]), Style.NUMBER, header.number_line)
    write(emptied(dates[1]), Style.DATE, header.date_line)
    if header.about:
        write_balanced(emptied(add_row(frame).cells[0]), Style.ABOUT, header.about, layout.HEADER_LEFT_MM)


def _write_issuer(cell: _Cell, header: Header) -> None:
    """Lines as the office breaks them; one that the column cannot hold is broken evenly."""
    if header.superior:
        write_balanced(cell, Style.SUPERIOR, header.superior, layout.HEADER_LEFT_MM)
    names = [write_balanced(cell, Style.ISSUER, line, layout.HEADER_LEFT_MM) for line in header.issuer]
    lines = tuple(line for name in names for line in printed_lines(name))
    rule(cell, layout.rule_width(lines, layout.ISSUER_PT), layout.HEADER_LEFT_MM)


def _write_national_name(cell: _Cell) -> None:
    write(cell, Style.NATIONAL_NAME, NATIONAL_NAME)
    write(cell, Style.MOTTO, NATIONAL_MOTTO)
    rule(cell, layout.motto_rule_width(), layout.HEADER_RIGHT_MM)
