"""The example papers as offices send them back: scanned, photographed, turned, locked, written on."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterable

import pypdfium2
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from documents.signed import FileReport, inspect_file
from tests.layout.rendered import docx_of, pdf_of

_DPI = 72


@functools.cache
def report_of(example: str) -> FileReport:
    return inspect_file(pdf_of(example), f"{example}.pdf")


@functools.cache
def word_report_of(example: str) -> FileReport:
    return inspect_file(docx_of(example), f"{example}.docx")


@functools.cache
def pictures_of(example: str) -> tuple[Image.Image, ...]:
    """Its pages as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf_of(example))
    try:
        return tuple(page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document)
    finally:
        document.close()


def scan(pages: Iterable[Image.Image]) -> bytes:
    first, *rest = pages
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=_DPI)
    return out.getvalue()


def photo(page: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    page.save(out, kind)
    return out.getvalue()


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def revised(pdf: bytes, act: Callable[[PdfWriter], object]) -> bytes:
    """With one more revision behind the file, which leaves its bytes as they are."""
    writer = PdfWriter(io.BytesIO(pdf), incremental=True)
    act(writer)
    return written(writer)


def saved_anew(pdf: bytes, act: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    act(writer)
    return written(writer)


def turn(page: int, degrees: int) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.pages[page].rotate(degrees)


def note(page: int, text: str, box: tuple[float, float, float, float]) -> Callable[[PdfWriter], object]:
    return lambda writer: writer.add_annotation(page, FreeText(text=text, rect=box))


def stamp(text: str, x: float, y: float) -> Callable[[PdfWriter], object]:
    """Draw words on the first page, behind all that is drawn already, as document systems stamp a number."""

    def act(writer: PdfWriter) -> None:
        page = writer.pages[0]
        fonts = page["/Resources"]["/Font"]
        fonts[NameObject("/Stamp")] = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Times-Roman"),
            }
        )
        drawn = DecodedStreamObject()
        before = page.get_contents().get_data()
        drawn.set_data(b"q " + before + f" Q BT /Stamp 13 Tf {x} {y} Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(drawn)

    return act


def place_of(pdf: bytes, words: str) -> tuple[float, float]:
    """Where on the first page, from its lower left corner, a piece of text ends and its line stands."""
    import pdfplumber  # noqa: PLC0415 -- heavy, and wanted by few of these tests

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        text = "".join(char["text"] for char in page.chars)
        last = page.chars[text.index(words) + len(words) - 1]
        return last["x1"], last["matrix"][5]


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)
