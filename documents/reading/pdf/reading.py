"""A PDF with a text layer as lines and tables."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from documents.reading.errors import UnreadableFile
from documents.reading.packages import BROKEN
from documents.reading.pdf.guard import heavy_pages
from documents.reading.pdf.joining import Item, columns_of, joined
from documents.reading.pdf.lines import PdfLine
from documents.reading.pdf.pages import PdfPage, read_page
from documents.reading.pdf.tables import PdfTable
from documents.reading.source import Align, Looks, Source, SourceBlock, SourceCell, SourceLine, SourceTable

Progress = Callable[[int, int], None]
"""Called with how many of how many pages are read."""

_NEARLY = 8.0
"""Points by which a centred line may miss the middle."""
_STANDS_IN = 15.0
"""Points: a centred line leaves at least as much on both sides."""
_FLUSH = 4.0
_SCAN = (
    "Tệp PDF chỉ có ảnh chụp (bản quét), không có chữ để đọc; hãy xin tệp Word hoặc PDF xuất từ máy tính, "
    "hoặc nhận dạng chữ (OCR) rồi chọn lại."
)
_GIBBERISH = (
    "Phông chữ trong tệp PDF không cho biết đó là chữ gì nên không đọc được; hãy xin tệp Word, "
    "hoặc in lại thành PDF từ Word rồi chọn lại."
)

logger = logging.getLogger(__name__)


def read_pdf(content: bytes, on_progress: Progress | None = None) -> Source:
    """Page by page, about ten a second; pages are forgotten as soon as their lines are known.

    Raise ``UnreadableFile``.
    """
    count, heavy = heavy_pages(content)
    pages = []
    for page in _pages(content, heavy):
        pages.append(page)
        if on_progress is not None:
            on_progress(len(pages), count)
    if not any(page.has_words for page in pages):
        raise UnreadableFile(_GIBBERISH if any(page.is_gibberish for page in pages) else _SCAN)
    items = joined(pages)
    blocks = tuple(_blocks(items, pages))
    notes = tuple(_notes(pages, heavy))
    footnotes = tuple(
        SourceLine(line.text, _plain_looks(line), page=line.page) for page in pages for line in page.notes
    )
    return Source(blocks, notes=notes, pages=count, footnotes=footnotes)


def _pages(content: bytes, heavy: frozenset[int]) -> Iterator[PdfPage]:
    import pdfplumber  # noqa: PLC0415 -- heavy, and wanted only where a file is read

    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            for number, page in enumerate(document.pages, start=1):
                yield PdfPage(number, 0, 0) if number in heavy else read_page(page, number)
                page.close()  # its letters would stay in memory until the last page
    except UnreadableFile:
        raise
    except Exception as error:  # the library passes on whatever a broken file makes of it
        logger.info("A PDF was not read: %r", error)
        raise UnreadableFile(BROKEN) from error


# -- Blocks ----------------------------------------------------------------------------


def _blocks(items: Sequence[Item], pages: Sequence[PdfPage]) -> Iterator[SourceBlock]:
    frame = _Frame(items, pages)
    for item in items:
        yield _table(item) if isinstance(item, PdfTable) else frame.line(item)


class _Frame:
    """Where the text begins and ends from left to right, on pages of each shape."""

    def __init__(self, items: Sequence[Item], pages: Sequence[PdfPage]) -> None:
        self._shapes = {page.number: (round(page.width), round(page.height)) for page in pages}
        self._columns: dict[tuple[int, int], list[PdfLine]] = {}
        lefts: dict[tuple[int, int], list[float]] = {}
        rights: dict[tuple[int, int], list[float]] = {}
        for item in items:
            if isinstance(item, PdfTable):
                continue
            shape = self._shapes[item.page]
            lefts.setdefault(shape, []).append(item.x0)
            rights.setdefault(shape, []).append(-item.x1)
            if item.column is not None:
                self._columns.setdefault((item.page, item.column), []).append(item)
        self._edges = {shape: (_edge(found), -_edge(rights[shape])) for shape, found in lefts.items()}

    def line(self, line: PdfLine) -> SourceLine:
        left, right = self._edges[self._shapes[line.page]]
        looks = Looks(
            bold=line.bold,
            italic=line.italic,
            size=line.size,
            align=self._align(line, left, right),
            indent=None if line.column else round(line.x0 - left, 1),
        )
        return SourceLine(line.text, looks, page=line.page, gap=line.gap, column=line.column or 0)

    def _align(self, line: PdfLine, left: float, right: float) -> Align:
        if line.column is not None:
            return self._align_in_column(line)
        if line.x0 - left > _STANDS_IN and abs(line.x0 - left - (right - line.x1)) <= _NEARLY:
            return Align.CENTRE
        if right - line.x1 > _FLUSH:
            return Align.LEFT
        return Align.RIGHT if line.x0 - left > (right - left) / 3 else Align.JUSTIFIED

    def _align_in_column(self, line: PdfLine) -> Align:
        others = self._columns[line.page, line.column or 0]
        middle = median(other.middle for other in others)
        if all(abs(other.x0 - others[0].x0) <= _FLUSH for other in others):
            return Align.LEFT
        return Align.CENTRE if abs(line.middle - middle) <= _NEARLY else Align.LEFT


def _edge(places: Sequence[float]) -> float:
    """The first at which several lines begin: a single one may stick out."""
    ordered = sorted(places)
    return next((one for one, third in zip(ordered, ordered[2:], strict=False) if third - one <= _FLUSH), ordered[0])


def _plain_looks(line: PdfLine) -> Looks:
    return Looks(bold=line.bold, italic=line.italic, size=line.size)


def _table(table: PdfTable) -> SourceTable:
    rows = tuple(
        tuple(
            SourceCell(
                tuple(SourceLine(line.text, _plain_looks(line), page=line.page) for line in cell.lines),
                spans_columns=columns_of(table, cell),
                spans_rows=cell.spans_rows,
            )
            for cell in row
        )
        for row in table.rows
    )
    return SourceTable(rows, page=table.first_page, gap=table.gap)


# -- Notes for the person --------------------------------------------------------------


def _notes(pages: Sequence[PdfPage], heavy: frozenset[int]) -> Iterator[str]:
    unread = [page.number for page in pages if not page.has_words and (page.is_picture or page.is_gibberish)]
    if unread:
        yield f"{_spoken(unread)} chỉ có ảnh hoặc phông chữ lạ nên không đọc được chữ."
    recognised = [page.number for page in pages if page.has_words and page.is_picture]
    if recognised:
        yield f"{_spoken(recognised)} là ảnh chụp có chữ do máy nhận dạng, có thể sai; hãy đối chiếu kỹ."
    full = sorted(heavy | {page.number for page in pages if page.is_too_full})
    if full:
        yield f"{_spoken(full)} có quá nhiều nét vẽ nên không đọc hoặc không nhận ra bảng."
    for encoding in sorted({encoding for page in pages for encoding in page.encodings}):
        yield f"Chữ {encoding.label} đã được chuyển sang Unicode."
    if cited := sum(len(page.notes) for page in pages):
        yield f"Tệp có chú thích cuối trang ({cited} dòng); chữ của chú thích để riêng, không nằm trong nội dung."


def _spoken(numbers: Sequence[int]) -> str:
    return f"Trang {', '.join(map(str, numbers))}"
