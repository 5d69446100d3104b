"""One page: its lines in reading order and its tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from documents.reading.encodings import Encoding
from documents.reading.pdf.columns import settle_columns
from documents.reading.pdf.letters import drawn_lines, encodings_of, letters_of
from documents.reading.pdf.lines import PdfLine, line_of
from documents.reading.pdf.tables import PdfTable, find_tables, is_frame
from documents.signed.glyphs import turn_of

_MARGIN = 57.0
"""Points: the text of an official paper keeps at least 20 mm from the edges."""
_COVERS = 0.8
"""Of the page: a picture that large is the page itself, and words over it were recognised by a machine."""
_FEWEST_LETTERS = 10
_UNREADABLE = 0.3
_NOTE_SIZE = 0.87
"""Of the usual size: notes at the foot are smaller than the text."""
_MOST_LETTERS = 60_000
_FIGURE = re.compile(r"\d{1,2}")


@dataclass(slots=True)
class PdfPage:
    number: int
    width: float
    height: float
    items: list[PdfLine | PdfTable] = field(default_factory=list)
    notes: list[PdfLine] = field(default_factory=list)
    """At its foot, below a short rule."""
    has_words: bool = False
    is_picture: bool = False
    is_gibberish: bool = False
    is_too_full: bool = False
    """Of rules or letters to be looked at for tables."""
    encodings: set[Encoding] = field(default_factory=set)


def read_page(page: Any, number: int) -> PdfPage:
    """``page``: of pdfplumber; whoever calls closes it."""
    page = _upright(page)
    found = PdfPage(number, float(page.width), float(page.height))
    chars = page.chars
    found.is_picture = _share_of_pictures(page) >= _COVERS
    if len(chars) > _MOST_LETTERS:
        found.is_too_full = True
        return found
    if _is_gibberish(chars):
        found.is_gibberish = True
        return found
    letters = letters_of(chars, found.height)
    found.has_words = sum(letter.text.isalpha() for letter in letters) >= _FEWEST_LETTERS
    found.encodings = encodings_of(letters)
    tables, outside, found.is_too_full = find_tables(page, letters, number)
    lines = [line for drawn in drawn_lines(outside) if (line := line_of(drawn, number))]
    tables = _without_frames(tables, lines)
    _mark_margins(lines, tables, found)
    found.items = _in_order(_without_notes(lines, page, found), tables)
    return found


def _upright(page: Any) -> Any:
    """The page turned so that most of its words stand upright."""
    turn = turn_of(page.chars)
    if not turn:
        return page
    rotation = (page.rotation - turn) % 360
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate = rotation
    turned = type(page)(page.pdf, page.page_obj, page.page_number)
    page.close()
    return turned


def _share_of_pictures(page: Any) -> float:
    covered = sum(float(image["width"] * image["height"]) for image in page.images)
    return covered / float(page.width * page.height)


def _is_gibberish(chars: Sequence[dict[str, Any]]) -> bool:
    """Fonts that do not say which letters they draw leave numbers in their place."""
    marks = [char["text"] for char in chars if char["text"].strip()]
    unknown = sum(text.startswith("(cid:") or text == "\ufffd" for text in marks)
    return unknown > _UNREADABLE * len(marks)


def _without_frames(tables: Sequence[PdfTable], lines: list[PdfLine]) -> list[PdfTable]:
    """Frames give their lines to the page."""
    kept = []
    for table in tables:
        if is_frame(table):
            lines += [line for cell in table.cells for line in cell.lines]
        elif any(cell.lines for cell in table.cells):
            kept.append(table)
    return kept


def _mark_margins(lines: Sequence[PdfLine], tables: Sequence[PdfTable], found: PdfPage) -> None:
    for line in lines:
        beside = any(table.bottom < line.v < table.top for table in tables)
        line.in_margin = not beside and (line.v > found.height - _MARGIN or line.top < _MARGIN)


def _without_notes(lines: list[PdfLine], page: Any, found: PdfPage) -> list[PdfLine]:
    """Notes at the foot: small lines below a short rule that begins at the left."""
    if not lines:
        return lines
    usual = Counter(line.size for line in lines for _ in line.text).most_common(1)[0][0]
    small = [line for line in lines if line.size <= _NOTE_SIZE * usual]
    left = min(line.x0 for line in lines)
    rules = [
        found.height - float(rule["top"])
        for rule in (*page.lines, *page.rects)
        if rule["height"] < 3 and rule["x0"] < left + 6 and 40 < rule["width"] < found.width / 2.5
    ]
    for rule in sorted(rules):
        below = [line for line in lines if line.top <= rule + 3 and not line.in_margin]
        if below and all(line in small for line in below) and _FIGURE.match(below[0].text):
            found.notes = sorted(below, key=lambda line: -line.v)
            return [line for line in lines if line not in below]
    return lines


def _in_order(lines: Sequence[PdfLine], tables: Sequence[PdfTable]) -> list[PdfLine | PdfTable]:
    items: list[PdfLine | PdfTable] = []
    rest = list(lines)
    middle = (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2 if lines else 0.0
    for table in sorted(tables, key=lambda table: -table.top):
        above = [line for line in rest if line.v >= table.top - line.size / 2]
        rest = [line for line in rest if line not in above]
        items += settle_columns(above, middle)
        items.append(table)
    return [*items, *settle_columns(rest, middle)]
