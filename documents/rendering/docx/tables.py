"""Tables with grid lines: head repeated on every page, rows never cut, columns as wide as their share."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.table import Table as WordTable
from docx.table import _Cell

from documents.layout import Page
from documents.rendering.docx.styles import CELLS, Style
from documents.rendering.docx.writing import add_row, emptied, new_table, write
from documents.tree import GroupRow, Row, Table


def add_table(document: Document, table: Table, page: Page) -> None:
    widths = [column.share * page.text_width for column in table.columns]
    word_table = new_table(document, widths, Style.GRID)
    _add_head(word_table, table)
    styles = [CELLS[column.align] for column in table.columns]
    for row in table.rows:
        if isinstance(row, GroupRow):
            _add_group(word_table, row)
        else:
            _add_row(word_table, row, styles)


def _add_head(word_table: WordTable, table: Table) -> None:
    row = add_row(word_table)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # python-docx has no name for it
    for cell, column in zip(row.cells, table.columns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _fill(cell, (column.head,), Style.TABLE_HEAD)


def _add_group(word_table: WordTable, row: GroupRow) -> None:
    cells = add_row(word_table).cells
    _fill(cells[0].merge(cells[-1]), (row.text,), Style.TABLE_GROUP)


def _add_row(word_table: WordTable, row: Row, styles: list[Style]) -> None:
    for cell, lines, style in zip(add_row(word_table).cells, row.cells, styles, strict=True):
        _fill(cell, lines or ("",), style)


def _fill(cell: _Cell, lines: tuple[str, ...], style: Style) -> None:
    emptied(cell)
    for line in lines:
        write(cell, style, line)
