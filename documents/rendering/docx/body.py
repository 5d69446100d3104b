"""The content: legal bases, headings, items, paragraphs and tables in the order of the paper."""

from __future__ import annotations

from collections.abc import Iterable

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from documents import layout
from documents.layout import Page
from documents.rendering.docx.figures import add_chart, add_picture
from documents.rendering.docx.styles import HEADINGS, Style
from documents.rendering.docx.tables import add_table
from documents.rendering.docx.writing import write, write_balanced
from documents.rendering.text import marked, one_line
from documents.tree import (
    AppendixReference,
    Article,
    Basis,
    Block,
    Chart,
    EnactingLine,
    Heading,
    Item,
    Paragraph,
    Picture,
    Preamble,
    Table,
)

_Flowing = Basis | Heading | Item | Article | Paragraph | AppendixReference


def add_blocks(document: Document, blocks: Iterable[Preamble | Block], page: Page) -> None:
    """Write ``blocks`` one below the other; what stands last is a paragraph, if only the one that closes a table."""
    previous: Preamble | Block | None = None
    for block in blocks:
        if isinstance(block, Table):
            if isinstance(previous, Table):
                close_table(document)
            add_table(document, block, page)
        elif isinstance(block, EnactingLine):
            write_balanced(document, Style.ENACTING, block.text, page.text_width)
        elif isinstance(block, Chart):
            add_chart(document, block, page)
        elif isinstance(block, Picture):
            add_picture(document, block, page)
        else:
            paragraph = _add_paragraph(document, block)
            if isinstance(previous, Table):
                paragraph.paragraph_format.space_before = Pt(layout.PARAGRAPH_GAP_PT)
        previous = block
    if isinstance(previous, Table):
        close_table(document)


def close_table(document: Document) -> None:
    """The paragraph without which Word joins two tables, or cannot end a section after one."""
    document.add_paragraph("", Style.AFTER_TABLE)


def _add_paragraph(document: Document, block: _Flowing) -> WordParagraph:
    if not isinstance(block, Article):
        return write(document, _style(block), _words(block))
    paragraph = write(document, Style.ARTICLE, block.marker)
    paragraph.runs[0].bold = True
    if block.text:
        paragraph.add_run(f" {one_line(block.text)}")
    return paragraph


def _style(block: _Flowing) -> Style:
    match block:
        case Basis():
            return Style.BASIS
        case Heading(level=level):
            return HEADINGS[min(level, len(HEADINGS)) - 1]
        case Item(title=title):
            return Style.ITEM_TITLE if title else Style.ITEM
        case AppendixReference():
            return Style.APPENDIX_REFERENCE
    return Style.BODY


def _words(block: _Flowing) -> str:
    return marked(block) if isinstance(block, Heading | Item) else block.text
