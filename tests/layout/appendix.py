"""Appendices: where they begin, their head, and the words that tie them to the paper (F1–F3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.tree import Appendix, Header
from tests.layout.expected import Part
from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper
from tests.layout.measure import centre_failures, style_failures
from tests.layout.printed import lines_of

_CENTRE = 1.5
_REFERENCE_WORDS = re.compile(
    r"\(Kèm theo .+? số (?P<number>\S*) ?(?P<date>ngày .*?năm(?: \d+)?) của (?P<issuer>.+)\)"
)


def check_appendices(printed: PrintedPaper) -> Iterator[Failure]:
    for section, appendix in enumerate(printed.paper.appendices, start=1):
        yield from _page_of_its_own(printed, section)
        centre = printed.frame(section).centre
        for check, part in (
            ("F1", Part.APPENDIX_TITLE),
            ("F2", Part.APPENDIX_SUBJECT),
            ("F2", Part.REFERENCE),
        ):
            for words in printed.of(part, section=section):
                yield from style_failures(check, words)
                for line in lines_of(words.marks):
                    yield from centre_failures(check, line, centre, _CENTRE, "the text area")
        yield from reference_failures(appendix, printed.paper.header)


def _page_of_its_own(printed: PrintedPaper, section: int) -> Iterator[Failure]:
    own = [words for words in printed.placed if words.marks and words.piece.section == section]
    if not own:
        yield Failure("F1", None, printed.paper.appendices[section - 1].title, "not printed")
        return
    page = own[0].marks[0].page
    others = [words for words in printed.placed if words.marks and words.piece.section != section]
    if any(glyph.page == page for words in others for glyph in words.marks):
        yield Failure("F1", page, own[0].printed, "does not begin on a page of its own")
    first = min(printed.text_lines(page), key=lambda line: line.top)
    if own[0].marks[0] not in first.glyphs:
        yield Failure("F1", page, own[0].printed, "is not the first line of its page")


def reference_failures(appendix: Appendix, header: Header) -> Iterator[Failure]:
    """Number, day and issuer as in the header; number and day may both be left open (an electronic paper)."""
    words = " ".join(appendix.reference.split())
    if not words:
        return
    match = _REFERENCE_WORDS.fullmatch(words)
    if not match:
        yield Failure("F3", None, words, "does not name number, date and issuer")
        return
    given = (match["number"], match["date"])
    printed = (f"{header.number}/{header.symbol}", " ".join(header.date.in_words().split()))
    if given not in (printed, (f"/{header.symbol}", "ngày tháng năm")):
        yield Failure("F3", None, words, f"number and date are not those of the paper: {printed}")
    if match["issuer"].casefold() != " ".join(header.issuer).casefold():
        yield Failure("F3", None, words, f"issuer is not {' '.join(header.issuer)}")
