"""Title, addressees and running text (D1–D10, D13, D17, D18, D20 for headings)."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator

from tests.layout.expected import FLOWING, Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper, Words
from tests.layout.measure import (
    SHORT_RULE,
    centre_failures,
    marker_is_set_off,
    rule_failures,
    style_failures,
    weight_failures,
)
from tests.layout.printed import MM, Line, lines_of

_CENTRE = 1.5
_DIRECTLY_BELOW = 1.6
_SIZES = (13.0, 14.0)
_SIZE_TOLERANCE = 0.1
_ONE_SIZE = 0.95
_MOST_ITALIC = 0.05
_RIGHT_EDGE = 1.0
_LEFT_EDGE = 0.5
_INDENTS = (10.0, 12.7)
_INDENT_TOLERANCE = 0.4
_PITCH = (1.15, 1.725)
_GAP = 6.0
_GAP_TOLERANCE = 0.2

_DASH = 1.0
_BESIDE_COLON = 6.0

_DECISION = "QUYẾT ĐỊNH"
_LINES = ("thẩm quyền ban hành", "QUYẾT ĐỊNH:")
_DECIDING = (Part.SUBJECT, Part.ENACTING, Part.BASIS, Part.ARTICLE)

_UPRIGHT = FLOWING - {Part.BASIS, Part.APPENDIX_REFERENCE}


def check_body(printed: PrintedPaper) -> Iterator[Failure]:
    yield from _title(printed)
    yield from _addressees(printed)
    yield from _decision(printed)
    yield from _looks(printed)
    yield from _indents(printed)
    for section in range(len(printed.paper.appendices) + 1):
        yield from _edges(printed, section)
        yield from _distances(printed, section)
        yield from _stranded(printed, section)


def _title(printed: PrintedPaper) -> Iterator[Failure]:
    titles, subjects = printed.of(Part.TITLE), printed.of(Part.SUBJECT)
    centre = printed.frame(0).centre
    is_letter = not printed.paper.title
    for check, block in (("D1", titles), ("D2", subjects)):
        if bool(block) is is_letter and is_letter:
            yield Failure(check, 1, block[0].printed, "a letter has none")
        elif not block and not is_letter:
            yield Failure(check, None, "", "not printed")
        for words in block:
            yield from style_failures(check, words)
            for line in lines_of(words.marks):
                yield from centre_failures(check, line, centre, _CENTRE, "the text area")
    if not (titles and subjects):
        return
    title, subject = titles[0], subjects[0]
    if title.printed != title.printed.upper():
        yield Failure("D1", title.page, title.printed, "not in capitals")
    if subject.printed == subject.printed.upper():
        yield Failure("D2", subject.page, subject.printed, "all in capitals")
    lines = [lines_of(title.marks)[-1], *lines_of(subject.marks)]
    pitch = (lines[1].baseline - lines[0].baseline) / lines[1].size
    if lines[0].page != lines[1].page or not 0 < pitch <= _DIRECTLY_BELOW:
        yield Failure("D2", subject.page, subject.printed, f"{pitch:.2f} lines below the title")
    yield from rule_failures("D3", lines[1:], printed.sheets[lines[-1].page - 1], SHORT_RULE, _CENTRE)


def _addressees(printed: PrintedPaper) -> Iterator[Failure]:
    """One on the line of «Kính gửi:»; several below it, each behind a dash that stands under the colon."""
    found = printed.of(Part.ADDRESSEES)
    for words in found:
        yield from style_failures("D18", words)
    if not printed.paper.title and not found:
        yield Failure("D18", 1, "", "a letter says whom it goes to")
    if len(found) < 2:
        return
    label, *names = found
    colon = label.marks[-1]
    if label.printed != "Kính gửi:" or len(names) != len(printed.paper.addressees):
        yield Failure("D18", label.page, label.printed, f"{len(names)} names below it")
    for words in names:
        dash, end = words.marks[0], "." if words is names[-1] else ";"
        if dash.text != "-" or not words.printed.endswith(end):
            yield Failure("D18", words.page, words.printed, f"not «- …{end}»")
        if not colon.x0 - _DASH <= dash.x0 <= colon.x1 + _BESIDE_COLON or abs(dash.x0 - names[0].marks[0].x0) > _DASH:
            yield Failure("D18", words.page, words.printed, f"dash at {dash.x0:.1f}, colon at {colon.x0:.1f} pt")


def _decision(printed: PrintedPaper) -> Iterator[Failure]:
    """Who decides stands between title and legal bases, that it is decided between these and the articles."""
    lines = printed.of(Part.ENACTING)
    for words in lines:
        yield from style_failures("D17", words)
        if words.printed != words.printed.upper():
            yield Failure("D17", words.page, words.printed, "not in capitals")
        for line in lines_of(words.marks):
            yield from centre_failures("D17", line, printed.frame(0).centre, _CENTRE, "the text area")
    if printed.paper.title != _DECISION:
        return
    parts = [words.piece.part for words in sorted(printed.of(*_DECIDING, section=0), key=_place)]
    order = [part for part, _ in itertools.groupby(parts)]
    if order != [Part.SUBJECT, Part.ENACTING, Part.BASIS, Part.ENACTING, Part.ARTICLE] or len(lines) != len(_LINES):
        yield Failure("D17", 1, printed.paper.subject, f"in the order {[part.value for part in order]}")


def _place(words: Words) -> tuple[int, float]:
    first = lines_of(words.marks)[0]
    return first.page, first.baseline


def _looks(printed: PrintedPaper) -> Iterator[Failure]:
    running = printed.of(*FLOWING)
    sizes = [round(glyph.size, 1) for words in running for glyph in words.marks]
    if not sizes:
        return
    usual = statistics.mode(sizes)
    share = sizes.count(usual) / len(sizes)
    if share < _ONE_SIZE or not _SIZES[0] - _SIZE_TOLERANCE <= usual <= _SIZES[1] + _SIZE_TOLERANCE:
        yield Failure("D4", None, "", f"{share:.0%} of the body at {usual} pt")
    for words in running:
        if words.piece.part is not Part.ARTICLE:
            yield from weight_failures("D5", words)
        elif not marker_is_set_off(words, lambda glyph: glyph.bold):
            yield Failure("D13", words.page, words.printed, "the marker must be bold, the words after it not")
    upright = [glyph for words in printed.of(*_UPRIGHT) for glyph in words.marks]
    italic = sum(glyph.italic for glyph in upright)
    if italic > _MOST_ITALIC * len(upright):
        yield Failure("D5", None, "", f"{italic} of {len(upright)} letters italic")


def _indents(printed: PrintedPaper) -> Iterator[Failure]:
    """Ten millimetres or half an inch, but the same throughout."""
    found: set[float] = set()
    for words in printed.of(*FLOWING):
        indent = (lines_of(words.marks)[0].x0 - printed.frame(words.piece.section).left) / MM
        near = [wanted for wanted in _INDENTS if abs(indent - wanted) <= _INDENT_TOLERANCE]
        found.update(near)
        if not near:
            yield Failure("D7", words.page, words.printed, f"first line indented {indent:.1f} mm")
    if len(found) > 1:
        yield Failure("D7", None, "", f"first-line indents mixed: {sorted(found)} mm")


def _edges(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    frame = printed.frame(section)
    for line in printed.full_lines(section):
        if abs(line.x1 - frame.right) > _RIGHT_EDGE:
            yield Failure("D6", line.page, line.text, f"ends {line.x1 - frame.right:+.1f} pt from the right edge")
    for line in printed.continuations(section):
        if abs(line.x0 - frame.left) > _LEFT_EDGE:
            yield Failure("D8", line.page, line.text, f"begins {line.x0 - frame.left:+.1f} pt from the left edge")


def _distances(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    paragraphs = [(words, lines_of(words.marks)) for words in printed.of(*FLOWING, section=section)]
    inside: list[float] = []
    for _, lines in paragraphs:
        for upper, lower in itertools.pairwise(lines):
            if upper.page != lower.page:
                continue
            pitch = lower.baseline - upper.baseline
            inside.append(pitch)
            least, most = _PITCH[0] * lower.size - 0.15, _PITCH[1] * lower.size + 0.1
            if not least <= pitch <= most:
                yield Failure("D9", lower.page, lower.text, f"{pitch:.2f} pt below the line above")
    if not inside:
        return
    usual = statistics.median(inside)
    for upper, lower in _neighbours(printed, paragraphs):
        gap = lower.baseline - upper.baseline - usual
        if gap < _GAP - _GAP_TOLERANCE:
            yield Failure("D10", lower.page, lower.text, f"only {gap:.2f} pt more than inside a paragraph")


def _neighbours(
    printed: PrintedPaper,
    paragraphs: list[tuple[Words, tuple[Line, ...]]],
) -> Iterator[tuple[Line, Line]]:
    """Last and first line of paragraphs that follow each other on one page with no table between them."""
    order = {id(words): at for at, words in enumerate(printed.placed)}
    for (above, upper), (below, lower) in itertools.pairwise(paragraphs):
        if order[id(below)] - order[id(above)] == 1 and upper[-1].page == lower[0].page:
            yield upper[-1], lower[0]


def _stranded(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    """A heading that is the last thing on its page, while its text begins on the next."""
    placed = [words for words in printed.placed if words.marks and words.piece.section == section]
    for words, following in itertools.pairwise(placed):
        if words.piece.part not in (Part.HEADING, Part.ITEM_TITLE, Part.ENACTING):
            continue
        if following.piece.part in FLOWING or following.piece.cell:
            last = words.marks[-1].page
            if following.page != last:
                yield Failure("D20", last, words.printed, "heading alone at the foot of the page")
