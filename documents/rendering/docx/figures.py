"""Charts and photographs in a Word file.

python-docx knows no SVG. A chart goes in as Word 2016 and later write it themselves: a picture (PNG) for readers that
know no better, and in an extension of it the SVG that the others draw instead.
"""

from __future__ import annotations

import io

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from documents import layout
from documents.layout import Page
from documents.rendering.docx.styles import Style
from documents.rendering.docx.writing import write, write_balanced
from documents.rendering.drawing import as_png, draw
from documents.tree import Chart, Picture

_SVG = "image/svg+xml"
_DRAWING = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""By which Word knows the SVG beside a picture ([MS-ODRAWXML] 2.3.1.2)."""


def add_chart(document: Document, chart: Chart, page: Page) -> Paragraph:
    drawing = draw(chart, page.text_width)
    paragraph = write(document, Style.FIGURE, "")
    blip = _inserted(paragraph, as_png(drawing), (drawing.width, drawing.height), "\n".join(chart.drawn))
    name = PackURI(f"/word/media/chart{len(document.inline_shapes)}.svg")
    part = Part(name, _SVG, drawing.svg.encode(), document.part.package)
    link = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    extension = parse_xml(
        f'<a:extLst {nsdecls("a")}><a:ext uri="{_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_DRAWING}" {nsdecls("r")} r:embed="{link}"/></a:ext></a:extLst>'
    )
    blip.append(extension)
    return _captioned(document, chart.caption, page)


def add_picture(document: Document, picture: Picture, page: Page) -> Paragraph:
    paragraph = write(document, Style.FIGURE, "")
    _inserted(paragraph, picture.content, layout.picture_size(picture.size), picture.caption)
    return _captioned(document, picture.caption, page)


def _inserted(paragraph: Paragraph, content: bytes, size: tuple[float, float], alt: str):
    """The picture element, of ``size`` millimetres, with the words for those who do not see it."""
    shape = paragraph.add_run().add_picture(io.BytesIO(content), Mm(size[0]), Mm(size[1]))
    shape._inline.docPr.set("descr", alt)
    return next(shape._inline.iter(qn("a:blip")))


def _captioned(document: Document, caption: str, page: Page) -> Paragraph:
    return write_balanced(document, Style.CAPTION, caption, page.text_width)
