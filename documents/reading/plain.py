"""Plain text, as a PDF extraction or a web page copied into a file leaves it, as a ``Source``.

    TT⇥Nội dung⇥Phân công        lines with tabs are rows of a table, also over an empty line
    ỦY BAN⇥CỘNG HÒA …            one tab between words: two columns side by side
    1.⇥Mục đích                  one tab behind a marker: a blank
    | TT | Nội dung |            bars are what a copy leaves of the borders of cells
    **KẾ HOẠCH**  *(kèm theo)*   the stars of Markdown say how a line looks, they are no words

What wraps, and where a table lies broken into lines, is for whoever understands papers to see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from core.text import as_pasted
from documents.outline import Kind, read_body
from documents.reading.source import Looks, Source, SourceBlock, SourceCell, SourceLine, SourceTable

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffc-\uffff]")
_EMPHASIS = re.compile(
    r"(?<![*\w])(\*{1,3})(?=\S)([^*]*[^*\s])\1(?![*\w])|(?<![\w_])(__)(?=\S)([^_]*[^_\s])__(?![\w_])"
)
_LOOSE_STARS = re.compile(r"^\*{2,3}(?=\S)|(?<=\S)\*{2,3}$")
_TITLE_MARK = re.compile(r"^#{1,6}\s+(?=\S)")
_RULE = re.compile(r"[\W_]*[_=*~#─━—–-]{3,}[\W_]*")
_PAGE_MARK = re.compile(r"[-–—]\s*\d{1,4}\s*[-–—]|(?:Trang|Page)\s+\d{1,4}(?:\s*/\s*\d{1,4})?", re.IGNORECASE)
_LONE_NUMBER = re.compile(r"\d{1,4}")
_LEAST_PAGE = 18
"""Lines that say something on a printed page, at least."""
_LONGEST_GROUP = 120
"""Letters of a row across the whole table, «QUÝ I», which has no tab."""


def read_plain(text: str) -> Source:
    """Every line that says something, in order."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    lines = _without_page_run(list(_without_page_marks(text)))
    return Source(tuple(_blocks(lines)), pages=text.count("\f") + 1 if "\f" in text else None)


_Raw = tuple[str, int | None, bool]
"""A line with its tabs, its page, and whether an empty line stands before it."""


def _without_page_marks(text: str) -> Iterator[_Raw]:
    """A number alone at the top or the foot of a page is the page's."""
    has_pages = "\f" in text
    gap = False
    for number, page in enumerate(text.split("\f"), start=1):
        lines = [_cleaned(line) for line in page.split("\n")]
        filled = [position for position, line in enumerate(lines) if line]
        edges = {filled[0], filled[-1]} if filled and has_pages else set()
        for position, line in enumerate(lines):
            is_mark = bool(_PAGE_MARK.fullmatch(line)) or (position in edges and bool(_LONE_NUMBER.fullmatch(line)))
            if not line or is_mark or _RULE.fullmatch(line):
                gap = True
                continue
            yield line, number if has_pages else None, gap
            gap = False


def _without_page_run(lines: list[_Raw]) -> list[_Raw]:
    """Numbers 2, 3, 4 … alone on their lines, each a page after the other; rows of a table follow closer."""
    numbers = [(at, int(line)) for at, (line, _, _) in enumerate(lines) if _LONE_NUMBER.fullmatch(line)]
    run: list[tuple[int, int]] = []
    for at, number in numbers:
        if run and number == run[-1][1] + 1 and at - run[-1][0] >= _LEAST_PAGE:
            run.append((at, number))
        elif not run and number in (1, 2):
            run = [(at, number)]
    if len(run) < 2 or len(run) < len(numbers):
        return lines
    drop = {at for at, _ in run}
    return [line for at, line in enumerate(lines) if at not in drop]


def _cleaned(line: str) -> str:
    """Tabs stay, also at the ends of a table's row; other blanks are one. Bars at an end are borders of cells."""
    line = _CONTROLS.sub("", as_pasted(line.replace("\x0b", " ")))
    bare = line.strip()
    if bare.startswith("|") or bare.endswith(" |"):
        line = bare.removeprefix("|").removesuffix("|").replace("|", "\t")
    cells = [" ".join(cell.split()) for cell in line.split("\t")]
    return "\t".join(cells) if any(cells) else ""


def _unmarked(text: str) -> tuple[str, Looks]:
    """The words without the signs of Markdown, and what these say of the whole line."""
    text = _TITLE_MARK.sub("", text)
    found = _EMPHASIS.fullmatch(text)
    stars = len(found[1]) if found and found[1] else 0
    previous = ""
    while previous != text:
        previous, text = text, _EMPHASIS.sub(lambda part: part[2] or part[4], text)
    text = " ".join(_LOOSE_STARS.sub("", text).split())
    return text, Looks(bold=True if stars >= 2 else None, italic=True if stars in (1, 3) else None)


def _line(text: str, page: int | None, gap: bool, column: int = 0) -> SourceLine:
    text, looks = _unmarked(text)
    return SourceLine(text, looks, page=page, gap=gap, column=column)


def _blocks(lines: Sequence[_Raw]) -> Iterator[SourceBlock]:
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            yield _table(lines[at:end])
            at = end
            continue
        text, page, gap = lines[at]
        left, _, right = text.strip("\t").partition("\t")
        right = right.replace("\t", " ").strip()
        if not right or _is_marker(left):
            yield _line(f"{left} {right}".strip(), page, gap)
        else:
            yield _line(left, page, gap)
            yield _line(right, page, gap=False, column=1)
        at += 1


def _is_marker(text: str) -> bool:
    line = read_body(f"{text} x")[0]
    return line.kind is Kind.ITEM and line.marker == text


def _table_end(lines: Sequence[_Raw], at: int) -> int:
    """Where the table that begins at ``at`` ends; ``at`` itself where none begins."""
    width = _width(lines[at])
    if width < 3 and not (width == 2 and _is_two_column_table(lines, at)):
        return at
    end = at + 1
    while end < len(lines):
        if _width(lines[end]) > 1 and _width(lines[end]) >= min(width, 3) - 1:
            end += 1
        elif _is_group(lines, end, head=lines[at][0]):
            end += 2
        else:
            break
    return end


def _width(line: _Raw) -> int:
    return line[0].count("\t") + 1


def _is_two_column_table(lines: Sequence[_Raw], at: int) -> bool:
    """«TT⇥Nội dung», numbers below."""
    first = lines[at][0].partition("\t")[0].casefold().rstrip(".")
    below = lines[at + 1 : at + 3]
    return first in ("tt", "stt", "số tt", "số thứ tự") and any(_width(line) == 2 for line in below)


def _is_group(lines: Sequence[_Raw], at: int, head: str) -> bool:
    """One line between two rows, and no new table behind it."""
    if at + 1 >= len(lines) or len(lines[at][0]) > _LONGEST_GROUP:
        return False
    return _width(lines[at + 1]) >= 3 and lines[at + 1][0] != head


def _table(rows: Sequence[_Raw]) -> SourceTable:
    width = max(_width(row) for row in rows)
    return SourceTable(tuple(_row(row, width) for row in rows), page=rows[0][1], gap=rows[0][2])


def _row(row: _Raw, width: int) -> tuple[SourceCell, ...]:
    text, page, gap = row
    texts = text.split("\t")
    if len(texts) == 1:
        return (SourceCell((_line(text, page, gap),), spans_columns=width),)
    texts += [""] * (width - len(texts))
    return tuple(SourceCell((_line(cell, page, gap=False),) if cell else ()) for cell in texts)
