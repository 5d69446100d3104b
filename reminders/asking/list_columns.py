"""What a column of a list may hold, told by its name: «Năm sinh» a year, «Số hộ» a number, «SĐT» a telephone. Pure.

Values stay the words that were typed: leading zeros and decimal commas are kept, nothing is calculated from them.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.cells import Phone, UnfitCell, as_words, read_day
from core.errors import AppError
from core.sheets.reading import Broken, Value
from core.text import clean_lines, refuse_markup
from reminders.asking.values import CELL

_STAR = re.compile(r"\s*\*+\s*$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(0?[1-9]|1[0-2])\s*[/.\-]\s*(\d{4})")
_NUMBER = re.compile(r"-?\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|-?\d+(?:[.,]\d+)?")
_IN_WORDS = re.compile(r"\s*(%|đồng|đ|người|hộ|điểm|ha|m2|m²|tuổi|năm|ngày|lần|triệu|triệu đồng)\s*$", re.IGNORECASE)
_ID_LENGTH = 12
"""Of the number of an identity card; lists typed as numbers lose the zeros in front."""

_PHONE_HEAD = re.compile(r"điện thoại|\b(?:sđt|đt)\b")
_IDENTITY_HEAD = re.compile(r"\b(?:cccd|căn cước|định danh)\b")
_YEAR_HEAD = re.compile(r"năm\b")
_DAY_HEAD = re.compile(r"ngày\b(?! (?:phép|nghỉ|công)\b(?! nhận))")
_COUNT_HEAD = re.compile(
    r"(?:điểm\b(?! (?:mạnh|nổi|yếu|trường|khác|mới))|tổng (?:số|điểm)|tỷ lệ|tỉ lệ|thành tiền|diện tích|tuổi\b"
    r"|mức thưởng"
    r"|số\b(?![ ,]*(?:điện thoại|hiệu|ký hiệu|quyết định|tài khoản|định danh|cccd|cmnd|căn cước|nhà|tt|thứ tự|văn bản"
    r"|bảo hiểm|thẻ|sổ|hộ chiếu|công văn|giấy|bằng|đt)\b))"
)
"""How the head of a column with figures begins; «số quyết định» is none."""
_COUNTED_HEAD = re.compile(r"\((?:đồng|người|hộ|điểm|%|ha)\)")


@dataclass(frozen=True, slots=True)
class ListColumn:
    key: str
    """As the request has it: under this name a value stands in a row."""
    head: str
    """Without the star that marks it as required."""
    is_required: bool


def columns_of(names: Sequence[str]) -> tuple[ListColumn, ...]:
    """«Họ và tên *» must be filled in; where none has a star, the first one, without which a row names nobody."""
    starred = [bool(_STAR.search(name)) for name in names]
    return tuple(
        ListColumn(name, _STAR.sub("", name), starred[place] if any(starred) else place == 0)
        for place, name in enumerate(names)
    )


def read_cell(column: ListColumn, value: Value) -> tuple[str, str]:
    """The words to keep and a note on what was mended; raise ``UnfitCell`` with half a sentence."""
    if isinstance(value, Broken):
        raise UnfitCell(value.reason)
    if value is None:
        return "", ""
    words = _clean(_shown(value))
    if words.startswith("#") and words.rstrip("!?").upper() in _EXCEL_ERRORS:
        raise UnfitCell(f"ô này ghi {words}, là lỗi của Excel; hãy gõ thẳng giá trị")
    return _reader(column.head)(words, value)


_EXCEL_ERRORS = {"#REF", "#N/A", "#VALUE", "#DIV/0", "#NAME", "#NULL", "#NUM", "#SPILL", "#CALC"}


def _shown(value: Value) -> str:
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return as_words(value)


def _clean(words: str) -> str:
    try:
        text = refuse_markup(clean_lines(words, limit=CELL, name="nội dung"), name="nội dung")
    except AppError as error:
        raise UnfitCell(str(error)[:1].lower() + str(error)[1:].rstrip(".")) from None
    return " ".join(text.split())


_Reader = Callable[[str, Value], tuple[str, str]]


def _reader(head: str) -> _Reader:
    lower = " ".join(unicodedata.normalize("NFC", head).lower().split())
    if _PHONE_HEAD.search(lower):
        return _phone
    if _IDENTITY_HEAD.search(lower):
        return _identity
    if _YEAR_HEAD.match(lower):
        return _year
    if _DAY_HEAD.match(lower):
        return _day
    return _count if _COUNT_HEAD.match(lower) or _COUNTED_HEAD.search(lower) else _words


def _words(words: str, value: Value) -> tuple[str, str]:
    return words, ""


def _phone(words: str, value: Value) -> tuple[str, str]:
    mended = Phone().read(value) if isinstance(value, int) else words
    return mended, "" if mended == words else f"thêm số 0 mà Excel đã bỏ: {mended}"


def _identity(words: str, value: Value) -> tuple[str, str]:
    if not isinstance(value, int) or len(words) not in (_ID_LENGTH - 1, _ID_LENGTH - 2):
        return words, ""
    mended = words.zfill(_ID_LENGTH)
    return mended, f"thêm số 0 mà Excel đã bỏ: {mended}"


def _year(words: str, value: Value) -> tuple[str, str]:
    """A year; a month or a day of a year also says it."""
    plain = words.rstrip(".")
    if found := _MONTH.fullmatch(plain):
        _refuse_year(int(found[2]))
    elif _YEAR.fullmatch(plain):
        _refuse_year(int(plain))
    elif re.search(r"[/.\-]", plain) or "tháng" in plain.lower():
        _refuse_year(read_day(plain).year)
    else:
        raise UnfitCell(f"«{words[:40]}» không phải năm; ghi bốn chữ số như 1980")
    return words, ""


def _day(words: str, value: Value) -> tuple[str, str]:
    """A day; of people born long ago lists have only month and year, or the year."""
    if _YEAR.fullmatch(words) or _MONTH.fullmatch(words):
        return _year(words, value)
    _refuse_year(read_day(words).year)
    return words, ""


def _refuse_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise UnfitCell(f"năm {year} ngoài khoảng {_FIRST_YEAR} đến {_LAST_YEAR}")


def _count(words: str, value: Value) -> tuple[str, str]:
    if isinstance(value, dt.date | dt.time | bool) or not _NUMBER.fullmatch(_IN_WORDS.sub("", words)):
        raise UnfitCell(f"«{words[:40]}» không phải số")
    return words, ""


def as_figure(head: str, words: str) -> str | int | float:
    """For a sheet in which figures are to be added up; what is no plain figure stays words."""
    plain = words.replace(" ", "")
    if _reader(head) is not _count or not _NUMBER.fullmatch(plain) or re.match(r"-?0\d", plain):
        return words
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    figure = plain.replace(",", ".")
    return float(figure) if "." in figure else int(figure)
