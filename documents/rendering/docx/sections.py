"""Pages of the Word file: A4 with the margins of the rule, a number on all but the first, anew for each appendix."""

from __future__ import annotations

from docx.document import Document
from docx.enum.section import WD_ORIENTATION, WD_SECTION
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from documents.layout import Page
from documents.rendering.docx.styles import Style

NUMBER_FROM_TOP_MM = 10  # 14 pt below it end at 15.7 mm: inside the top margin of 20


def set_first_section(document: Document, page: Page) -> None:
    section = document.sections[0]
    _set_page(section, page)
    section.header_distance = section.footer_distance = Mm(NUMBER_FROM_TOP_MM)
    section.different_first_page_header_footer = True
    for grid in section._sectPr.findall(qn("w:docGrid")):  # a grid for East Asian lines
        section._sectPr.remove(grid)
    section.header.is_linked_to_previous = False
    _write_page_number(section.header.paragraphs[0])


def start_section(document: Document, page: Page) -> None:
    """A new page, counted from 1 anew; its number shows as the section before has it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _move_break_to_last_words(document)
    _set_page(section, page)
    numbering = section._sectPr.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg")
    numbering.set(qn("w:start"), "1")


def _move_break_to_last_words(document: Document) -> None:
    """python-docx puts the break into an empty line of its own, which may fall onto an empty page."""
    words, carrier = document.paragraphs[-2:]
    words._p.set_sectPr(document.sections[-2]._sectPr)
    document.element.body.remove(carrier._p)


def _set_page(section: Section, page: Page) -> None:
    section.orientation = WD_ORIENTATION.LANDSCAPE if page.width > page.height else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.gutter = Mm(0)


def _write_page_number(paragraph: Paragraph) -> None:
    paragraph.style = Style.PAGE_NUMBER
    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))
