"""The paper as HTML: one markup for the PDF and for the preview on the screen.

The look stands in ``static/documents/paper.css``. Whatever differs from paper to paper goes
by classes and by the ``width`` attribute of columns, never by inline styles, so that the
preview stands under ``style-src 'self'``. The templates escape every word of the tree.
"""

from __future__ import annotations

import base64
import re
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from documents import fonts, layout
from documents.rendering.drawing import draw
from documents.rendering.lines import balanced_lines, signatory_lines
from documents.rendering.text import marked
from documents.tree import (
    NATIONAL_MOTTO,
    NATIONAL_NAME,
    RECIPIENTS_LABEL,
    Appendix,
    AppendixReference,
    Article,
    Basis,
    Block,
    Chart,
    EnactingLine,
    GroupRow,
    Heading,
    Item,
    Paper,
    Paragraph,
    Picture,
    Preamble,
    Row,
    Signatories,
    Table,
)

View = dict[str, Any]
"""What a template reads of one node."""

_Flowing = Basis | Heading | Item | Article | Paragraph | AppendixReference
"""A paragraph of the running text."""

_DEEPEST_HEADING = 6
_MM_PER_PT = 25.4 / 72
_PX_PER_MM = 96 / 25.4
"""The pixel of style sheets, in which ``width`` and ``height`` of a picture are said."""
_NARROWEST_LINE_MM = layout.PORTRAIT.text_width - layout.FIRST_LINE_MM

# What line breaking would part or squeeze: words around a run of blanks (a number still to come), and words with a
# hyphen, dash or slash inside; figures alone stay whole anyway.
_WHOLE = re.compile(r"(?<!\S)(?=\S)(?:\S*(?: {2,}\S+)+|(?![\d/.,;()-]+(?!\S))\S*[-–/]\S+)")


def paper_html(paper: Paper) -> str:
    """A complete document, as WeasyPrint reads it."""
    return render_to_string("documents/paper.html", _context(paper))


def paper_body(paper: Paper) -> SafeString:
    """The markup inside ``<body>``, for a page of ours that links ``documents/paper.css`` itself."""
    return render_to_string("documents/_paper.html", _context(paper))


def _context(paper: Paper) -> View:
    header = paper.header
    return {
        "paper": paper,
        "header": header,
        "superior": _issuer_line(header.superior, bold=False),
        "issuer": "\n".join(_issuer_line(line, bold=True) for line in header.issuer),
        "national_name": NATIONAL_NAME,
        "motto": NATIONAL_MOTTO,
        "date_is_narrow": layout.date_size(header) == layout.DATE_NARROW_PT,
        "about": _centred(header.about, layout.ABOUT_PT, layout.HEADER_LEFT_MM),
        "subject": _centred(paper.subject, layout.TITLE_PT, layout.PORTRAIT.text_width, bold=True),
        "addressed": list(paper.addressed()),
        "preamble": [_preamble(part) for part in paper.preamble],
        "body": _blocks(paper.body, layout.PORTRAIT.text_width),
        "signatories": _signatories(paper.signatories) if paper.signatories else None,
        "recipients_label": RECIPIENTS_LABEL,
        "recipients": list(paper.recipients.printed()),
        "signature_lines": [_signed(line) for line in paper.signature.lines],
        "post": _signed(paper.signature.post),
        "signer": paper.signature.name,
        "appendices": [_appendix(appendix) for appendix in paper.appendices],
    }


def _centred(text: str, size: float, width: float, *, bold: bool = False, italic: bool = False) -> str:
    return "\n".join(balanced_lines(text, size, width, bold=bold, italic=italic))


def _issuer_line(line: str, *, bold: bool) -> str:
    """As the office breaks its name; a line that the column cannot hold is broken here."""
    return _centred(line, layout.ISSUER_PT, layout.HEADER_LEFT_MM, bold=bold)


def _signed(line: str) -> str:
    return _centred(line, layout.SIGNATURE_PT, layout.SIGNATURE_RIGHT_MM, bold=True)


def _signatories(signatories: Signatories) -> View:
    """Rows of equal columns; the last one is filled up with blank ones, and the names of a row stand level."""
    rows: list[list[View]] = []
    for row in signatories.rows():
        lines = [[signatory_lines(text, signatories.columns) for text in (one.body, one.post)] for one in row]
        heights = [len(body) + len(post) for body, post in lines]
        cells = [
            {"body": "\n".join(body), "post": "\n".join(post), "pad": range(max(heights) - height), "name": one.name}
            for one, (body, post), height in zip(row, lines, heights, strict=True)
        ]
        rows.append(cells + [{}] * (signatories.columns - len(row)))
    title = _centred(signatories.title, layout.SIGNATURE_PT, layout.PORTRAIT.text_width, bold=True)
    return {"title": title, "rows": rows}


def _appendix(appendix: Appendix) -> View:
    width = (layout.LANDSCAPE if appendix.landscape else layout.PORTRAIT).text_width
    return {
        "title": appendix.title,
        "subject": _centred(appendix.subject, layout.APPENDIX_PT, width, bold=True),
        "reference": _centred(appendix.reference, layout.REFERENCE_PT, width, italic=True),
        "landscape": appendix.landscape,
        "blocks": _blocks(appendix.blocks, width),
    }


def _keep_whole(text: str, size: float, width: float) -> str:
    """Keep ``152/2025/NĐ-CP`` on one line, and the blanks of ``số       /KH-UBND`` as wide as typed.

    What is wider than the column may break, or it would stand out of it. Measured bold, so
    that it holds for every weight.
    """
    pieces: list[tuple[str, str]] = []
    end = 0
    for match in _WHOLE.finditer(text):
        if fonts.text_width(match[0], size, bold=True) * _MM_PER_PT < width:
            pieces.append((text[end : match.start()], match[0]))
            end = match.end()
    if not pieces:
        return text
    return format_html_join("", '{}<span class="whole">{}</span>', pieces) + escape(text[end:])


def _blocks(blocks: tuple[Block, ...], width: float) -> list[View]:
    views = [_block(block, width) for block in blocks]
    if blocks and _is_one_line(blocks[-1], width):
        views[-1]["classes"] += " closing"
    return views


def _block(block: Block, width: float) -> View:
    match block:
        case Table():
            return _table(block, width)
        case Chart():
            return _chart(block, width)
        case Picture():
            return _picture(block)
    return _paragraph(block)


def _is_one_line(block: Block, width: float) -> bool:
    if isinstance(block, Table | Chart | Picture):
        return False
    return fonts.text_width(_words(block), layout.BODY_PT) * _MM_PER_PT + layout.FIRST_LINE_MM <= width


def _words(block: _Flowing) -> str:
    return marked(block) if isinstance(block, Heading | Item | Article) else block.text


def _preamble(part: Preamble) -> View:
    if isinstance(part, EnactingLine):
        text = _centred(part.text, layout.BODY_PT, layout.PORTRAIT.text_width, bold=True)
        return {"tag": "p", "classes": "enacting", "text": text}
    return _paragraph(part)


def _paragraph(block: _Flowing) -> View:
    tag, classes = "p", ["text"]
    match block:
        case Heading():
            tag = f"h{min(block.level + 2, _DEEPEST_HEADING)}"
            classes.append("heading")
        case Item(title=True):
            classes.append("entry-title")
        case Basis():
            classes.append("basis")
        case Article():
            classes.append("article")
        case AppendixReference():
            classes.append("pointer")
    text = _words(block)
    if text.rstrip().endswith(":"):
        classes.append("introduces")
    return {"tag": tag, "classes": " ".join(classes), "text": _shown(block)}


def _shown(block: _Flowing) -> str:
    if isinstance(block, Article):
        return format_html('<span class="marker">{}</span> {}', block.marker, _whole(block.text))
    return _whole(_words(block))


def _whole(text: str) -> str:
    return _keep_whole(text, layout.BODY_PT, _NARROWEST_LINE_MM)


def _table(table: Table, width: float) -> View:
    columns = [
        {
            "head": column.head,
            "width": f"{column.share:.4%}",
            # The left is where cells begin anyway: no class for it spares a long table its selectors.
            "align": "" if column.align == "left" else column.align,
            "inner": column.share * width - 2 * layout.CELL_PADDING_MM,
        }
        for column in table.columns
    ]
    return {"classes": "grid", "columns": columns, "rows": [_row(row, columns) for row in table.rows]}


def _chart(chart: Chart, width: float) -> View:
    drawing = draw(chart, width)
    return {
        "classes": "figure",
        "svg": mark_safe(drawing.svg),  # noqa: S308 -- drawn here, every word escaped
        "label": "; ".join(chart.drawn),
        "caption": _centred(chart.caption, layout.CAPTION_PT, width, italic=True),
    }


def _picture(picture: Picture) -> View:
    width, height = layout.picture_size(picture.size)
    return {
        "classes": "figure",
        "source": f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}",
        "width": round(width * _PX_PER_MM),
        "height": round(height * _PX_PER_MM),
        "label": picture.caption,
        "caption": _centred(picture.caption, layout.CAPTION_PT, layout.PORTRAIT.text_width, italic=True),
    }


def _row(row: Row | GroupRow, columns: list[View]) -> View:
    if isinstance(row, GroupRow):
        return {"group": row.text}
    return {
        "cells": [
            {"text": _keep_whole("\n".join(cell), layout.TABLE_PT, column["inner"]), "align": column["align"]}
            for cell, column in zip(row.cells, columns, strict=True)
        ]
    }
