"""Files for the tests, made here: Word from its own XML, PDF from HTML or from a bare stream of drawing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pikepdf

from documents.reading.files import read_source
from documents.reading.source import Source, SourceLine, SourceTable
from documents.rendering.pdf import html_to_pdf

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{_W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def part(name: str, inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{inside}</w:{name}>'


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``styles``, ``numbering``, ``footnotes``: what stands inside these parts."""
    files = {
        "[Content_Types].xml": _TYPES,
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": part(name, inside) for name, inside in parts.items()},
    }
    return packed(files)


_WIDTHS = {"FirstChar": 0, "LastChar": 255, "Widths": [600] * 256}


def packed(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def p(*runs: str, properties: str = "") -> str:
    """A paragraph; a run that is no XML yet becomes one."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def in_list(text: str, number: int = 1, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str, properties: str = "", ruled: bool = True) -> str:
    sides = "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    borders = f"<w:tblBorders>{sides}</w:tblBorders>" if ruled else ""
    return f"<w:tbl><w:tblPr>{borders}{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(found if found.startswith("<w:tc>") else cell(found) for found in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def cell(*paragraphs: str, properties: str = "") -> str:
    inside = "".join(found if found.startswith("<") else p(found) for found in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside or p()}</w:tc>"


def page_of(html: str, css: str = "") -> bytes:
    """A PDF as WeasyPrint sets it."""
    style = f"body {{ font: 14pt/1.2 'Times New Roman', 'Liberation Serif', serif; }} {css}"
    return html_to_pdf(f"<html><head><style>{style}</style></head><body>{html}</body></html>")


def drawn(*pages: str, extra: str = "") -> bytes:
    """A PDF of bare drawing with Helvetica as ``F1`` and its bold as ``F2``; A4."""
    document = pikepdf.new()
    for drawing in pages:
        page = document.add_blank_page(page_size=(595, 842))
        fonts = {
            f"/F{number}": pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name(f"/{name}"),
                Encoding=pikepdf.Name.WinAnsiEncoding,
                **(_WIDTHS if number == 3 else {}),
            )
            for number, name in enumerate(("Helvetica", "Helvetica-Bold", extra or "Helvetica"), start=1)
        }
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(fonts))
        page.Contents = document.make_stream(drawing.encode("cp1252"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def words_at(x: float, y: float, text: str, size: float = 12, font: str = "F1") -> str:
    return f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"


def read(content: bytes, name: str = "") -> Source:
    return read_source(io.BytesIO(content), name)


def texts(source: Source) -> list[str]:
    """Of the lines outside of tables."""
    return [block.text for block in source.blocks if isinstance(block, SourceLine)]


def tables(source: Source) -> list[list[list[str]]]:
    return [
        [[found.text for found in cells] for cells in block.rows]
        for block in source.blocks
        if isinstance(block, SourceTable)
    ]


def words(source: Source) -> list[str]:
    return " ".join(line.text for line in source.lines()).split()
