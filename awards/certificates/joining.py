"""Many certificates as one PDF in bounded memory: their own lines in small runs, each laid on what they share.

The shared part of each award is drawn once and becomes a form of the file that its pages refer to; that is also why
a batch takes less time than the same pages drawn whole.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

from awards.certificates.drawing import Press, common_sheet, document, own_sheet
from awards.certificates.words import Certificate

RUN = 50
"""Certificates drawn at a time: longer runs hold more memory and are no faster."""


def join(
    certificates: Sequence[Certificate],
    press: Press,
    *,
    title: str,
    draw: Callable[[str], bytes],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """``draw``: a complete HTML document → PDF. Raises ``TooLong``."""
    writer, forms = PdfWriter(), {}
    firsts = list({one.award: one for one in certificates}.values())
    under = PdfReader(io.BytesIO(draw(document(title, (common_sheet(one, press) for one in firsts)))))
    for start in range(0, len(certificates), RUN):
        run = certificates[start : start + RUN]
        drawn = PdfReader(io.BytesIO(draw(document(title, (own_sheet(one, press) for one in run)))))
        if not start:
            writer.clone_document_from_reader(drawn)  # brings the PDF/A marks along
            forms = {one.award: _form(writer, page) for one, page in zip(firsts, under.pages, strict=True)}
            pages: Iterator[Any] = iter(writer.pages)
        else:
            pages = iter([writer.add_page(page) for page in drawn.pages])
        for one, page in zip(run, pages, strict=True):
            _lay_under(writer, page, forms[one.award])
        progress(start + len(run), len(certificates))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def _form(writer: PdfWriter, page: Any) -> Any:
    """A page as a form of the file."""
    content = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(content.get_data() if content is not None else b"")
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): page.mediabox.clone(writer),
            NameObject("/Resources"): page["/Resources"].get_object().clone(writer),
        }
    )
    return writer._add_object(form.flate_encode())


def _lay_under(writer: PdfWriter, page: Any, form: Any) -> None:
    name = f"/Under{form.idnum}"
    resources = page["/Resources"].get_object()
    if "/XObject" not in resources:
        resources[NameObject("/XObject")] = DictionaryObject()
    resources["/XObject"].get_object()[NameObject(name)] = form
    stream = DecodedStreamObject()
    stream.set_data(f"q {name} Do Q\n".encode())
    own = page["/Contents"]
    parts = list(own) if isinstance(own.get_object(), ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(stream), *parts])
