"""Signed copies as they are dropped in."""

from __future__ import annotations

import io

from pypdf import PdfWriter


def _scan() -> bytes:
    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(content)
    return content.getvalue()


SCAN = _scan()
"""One page without a word, as a scanner makes it."""
BROKEN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n"
