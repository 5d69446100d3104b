"""Tables of an Excel file read and filled where they lie: every other part of the file stays byte for byte."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from posixpath import join, normpath
from typing import Any

from lxml import etree

from campaigns.filling.formats import Formats
from campaigns.filling.package import UnfitPackage, Unwritable, opened, parse, rewritten, serialize
from campaigns.filling.references import Area, area_of, cells_of, rows_of, tag
from campaigns.filling.tables import MOST_COLUMNS, MOST_ROWS, MOST_TABLES, Cell, Spot, Table, Values, address, trimmed

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOOK, _BOOK_RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AFTER_CALCULATION = frozenset(
    [
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    ]
)
"""What follows ``calcPr`` in a workbook (ECMA-376, 18.2.27)."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    path: str
    is_visible: bool


def read_tables(content: bytes) -> list[Table]:
    """Each visible sheet as one table. Raise ``UnfitPackage``."""
    with opened(content) as archive:
        shared, formats = _shared_texts(archive), _formats(archive)
        return [_table(sheet.name, parse(archive.read(sheet.path)), shared, formats) for sheet in _visible(archive)]


def fill(content: bytes, values: Values) -> bytes:
    """The file with these cells written; totals are computed again when it is opened.

    Raise ``Unwritable`` for a cell that holds a formula or lies under a merged one.
    """
    if not values:
        return content
    with opened(content) as archive:
        formats = _formats(archive)
        own: dict[str, dict[Spot, Decimal | str]] = {sheet.path: {} for sheet in _sheets(archive)}
        visible = _visible(archive)
    for spot, value in values.items():
        own[visible[spot.table].path][spot] = value

    def change(name: str, data: bytes) -> bytes:
        if name == _BOOK:
            return _calculated_anew(data)
        return _written(data, own[name], formats) if name in own else data

    return rewritten(content, change)


# -- The package ---------------------------------------------------------------------------


def _sheets(archive: zipfile.ZipFile) -> list[_Sheet]:
    targets = {one.get("Id"): one.get("Target") for one in parse(archive.read(_BOOK_RELATIONS))}
    there = set(archive.namelist())
    found = []
    for sheet in parse(archive.read(_BOOK)).iter(tag("sheet")):
        target = targets.get(sheet.get(_RELATION)) or ""
        path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if path in there and "worksheets" in path:
            found.append(_Sheet(sheet.get("name", ""), path, sheet.get("state", "visible") == "visible"))
    return found


def _visible(archive: zipfile.ZipFile) -> list[_Sheet]:
    return [sheet for sheet in _sheets(archive) if sheet.is_visible][:MOST_TABLES]


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    if _TEXTS not in archive.namelist():
        return []
    return [_words(item) for item in parse(archive.read(_TEXTS)).iter(tag("si"))]


def _words(item: Any) -> str:
    """Of a text in pieces; readings of East Asian letters (``rPh``) are no part of it."""
    return "".join(text.text or "" for text in item.iter(tag("t")) if text.getparent().tag != tag("rPh"))


def _formats(archive: zipfile.ZipFile) -> Formats:
    return Formats.read(parse(archive.read(_STYLES)) if _STYLES in archive.namelist() else None)


# -- Reading -------------------------------------------------------------------------------


def _table(name: str, sheet: Any, shared: list[str], formats: Formats) -> Table:
    grid: dict[tuple[int, int], Cell] = {}
    height, is_cut = 0, False
    computed = _computed(sheet)
    for row, element in rows_of(sheet):
        for column, cell in cells_of(element):
            if row >= MOST_ROWS or column >= MOST_COLUMNS:
                is_cut = is_cut or cell.find(tag("v")) is not None
                continue
            is_formula = cell.find(tag("f")) is not None or (row, column) in computed
            grid[row, column] = Cell(_text(cell, shared, formats), is_formula)
            height = max(height, row + 1)
    for area in _merged(sheet):
        height = max(height, min(area.bottom + 1, MOST_ROWS))
        first = grid.get(area.first, Cell())
        grid.update(dict.fromkeys(area.within(MOST_ROWS, MOST_COLUMNS), Cell(covered_by=area.first)))
        grid[area.first] = Cell(first.text, first.is_formula, None, *area.size(MOST_ROWS, MOST_COLUMNS))
    rows = [[grid.get((row, column), Cell()) for column in range(MOST_COLUMNS)] for row in range(height)]
    return Table(name, trimmed(rows), is_cut)


def _text(cell: Any, shared: list[str], formats: Formats) -> str:
    kind, value = cell.get("t", "n"), cell.find(tag("v"))
    if kind == "inlineStr":
        return " ".join(_words(cell).split())
    if value is None or not value.text:
        return ""
    if kind == "n":
        return formats.shown(value.text, _style(cell))
    return " ".join((shared[int(value.text)] if kind == "s" else value.text).split())


def _style(cell: Any) -> int:
    return int(cell.get("s") or 0)


def _merged(sheet: Any) -> Iterator[Area]:
    return _apart(area_of(merge.get("ref", "")) for merge in sheet.iter(tag("mergeCell")))


def _computed(sheet: Any) -> set[tuple[int, int]]:
    """Cells of areas that one formula fills: most of them hold a value alone, and nobody may write it."""
    formulas = (one for one in sheet.iter(tag("f")) if one.get("t") in ("array", "dataTable") and one.get("ref"))
    areas = _apart(area_of(one.get("ref")) for one in formulas)
    return {place for area in areas for place in area.within(MOST_ROWS, MOST_COLUMNS)}


def _apart(areas: Iterable[Area]) -> Iterator[Area]:
    """Areas of one sheet do not overlap; where they hold more cells than there are, the file is no true one."""
    cells = 0
    for area in areas:
        if area.top < MOST_ROWS and area.left < MOST_COLUMNS:
            rows, columns = area.size(MOST_ROWS, MOST_COLUMNS)
            cells += rows * columns
            if cells > MOST_ROWS * MOST_COLUMNS:
                raise UnfitPackage
            yield area


# -- Writing -------------------------------------------------------------------------------


def _written(data: bytes, values: dict[Spot, Decimal | str], formats: Formats) -> bytes:
    sheet = parse(data)
    if values:
        _refuse_unwritable(sheet, values)
        rows = dict(rows_of(sheet))
        looks = _column_looks(sheet)
        for spot, value in sorted(values.items()):
            row = rows.get(spot.row)
            if row is None:
                row = rows[spot.row] = _insert_row(sheet.find(tag("sheetData")), spot.row)
            _write(_cell(row, spot, looks), value, formats)
    return serialize(sheet) if _drop_sums(sheet) or values else data


def _refuse_unwritable(sheet: Any, values: Iterable[Spot]) -> None:
    taken = _computed(sheet)
    for area in _merged(sheet):
        taken.update(place for place in area.within(MOST_ROWS, MOST_COLUMNS) if place != area.first)
    for spot in values:
        if (spot.row, spot.column) in taken:
            raise Unwritable.at(spot.address)


def _column_looks(sheet: Any) -> dict[int, str]:
    """Column → its style, for cells that are not there yet."""
    found: dict[int, str] = {}
    for column in sheet.iter(tag("col")):
        if column.get("style"):
            first, last = int(column.get("min")) - 1, min(int(column.get("max")), MOST_COLUMNS)
            found |= dict.fromkeys(range(first, last), column.get("style"))
    return found


def _insert_row(data: Any, place: int) -> Any:
    there = list(rows_of(data.getparent()))
    for at, row in there:  # one without a number stands behind the one before it: that would move now
        row.set("r", str(at + 1))
    new = etree.Element(tag("row"), r=str(place + 1))
    data.insert(sum(at < place for at, _ in there), new)
    return new


def _cell(row: Any, spot: Spot, looks: dict[int, str]) -> Any:
    """The one that stands there with its look, or a new one in its place with the look of its row or column."""
    there = list(cells_of(row))
    for column, cell in there:
        if column == spot.column:
            return cell
    new = etree.Element(tag("c"), r=spot.address)
    look = row.get("s") if row.get("customFormat") in ("1", "true") else looks.get(spot.column)
    if look:
        new.set("s", look)
    for column, cell in there:  # a cell without an address stands behind the one before it: that would move now
        cell.set("r", address(spot.row, column))
    row.attrib.pop("spans", None)  # a hint that may no longer hold
    row.insert(sum(column < spot.column for column, _ in there), new)
    return new


def _write(cell: Any, value: Decimal | str, formats: Formats) -> None:
    if cell.find(tag("f")) is not None:
        raise Unwritable.at(cell.get("r", ""))
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, Decimal):
        etree.SubElement(cell, tag("v")).text = formats.stored(value, _style(cell))
    elif value:
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, tag("is")), tag("t"))
        text.text = value
        text.set(_SPACE, "preserve")


def _drop_sums(sheet: Any) -> bool:
    """What formulas showed before is no longer true; a program that finds nothing there computes it."""
    dropped = False
    for _, row in rows_of(sheet):
        for _, cell in cells_of(row):
            value = cell.find(tag("v"))
            if cell.find(tag("f")) is not None and value is not None:
                cell.remove(value)
                dropped = True
    return dropped


def _calculated_anew(data: bytes) -> bytes:
    book = parse(data)
    calculation = book.find(tag("calcPr"))
    if calculation is None:
        calculation = etree.Element(tag("calcPr"))
        later = [place for place, one in enumerate(book) if etree.QName(one).localname in _AFTER_CALCULATION]
        book.insert(later[0] if later else len(book), calculation)
    calculation.set("fullCalcOnLoad", "1")
    return serialize(book)
