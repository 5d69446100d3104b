"""The rules under motto, issuer and subject in a Word file (I, C6, C11, D3)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from documents import fonts
from tests.layout.expected import Part
from tests.layout.failures import Failure
from tests.layout.measure import FULL_RULE, SHORT_RULE
from tests.layout.placing import Placed
from tests.layout.word_reading import Letter, WordFile, words_in
from tests.layout.word_tables import inner_width

_EMU_PER_TWIP = 635
_LARGEST_GAP = 120
_THICKNESS = (4, 12)
"""Eighths of a point: 0.5 to 1.5 pt."""
_CENTRE = 20
_SHARES = {Part.MOTTO: FULL_RULE, Part.ISSUER: SHORT_RULE, Part.SUBJECT: SHORT_RULE}

Words = Placed[Letter]


def check_rules(file: WordFile, placed: list[Words]) -> Iterator[Failure]:
    for part, share in _SHARES.items():
        block = [words for words in placed if words.marks and words.piece.part is part]
        if block:
            yield from _rule(file, block, share)


def _rule(file: WordFile, block: list[Words], share: tuple[float, float]) -> Iterator[Failure]:
    paragraph = block[-1].marks[-1].paragraph
    words = block[-1].printed
    widths = [width for each in block for width in _line_widths(file, each)]
    found = _drawn(paragraph) or _border(file, paragraph)
    if found is None:
        yield Failure("I.rule", None, words, "no rule below")
        return
    length, failure = found
    if failure:
        yield Failure("I.rule", None, words, failure)
    ratios = sorted({round(length / width, 3) for width in (max(widths), widths[-1])})
    if not any(share[0] <= ratio <= share[1] for ratio in ratios):
        yield Failure("I.rule", None, words, f"rule has {ratios} of the line, not {share[0]} to {share[1]}")


def _drawn(paragraph: Element) -> tuple[float, str] | None:
    """A line drawn in the paragraph or in the empty one below."""
    for place in _paragraph_and_below(paragraph):
        extent = next(place.iter(qn("wp:extent")), None)
        if extent is not None:
            return int(extent.get("cx")) / _EMU_PER_TWIP, ""
    return None


def _border(file: WordFile, paragraph: Element) -> tuple[float, str] | None:
    """Length in twips and what is wrong with it. A border runs from indent to indent."""
    for place in _paragraph_and_below(paragraph):
        borders = file.paragraph_property(place, "w:pBdr")
        drawn = [] if borders is None else [line for line in borders if line.get(qn("w:val")) not in ("nil", "none")]
        if not drawn:
            continue
        left, right = (
            file.paragraph_twips(place, "w:ind", *names) for names in (("w:left", "w:start"), ("w:right", "w:end"))
        )
        return inner_width(file, place) - left - right, _fault(file, paragraph, place, drawn, left - right)
    return None


def _fault(file: WordFile, above: Element, place: Element, drawn: list[Element], aside: int) -> str:
    """Why the border is no rule of the decree; empty when it is."""
    line = drawn[0]
    if len(drawn) > 1 or line.tag not in (qn("w:top"), qn("w:bottom")):
        return "a box instead of one rule"
    if line.get(qn("w:val")) != "single" or line.get(qn("w:color")) not in (None, "auto", "000000"):
        return f"{line.get(qn('w:val'))} line, colour {line.get(qn('w:color'))}"
    if not _THICKNESS[0] <= int(line.get(qn("w:sz"), 0)) <= _THICKNESS[1]:
        return f"{line.get(qn('w:sz'))} eighths of a point thick"
    if abs(aside) > _CENTRE:
        return f"{aside} twips off the centre"
    gap = int(line.get(qn("w:space"), 0)) * 20
    if place is not above:
        gap += file.paragraph_twips(above, "w:spacing", "w:after") + file.paragraph_twips(
            place, "w:spacing", "w:before"
        )
        gap += _height(file, place) if line.tag == qn("w:bottom") else 0
    return f"{gap / 20:g} pt below the words" if gap > _LARGEST_GAP else ""


def _height(file: WordFile, empty: Element) -> int:
    line = file.paragraph_twips(empty, "w:spacing", "w:line")
    exact = file.paragraph_attribute(empty, "w:spacing", "w:lineRule") == "exact"
    return line if exact else 320  # a line of the body, at the least


def _paragraph_and_below(paragraph: Element) -> Iterator[Element]:
    yield paragraph
    below = paragraph.getnext()
    if below is not None and below.tag == qn("w:p") and not words_in(below).strip():
        yield below


def _line_widths(file: WordFile, words: Words) -> Iterator[float]:
    """Twips, broken as Word will: at the breaks in the paragraph and where the next word does not fit."""
    paragraph = words.marks[0].paragraph
    size, room = file.size(words.marks[0].run), inner_width(file, paragraph)
    for typed in words_in(paragraph).split("\n"):
        line = ""
        for word in typed.split():
            longer = f"{line} {word}".strip()
            if line and fonts.text_width(longer, size, bold=True) * 20 > room:
                yield fonts.text_width(line, size, bold=True) * 20
                longer = word
            line = longer
        yield fonts.text_width(line, size, bold=True) * 20
