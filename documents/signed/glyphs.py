"""From glyphs to lines: what a page of a PDF says, in the order in which its words were drawn.

Whoever writes a PDF out of a text (WeasyPrint, Word, LibreOffice) draws it in reading order, column after
column and cell after cell; the order from top to bottom would mix the columns. Two things stand apart:
a number or a day that a document system stamped on later belongs into the gap that was left for it, and the
number of the page is no part of the text. A page that lies on its side is read as if it were upright.

Points throughout; ``u`` runs along a line of text, ``v`` up across the lines.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

SPACE = 0.12
"""Of the size: glyphs that stand further apart belong to two words."""
_COLUMN = 3.0
"""Of the size: further apart, and without a blank between them, they belong to two columns."""
_SAME_LINE = 0.45
"""Of the size: how far a raised figure leaves its line."""
_ROOM = 1.2
"""Of the size: a gap in which a stamped number may stand."""
_LONGEST_STAMP = 30
_MARGIN = 57
"""Decree 30: the text begins at least 20 mm below the edge; what stands in the margin is the page's number."""
_NEW_BLOCK = 1.55
"""Of the size: lines further apart do not belong to one paragraph."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,4}[-–—\s]*")


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    u0: float
    u1: float
    v: float
    """Of the lower edge of its box."""
    size: float
    bold: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Stamp:
    """Words laid over the page (a note, a form field), of which only the box is known."""

    text: str
    u0: float
    u1: float
    v0: float
    v1: float


Line = list[Glyph]


def turn_of(chars: Iterable[dict[str, Any]]) -> int:
    """By how many degrees, clockwise, most words of a displayed page are turned: 0, 90, 180 or 270."""
    turns = Counter(_turn(char["matrix"]) for char in chars if char["text"].strip())
    return turns.most_common(1)[0][0] if turns else 0


def _turn(matrix: Sequence[float]) -> int:
    return round(-math.degrees(math.atan2(matrix[1], matrix[0])) / 90) * 90 % 360


def upright(chars: Iterable[dict[str, Any]], turn: int, height: float) -> list[Glyph]:
    """The glyphs of that turn in their own upright frame; others (a stamp across the page) are left out."""
    return [
        Glyph(char["text"], *_frame(char, turn, height), bold="bold" in char["fontname"].lower())
        for char in chars
        if _turn(char["matrix"]) == turn
    ]


def _frame(char: dict[str, Any], turn: int, height: float) -> tuple[float, float, float, float]:
    u0, u1, v0, v1 = framed(char, turn, height)
    return u0, u1, v0, v1 - v0


def framed(box: dict[str, Any], turn: int, height: float) -> tuple[float, float, float, float]:
    """``u0, u1, v0, v1`` of a box that pdfplumber measured from the upper left corner."""
    x0, x1 = float(box["x0"]), float(box["x1"])
    y0, y1 = height - float(box["bottom"]), height - float(box["top"])
    match turn:
        case 90:
            return -y1, -y0, x0, x1
        case 180:
            return -x1, -x0, -y1, -y0
        case 270:
            return y0, y1, -x1, -x0
        case _:
            return x0, x1, y0, y1


def lines_of(glyphs: Sequence[Glyph], stamps: Sequence[Stamp] = ()) -> list[Line]:
    """The lines in the order of the stream, with what was stamped on later in its gap."""
    lines: list[Line] = []
    for glyph in glyphs:
        if lines and _goes_on(lines[-1][-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    settled: list[Line] = []
    for line in lines:
        if all(glyph.is_blank for glyph in line):
            continue
        if not _fill_gap(settled[:-1], line):
            settled.append(line)
    for stamp in stamps:
        _fill_gap_with_stamp(settled, stamp)
    return settled


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    jump = glyph.u0 - before.u1
    return abs(glyph.v - before.v) <= _SAME_LINE * size and -size < jump < _COLUMN * size


def _fill_gap(lines: Sequence[Line], late: Line) -> bool:
    """Whether each of the words found the gap that an earlier line left for it; day and month have one each."""
    words = list(_words(late))
    if sum(map(len, words)) > _LONGEST_STAMP:
        return False
    found = [(line, at, word) for word in words for line, at in _gaps(lines, word)]
    if len(found) != len(words):
        return False
    for line, at, word in reversed(found):
        blank = replace(word[0], text=" ")  # a stamp may touch what it stands beside
        line[at:at] = [blank, *word, blank]
    return True


def _words(line: Line) -> Iterator[Line]:
    word: Line = []
    for glyph in line:
        if word and (glyph.is_blank or glyph.u0 - word[-1].u1 > SPACE * glyph.size):
            yield word
            word = []
        if not glyph.is_blank:
            word.append(glyph)
    if word:
        yield word


def _gaps(lines: Sequence[Line], word: Line) -> Iterator[tuple[Line, int]]:
    """The first gap that fits, if any."""
    for line in lines:
        if abs(word[0].v - line[0].v) <= _SAME_LINE * line[0].size:
            at = _gap_for(line, word[0].u0, word[-1].u1)
            if at is not None:
                yield line, at
                return


def _fill_gap_with_stamp(lines: Iterable[Line], stamp: Stamp) -> None:
    """A note elsewhere on the page is no part of the text."""
    for line in lines:
        first = line[0]
        if stamp.v0 <= first.v + first.size / 2 <= stamp.v1 and len(stamp.text) <= _LONGEST_STAMP:
            middle = (stamp.u0 + stamp.u1) / 2
            at = _gap_for(line, middle, middle)
            if at is not None:
                line.insert(at, Glyph(stamp.text.strip(), middle, middle, first.v, first.size, first.bold))
                return


def _gap_for(line: Line, u0: float, u1: float) -> int | None:
    """Where in the line the stretch from ``u0`` to ``u1`` lies between two glyphs that leave room."""
    marks = [(at, glyph) for at, glyph in enumerate(line) if not glyph.is_blank]
    for (_, left), (at, right) in itertools.pairwise(marks):
        slack = 0.3 * left.size
        if left.u1 - slack <= u0 and u1 <= right.u0 + slack and right.u0 - left.u1 > _ROOM * left.size:
            return at
    return None


def text_of(line: Sequence[Glyph]) -> str:
    """With one blank where the glyphs stand apart."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in line:
        if glyph.is_blank:
            parts.append(" ")
            continue
        if before is not None and glyph.u0 - before.u1 > SPACE * glyph.size:
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return " ".join("".join(parts).split())


def without_page_number(lines: Sequence[Line], bottom: float, top: float) -> list[Line]:
    """Without a figure that stands alone in the margin between the edges ``bottom`` and ``top`` of the page."""
    return [line for line in lines if not _is_page_number(line, bottom, top)]


def _is_page_number(line: Line, bottom: float, top: float) -> bool:
    v = line[0].v
    in_margin = v > top - _MARGIN or v + line[0].size < bottom + _MARGIN
    return in_margin and bool(_PAGE_NUMBER.fullmatch(text_of(line)))


def printed_lines(lines: Sequence[Line]) -> Iterator[str]:
    """The words of each line; an empty one where the next stands apart from it or changes between bold and not."""
    before: Line | None = None
    for line in lines:
        if before is not None and _stands_apart(before, line):
            yield ""
        yield text_of(line)
        before = line


def _stands_apart(before: Line, line: Line) -> bool:
    pitch = before[0].v - line[0].v
    return not 0 <= pitch <= _NEW_BLOCK * max(before[0].size, line[0].size) or _is_bold(before) != _is_bold(line)


def _is_bold(line: Line) -> bool:
    marks = [glyph.bold for glyph in line if not glyph.is_blank]
    return 2 * sum(marks) > len(marks)
