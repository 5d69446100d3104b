"""A paper together with the places at which its pieces stand in the PDF."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from documents import layout
from documents.tree import Paper
from tests.layout.expected import FLOWING, Part, groups_of
from tests.layout.failures import Failure
from tests.layout.placing import Placed, place
from tests.layout.printed import MM, Glyph, Line, Sheet, lines_of, read

Words = Placed[Glyph]

_NUMBER_ZONE = 40 * MM
_NUMBER_ASIDE = 20 * MM
_AGREE = 1.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The text area as it was used: left and right edge."""

    left: float
    right: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


class PrintedPaper:
    def __init__(self, paper: Paper, pdf: bytes) -> None:
        self.paper = paper
        self.sheets = read(pdf)
        self.page_numbers: dict[int, Line] = {}
        stream: list[Glyph] = []
        for sheet in self.sheets:
            number = _page_number(sheet)
            if number:
                self.page_numbers[sheet.number] = number
            own = set(number.glyphs) if number else set()
            stream += [glyph for glyph in sheet.stream if glyph not in own]
        placement = place(stream, groups_of(paper))
        self.placed = placement.placed
        self.repeated_heads = placement.repeated_heads
        self.failures: list[Failure] = placement.failures
        self.section_of = self._sections()
        self._frames = {section: self._frame(section) for section in range(len(paper.appendices) + 1)}

    def of(self, *parts: Part, section: int | None = None) -> list[Words]:
        """What is printed of these parts, in order."""
        return [
            words
            for words in self.placed
            if words.marks and words.piece.part in parts and section in (None, words.piece.section)
        ]

    def lines(self, *parts: Part, section: int | None = None) -> list[Line]:
        return [line for words in self.of(*parts, section=section) for line in lines_of(words.marks)]

    def text_lines(self, page: int) -> tuple[Line, ...]:
        """The lines of a page, without its number."""
        sheet, number = self.sheets[page - 1], self.page_numbers.get(page)
        own = set(number.glyphs) if number else set()
        return lines_of(glyph for glyph in sheet.stream if glyph not in own and not glyph.text.isspace())

    def frame(self, section: int) -> Frame:
        return self._frames[section]

    def pages_of(self, section: int) -> list[Sheet]:
        return [sheet for sheet in self.sheets if self.section_of[sheet.number] == section]

    def nominal(self, section: int) -> layout.Page:
        landscape = section and self.paper.appendices[section - 1].landscape
        return layout.LANDSCAPE if landscape else layout.PORTRAIT

    def continuations(self, section: int) -> Iterator[Line]:
        """Lines of the running text that begin at the left edge."""
        for words in self.of(*FLOWING, section=section):
            yield from lines_of(words.marks)[1:]

    def full_lines(self, section: int) -> Iterator[Line]:
        """Lines of the running text that must reach the right edge."""
        for words in self.of(*FLOWING, section=section):
            yield from lines_of(words.marks)[:-1]

    def _sections(self) -> dict[int, int]:
        """Page to section; a page without words belongs to the one before it."""
        begins: dict[int, int] = {}
        for words in self.placed:
            if words.page is not None:
                begins[words.page] = max(words.piece.section, begins.get(words.page, 0))
        sections: dict[int, int] = {}
        current = 0
        for sheet in self.sheets:
            current = begins.get(sheet.number, current)
            sections[sheet.number] = current
        return sections

    def _frame(self, section: int) -> Frame:
        """As used by the running text; by the plan of the page where it says nothing clear."""
        page = self.nominal(section)
        left = _agreed([line.x0 for line in self.continuations(section)])
        right = _agreed([line.x1 for line in self.full_lines(section)])
        return Frame(
            left=page.left * MM if left is None else left,
            right=(page.width - page.right) * MM if right is None else right,
        )


def _agreed(values: list[float]) -> float | None:
    """The value on which at least half of them agree."""
    if not values:
        return None
    middle = statistics.median(values)
    near = [value for value in values if abs(value - middle) <= _AGREE]
    return statistics.mean(near) if 2 * len(near) >= len(values) else None


def _page_number(sheet: Sheet) -> Line | None:
    """The first or last line of the stream, if it stands in the top margin or is a lone figure at the head."""
    lines = lines_of(glyph for glyph in sheet.stream if not glyph.text.isspace())
    ends = [(lines[-1], lines[:-1]), (lines[0], lines[1:])] if lines else []
    for line, others in ends:
        if line.bottom < layout.PORTRAIT.top * MM:
            return line
        alone = all(abs(other.baseline - line.baseline) > 1 for other in others)
        central = abs(line.centre - sheet.centre) < _NUMBER_ASIDE
        if line.text.isdigit() and line.top < _NUMBER_ZONE and alone and central:
            return line
    return None
