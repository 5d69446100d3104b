"""The words of a PDF, a Word file and a text, for comparing them with one another.

What pages add is taken away: page numbers and the heads of tables that stand again on the
next page. A word that the end of a line divides is put together again, if it is one of the paper.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable

from documents.tree import Paper
from tests.layout.expected import Part, groups_of
from tests.layout.located import PrintedPaper
from tests.layout.placing import bare
from tests.layout.word_reading import WordFile, words_in

_MOST_PIECES = 4
"""A long word in a narrow column may be divided more than once."""


def text_words(text: str) -> list[str]:
    return text.split()


def pdf_words(pdf_bytes: bytes, paper: Paper) -> list[str]:
    """As ``pdftotext -raw`` gives them."""
    printed = PrintedPaper(paper, pdf_bytes)
    heads = _heads(paper)
    pages = raw_text(pdf_bytes).split("\f")
    lines: list[list[str]] = []
    for sheet, page in zip(printed.sheets, pages, strict=False):
        own = [line.split() for line in page.splitlines() if line.strip()]
        number = printed.page_numbers.get(sheet.number)
        if number and own and bare(number.text) in ("".join(own[-1]), "".join(own[0])):
            own.pop(-1 if "".join(own[-1]) == bare(number.text) else 0)
        for table, at in sorted(printed.repeated_heads):
            if at == sheet.number:
                own = _without_head(own, heads[table])
        lines += own
    return _whole(
        lines,
        {word for group in groups_of(paper) for strand in group for piece in strand for word in piece.text.split()},
    )


def docx_words(docx_bytes: bytes) -> list[str]:
    """Of the body, in document order: headers, footers and field codes are no part of it."""
    return [word for paragraph in WordFile(docx_bytes).paragraphs for word in words_in(paragraph).split()]


def raw_text(pdf: bytes) -> str:
    """In the order of the content stream, a form feed after each page."""
    answer = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return answer.stdout.decode()


def _heads(paper: Paper) -> dict[int, str]:
    heads: dict[int, str] = {}
    for piece in (piece for group in groups_of(paper) for strand in group for piece in strand):
        if piece.part is Part.TABLE_HEAD and piece.cell:
            heads[piece.cell.table] = heads.get(piece.cell.table, "") + bare(piece.text)
    return heads


def _without_head(lines: list[list[str]], head: str) -> list[list[str]]:
    """The head is the first thing on its page; a row may follow it on the same line."""
    left = head
    rest = [list(line) for line in lines]
    while left:
        if not rest or not rest[0] or not left.startswith(rest[0][0]):
            raise AssertionError(f"repeated head not at the top of the page: {head!r}, {lines[:2]}")
        left = left.removeprefix(rest[0].pop(0))
        if not rest[0]:
            rest.pop(0)
    return rest


def _whole(lines: Iterable[list[str]], known: set[str]) -> list[str]:
    """Join what the ends of lines divided."""
    words: list[str] = []
    ends: set[int] = set()
    for line in lines:
        words += line
        ends.add(len(words))
    whole: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(_MOST_PIECES, 1, -1) if _divided(words, at, n, ends, known)), 1)
        whole.append("".join(words[at : at + length]))
        at += length
    return whole


def _divided(words: list[str], at: int, pieces: int, ends: set[int], known: set[str]) -> bool:
    """These neighbours are one word of the paper, each standing at the end of its line."""
    joined = "".join(words[at : at + pieces])
    broken = all(end in ends for end in range(at + 1, at + pieces))
    return at + pieces <= len(words) and broken and joined in known and not known.issuperset(words[at : at + pieces])
