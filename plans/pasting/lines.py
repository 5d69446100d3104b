"""Words pasted into the body of a plan: parted at their headings, each body as plain lines (``documents.outline``).

What Word, Google and web pages draw before a paragraph becomes its marker, lines that a text file or a web page
broke in mid-sentence become one again, a table within the text a line for each row. Every word stays.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from documents.outline import Kind, read_body
from plans.interchange import MOST_BLOCKS
from plans.pasting.grid import MOST_LETTERS, UnfitPaste, clean_cell, too_much
from plans.pasting.html import Block, Table, read_html


@dataclass(frozen=True, slots=True)
class PastedSection:
    marker: str
    """«I.», «A.», «Phần I.»; empty for what stands before the first heading."""
    heading: str
    level: int
    """1 for the outermost headings of this paste; 0 for what has none."""
    body: str


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    is_bold: bool = False
    stands_apart: bool = True
    """A blank line, or the end of a paragraph, is before it."""


_ROMAN = re.compile(r"(?P<marker>(?P<value>[IVX]{1,6})\s?[.)/:–-])\s*(?P<heading>\S.*)")
_LETTER = re.compile(r"(?P<marker>(?P<value>[A-HĐ])\s?[.)/])\s+(?P<heading>\S.*)")
_PART = re.compile(
    r"(?P<marker>(?:phần|chương)\s+(?:thứ\s+)?"
    r"(?P<value>[ivx]{1,5}|\d{1,2}|nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)\b\s?[.:–-]?)"
    r"\s*(?P<heading>.*)",
    re.IGNORECASE,
)
_KINDS = {"part": _PART, "letter": _LETTER, "roman": _ROMAN}
_LONGEST_HEADING = 250
_LONGEST_PLAIN_HEADING = 120
_LONGEST_MARKER = 12
_MOSTLY = 0.8

_BULLET = re.compile(r"[·•●○▪■□◦‣➢➤✓✔]\s*(?=\S)")
_UNUSUAL = re.compile(r"(?:Điều|Bước|Mục|Khoản|Đợt|Giai đoạn)\s\S{1,5}|\d{1,3}/|\S{1,3}[/:]")
_WRAPPED_AT = 30  # letters; a shorter line was ended by its writer
_WRAPPED_BEFORE = 160  # letters; a longer line was not broken by anything


def split_sections(text: str, html: str = "") -> list[PastedSection]:
    """The sections in their order; the web form goes first, as it knows paragraphs, bold words and lists.

    Raise ``UnfitPaste`` for more than a plan can hold.
    """
    if len(text) > MOST_LETTERS:
        raise too_much()
    items = read_html(html)
    paragraphs = list(_of_items(items)) if items else _of_text(text)
    if len(paragraphs) > MOST_BLOCKS:
        shown = f"{MOST_BLOCKS:,}".replace(",", ".")
        raise UnfitPaste(f"Phần vừa dán có hơn {shown} dòng; hãy dán từng phần.")
    return list(_sections(_with_their_words(paragraphs)))


def _of_items(items: Iterable[Block | Table]) -> Iterator[_Paragraph]:
    for item in items:
        if isinstance(item, Block):
            yield _Paragraph(_with_marker(item.text), item.is_bold, stands_apart=False)
        else:
            for row in item.rows:
                cells = [cell.replace("\n", " ") for cell in row if cell]
                if cells:
                    yield _Paragraph(" | ".join(cells))


def _of_text(text: str) -> list[_Paragraph]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").split("\n")
    found: list[_Paragraph] = []
    apart = True
    for line in lines:
        for words in (_with_marker(piece) for piece in _tabs(line).split("\n")):
            if words:
                found.append(_Paragraph(words, stands_apart=apart))
            apart = not words
    return _unwrapped(found)


def _tabs(line: str) -> str:
    """A tab stays where it parts a marker that a space would not; elsewhere it is a space."""
    before, tab, after = line.strip().partition("\t")
    before, after = clean_cell(before), clean_cell(after.replace("\t", " "))
    is_usual = bool(before) and read_body(f"{before} x")[0].kind is Kind.ITEM
    if tab and after and not is_usual and _UNUSUAL.fullmatch(before):
        return f"{before}\t{after}"
    return f"{before} {after}".strip() if tab else before


def _with_marker(text: str) -> str:
    return _BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text


def _unwrapped(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Lines that were broken at the edge of a page or window become paragraphs again.

    Only where blank lines part the paragraphs and some line visibly goes on with the one above.
    """
    inner = [paragraph for paragraph in paragraphs if not paragraph.stands_apart]
    is_wrapped = (
        all(len(paragraph.text) <= _WRAPPED_BEFORE for paragraph in paragraphs)
        and sum(paragraph.stands_apart for paragraph in paragraphs) > 1
        and any(paragraph.text[:1].islower() and not _has_marker(paragraph.text) for paragraph in inner)
    )
    if not is_wrapped:
        return paragraphs
    joined: list[_Paragraph] = []
    for paragraph, above in zip(paragraphs, [_Paragraph(""), *paragraphs], strict=False):
        if joined and not paragraph.stands_apart and _goes_on_from(above.text, paragraph.text):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {paragraph.text}")
        else:
            joined.append(paragraph)
    return joined


def _goes_on_from(above: str, text: str) -> bool:
    """Whether one line of a broken paragraph is the next of the other."""
    if _has_marker(text) or text.isupper():
        return False
    if text[:1].islower():
        return True
    may_break_here = len(above) >= _WRAPPED_AT or _has_marker(above)
    return may_break_here and not above.isupper() and not above.endswith((".", ";", ":"))


def _with_their_words(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """A marker alone in its line stands before the words of the next."""
    found: list[_Paragraph] = []
    for paragraph in paragraphs:
        above = found[-1].text if found else ""
        is_alone = bool(above) and len(above) <= _LONGEST_MARKER and read_body(above)[0].marker == above
        if is_alone and not paragraph.stands_apart and not _has_marker(paragraph.text):
            found[-1] = replace(paragraph, text=f"{above} {paragraph.text}", stands_apart=found[-1].stands_apart)
        else:
            found.append(paragraph)
    return found


def _has_marker(text: str) -> bool:
    return read_body(text)[0].kind is not Kind.PARAGRAPH


def _sections(paragraphs: list[_Paragraph]) -> Iterator[PastedSection]:
    levels: dict[str, int] = {}
    marker, heading, level = "", "", 0
    body: list[str] = []
    following = iter(itertools.zip_longest(paragraphs, paragraphs[1:]))
    for paragraph, after in following:
        assert paragraph is not None
        found = _heading(paragraph)
        if found is None:
            body.append(paragraph.text)
            continue
        if body or heading or marker:
            yield PastedSection(marker, heading, level, "\n".join(body))
        kind, marker, heading = found
        body = []
        level = levels.setdefault(kind, len(levels) + 1)
        while after is not None and _goes_on(heading, after):
            heading = f"{heading} {after.text}".strip()
            _, after = next(following)
    if body or heading or marker:
        yield PastedSection(marker, heading, level, "\n".join(body))


def _heading(paragraph: _Paragraph) -> tuple[str, str, str] | None:
    """Kind, marker and words of a heading line."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or "\t" in text:
        return None
    for kind, pattern in _KINDS.items():
        found = pattern.fullmatch(text)
        if found is None:
            continue
        heading = found["heading"]
        stands_out = paragraph.is_bold or _is_upper(heading)
        plain = len(text) <= _LONGEST_PLAIN_HEADING and not heading.endswith((".", ";", ","))
        plain = plain and kind != "letter" and (not heading or heading[0].isupper())
        if (stands_out or plain) and not heading[:1].islower():
            return kind, found["marker"], heading
    return None


def _is_upper(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= _MOSTLY * len(letters)


def _goes_on(heading: str, after: _Paragraph) -> bool:
    """A heading in capitals that runs over two lines, or «PHẦN I» with its words below."""
    if after.stands_apart or _has_marker(after.text) or _heading(after) or not _is_upper(after.text):
        return False
    return not heading or _is_upper(heading)
