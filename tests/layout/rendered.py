"""Every example in its three forms, rendered once."""

from __future__ import annotations

import functools

from documents.rendering.docx import render_docx
from documents.rendering.pdf import render_pdf
from documents.rendering.text import render_text
from tests.layout.papers import EXAMPLES


@functools.cache
def pdf_of(example: str) -> bytes:
    return render_pdf(EXAMPLES[example]())


@functools.cache
def docx_of(example: str) -> bytes:
    return render_docx(EXAMPLES[example]())


@functools.cache
def text_of(example: str) -> str:
    return render_text(EXAMPLES[example]())
