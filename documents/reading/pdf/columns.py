"""Lines that stand side by side: heads and feet in two columns, and pages set in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.pdf.lines import PdfLine
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME, RECIPIENTS_LABEL

_MARKER_WIDTH = 3.0
"""Of the size: what is narrower before a wide blank is the marker of its line."""
_CENTRED = 8.0
"""Points by which a line may miss the middle of the page."""
_NEAR = 2.2
"""Of the size: further below, a line no longer belongs to a column that has ended beside it."""
_LONGEST_ZONE = 25
"""Rows: whatever is longer is a page set in columns."""
_MOST_TURNS = 3
"""From left to right and back: a head drawn row by row has three."""
_HEAD_OR_FOOT = re.compile(f"{NATIONAL_NAME}|{NATIONAL_MOTTO}|{RECIPIENTS_LABEL}", re.IGNORECASE)


@dataclass(slots=True)
class Zone:
    lines: list[PdfLine]
    left_edge: float
    """Where the left column ends at most."""
    right_edge: float
    """Where the right one begins at least."""

    def takes(self, line: PdfLine) -> bool:
        """Whether it stays on one side of the gutter."""
        return line.x1 < self.right_edge or line.x0 > self.left_edge

    def side(self, line: PdfLine) -> int:
        return int(line.middle > (self.left_edge + self.right_edge) / 2)

    def add(self, *lines: PdfLine) -> None:
        self.lines += lines
        for line in lines:
            if self.side(line):
                self.right_edge = min(self.right_edge, line.x0)
            else:
                self.left_edge = max(self.left_edge, line.x1)


def settle_columns(lines: Sequence[PdfLine], middle: float) -> list[PdfLine]:
    """The lines of a page between two tables, in the order in which they are read.

    ``middle``: of the text on the page. Lines in two columns know theirs.
    """
    placed = sorted(range(len(lines)), key=lambda at: (-round(lines[at].v), lines[at].x0))
    drawn_at = {id(line): at for at, line in enumerate(lines)}
    rest = _rows([lines[at] for at in placed])
    read: list[PdfLine] = []
    while rest:
        row = rest.pop(0)
        if len(row) == 1:
            read += row
            continue
        zone = _zone(row, rest, middle)
        above = _above(zone, read, middle)
        del read[len(read) - len(above) :]
        zone.add(*above)
        read += _ordered(zone, drawn_at)
    return read


def _rows(lines: Sequence[PdfLine]) -> list[list[PdfLine]]:
    """Lines that stand beside each other belong to one row; a marker far before its words is one line with them."""
    rows: list[list[PdfLine]] = []
    for line in lines:
        if rows and all(line.stands_beside(other) for other in rows[-1]):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_with_markers(sorted(row, key=lambda line: line.x0)) for row in rows]


def _with_markers(row: list[PdfLine]) -> list[PdfLine]:
    while len(row) > 1 and row[0].x1 - row[0].x0 < _MARKER_WIDTH * row[0].size and row[1].x0 - row[0].x1 < 72:
        row[:2] = [_merged(row[0], row[1])]
    return row


def _merged(left: PdfLine, right: PdfLine) -> PdfLine:
    left.text = f"{left.text} {right.text}"
    left.x1 = right.x1
    left.size = right.size
    left.in_margin = left.in_margin and right.in_margin
    left.bold, left.italic = left.bold and right.bold, left.italic and right.italic
    return left


def _zone(row: list[PdfLine], rest: list[list[PdfLine]], middle: float) -> Zone:
    """Take from ``rest`` all that belongs to the two columns that begin with ``row``."""
    gaps = [(right.x0 - left.x1, left.x1, right.x0) for left, right in zip(row, row[1:], strict=False)]
    _, left_edge, right_edge = max(gaps)
    zone = Zone([], left_edge, right_edge)
    zone.add(*row)
    while rest and _belongs(zone, rest[0], middle):
        zone.add(*rest.pop(0))
    return zone


def _belongs(zone: Zone, row: list[PdfLine], middle: float) -> bool:
    if not all(zone.takes(line) for line in row):
        return False
    if len(row) > 1:
        return any(zone.side(line) == 0 for line in row) and any(zone.side(line) == 1 for line in row)
    line = row[0]
    if abs(line.middle - middle) <= _CENTRED:
        return False
    same = [other for other in zone.lines if zone.side(other) == zone.side(line)]
    if zone.side(line):  # the name stands far below the post
        return True
    return bool(same) and min(other.v for other in same) - line.v <= _NEAR * max(line.size, same[-1].size)


def _above(zone: Zone, read: list[PdfLine], middle: float) -> list[PdfLine]:
    """Lines just before, whose column began higher than the other: the right one, or either at the head of a page."""
    count = 0
    for line in reversed(read):
        on_right = line.x0 > zone.left_edge and abs(line.middle - middle) > _CENTRED
        begins_page = len(read) <= 3 and zone.takes(line) and abs(line.middle - middle) > _CENTRED
        if line.column is not None or not (on_right or begins_page):
            break
        count += 1
    return read[len(read) - count :] if count else []


def _ordered(zone: Zone, drawn_at: dict[int, int]) -> list[PdfLine]:
    """As drawn, if that reads each column downwards without leaping to and fro; else left before right."""
    rows = len(_rows(sorted(zone.lines, key=lambda line: (-round(line.v), line.x0))))
    if rows == 1 and not any(_HEAD_OR_FOOT.search(line.text) for line in zone.lines):
        line, *others = sorted(zone.lines, key=lambda line: line.x0)
        for other in others:
            line = _merged(line, other)
        return [line]
    for line in zone.lines:
        line.column = zone.side(line) if rows <= _LONGEST_ZONE else None
    drawn = sorted(zone.lines, key=lambda line: drawn_at[id(line)])
    sides = [zone.side(line) for line in drawn]
    turns = sum(one != other for one, other in zip(sides, sides[1:], strict=False))
    falling = all(_falls([line for line in drawn if zone.side(line) == side]) for side in (0, 1))
    if falling and turns <= _MOST_TURNS:
        return drawn
    return sorted(zone.lines, key=lambda line: (zone.side(line), -line.v, line.x0))


def _falls(lines: Sequence[PdfLine]) -> bool:
    return all(above.v >= below.v - 1 for above, below in zip(lines, lines[1:], strict=False))
