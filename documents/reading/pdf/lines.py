"""A printed line: its words, its place and its looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.pdf.letters import Letter, text_of

_RAISED = 0.75
"""Of the size of its line: a figure of a note, or of m²."""


@dataclass(slots=True)
class PdfLine:
    text: str
    x0: float
    x1: float
    v: float
    """Of its lower edge, up from the foot of the page; points, as everything here."""
    size: float
    bold: bool
    italic: bool
    page: int
    column: int | None = None
    """Where it stands beside another: 0 left, 1 right."""
    gap: bool = False
    in_margin: bool = False
    """Above or below the text: perhaps the number of the page."""

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def top(self) -> float:
        return self.v + self.size

    def stands_beside(self, other: PdfLine) -> bool:
        """On the same height, and clear of it."""
        shared = min(self.top, other.top) - max(self.v, other.v)
        return shared > 0.5 * min(self.size, other.size) and (self.x1 <= other.x0 or other.x1 <= self.x0)


def line_of(letters: Sequence[Letter], page: int) -> PdfLine | None:
    """None where nothing is to be read."""
    marks = [letter for letter in letters if not letter.is_blank]
    text = text_of(list(letters)) if marks else ""
    if not text:
        return None
    size = Counter(round(letter.size, 1) for letter in marks).most_common(1)[0][0]
    full = [letter for letter in marks if letter.size >= _RAISED * size] or marks
    return PdfLine(
        text=text,
        x0=min(letter.u0 for letter in marks),
        x1=max(letter.u1 for letter in marks),
        v=Counter(round(letter.v, 1) for letter in full).most_common(1)[0][0],
        size=size,
        bold=all(letter.bold for letter in full),
        italic=all(letter.italic for letter in full),
        page=page,
    )
