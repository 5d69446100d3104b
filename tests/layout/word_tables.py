"""Frames of header and signature, and data tables of a Word file (I, E1, F5)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from documents import fonts
from documents.tree import Paper
from tests.layout.expected import IN_TABLE, SIGNATURE_BLOCK, Part
from tests.layout.failures import Failure
from tests.layout.placing import Placed
from tests.layout.word_reading import Letter, WordFile, cell_of, cell_width, table_of

_FRAMED = frozenset(
    {
        Part.NATIONAL_NAME,
        Part.MOTTO,
        Part.SUPERIOR,
        Part.ISSUER,
        Part.NUMBER,
        Part.DATE,
        Part.ABOUT,
        *SIGNATURE_BLOCK,
    },
)
_SIDES = ("w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV")
_ALIASES = {"w:left": "w:start", "w:right": "w:end"}
_INVISIBLE = (None, "nil", "none")
_THICKNESS = (3, 8)
"""Eighths of a point: 0.4 to 1 pt."""
_EDGE = 20
_WIDTH_TOLERANCE = 10

Words = Placed[Letter]


def check_tables(file: WordFile, paper: Paper, placed: list[Words]) -> Iterator[Failure]:
    frames: dict[Element, str] = {}
    grids: dict[Element, str] = {}
    for words in placed:
        if not words.marks:
            continue
        table = table_of(words.marks[0].paragraph)
        part = words.piece.part
        if part in _FRAMED | IN_TABLE and table is None:
            yield Failure("I.frame" if part in _FRAMED else "I.table", None, words.printed, "not in a table")
        elif table is not None and part in _FRAMED | IN_TABLE:
            (frames if part in _FRAMED else grids).setdefault(table, words.printed)
    for table, first in frames.items():
        yield from _frame(file, table, first)
    for table, first in grids.items():
        yield from _grid(file, table, first)
    yield from _fitting(file, placed)


def _frame(file: WordFile, table: Element, words: str) -> Iterator[Failure]:
    """Borderless, with columns that do not follow their contents."""
    for side in _SIDES:
        if _border(file, table, side).get("val") not in _INVISIBLE:
            yield Failure("I.frame", None, words, f"border {side}")
    if any(_visible(border) for cell in table.iter(qn("w:tcBorders")) for border in cell):
        yield Failure("I.frame", None, words, "cell with a border")
    yield from _fixed("I.frame", file, table, words)


def _fixed(check: str, file: WordFile, table: Element, words: str) -> Iterator[Failure]:
    layout = file.table_property(table, "w:tblLayout")
    if layout is None or layout.get(qn("w:type")) != "fixed":
        yield Failure(check, None, words, "columns are not fixed")


def _grid(file: WordFile, table: Element, words: str) -> Iterator[Failure]:
    rows = table.findall(qn("w:tr"))
    heads = [_row_says(row, "w:tblHeader") for row in rows]
    if heads != [True, *[False] * (len(rows) - 1)]:
        yield Failure("I.table", None, words, "the first row, and no other, must repeat as the head")
    cut = sum(not _row_says(row, "w:cantSplit") for row in rows)
    if cut:
        yield Failure("I.table", None, words, f"{cut} rows may be cut by a page")
    for side in _SIDES:
        border = _border(file, table, side)
        drawn = border.get("val") == "single" and _THICKNESS[0] <= int(border.get("sz") or 0) <= _THICKNESS[1]
        if not drawn or border.get("color") not in (None, "auto", "000000"):
            yield Failure("I.table", None, words, f"border {side}: {border}")
    room = _text_width(file, next(table.iter(qn("w:p"))))
    columns = sum(int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol")))
    if columns + _indent(file, table) > room + _WIDTH_TOLERANCE:
        yield Failure("F5", None, words, f"table {columns} twips wide, text area {room}")


def _fitting(file: WordFile, placed: list[Words]) -> Iterator[Failure]:
    """Quốc hiệu on one line; recipients flush with the text."""
    for words in placed:
        if not words.marks:
            continue
        paragraph = words.marks[0].paragraph
        cell, table = cell_of(paragraph), table_of(paragraph)
        if cell is None or table is None:
            continue
        if words.piece.part is Part.NATIONAL_NAME:
            room = inner_width(file, paragraph)
            needed = fonts.text_width(words.printed, file.size(words.marks[0].run), bold=True) * 20
            if needed > room:
                yield Failure("C1", None, words.printed, f"needs {needed:.0f} twips, the cell has {room}")
        if words.piece.part in (Part.RECIPIENTS_LABEL, Part.RECIPIENT):
            left = _indent(file, table) + file.cell_margin(table, "left")
            left += file.paragraph_twips(paragraph, "w:ind", "w:left", "w:start")
            if abs(left) > _EDGE:
                yield Failure("E1", None, words.printed, f"{left} twips from the left edge")


def inner_width(file: WordFile, paragraph: Element) -> int:
    """Of the cell around the paragraph, without its margins, or of the text area."""
    cell, table = cell_of(paragraph), table_of(paragraph)
    if cell is None or table is None:
        return _text_width(file, paragraph)
    return cell_width(cell) - file.cell_margin(table, "left") - file.cell_margin(table, "right")


def _text_width(file: WordFile, paragraph: Element) -> int:
    section = file.sections[file.section_of[paragraph]]
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    return int(size.get(qn("w:w"))) - sum(int(margins.get(qn(side))) for side in ("w:left", "w:right"))


def _indent(file: WordFile, table: Element) -> int:
    """Of the table's own edge. A file without Word 2013's mode lets the padding hang out into the margin."""
    found = file.table_property(table, "w:tblInd")
    indent = int(found.get(qn("w:w"))) if found is not None else 0
    modern = b'w:name="compatibilityMode"' in file.parts["word/settings.xml"]
    return indent if modern else indent - file.cell_margin(table, "left")


def _border(file: WordFile, table: Element, side: str) -> dict[str, str]:
    found = file.table_property(table, "w:tblBorders", side)
    if found is None and side in _ALIASES:
        found = file.table_property(table, "w:tblBorders", _ALIASES[side])
    return {name: found.get(qn(f"w:{name}")) for name in ("val", "sz", "color")} if found is not None else {}


def _visible(border: Element) -> bool:
    return border.get(qn("w:val")) not in _INVISIBLE


def _row_says(row: Element, name: str) -> bool:
    properties = row.find(qn("w:trPr"))
    found = properties.find(qn(name)) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")
