"""Excel and CSV files read into grids of plain values.

Formulas are read as what they last showed. What the file cannot say for certain (a formula
never computed, an Excel error) becomes a ``Broken`` cell, which tells the person what to do.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import AppError
from core.files import XLSX, UnfitFile, type_of_paper
from core.text import as_pasted

CSV = "text/csv"
MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
"""Of an Excel file: about a million cells, read in some twenty seconds."""
MOST_ROWS = 5_000
MOST_COLUMNS = 100
_LAST_ROW = 1_048_576
"""Of an Excel sheet; a file that names a later row is not Excel's."""
_LONGEST_CELL = 32_767

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=\"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)\"")
_EXCEL_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_SEPARATORS = ";,\t"
_ZEROS = re.compile(r"0{2,20}")
"""A number format that keeps zeros in front."""

AS_XLSX = "mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu «Excel Workbook (*.xlsx)», rồi nạp tệp mới"


class UnfitSheet(AppError):
    message = "Không đọc được bảng trong tệp này. Hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi nạp lại."


@dataclass(frozen=True, slots=True)
class Broken:
    """A cell whose value the file does not tell."""

    reason: str


Value = str | int | float | bool | dt.date | dt.time | Broken | None
"""Texts are composed (NFC), without stray blanks; their lines stay apart. A day with its time stays a datetime."""
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column; rows from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: list[tuple[Value, ...]]
    """``rows[0]`` is row 1; trailing blanks are left out."""
    merges: tuple[Merge, ...] = ()


def type_of_sheet(path: Path) -> str:
    """What kind of sheet a file is, by its content; raise ``UnfitFile`` with what to do instead."""
    with path.open("rb") as stream:
        start = stream.read(8)
    if start == _OLD_EXCEL:
        raise UnfitFile(_old_excel(path))
    if start.startswith(b"PK\x03\x04"):
        return _type_of_excel(path)
    if start.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"MZ")):
        raise UnfitFile("Tệp này không phải bảng tính. Chương trình nhận tệp Excel (.xlsx) hoặc CSV.")
    _decoded(path.read_bytes())
    return CSV


def read_sheets(content: BinaryIO, media_type: str) -> list[Sheet]:
    """The visible sheets of a file whose type was found by ``type_of_sheet``."""
    if media_type == CSV:
        return [Sheet("", list(_csv_rows(_decoded(content.read()))))]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: drop-down lists, pictures
            return list(_excel_sheets(content))
    except AppError:
        raise
    except Exception as error:  # a damaged file fails in any of openpyxl's hundred places
        raise UnfitSheet from error


def clean_text(text: str) -> str:
    """Composed, without invisible signs and stray blanks; blank lines at both ends go.

    >>> clean_text("  Nguyễn\\u00a0 Văn   A \\n")
    'Nguyễn Văn A'
    """
    text = as_pasted(unicodedata.normalize("NFC", text).replace("_x000D_", "")).replace("\r\n", "\n")
    return "\n".join(" ".join(line.split()) for line in text.replace("\r", "\n").split("\n")).strip("\n")


# -- Excel -----------------------------------------------------------------------------


def _old_excel(path: Path) -> str:
    with path.open("rb") as stream:
        is_locked = _LOCKED in stream.read(1 << 20)
    if is_locked:
        return "Tệp Excel này đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi nạp tệp mới."
    return f"Tệp này theo kiểu Excel cũ (.xls). Hãy {AS_XLSX}."


def _type_of_excel(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnfitFile("Tệp Excel này bị hỏng. Hãy mở lại bằng Excel, lưu thành tệp mới rồi nạp tệp mới.") from None
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnfitFile(f"Tệp này có macro nên không nhận. Hãy {AS_XLSX}.")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnfitFile(
            "Tệp này khi mở ra quá lớn. Hãy chép riêng bảng cần nạp sang một tệp Excel mới rồi nạp tệp đó."
        )
    media_type = type_of_paper(path)
    if media_type != XLSX:
        raise UnfitFile("Tệp này không phải bảng tính. Chương trình nhận tệp Excel (.xlsx) hoặc CSV.")
    return media_type


def _excel_sheets(content: BinaryIO) -> Iterator[Sheet]:
    import openpyxl  # noqa: PLC0415 -- half a second that no page should pay at start

    computed = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    with closing(computed), zipfile.ZipFile(content) as archive:
        typed = None
        for sheet in computed.worksheets:
            if sheet.sheet_state != "visible":
                continue
            # openpyxl tells merges only where it holds the whole sheet in memory.
            source = archive.read(sheet._worksheet_path.lstrip("/"))
            formulas: Iterable[Any] = itertools.repeat(())
            if b"<f" in source:
                typed = typed or openpyxl.load_workbook(content, read_only=True, keep_links=False)
                formulas = _cells(typed[sheet.title])
            rows = _grid(_excel_rows(_cells(sheet), formulas))
            yield Sheet(clean_text(sheet.title), rows, _merges(source))


def _cells(sheet: Any) -> Iterator[Any]:
    sheet.reset_dimensions()  # many programs write them wrong
    return itertools.islice(sheet.iter_rows(max_col=MOST_COLUMNS), _LAST_ROW)


def _merges(source: bytes) -> tuple[Merge, ...]:
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 -- as in _excel_sheets

    return tuple(
        (
            int(top),
            column_index_from_string(left.decode()) - 1,
            int(last),
            column_index_from_string(right.decode()) - 1,
        )
        for left, top, right, last in itertools.islice(_MERGE.findall(source), MOST_ROWS)
    )


def _excel_rows(shown: Iterable[Any], typed: Iterable[Any]) -> Iterator[tuple[Value, ...]]:
    """Rows that the file leaves out come as one and the same tuple, up to a million times."""
    before, blank = None, False
    for cells, formulas in zip(shown, typed, strict=False):
        if cells is not before:
            row = _excel_row(cells, formulas)
            before, blank = cells, all(value is None for value in row)
        yield () if blank else row


def _excel_row(shown: Any, typed: Any) -> tuple[Value, ...]:
    values = [_excel_value(cell) for cell in shown]
    for column, cell in enumerate(typed):
        if cell.data_type == "f" and values[column] is None:
            values[column] = Broken("công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nạp lại")
    return tuple(values)


def _excel_value(cell: Any) -> Value:
    value = cell.value
    if isinstance(value, dt.datetime):
        return _day(value, cell.number_format)
    if isinstance(value, str):
        if value in _EXCEL_ERRORS:
            return Broken(f"ô này đang báo lỗi {value} của Excel; hãy sửa công thức hoặc gõ thẳng giá trị")
        return clean_text(value[:_LONGEST_CELL]) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if type(value) is int and value >= 0 and _ZEROS.fullmatch(cell.number_format or ""):
        return str(value).zfill(len(cell.number_format))  # shown as 0042, so it is meant as that
    return value if isinstance(value, int | float | bool | dt.date | dt.time) else None


def _day(value: dt.datetime, number_format: str) -> Value:
    """«3/2026», which Excel keeps as the first of March, is given back as it was typed."""
    shown = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", number_format).lower()
    if "d" not in shown and "y" in shown and value.day == 1:
        return f"{value.month}/{value.year}"
    return value.date() if value.time() == dt.time() else value


# -- CSV -------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark («Unicode Text»), or Vietnamese Windows (CP1258), as Excel writes them."""
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1258")
    except UnicodeDecodeError:
        text = "\0"
    if not text.strip() or "\0" in text or any(letter < " " and letter not in "\t\r\n" for letter in text):
        raise UnfitFile("Tệp này không phải bảng tính. Chương trình nhận tệp Excel (.xlsx) hoặc CSV.")
    return unicodedata.normalize("NFC", text)


def _csv_rows(text: str) -> Iterable[tuple[Value, ...]]:
    told = re.match(r"sep=(.)\r?\n", text)  # a line of Excel's own
    separator = told[1] if told else _separator(text)
    lines = csv.reader(io.StringIO(text[told.end() :] if told else text, newline=""), delimiter=separator)
    try:
        yield from _grid(
            tuple(clean_text(cell) or None for cell in line[:MOST_COLUMNS])
            for line in itertools.islice(lines, _LAST_ROW)
        )
    except csv.Error:
        raise UnfitSheet from None


def _separator(text: str) -> str:
    """The one that cuts most of the first lines into most cells."""
    start = list(itertools.islice(io.StringIO(text, newline=""), 30))

    def cells(separator: str) -> int:
        return sum(len(line) - 1 for line in csv.reader(start, delimiter=separator))

    return max(_SEPARATORS, key=cells)


# -- Shared ----------------------------------------------------------------------------


def _grid(lines: Iterable[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    """Rows up to the last that says something; blank ones between stay, so that places are row numbers."""
    rows: list[tuple[Value, ...]] = []
    filled, blanks = 0, 0
    for line in lines:
        last = max((place for place, value in enumerate(line, start=1) if value is not None), default=0)
        if not last:
            blanks += 1
            continue
        filled += 1
        if filled > MOST_ROWS + 100 or len(rows) + blanks > 4 * MOST_ROWS:
            raise UnfitSheet(f"Bảng dài quá {MOST_ROWS:,} dòng. Hãy chia thành nhiều tệp.".replace(",", "."))
        rows += [()] * blanks
        rows.append(line[:last])
        blanks = 0
    return rows
