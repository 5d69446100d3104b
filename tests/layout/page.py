"""Page size, margins, page numbers, overlaps and empty pages (A1, A8, B1–B9, D19)."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from documents import layout
from tests.layout.expected import BODY, SIDE_BY_SIDE, SIGNATURE_BLOCK, Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper
from tests.layout.measure import SIZE_TOLERANCE
from tests.layout.printed import MM, Glyph, Sheet, Stroke, lines_of

_A4 = (595.276, 841.890)
_EDGE = 0.5 * MM
_TOP_SLACK = 0.7 * MM
_ASCENDER = 2 * MM
_CONSTANT = 0.1 * MM
_NUMBER_CENTRE = 1 * MM
_OVERLAP = 0.30
_BUCKET = 24.0
_LEAST_BODY_LINES = 2

LEFT, RIGHT, TOP, BOTTOM = (30 * MM, 35 * MM), (15 * MM, 20 * MM), (20 * MM, 25 * MM), 20 * MM


def check_pages(printed: PrintedPaper) -> Iterator[Failure]:
    for sheet in printed.sheets:
        yield from _size(printed, sheet)
        yield from _overlaps(sheet)
        yield from _vertical_margins(printed, sheet)
        yield from _horizontal_margins(printed, sheet)
        yield from _strays(printed, sheet)
        yield from _number(printed, sheet)
    for section in range(len(printed.paper.appendices) + 1):
        yield from _outer_margins(printed, section)
        yield from _constant_margins(printed, section)
    yield from _empty_pages(printed)


def _size(printed: PrintedPaper, sheet: Sheet) -> Iterator[Failure]:
    landscape = printed.nominal(printed.section_of[sheet.number]) == layout.LANDSCAPE
    wanted = _A4[::-1] if landscape else _A4
    off = max(abs(sheet.width - wanted[0]), abs(sheet.height - wanted[1]))
    if off > 0.5 or sheet.rotation:
        yield Failure("A1", sheet.number, "", f"{sheet.width:.1f} × {sheet.height:.1f} pt, turned {sheet.rotation}°")


def _overlaps(sheet: Sheet) -> Iterator[Failure]:
    buckets: dict[tuple[int, int], list[int]] = defaultdict(list)
    shown = [(at, glyph) for at, glyph in enumerate(sheet.stream) if not glyph.text.isspace()]
    for at, glyph in shown:
        columns = range(int(glyph.x0 // _BUCKET), int(glyph.x1 // _BUCKET) + 1)
        rows = range(int(glyph.top // _BUCKET), int(glyph.bottom // _BUCKET) + 1)
        for place in itertools.product(columns, rows):
            buckets[place].append(at)
    pairs = {pair for bucket in buckets.values() for pair in itertools.combinations(bucket, 2)}
    for first, second in sorted(pairs):
        one, other = sheet.stream[first], sheet.stream[second]
        kerned = second - first == 1 and one.follows(other)
        if not kerned and _shared(one, other) > _OVERLAP:
            yield Failure("A8", sheet.number, one.text + other.text, f"printed over each other at {one.x0:.0f}")


def _shared(one: Glyph, other: Glyph) -> float:
    """Of the smaller of the two boxes."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(each.x1 - each.x0) * (each.bottom - each.top) for each in (one, other)]
    return width * height / max(min(areas), 1e-6)


def _vertical_margins(printed: PrintedPaper, sheet: Sheet) -> Iterator[Failure]:
    lines = printed.text_lines(sheet.number)
    if not lines:
        return
    first = min(lines, key=lambda line: line.top)
    last = max(lines, key=lambda line: line.bottom)
    top = min([first.top, *(image[1] for image in sheet.images)])
    opens_section = sheet == printed.pages_of(printed.section_of[sheet.number])[0]
    if top < TOP[0] - _TOP_SLACK or (not opens_section and top > TOP[1] + _ASCENDER + _TOP_SLACK):
        yield Failure("B3", sheet.number, first.text, f"text begins {top / MM:.1f} mm below the edge")
    if sheet.height - last.bottom < BOTTOM - _EDGE:
        yield Failure("B4", sheet.number, last.text, f"text ends {(sheet.height - last.bottom) / MM:.1f} mm above it")


def _horizontal_margins(printed: PrintedPaper, sheet: Sheet) -> Iterator[Failure]:
    """The least that every page must keep."""
    lines = printed.text_lines(sheet.number)
    if not lines:
        return
    first = min(lines, key=lambda line: line.x0)
    last = max(lines, key=lambda line: line.x1)
    if first.x0 < LEFT[0] - _EDGE:
        yield Failure("B1", sheet.number, first.text, f"left margin {first.x0 / MM:.1f} mm")
    if sheet.width - last.x1 < RIGHT[0] - _EDGE:
        yield Failure("B2", sheet.number, last.text, f"right margin {(sheet.width - last.x1) / MM:.1f} mm")


def _outer_margins(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    """The most that a section may leave. Without lines that touch the edge, the frame of its tables must."""
    sheets = printed.pages_of(section)
    if not sheets:
        return
    page = sheets[0].number
    lefts = [line.x0 for line in printed.continuations(section)]
    lefts = lefts or [stroke.x0 for sheet in sheets for stroke in sheet.strokes if stroke.vertical]
    if lefts and min(lefts) > LEFT[1] + _EDGE:
        yield Failure("B1", page, "", f"left margin {min(lefts) / MM:.1f} mm in this section")
    rights = [sheets[0].width - line.x1 for line in printed.full_lines(section)]
    if rights and min(rights) > RIGHT[1] + _EDGE:
        yield Failure("B2", page, "", f"right margin {min(rights) / MM:.1f} mm in this section")


def _constant_margins(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    """The same edge on every page of a section that shows it."""
    lefts: dict[int, float] = {}
    rights: dict[int, float] = {}
    for line in printed.continuations(section):
        lefts[line.page] = min(line.x0, lefts.get(line.page, line.x0))
    for line in printed.full_lines(section):
        rights[line.page] = max(line.x1, rights.get(line.page, line.x1))
    for side, edges in (("left", lefts), ("right", rights)):
        spread = max(edges.values(), default=0) - min(edges.values(), default=0)
        if spread > _CONSTANT:
            yield Failure("B5", None, "", f"{side} edge wanders by {spread / MM:.2f} mm in section {section}")


def _strays(printed: PrintedPaper, sheet: Sheet) -> Iterator[Failure]:
    """Text in the margins is for B1–B4; here what lies off the page, and strokes and pictures in the margins."""
    frame = printed.frame(printed.section_of[sheet.number])
    for line in lines_of(sheet.stream):
        if line.x0 < 0 or line.x1 > sheet.width or line.top < 0 or line.bottom > sheet.height:
            yield Failure("B6", sheet.number, line.text, "off the page")
    boxes = [_box(stroke) for stroke in sheet.strokes] + list(sheet.images)
    for x0, top, x1, bottom in boxes:
        inside = frame.left - _EDGE <= x0 and x1 <= frame.right + _EDGE
        if not inside or top < TOP[0] - _EDGE or bottom > sheet.height - BOTTOM + _EDGE:
            yield Failure("B6", sheet.number, "", f"drawn in the margin: {x0:.0f} {top:.0f} {x1:.0f} {bottom:.0f}")


def _box(stroke: Stroke) -> tuple[float, float, float, float]:
    return stroke.x0, stroke.top, stroke.x1, stroke.bottom


def _number(printed: PrintedPaper, sheet: Sheet) -> Iterator[Failure]:
    section = printed.section_of[sheet.number]
    count = printed.pages_of(section).index(sheet) + 1
    line = printed.page_numbers.get(sheet.number)
    if count == 1:
        if line:
            yield Failure("B7", sheet.number, line.text, "number on the first page")
        return
    if not line:
        yield Failure("B7", sheet.number, "", f"no page number, {count} expected")
        return
    if line.text != str(count):
        yield Failure("B9" if section else "B7", sheet.number, line.text, f"numbered {line.text}, not {count}")
    sizes = [glyph.size for glyph in line.glyphs]
    if min(sizes) < 13 - SIZE_TOLERANCE or max(sizes) > 14 + SIZE_TOLERANCE:
        yield Failure("B7", sheet.number, line.text, f"size {max(sizes):.1f}")
    if any(glyph.bold or glyph.italic for glyph in line.glyphs):
        yield Failure("B7", sheet.number, line.text, "not upright and regular")
    off = line.centre - printed.frame(section).centre
    if abs(off) > _NUMBER_CENTRE:
        yield Failure("B7", sheet.number, line.text, f"{off / MM:+.1f} mm off the centre of the text area")
    if line.bottom >= layout.PORTRAIT.top * MM:
        yield Failure("B8", sheet.number, line.text, f"reaches {line.bottom / MM:.1f} mm, into the text")


def _empty_pages(printed: PrintedPaper) -> Iterator[Failure]:
    body = printed.lines(*BODY, *SIDE_BY_SIDE, section=0)
    signed_on = {words.page for words in printed.of(*SIGNATURE_BLOCK)}
    for sheet in printed.sheets:
        if not printed.text_lines(sheet.number):
            yield Failure("D19", sheet.number, "", "empty page")
        rows = {round(line.baseline) for line in body if line.page == sheet.number}
        if sheet.number in signed_on and len(rows) < _LEAST_BODY_LINES:
            signer = printed.of(Part.AUTHORITY)
            words = signer[0].printed if signer else ""
            yield Failure("D19", sheet.number, words, f"{len(rows)} lines of the body on the page that is signed")
