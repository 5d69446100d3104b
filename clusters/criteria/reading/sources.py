"""The grids that a paste or a file holds; the one that looks most like a table of criteria goes first."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from clusters.criteria.reading.rows import NoTable, score_of
from core.cells import as_words
from core.errors import AppError
from core.sheets.reading import read_sheets, type_of_sheet
from documents.reading.files import read_source
from documents.reading.source import SourceTable
from plans.pasting.clipboard import read_clipboard
from plans.pasting.grid import clean_cell

MOST_ROWS, MOST_COLUMNS = 1_500, 30
MOST_BYTES = 10 * 1024 * 1024
_PAPERS = (".docx", ".doc", ".rtf", ".odt", ".pdf", ".txt")


class UnfitPaste(AppError):
    message = "Chưa có gì để đọc. Hãy dán bảng hoặc chọn tệp."


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    """Of the sheet or «Bảng 2»."""
    rows: tuple[tuple[str, ...], ...]

    def dump(self) -> str:
        """For the page, which keeps what it read until the person takes it."""
        return json.dumps([self.name, self.rows], ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> Source:
    """What a page kept. Raise ``UnfitPaste`` for what no page of ours wrote."""
    try:
        name, rows = json.loads(text)
        cells = tuple(tuple(clean_cell(str(cell)) for cell in row[:MOST_COLUMNS]) for row in rows[:MOST_ROWS])
    except (ValueError, TypeError, RecursionError):
        raise UnfitPaste("Trang này đã cũ; hãy dán hoặc chọn tệp lại.") from None
    return Source(str(name)[:200], cells)


def pasted(text: str, html: str = "") -> Source:
    if not text.strip() and not html.strip():
        raise UnfitPaste
    return _source("Phần vừa dán", read_clipboard(text, html).rows)


def from_file(upload: Any) -> list[Source]:
    """The tables of an Excel file or a paper, the likeliest first. Raise ``AppError`` for what cannot be read."""
    if (upload.size or 0) > MOST_BYTES:
        raise AppError(f"Tệp lớn quá {MOST_BYTES >> 20} MB. Hãy chép riêng bảng điểm sang một tệp mới.")
    content = io.BytesIO(upload.read())
    name = str(upload.name or "")
    is_paper = PurePath(name).suffix.lower() in _PAPERS
    found = _of_paper(content, name) if is_paper else _of_sheets(content, upload)
    scored = sorted(((score_of(one.rows), -place, one) for place, one in enumerate(found)), key=lambda one: one[:2])
    likely = [one for score, _, one in reversed(scored) if score]
    if not likely:
        raise NoTable
    return likely


def _of_paper(content: io.BytesIO, name: str) -> list[Source]:
    blocks = read_source(content, name).blocks
    tables = [block for block in blocks if isinstance(block, SourceTable)]
    return [_source(f"Bảng {place}", _grid(table)) for place, table in enumerate(tables, start=1)]


def _grid(table: SourceTable) -> list[list[str]]:
    """What a merged cell covers is blank."""
    rows: list[list[str]] = []
    hanging: dict[int, int] = {}
    for row in table.rows:
        cells: list[str] = []
        for cell in row:
            while hanging.get(len(cells), 0):
                hanging[len(cells)] -= 1
                cells.append("")
            first = len(cells)
            cells += [clean_cell("\n".join(line.text for line in cell.lines)), *[""] * (cell.spans_columns - 1)]
            if cell.spans_rows > 1:
                hanging |= dict.fromkeys(range(first, len(cells)), cell.spans_rows - 1)
        while hanging.get(len(cells), 0):
            hanging[len(cells)] -= 1
            cells.append("")
        rows.append(cells)
    return rows


def _of_sheets(content: io.BytesIO, upload: Any) -> list[Source]:

    with NamedTemporaryFile() as kept:
        kept.write(content.getvalue())
        kept.flush()
        media_type = type_of_sheet(Path(kept.name))
    content.seek(0)
    return [
        _source(sheet.name or "Bảng", [[_words(value) for value in row] for row in sheet.rows])
        for sheet in read_sheets(content, media_type)
    ]


def _words(value: Any) -> str:
    """A cell that cannot be read is blank: its row then says that its points are missing."""
    return as_words(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else _day(value)


def _day(value: Any) -> str:
    """«1/1» that Excel made a day of was a mark: 1.1."""
    return f"{value.day}.{value.month}" if hasattr(value, "month") and hasattr(value, "day") else ""


def _source(name: str, rows: Sequence[Sequence[str]]) -> Source:
    if len(rows) > MOST_ROWS:
        raise AppError(f"Bảng dài quá {MOST_ROWS:,} dòng; hãy chỉ chọn phần có tiêu chí.".replace(",", "."))
    return Source(name, tuple(tuple(cell for cell in row[:MOST_COLUMNS]) for row in rows))
