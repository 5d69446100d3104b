"""From pages to one text: numbers of pages and running heads go, tables over several pages become one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from documents.reading.pdf.lines import PdfLine
from documents.reading.pdf.pages import PdfPage
from documents.reading.pdf.tables import PdfCell, PdfTable, marks, nearest

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:trang|page)\s*:?\s*)?\d{1,4}(?:\s*(?:/|of|trên)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{1,3}[.)]?")
_FIGURES = re.compile(r"\d+")
_OFTEN = 3
"""Pages on which a line in the margin must stand to be a running head."""
_SAME_EDGE = 4.0
_LONGEST_HEAD = 4
"""Rows."""
_FURTHER = 1.2
"""Times the usual distance of lines."""
_WIDE = 1.55
"""Of the size, where a paper has no two lines of one paragraph to measure."""

Item = PdfLine | PdfTable


def joined(pages: Sequence[PdfPage]) -> list[Item]:
    heads = _running_heads(pages)
    numbered = _heights_of_numbers(pages)
    items: list[Item] = []
    for page in pages:
        for item in _without_lone_numbers(_of_the_text(page, heads), page.number, numbered):
            last = items[-1] if items else None
            if isinstance(item, PdfTable) and isinstance(last, PdfTable) and _goes_on(last, item):
                _append(last, item)
            else:
                items.append(item)
    items = list(_without_boxes(items))
    _mark_gaps(items)
    return items


# -- Margins ---------------------------------------------------------------------------


def _running_heads(pages: Sequence[PdfPage]) -> set[str]:
    counted = Counter(text for page in pages for text in {_bare(line) for line in _marginal(page)})
    return {text for text, count in counted.items() if count >= _OFTEN}


def _marginal(page: PdfPage) -> Iterator[PdfLine]:
    return (item for item in page.items if isinstance(item, PdfLine) and item.in_margin)


def _bare(line: PdfLine) -> str:
    return _FIGURES.sub("0", line.text)


def _of_the_text(page: PdfPage, heads: set[str]) -> list[Item]:
    """Without what pages repeat in their margins; papers with narrow margins have text there too."""
    repeated = {id(line) for line in _marginal(page) if _PAGE_NUMBER.fullmatch(line.text) or _bare(line) in heads}
    return [item for item in page.items if id(item) not in repeated]


def _heights_of_numbers(pages: Sequence[PdfPage]) -> set[int]:
    """Where pages with wide margins have their numbers: the same height on several of them."""
    lone = (item for page in pages for item in {id(item): item for item in _ends(page.items)}.values())
    counted = Counter(
        round(item.v) for item in lone if isinstance(item, PdfLine) and _PAGE_NUMBER.fullmatch(item.text)
    )
    return {height for height, count in counted.items() if count > 1}


def _ends(items: Sequence[Item]) -> list[Item]:
    return [items[0], items[-1]] if len(items) > 1 else []


def _without_lone_numbers(items: list[Item], number: int, numbered: set[int]) -> list[Item]:
    for item in _ends(items):
        if not isinstance(item, PdfLine) or not _PAGE_NUMBER.fullmatch(item.text):
            continue
        if round(item.v) in numbered or _FIGURES.findall(item.text)[:1] == [str(number)]:
            items = [other for other in items if other is not item]
    return items


# -- Tables ----------------------------------------------------------------------------


def _goes_on(table: PdfTable, next_one: PdfTable) -> bool:
    """On the next page, between the same outer rules, its columns among those of the first or the other way round."""
    if next_one.page != table.page + 1:
        return False
    fewer, more = sorted((table.columns, next_one.columns), key=len)
    same_width = abs(fewer[0] - more[0]) <= _SAME_EDGE and abs(fewer[-1] - more[-1]) <= _SAME_EDGE
    return same_width and all(min(abs(edge - other) for other in more) <= _SAME_EDGE for edge in fewer)


def _append(table: PdfTable, next_one: PdfTable) -> None:
    rows = list(next_one.rows)
    for head in table.rows[:_LONGEST_HEAD]:
        if not rows or len(rows) == 1 or not _alike(head, rows[0]):
            break
        rows.pop(0)
    rest = _rest_of_row(table, rows[0]) if rows and table.rows else []
    if any(_NUMBER.fullmatch(more.text) and _NUMBER.fullmatch(cell.text) for cell, more in rest):
        # Only the cell that spans several rows was cut: «Quý I» beside the tasks 1 and 2.
        covering, blank = rest[0]
        covering.spans_rows += blank.spans_rows
        rows[0] = rows[0][1:]
    elif rest:
        for cell, more in rest:
            cell.lines += more.lines
            cell.spans_rows += more.spans_rows - 1
        rows.pop(0)
    table.rows += rows
    table.columns = marks([*table.columns, *next_one.columns])
    table.page = next_one.page


def _alike(row: Sequence[PdfCell], other: Sequence[PdfCell]) -> bool:
    texts = [cell.text for cell in row]
    return any(texts) and texts == [cell.text for cell in other]


def _rest_of_row(table: PdfTable, row: Sequence[PdfCell]) -> list[tuple[PdfCell, PdfCell]]:
    """Each cell of the last row with what a page break cut off from it; empty where ``row`` is a row of its own.

    The rest has nothing in its first cell, though every row of the table has something there.
    """
    if len(row) < 2 or row[0].text or not any(cell.text for cell in row):
        return []
    last = [cell for at, cells in enumerate(table.rows) for cell in cells if at + cell.spans_rows >= len(table.rows)]
    pairs = [(cell, more) for more in row for cell in last if _is_below(more, cell)]
    if len(pairs) != len(row):
        return []
    full = [other for other in table.rows if len(other) == len(row)]
    begins_low = next(cell.text for cell in row if cell.text)[0].islower()
    return pairs if begins_low or all(other[0].text for other in full) else []


def _is_below(cell: PdfCell, above: PdfCell) -> bool:
    return abs(cell.x0 - above.x0) <= _SAME_EDGE and abs(cell.x1 - above.x1) <= _SAME_EDGE


def _without_boxes(items: Sequence[Item]) -> Iterator[Item]:
    """A frame around lines is no table, once it is seen that no table goes on in it."""
    for item in items:
        if isinstance(item, PdfTable) and item.is_box:
            yield from (line for cell in item.cells for line in cell.lines)
        else:
            yield item


def columns_of(table: PdfTable, cell: PdfCell) -> int:
    """How many of the table's columns it spans, those of all pages together."""
    return max(1, nearest(table.columns, cell.x1) - nearest(table.columns, cell.x0))


# -- Gaps ------------------------------------------------------------------------------


def _mark_gaps(items: Sequence[Item]) -> None:
    usual = _usual_distance(items)
    before: dict[int | None, PdfLine] = {}
    last: Item | None = None
    for item in items:
        if isinstance(item, PdfTable):
            before, last = {}, item
            continue
        above = before.get(item.column)
        if above is not None and above.page == item.page:
            item.gap = above.v - item.v > usual * max(above.size, item.size) + 0.5
        elif isinstance(last, PdfLine) and last.page == item.page:
            item.gap = last.column != item.column and item.column is None
        if item.column is None:
            before = {}
        before[item.column] = item
        last = item


def _usual_distance(items: Sequence[Item]) -> float:
    """Beyond which lines stand apart, in sizes: somewhat more than between the lines of one paragraph."""
    lines = [item for item in items if isinstance(item, PdfLine) and item.column is None]
    if not lines:
        return _WIDE
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    pitches = [
        (above.v - line.v) / above.size
        for above, line in zip(lines, lines[1:], strict=False)
        if above.page == line.page and line.x0 < left + 6 and above.x1 > right - 40 and above.v > line.v
    ]
    return _FURTHER * median(pitches) if len(pitches) > 2 else _WIDE
