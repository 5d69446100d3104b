"""Recipients and signature (E1, E2, E4, E9–E11; size and weight of E5 and E8)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.layout.expected import BODY, SIDE_BY_SIDE, SIGNATURE_BLOCK, Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper
from tests.layout.measure import centre_failures, style_failures
from tests.layout.printed import MM, lines_of

_LEFT_EDGE = 1.0
_LEVEL = 3.0
_CENTRE = 1.5
_SPACE = (20.0, 45.0)


def check_signature(printed: PrintedPaper) -> Iterator[Failure]:
    yield from _recipients(printed)
    if printed.paper.signature.lines or printed.paper.signatories is None:
        yield from _authority(printed)
    yield from _together(printed)
    yield from _side_by_side(printed)


def _recipients(printed: PrintedPaper) -> Iterator[Failure]:
    left = printed.frame(0).left
    for check, part in (("E1", Part.RECIPIENTS_LABEL), ("E2", Part.RECIPIENT)):
        for words in printed.of(part):
            yield from style_failures(check, words)
            off = lines_of(words.marks)[0].x0 - left
            if abs(off) > _LEFT_EDGE:
                yield Failure(check, words.page, words.printed, f"{off:+.1f} pt from the left edge")
    entries = printed.of(Part.RECIPIENT)
    for words in entries:
        end = "." if words is entries[-1] else ";"
        if not words.printed.startswith("- ") or not words.printed.endswith(end):
            yield Failure("E2", words.page, words.printed, f"must stand as «- …{end}»")


def _authority(printed: PrintedPaper) -> Iterator[Failure]:
    authority, signer = printed.of(Part.AUTHORITY), printed.of(Part.POST, Part.SIGNER)
    if not authority:
        yield Failure("E5", None, "", "nobody signs")
        return
    for check, block in (("E5", authority), ("E8", signer)):
        for words in block:
            yield from style_failures(check, words)
    lines = printed.lines(Part.AUTHORITY)
    label = printed.lines(Part.RECIPIENTS_LABEL)
    if label and (label[0].page != lines[0].page or abs(label[0].baseline - lines[0].baseline) > _LEVEL):
        apart = label[0].baseline - lines[0].baseline
        yield Failure("E4", lines[0].page, label[0].text, f"{apart:+.1f} pt from the first line of the signature")
    below = printed.lines(Part.POST, Part.SIGNER)
    for line in [*lines[1:], *below]:
        yield from centre_failures("E9", line, lines[0].centre, _CENTRE, "the signature block")
    sheet = printed.sheets[lines[0].page - 1]
    if lines[0].centre <= sheet.centre:
        yield Failure("E9", lines[0].page, lines[0].text, "not in the right half")
    if below and below[0].page == lines[-1].page:
        space = (below[0].top - lines[-1].bottom) / MM
        if not _SPACE[0] <= space <= _SPACE[1]:
            yield Failure("E10", lines[0].page, below[0].text, f"{space:.1f} mm to sign in")


def _together(printed: PrintedPaper) -> Iterator[Failure]:
    block = printed.of(*SIGNATURE_BLOCK)
    pages = sorted({glyph.page for words in block for glyph in words.marks})
    if not pages:
        return
    if len(pages) > 1:
        yield Failure("E11", pages[0], block[0].printed, f"signature spread over pages {pages}")
    body = printed.lines(*BODY, *SIDE_BY_SIDE, section=0)
    if body and max(line.page for line in body) != pages[0]:
        yield Failure("E11", pages[0], block[0].printed, "no text of the body on the page that is signed")


def _side_by_side(printed: PrintedPaper) -> Iterator[Failure]:
    """Each row of signatories whole and on one page, its names level; the first on a page with words of the text."""
    signatories = printed.paper.signatories
    if signatories is None:
        return
    words = printed.of(*SIDE_BY_SIDE)
    for one in words:
        yield from style_failures("E8", one)
    text = printed.lines(*BODY, section=0)
    if words and text and max(line.page for line in text) != words[0].page:
        yield Failure(
            "E11", words[0].page, words[0].printed, "no text of the body on the page where they begin to sign"
        )
    waiting = [one for one in words if one.piece.part is not Part.SIGNATORIES]
    for row in signatories.rows():
        count = sum(bool(text.strip()) for one in row for text in (one.body, one.post, one.name))
        own, waiting = waiting[:count], waiting[count:]
        pages = sorted({glyph.page for one in own for glyph in one.marks})
        if len(pages) > 1:
            yield Failure("E11", pages[0], own[0].printed, f"a row of signatories spread over pages {pages}")
        names = [lines_of(one.marks)[0] for one in own if one.piece.part is Part.COSIGNED]
        if names and max(line.baseline for line in names) - min(line.baseline for line in names) > _CENTRE:
            yield Failure("E9", names[0].page, names[0].text, "names of one row do not stand level")
