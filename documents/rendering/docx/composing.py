"""From the paper's tree to the bytes of a Word file."""

from __future__ import annotations

import io
import zipfile

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from documents import layout
from documents.rendering.docx.base import LANGUAGE, new_document
from documents.rendering.docx.body import add_blocks, close_table
from documents.rendering.docx.header import add_header
from documents.rendering.docx.letters import refuse_forbidden
from documents.rendering.docx.sections import set_first_section, start_section
from documents.rendering.docx.signatories import add_signatories
from documents.rendering.docx.signature import add_signature
from documents.rendering.docx.styles import FRONT_GAP_PT, Style
from documents.rendering.docx.writing import printed_lines, rule, write, write_balanced
from documents.rendering.text import one_line
from documents.tree import Appendix, Paper

_PROPERTY_LENGTH = 255  # letters; python-docx refuses more
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(paper: Paper) -> bytes:
    """The .docx file; the same paper always gives the same bytes.

    Raise ``RenderingFailed`` where the paper holds letters that XML forbids.
    """
    refuse_forbidden(paper)
    document = new_document()
    set_first_section(document, layout.PORTRAIT)
    add_header(document, paper.header)
    if paper.title:
        _add_title(document, paper)
    _add_addressees(document, paper)
    add_blocks(document, (*paper.preamble, *paper.body), layout.PORTRAIT)
    if paper.signatories and paper.signatories.each:
        add_signatories(document, paper.signatories)
    add_signature(document, paper.recipients, paper.signature, others_sign=paper.signatories is not None)
    close_table(document)
    for appendix in paper.appendices:
        _add_appendix(document, appendix)
    _set_properties(document, paper)
    return _packed(document)


def _add_title(document: Document, paper: Paper) -> None:
    """Kind of paper and subject, with the rule below them (box 5a)."""
    last = write(document, Style.TITLE, paper.title)
    if paper.subject:
        width = layout.PORTRAIT.text_width
        subject = write_balanced(document, Style.SUBJECT, paper.subject, width)
        last = rule(document, layout.rule_width(printed_lines(subject), layout.TITLE_PT), width)
    _leave_gap(last)


def _add_addressees(document: Document, paper: Paper) -> None:
    """Kính gửi, and those named below it, each on a line of its own (box 9a)."""
    first, *others = [*paper.addressed()] or [""]
    if first:
        lines = [write(document, Style.ADDRESSEES, first)]
        lines += [write(document, Style.ADDRESSEE, line) for line in others]
        _leave_gap(lines[-1])


def _add_appendix(document: Document, appendix: Appendix) -> None:
    page = layout.LANDSCAPE if appendix.landscape else layout.PORTRAIT
    start_section(document, page)
    last = write(document, Style.APPENDIX, appendix.title)
    if appendix.subject:
        last = write_balanced(document, Style.APPENDIX_SUBJECT, appendix.subject, page.text_width)
    if appendix.reference:
        last = write_balanced(document, Style.ATTACHED, appendix.reference, page.text_width)
    _leave_gap(last)
    add_blocks(document, appendix.blocks, page)


def _leave_gap(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.space_after = Pt(FRONT_GAP_PT)


def _set_properties(document: Document, paper: Paper) -> None:
    """Title, subject and language; no author and no time, which nobody here knows."""
    properties = document.core_properties
    properties._element[:] = []  # python-docx leaves its own name and the year 2013 there
    subject = one_line(paper.subject or paper.header.about)
    properties.title = f"{one_line(paper.title)} {subject}".strip()[:_PROPERTY_LENGTH]
    properties.subject = subject[:_PROPERTY_LENGTH]
    properties.language = LANGUAGE


def _packed(document: Document) -> bytes:
    """Zip again with one fixed time, so that equal papers are equal files."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            stamped = zipfile.ZipInfo(entry.filename, _ZIP_EPOCH)
            stamped.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(stamped, source.read(entry))
    return packed.getvalue()
