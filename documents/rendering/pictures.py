"""Pages of a PDF as pictures, for a look at the real page breaks."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

_SCALE = 1.5
"""Pixels a point: 893 across an A4 page, sharp at the width of the panel."""


@dataclass(frozen=True, slots=True)
class PagePictures:
    shown: tuple[bytes, ...]
    """PNG, one a page."""
    total: int


def page_pictures(pdf: bytes, *, most: int) -> PagePictures:
    import pypdfium2  # noqa: PLC0415 -- slow to load, and only this needs it

    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        return PagePictures(tuple(_picture(document[number]) for number in range(min(count, most))), count)
    finally:
        document.close()


def _picture(page: Any) -> bytes:
    buffer = io.BytesIO()
    page.render(scale=_SCALE).to_pil().convert("P", colors=32).save(buffer, "PNG")
    return buffer.getvalue()
