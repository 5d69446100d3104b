"""The paper as PDF, by WeasyPrint: A4, marked PDF/A-2b, fonts embedded, nothing loaded but our own static files.

Import it where a PDF is made, inside the function: WeasyPrint takes half a second to load.
"""

from __future__ import annotations

import logging
import threading

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from documents.errors import RenderingFailed
from documents.rendering.fetcher import BASE_URL, StaticOnlyFetcher
from documents.rendering.html import paper_html
from documents.tree import Paper

logger = logging.getLogger(__name__)
_thread = threading.local()


def render_pdf(paper: Paper) -> bytes:
    """About 0.2 seconds for three pages, 1.4 for a table of 200 rows: long ones belong in a task."""
    return html_to_pdf(paper_html(paper))


def html_to_pdf(html: str, *, extra_css: str = "") -> bytes:
    """Draw a complete HTML document of ours. ``extra_css`` comes after its own style sheets.

    Raise ``RenderingFailed`` where it asks for anything but a static file of ours: an official
    paper without its seal or style sheet must not leave the house looking finished.
    """
    if extra_css:
        html = html.replace("</head>", f"<style>{extra_css}</style></head>", 1)
    try:
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=StaticOnlyFetcher())
        # PDF/A-2b brings the XMP marker and the sRGB output intent; the hints are the widths of table columns.
        return document.write_pdf(font_config=_fonts(), pdf_variant="pdf/a-2b", presentational_hints=True)
    except FatalURLFetchingError as error:
        # Its own message quotes the address, which could carry an officer's words; that of its cause does not.
        logger.error("A paper was not drawn: %s", error.__cause__)
        raise RenderingFailed from None


def _fonts() -> FontConfiguration:
    """Kept, because finding the machine's fonts takes a sixth of the time of a short paper; for each thread
    its own, because Pango's font map serves one at a time.
    """
    if not hasattr(_thread, "fonts"):
        _thread.fonts = FontConfiguration()
    return _thread.fonts
