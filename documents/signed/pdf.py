"""A PDF as it lies before us: which pages hold words, which are pictures, which lie on their side.

Nothing here changes the file. pdfplumber takes a second for about twelve pages, so long files belong in a task.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.signed.glyphs import Stamp, framed, lines_of, printed_lines, turn_of, upright, without_page_number

if TYPE_CHECKING:
    from pdfplumber.page import Page

MOST_PAGES = 300
"""Beyond, only the count is read: no paper of a commune is that long."""

_COVERS = 0.8
"""Of the page: pictures that large are the page itself, and words over them were recognised by a machine."""
_SHOWS = 0.2
"""Of the page: enough where it has no words."""
_FEWEST_LETTERS = 10
_UNREADABLE = 0.3

logger = logging.getLogger(__name__)


class UnreadablePdf(Exception):
    """Broken: not even its pages can be counted."""


class LockedPdf(Exception):
    """It asks for a password before it shows anything."""


@dataclass(frozen=True, slots=True)
class PageText:
    number: int
    lines: tuple[str, ...]
    """In reading order, without the page's number; an empty line sets blocks apart."""
    turn: int
    """0, or the degrees clockwise by which its words are turned on the screen."""
    is_picture: bool
    """Pictures cover it, or are all that it shows."""

    @property
    def has_words(self) -> bool:
        return _has_words(self.lines)


def _has_words(lines: Iterable[str]) -> bool:
    return sum(letter.isalpha() for line in lines for letter in line) >= _FEWEST_LETTERS


@dataclass(frozen=True, slots=True)
class PdfText:
    page_count: int
    pages: tuple[PageText, ...]
    """Empty where the file has more than ``MOST_PAGES``."""


def read_pdf(content: bytes) -> PdfText:
    """Raise ``LockedPdf`` or ``UnreadablePdf``."""
    count = _page_count(content)
    if count > MOST_PAGES:
        return PdfText(count, ())
    import pdfplumber  # noqa: PLC0415 -- heavy, and wanted only where a file is read

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages = []
            for number, page in enumerate(document.pages, start=1):
                pages.append(_read_page(number, page))
                page.close()  # its glyphs would stay in memory until the last page
    except Exception as error:  # the library passes on whatever a broken file makes of it
        logger.info("A PDF was not read: %r", error)
        raise UnreadablePdf from error
    return PdfText(count, tuple(pages))


def _page_count(content: bytes) -> int:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 -- as above

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise LockedPdf
        count = len(reader.pages)
    except LockedPdf:
        raise
    except Exception as error:  # as above
        logger.info("A PDF was not opened: %r", error)
        raise UnreadablePdf from error
    if not count:
        raise UnreadablePdf
    return count


def _read_page(number: int, page: Page) -> PageText:
    chars = [] if _is_gibberish(page) else page.chars
    turn = turn_of(chars)
    height = float(page.height)
    sheet = {"x0": 0, "x1": page.width, "top": 0, "bottom": height}
    _, _, bottom, top = framed(sheet, turn, height)
    drawn = lines_of(upright(chars, turn, height), tuple(_stamps(page, turn)))
    lines = tuple(printed_lines(without_page_number(drawn, bottom, top)))
    pictured = _share_of_pictures(page)
    return PageText(number, lines, turn, pictured >= _COVERS or (pictured >= _SHOWS and not _has_words(lines)))


def _is_gibberish(page: Page) -> bool:
    """Fonts that do not say which letters they draw leave numbers in their place."""
    marks = [char["text"] for char in page.chars if char["text"].strip()]
    unknown = sum(text.startswith("(cid:") or text == "\ufffd" for text in marks)
    return unknown > _UNREADABLE * len(marks)


def _share_of_pictures(page: Page) -> float:
    """Of the page; some scanners cut one into strips."""
    return sum(float(image["width"] * image["height"]) for image in page.images) / float(page.width * page.height)


def _stamps(page: Page, turn: int) -> Iterator[Stamp]:
    """Notes and form fields with words, among them the number and the day that some document systems put on."""
    for note in page.annots:
        kind = getattr(note["data"].get("Subtype"), "name", "")
        text = note["contents"] if kind == "FreeText" else _typed(note["data"]) if kind == "Widget" else ""
        if text and text.strip():
            u0, u1, v0, v1 = framed(note, turn, float(page.height))
            yield Stamp(" ".join(text.split()), u0, u1, v0, v1)


def _typed(field: dict[str, object]) -> str:
    """What stands in a text field of a form."""
    value = field.get("V")
    if getattr(field.get("FT"), "name", "") != "Tx" or not isinstance(value, bytes):
        return ""
    utf16 = value.startswith((b"\xfe\xff", b"\xff\xfe"))
    return value.decode("utf-16" if utf16 else "latin-1", errors="replace")
