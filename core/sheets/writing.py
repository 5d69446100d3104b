"""A workbook that reads well in Excel: a title, a head that stays, widths, real dates, texts that stay texts."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DAY_FORMAT, _TEXT_FORMAT = "dd/mm/yyyy", "@"
_INK, _WASH, _LINE, _SOFT = "FF1F3A5F", "FFE8EEF5", "FFB8C0CC", "FF5A6472"
_LINE_HEIGHT = 15  # points
_WIDE = 40
"""Letters; what is longer is no text by format: older Excel shows texts of over 255 letters as ####."""
_CHOICES = "Danh mục"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    head: str
    width: int = 18
    """In letters, as Excel measures."""
    hint: str = ""
    choices: tuple[str, ...] = ()
    """Offered in a drop-down list where the sheet is a template."""


@dataclass(frozen=True, slots=True)
class SheetData:
    name: str
    title: str
    columns: Sequence[SheetColumn]
    rows: Iterable[Sequence[Any]]
    note: str = ""
    """A line under the title: whose list, of which day, by which filters."""
    with_hints: bool = False
    offered_rows: int = 0
    """How many empty rows take the formats and drop-down lists of a template."""


@dataclass(slots=True)
class _Styles:
    """Made once for a workbook; cells share them."""

    title: Any
    note: Any
    hint: Any
    head: Any
    head_fill: Any
    edge: Any
    middle: Any
    top: Any
    words: Any


def workbook(sheets: Sequence[SheetData]) -> bytes:
    import openpyxl  # noqa: PLC0415 -- half a second that no page should pay at start

    book = openpyxl.Workbook()
    book.remove(book.active)
    styles = _styles()
    for data in sheets:
        sheet = book.create_sheet(data.name[:31])
        head_row = _fill(sheet, data, styles)
        if data.offered_rows:
            _offer(sheet, data, head_row, styles)
    _list_choices(book, sheets, styles)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def is_dangerous(text: str) -> bool:
    """Whether a program would take the text for a formula."""
    return text.startswith(_FORMULA_STARTS)


def _styles() -> _Styles:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # noqa: PLC0415 -- as in workbook

    side = Side(style="thin", color=_LINE)
    return _Styles(
        title=Font(name="Times New Roman", size=14, bold=True, color=_INK),
        note=Font(name="Times New Roman", size=11, color=_SOFT),
        hint=Font(name="Times New Roman", size=10, italic=True, color=_SOFT),
        head=Font(name="Times New Roman", size=12, bold=True),
        head_fill=PatternFill("solid", fgColor=_WASH),
        edge=Border(left=side, right=side, top=side, bottom=side),
        middle=Alignment(horizontal="center", vertical="center", wrap_text=True),
        top=Alignment(vertical="top", wrap_text=True),
        words=Font(name="Times New Roman", size=12),
    )


def _fill(sheet: Any, data: SheetData, styles: _Styles) -> int:
    """Write it all and return the row of the head."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- as in workbook

    width = len(data.columns)
    for row, (text, font) in enumerate(((data.title, styles.title), (data.note, styles.note)), start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        _write(sheet.cell(row, 1), text).font = font
    if data.with_hints:
        _write_hints(sheet, data.columns, styles)
    head_row = 4 if data.with_hints else 3
    for place, column in enumerate(data.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
        cell = _write(sheet.cell(head_row, place), column.head)
        cell.font, cell.fill, cell.border, cell.alignment = styles.head, styles.head_fill, styles.edge, styles.middle
    last = head_row
    for values in data.rows:
        last += 1
        for place, value in enumerate(values, start=1):
            cell = _write(sheet.cell(last, place), value)
            cell.font, cell.border, cell.alignment = styles.words, styles.edge, styles.top
    _frame(sheet, head_row, max(last, head_row + data.offered_rows), width)
    return head_row


def _write_hints(sheet: Any, columns: Sequence[SheetColumn], styles: _Styles) -> None:
    lines = 1
    for place, column in enumerate(columns, start=1):
        cell = _write(sheet.cell(3, place), column.hint)
        cell.font, cell.alignment = styles.hint, styles.top
        lines = max(lines, -(-len(column.hint) // column.width))
    sheet.row_dimensions[3].height = _LINE_HEIGHT * (lines + 1)


def _frame(sheet: Any, head_row: int, last: int, width: int) -> None:
    """What stays while scrolling, and how it prints: A4 lengthwise, one page wide, the head on each page."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- as in workbook

    sheet.freeze_panes = sheet.cell(head_row + 1, 1)
    sheet.auto_filter.ref = f"A{head_row}:{get_column_letter(width)}{max(last, head_row)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"


def _offer(sheet: Any, data: SheetData, head_row: int, styles: _Styles) -> None:
    """Empty rows of a template; short columns are texts, so that Excel turns nothing typed into an American date."""
    for row in range(head_row + 1, head_row + data.offered_rows + 1):
        for place, column in enumerate(data.columns, start=1):
            cell = sheet.cell(row, place)
            cell.font, cell.border, cell.alignment = styles.words, styles.edge, styles.top
            if column.width < _WIDE:
                cell.number_format = _TEXT_FORMAT


def _list_choices(book: Any, sheets: Sequence[SheetData], styles: _Styles) -> None:
    """What a cell may say stands on a sheet of its own, offered by the cells of the templates."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 -- as in workbook
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 -- as in workbook

    offered = [
        (book[data.name[:31]], data, place, column)
        for data in sheets
        for place, column in enumerate(data.columns, start=1)
        if column.choices and data.offered_rows
    ]
    if not offered:
        return
    lists = book.create_sheet(_CHOICES)
    for position, (sheet, data, place, column) in enumerate(offered, start=1):
        for row, words in enumerate((column.head, *column.choices), start=1):
            _write(lists.cell(row, position), words).font = styles.head if row == 1 else styles.words
        source = get_column_letter(position)
        lists.column_dimensions[source].width = column.width
        area = f"'{_CHOICES}'!${source}$2:${source}${len(column.choices) + 1}"
        offer = DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=False)
        first, target = (5 if data.with_hints else 4), get_column_letter(place)
        offer.add(f"{target}{first}:{target}{first + data.offered_rows - 1}")
        sheet.add_data_validation(offer)


def _write(cell: Any, value: Any) -> Any:
    """A text is written as a text whatever it starts with; what looks like a formula also shows so to Excel."""
    if isinstance(value, str):
        cell.value = _UNWRITABLE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = is_dangerous(value)
        if cell.quotePrefix or value.isdecimal():
            cell.number_format = _TEXT_FORMAT
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = _DAY_FORMAT
    return cell
