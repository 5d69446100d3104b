"""The header block of page 1 (C1–C13, C15, C17–C19, C21; size and words of C14 and C16)."""

from __future__ import annotations

from collections.abc import Iterator

from documents.tree import NATIONAL_NAME
from tests.layout.expected import Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper, Words
from tests.layout.measure import (
    FULL_RULE,
    SHORT_RULE,
    centre_failures,
    one_line_failures,
    rule_failures,
    style_failures,
)
from tests.layout.placing import bare
from tests.layout.printed import Line, lines_of

_RIGHT_HALF = 0.40
_FIRST_INK = 2.0
_CENTRE = 1.0
_LOWER_CENTRE = 1.5
_SAME_LINE = 3.0
_COLUMN_GAP = 3.0
_SINGLE = (1.0, 1.25)
_ABOUT_GAP = (4.0, 9.0)


def check_header(printed: PrintedPaper) -> Iterator[Failure]:
    """Papers that enter no register bear no number, minutes say their day in the text: then there is none to print."""
    header = printed.paper.header
    parts = [Part.NATIONAL_NAME, Part.MOTTO, Part.ISSUER]
    parts += [Part.NUMBER] * bool(header.number_line) + [Part.DATE] * bool(header.date_line)
    found = {part: printed.of(part) for part in parts}
    missing = [part for part, words in found.items() if not words]
    for part in missing:
        yield Failure(_CHECK_OF[part], None, part.value, "not printed")
    if missing:
        return
    name, motto = found[Part.NATIONAL_NAME][0], found[Part.MOTTO][0]
    number, date = (found[part][0] if part in found else None for part in (Part.NUMBER, Part.DATE))
    yield from _national(printed, name, motto)
    yield from _issuer(printed)
    yield from _number_and_date(printed, number, date)
    if number is not None:
        yield from _about(printed, number)
    yield from _columns(printed)
    yield from _once(printed)


_CHECK_OF = {
    Part.NATIONAL_NAME: "C1",
    Part.MOTTO: "C2",
    Part.ISSUER: "C9",
    Part.NUMBER: "C15",
    Part.DATE: "C16",
}


def _national(printed: PrintedPaper, name: Words, motto: Words) -> Iterator[Failure]:
    for check, words in (("C1", name), ("C2", motto)):
        if words.printed != words.piece.text:
            yield Failure(check, words.page, words.printed, f"not exactly «{words.piece.text}»")
        yield from one_line_failures(check, words)
        yield from style_failures(check, words)
    upper, lower = lines_of(name.marks)[0], lines_of(motto.marks)[0]
    sheet = printed.sheets[upper.page - 1]
    yield from centre_failures("C3", lower, upper.centre, _CENTRE, "Quốc hiệu")
    first = min(printed.text_lines(upper.page), key=lambda line: line.top)
    if upper.page != 1 or upper.x0 <= sheet.width * _RIGHT_HALF or upper.centre <= sheet.centre:
        yield Failure("C4", upper.page, name.printed, f"not in the right half of page 1: from {upper.x0:.0f} pt")
    if upper.top - first.top > _FIRST_INK:
        yield Failure("C4", upper.page, name.printed, f"{upper.top - first.top:.1f} pt below the first words")
    pitch = (lower.baseline - upper.baseline) / lower.size
    if not _SINGLE[0] <= pitch <= _SINGLE[1]:
        yield Failure("C5", lower.page, motto.printed, f"{pitch:.2f} lines below Quốc hiệu")
    yield from rule_failures("C6", [lower], sheet, FULL_RULE, _CENTRE)


def _issuer(printed: PrintedPaper) -> Iterator[Failure]:
    superiors, issuers = printed.of(Part.SUPERIOR), printed.of(Part.ISSUER)
    for check, block in (("C8", superiors), ("C9", issuers)):
        for words in block:
            yield from style_failures(check, words)
            if words.printed != words.printed.upper():
                yield Failure(check, words.page, words.printed, "not in capitals")
    if bool(superiors) != bool(printed.paper.header.superior):
        yield Failure("C8", 1, printed.paper.header.superior, "superior body wanted, but not printed")
    lines = [line for words in issuers for line in lines_of(words.marks)]
    centre = lines[0].centre
    for line in [*printed.lines(Part.SUPERIOR), *lines[1:]]:
        yield from centre_failures("C9", line, centre, _CENTRE, "the issuer")
    yield from _nothing_above(printed, lines[0])
    yield from rule_failures("C11", lines, printed.sheets[lines[-1].page - 1], SHORT_RULE, _CENTRE)


def _nothing_above(printed: PrintedPaper, issuer: Line) -> Iterator[Failure]:
    """A body without a superior is the first line of its column."""
    if printed.paper.header.superior:
        return
    middle = printed.sheets[0].width * _RIGHT_HALF
    for line in printed.text_lines(1):
        if line.bottom < issuer.baseline and line.centre < middle:
            yield Failure("C10", 1, line.text, "stands above an issuer that has no superior")


def _number_and_date(printed: PrintedPaper, number: Words | None, date: Words | None) -> Iterator[Failure]:
    for check, words in (("C14", number), ("C16", date)):
        if words is None:
            continue
        if bare(words.printed) != bare(words.piece.text):
            yield Failure(check, words.page, words.printed, f"the paper says «{words.piece.text}»")
        yield from one_line_failures(check, words)
        yield from style_failures(check, words)
    issuer, name = printed.lines(Part.ISSUER)[0], printed.lines(Part.NATIONAL_NAME)[0]
    if number is not None:
        line = lines_of(number.marks)[0]
        yield from centre_failures("C15", line, issuer.centre, _LOWER_CENTRE, "the issuer")
    if date is not None:
        yield from centre_failures("C18", lines_of(date.marks)[0], name.centre, _LOWER_CENTRE, "Quốc hiệu")
    if number is None or date is None:
        return
    number_line, date_line = lines_of(number.marks)[0], lines_of(date.marks)[0]
    apart = number_line.baseline - date_line.baseline
    if number_line.page != date_line.page or abs(apart) > _SAME_LINE:
        yield Failure("C17", date_line.page, date.printed, f"{apart:+.1f} pt from the line of the number")


def _about(printed: PrintedPaper, number: Words) -> Iterator[Failure]:
    """What a letter is about stands a little below its number; other papers say it under their title."""
    found = printed.of(Part.ABOUT)
    if bool(found) == bool(printed.paper.title):
        yield Failure("C19", 1, printed.paper.header.about, "belongs to a letter, and to nothing else")
    for words in found:
        yield from style_failures("C19", words)
        if not words.printed.startswith("V/v "):
            yield Failure("C19", words.page, words.printed, "does not begin with «V/v »")
        lines, above = lines_of(words.marks), lines_of(number.marks)[-1]
        for line in lines:
            yield from centre_failures("C19", line, printed.lines(Part.ISSUER)[0].centre, _LOWER_CENTRE, "the issuer")
        gap = lines[0].top - above.bottom
        if not _ABOUT_GAP[0] <= gap <= _ABOUT_GAP[1]:
            yield Failure("C19", words.page, words.printed, f"{gap:.1f} pt below the number")


def _columns(printed: PrintedPaper) -> Iterator[Failure]:
    left = printed.lines(Part.SUPERIOR, Part.ISSUER, Part.NUMBER, Part.ABOUT)
    right = printed.lines(Part.NATIONAL_NAME, Part.MOTTO, Part.DATE)
    apart = right[0].baseline - left[0].baseline
    if abs(apart) > _SAME_LINE:
        yield Failure("C12", 1, left[0].text, f"{apart:+.1f} pt from the line of Quốc hiệu")
    reach, start = max(line.x1 for line in left), min(line.x0 for line in right)
    if reach + _COLUMN_GAP >= start:
        yield Failure("C13", 1, left[0].text, f"left block ends at {reach:.1f}, right block begins at {start:.1f}")


def _once(printed: PrintedPaper) -> Iterator[Failure]:
    wanted = sum(bare(words.piece.text).count(bare(NATIONAL_NAME)) for words in printed.placed)
    for sheet in printed.sheets:
        seen = bare("".join(glyph.text for glyph in sheet.stream)).count(bare(NATIONAL_NAME))
        wanted -= seen
    if wanted:
        yield Failure("C21", None, NATIONAL_NAME, f"{-wanted:+d} times too often")
