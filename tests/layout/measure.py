"""Measurements that several checks share. Points throughout."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.layout.expected import Part
from tests.layout.failures import Failure
from tests.layout.located import Words
from tests.layout.placing import M, Placed, bare
from tests.layout.printed import Colour, Line, Sheet, Stroke, lines_of

SIZE_TOLERANCE = 0.1
RULE_GAP = 6.0
RULE_SEARCH = 14.0
SHORT_RULE = (0.32, 0.52)
"""One third to one half of the text line."""
FULL_RULE = (0.97, 1.03)
BLACK: tuple[Colour, ...] = ((0.0,), (0.0, 0.0, 0.0), (0.0, 0.0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Style:
    smallest: float
    largest: float
    bold: bool = False
    italic: bool = False


STYLES: dict[Part, Style] = {
    Part.NATIONAL_NAME: Style(12, 13, bold=True),
    Part.MOTTO: Style(13, 14, bold=True),
    Part.SUPERIOR: Style(12, 13),
    Part.ISSUER: Style(12, 13, bold=True),
    Part.NUMBER: Style(13, 13),
    Part.DATE: Style(13, 14, italic=True),
    Part.ABOUT: Style(12, 13),
    Part.TITLE: Style(13, 14, bold=True),
    Part.SUBJECT: Style(13, 14, bold=True),
    Part.ADDRESSEES: Style(13, 14),
    Part.ENACTING: Style(13, 14, bold=True),
    Part.BASIS: Style(13, 14, italic=True),
    Part.PARAGRAPH: Style(13, 14),
    Part.HEADING: Style(13, 14, bold=True),
    Part.ITEM_TITLE: Style(13, 14, bold=True),
    Part.ITEM: Style(13, 14),
    Part.ARTICLE: Style(13, 14),  # but for its marker, see ``marker_is_set_off``
    Part.APPENDIX_REFERENCE: Style(13, 14, italic=True),
    Part.TABLE_HEAD: Style(11, 14, bold=True),
    Part.TABLE_CELL: Style(11, 14),
    Part.TABLE_GROUP: Style(11, 14, bold=True),
    Part.DRAWN: Style(10, 12),
    Part.CAPTION: Style(13, 14, italic=True),
    Part.RECIPIENTS_LABEL: Style(12, 12, bold=True, italic=True),
    Part.RECIPIENT: Style(11, 11),
    Part.SIGNATORIES: Style(13, 14, bold=True),
    Part.COSIGNER: Style(13, 14, bold=True),
    Part.COSIGNED: Style(13, 14, bold=True),
    Part.AUTHORITY: Style(13, 14, bold=True),
    Part.POST: Style(13, 14, bold=True),
    Part.SIGNER: Style(13, 14, bold=True),
    Part.APPENDIX_TITLE: Style(14, 14, bold=True),
    Part.APPENDIX_SUBJECT: Style(13, 14, bold=True),
    Part.REFERENCE: Style(13, 14, italic=True),
}
"""Decree 30/2020/NĐ-CP, Phụ lục I, mục V; tables, their group rows and charts are not regulated."""


def style_failures(check: str, words: Words) -> Iterator[Failure]:
    yield from size_failures(check, words)
    yield from weight_failures(check, words)


def size_failures(check: str, words: Words) -> Iterator[Failure]:
    style = STYLES[words.piece.part]
    sizes = sorted({round(glyph.size, 1) for glyph in words.marks})
    if sizes and not (style.smallest - SIZE_TOLERANCE <= sizes[0] and sizes[-1] <= style.largest + SIZE_TOLERANCE):
        allowed = f"{style.smallest:g} to {style.largest:g} pt"
        yield Failure(check, words.page, words.printed, f"size {sizes}, not {allowed}")


def weight_failures(check: str, words: Words) -> Iterator[Failure]:
    style = STYLES[words.piece.part]
    for trait in ("bold", "italic"):
        wanted = getattr(style, trait)
        if any(getattr(glyph, trait) != wanted for glyph in words.marks):
            yield Failure(check, words.page, words.printed, f"must {'' if wanted else 'not '}be {trait}")


def marker_is_set_off(words: Placed[M], is_bold: Callable[[M], bool]) -> bool:
    """«Điều 1.» is bold, what follows it is not (D13)."""
    marker = re.match(r"Điều\d+\.", bare(words.piece.text))
    ends = marker.end() if marker else 0
    printed = itertools.accumulate(len(mark.text) for mark in words.marks)
    return all(is_bold(mark) == (reached <= ends) for mark, reached in zip(words.marks, printed, strict=True))


def one_line_failures(check: str, words: Words) -> Iterator[Failure]:
    count = len(lines_of(words.marks))
    if count > 1:
        yield Failure(check, words.page, words.printed, f"broken over {count} lines")


def centre_failures(check: str, line: Line, centre: float, tolerance: float, of: str) -> Iterator[Failure]:
    off = line.centre - centre
    if abs(off) > tolerance:
        yield Failure(check, line.page, line.text, f"{off:+.1f} pt off the centre of {of}")


def rules_below(line: Line, sheet: Sheet) -> list[Stroke]:
    return [
        stroke
        for stroke in sheet.strokes
        if stroke.horizontal
        and stroke.x0 < line.x1
        and stroke.x1 > line.x0
        and line.baseline < stroke.top <= line.bottom + RULE_SEARCH
    ]


def rule_failures(
    check: str,
    lines: Iterable[Line],
    sheet: Sheet,
    share: tuple[float, float],
    centre_tolerance: float,
) -> Iterator[Failure]:
    """The rule under a block of lines; its length may refer to the widest line or to the last one."""
    block = tuple(lines)
    last = block[-1]
    strokes = rules_below(last, sheet)
    if len(strokes) != 1:
        yield Failure(check, last.page, last.text, f"{len(strokes)} rules below, not one")
        return
    rule = strokes[0]
    ratios = sorted({round(rule.width / width, 3) for width in (max(line.width for line in block), last.width)})
    if not any(share[0] <= ratio <= share[1] for ratio in ratios):
        yield Failure(check, last.page, last.text, f"rule has {ratios} of the line, not {share[0]} to {share[1]}")
    off = (rule.x0 + rule.x1) / 2 - last.centre
    if abs(off) > centre_tolerance:
        yield Failure(check, last.page, last.text, f"rule {off:+.1f} pt off the centre")
    gap = rule.top - last.bottom
    if not 0 <= gap <= RULE_GAP:
        yield Failure(check, last.page, last.text, f"rule {gap:.1f} pt below, not 0 to {RULE_GAP:g}")
    if rule.colour not in BLACK:
        yield Failure(check, last.page, last.text, f"rule is not black: {rule.colour}")
    if rule.drawn_as == "line":
        yield Failure("C7", last.page, last.text, "underlined text instead of a drawn rule")
