"""What stands on the pages of a PDF: glyphs in the order of the content stream, strokes and images.

Lengths are points, measured from the upper left corner of the page.
"""

from __future__ import annotations

import io
import itertools
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfplumber.page import Page

MM = 72 / 25.4
SAME_BASELINE = 0.5
THICKEST_RULE = 1.5
_SPACE = 0.12
"""Of the size; a space of this typeface is a quarter."""

Colour = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Glyph:
    text: str
    """More than one letter where the text layer gives a cluster to one glyph."""
    page: int
    font: str
    size: float
    x0: float
    x1: float
    top: float
    bottom: float
    baseline: float
    colour: Colour

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font

    def follows(self, other: Glyph) -> bool:
        return self.page == other.page and abs(self.baseline - other.baseline) <= SAME_BASELINE


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line or a filled strip."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    colour: Colour
    drawn_as: str
    """``rect`` for a border, ``line`` for a decoration of text or the grid of a table, ``curve`` otherwise."""

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def horizontal(self) -> bool:
        return self.height <= THICKEST_RULE < self.width

    @property
    def vertical(self) -> bool:
        return self.width <= THICKEST_RULE < self.height


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that share a baseline, without the spaces."""

    glyphs: tuple[Glyph, ...]

    @property
    def page(self) -> int:
        return self.glyphs[0].page

    @property
    def x0(self) -> float:
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        return statistics.mode(round(glyph.size, 2) for glyph in self.glyphs)

    @property
    def text(self) -> str:
        """With a space where the glyphs stand apart."""
        parts = [self.glyphs[0].text]
        for before, glyph in itertools.pairwise(self.glyphs):
            apart = glyph.x0 - before.x1 > _SPACE * glyph.size
            parts.append(f" {glyph.text}" if apart else glyph.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    number: int
    width: float
    height: float
    rotation: int
    stream: tuple[Glyph, ...]
    """Spaces included."""
    strokes: tuple[Stroke, ...]
    images: tuple[tuple[float, float, float, float], ...]
    """x0, top, x1, bottom."""

    @property
    def centre(self) -> float:
        return self.width / 2


def read(pdf: bytes) -> tuple[Sheet, ...]:
    import pdfplumber  # noqa: PLC0415 -- heavy, and wanted by few of the tests that import this package

    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return tuple(_sheet(number, page) for number, page in enumerate(document.pages, start=1))


def lines_of(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """Neighbours in the stream on one page and baseline make a line."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        last = lines[-1][-1] if lines else None
        if last and glyph.follows(last):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return tuple(Line(tuple(line)) for line in lines)


def _sheet(number: int, page: Page) -> Sheet:
    return Sheet(
        number=number,
        width=float(page.width),
        height=float(page.height),
        rotation=page.rotation or 0,
        stream=tuple(_glyph(number, float(page.height), char) for char in page.chars),
        strokes=tuple(_strokes(number, page)),
        images=tuple((image["x0"], image["top"], image["x1"], image["bottom"]) for image in page.images),
    )


def _glyph(number: int, height: float, char: dict) -> Glyph:
    return Glyph(
        text=char["text"],
        page=number,
        font=char["fontname"],
        size=char["size"],
        x0=char["x0"],
        x1=char["x1"],
        top=char["top"],
        bottom=char["bottom"],
        baseline=height - char["matrix"][5],
        colour=_colour(char["non_stroking_color"]),
    )


def _strokes(number: int, page: Page) -> Iterator[Stroke]:
    for drawn_as, shapes in (("rect", page.rects), ("line", page.lines), ("curve", page.curves)):
        for shape in shapes:
            half = (shape["linewidth"] or 0) / 2 if shape["stroke"] else 0
            flat, upright = shape["top"] == shape["bottom"], shape["x0"] == shape["x1"]
            if not half and (flat or upright):
                continue  # a border closes with an empty path
            yield Stroke(
                page=number,
                x0=shape["x0"] - (half if upright else 0),
                x1=shape["x1"] + (half if upright else 0),
                top=shape["top"] - (half if flat else 0),
                bottom=shape["bottom"] + (half if flat else 0),
                colour=_colour(shape["stroking_color"] if half else shape["non_stroking_color"]),
                drawn_as=drawn_as,
            )


def _colour(value: object) -> Colour:
    """pdfplumber gives a number, a sequence or, where the file sets nothing, None: PDF starts out black."""
    if value is None:
        return (0.0,)
    return tuple(float(part) for part in value) if isinstance(value, list | tuple) else (float(str(value)),)
