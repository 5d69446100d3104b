"""Where centred lines break: evenly, as an office breaks them by hand, and known before they are drawn."""

from __future__ import annotations

import bisect
import itertools
import re

from documents import fonts, layout
from documents.rendering.text import one_line

_LONE_BLANK = re.compile(r"(?<! ) (?! )")
_WHOLE_WORDS = (" thi đua", " thi đua - khen", " khen thưởng")
_MM_PER_PT = 25.4 / 72
_ROUNDING = 1.001  # a line that just fits by our measure must also fit by the one of WeasyPrint or Word


def balanced_lines(
    text: str, size: float, width: float, *, bold: bool = False, italic: bool = False
) -> tuple[str, ...]:
    """Break ``text`` at ``size`` points into as few lines of ``width`` millimetres as will hold it.

    Of all such breaks the one with the shortest longest line: no last word stands alone.
    A word longer than the width gets a line of its own.
    """
    units = _units(text)
    blank, *widths = (
        fonts.text_width(part, size, bold=bold, italic=italic) * _MM_PER_PT * _ROUNDING for part in (" ", *units)
    )
    fewest = len(_fill(widths, blank, width))

    def holds(limit: float) -> bool:
        lines = _fill(widths, blank, limit)
        return len(lines) == fewest and all(sum(line) + blank * (len(line) - 1) <= limit for line in lines)

    narrower = range(1, int(width))
    position = bisect.bisect_left(narrower, True, key=holds)
    limit = narrower[position] if position < len(narrower) else width
    remaining = iter(units)
    return tuple(" ".join(itertools.islice(remaining, len(line))) for line in _fill(widths, blank, limit))


def signatory_lines(text: str, columns: int) -> tuple[str, ...]:
    """As they stand in the column of one of many who sign side by side; none for no words."""
    width = layout.signatory_width(columns)
    return balanced_lines(text, layout.SIGNATORY_PT, width, bold=True) if text.strip() else ()


def _units(text: str) -> list[str]:
    """What must stay together: runs of blanks with their neighbours, a hyphen with what it follows, a whole date,
    «Thi đua - Khen thưởng», which no office parts in its name.
    """
    units: list[str] = []
    for word in _LONE_BLANK.split(one_line(text).strip()):
        if units and _belongs(units[-1], word):
            units[-1] = f"{units[-1]} {word}"
        else:
            units.append(word)
    return units


def _belongs(before: str, word: str) -> bool:
    if f" {before} {word}".casefold().rstrip(".,;").endswith(_WHOLE_WORDS):
        return True
    return word in {"-", "–"} or word.rstrip(".,;").isdigit() or (word in {"tháng", "năm"} and before[-1].isdigit())


def _fill(widths: list[float], blank: float, limit: float) -> list[list[float]]:
    """The widths of the units on each line, every line as full as ``limit`` allows."""
    lines: list[list[float]] = []
    for width in widths:
        if lines and sum(lines[-1]) + blank * len(lines[-1]) + width <= limit:
            lines[-1].append(width)
        else:
            lines.append([width])
    return lines
