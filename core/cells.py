"""What a cell of a sheet may hold, and how a value is shown in one: widgets of django-import-export.

``clean`` turns a cell into a value or raises ``ValueError`` with half a sentence for the person
(«ngày phải ghi như 5/3/2026»); ``render`` gives back what ``clean`` reads as the same value.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from import_export import widgets

from core.errors import AppError
from core.sheets.reading import Broken
from core.text import LINE_LIMIT, clean_line, fold, refuse_markup

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DAY = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_DAY_IN_WORDS = re.compile(r"(?:ngày\s*)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s*[/.\-]\s*(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_SHORT_PHONE = re.compile(r"[1-9]\d{8,9}")


class UnfitCell(ValueError):
    """Half a sentence: the name of the column stands before it."""


def name_key(text: str) -> str:
    """By which two spellings of one name are known to be the same: case, blanks and where a tone mark sits.

    Other marks tell names apart: Hùng is not Hưng, Thôn Đông not Thôn Đồng.

    >>> name_key("Thôn  Hoà"), name_key("thôn Hòa") == name_key("THÔN HOÀ")
    ('thôn hoà', True)
    """
    words = (_tone_last(word) for word in unicodedata.normalize("NFD", text.casefold()).split())
    return unicodedata.normalize("NFC", " ".join(words))


def _tone_last(word: str) -> str:
    tones = "".join(letter for letter in word if letter in _TONES)
    return "".join(letter for letter in word if letter not in _TONES) + tones


class Cell(widgets.Widget):
    """The base: a broken cell is refused by its own reason, a blank one is ``None``."""

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        if isinstance(value, Broken):
            raise UnfitCell(value.reason)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        try:
            return self.read(value)
        except AppError as error:
            raise UnfitCell(str(error)) from None

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return "" if value is None else value

    def is_same(self, old: Any, new: Any) -> bool:
        return old == new


class Words(Cell):
    """One line of words; what Excel made a number or a day of is words again."""

    def __init__(self, limit: int = LINE_LIMIT) -> None:
        super().__init__()
        self.limit = limit

    def read(self, value: Any) -> str:
        text = " ".join(as_words(value).split())
        return refuse_markup(clean_line(text, limit=self.limit, name="nội dung"), name="nội dung")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")

    def is_same(self, old: Any, new: Any) -> bool:
        """Stray blanks inside are lost on the way through a sheet; that changes nothing."""
        return " ".join(str(old or "").split()) == " ".join(str(new or "").split())


class Name(Words):
    """By which a row is known again; its stored spelling stays, whatever capitals the sheet uses."""

    def is_same(self, old: Any, new: Any) -> bool:
        return name_key(str(old or "")) == name_key(str(new or ""))


def as_words(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, dt.datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return str(value)


class Phone(Words):
    def read(self, value: Any) -> str:
        """Excel takes the leading zero of a number typed as a number."""
        text = super().read(value)
        return f"0{text}" if isinstance(value, int) and _SHORT_PHONE.fullmatch(text) else text


class Email(Words):
    def read(self, value: Any) -> str:
        text = super().read(value)
        try:
            validate_email(text)
        except ValidationError:
            raise UnfitCell(f"«{text}» không phải địa chỉ thư điện tử") from None
        return text


class Whole(Cell):
    def __init__(self, low: int = 0, high: int = 100_000) -> None:
        super().__init__()
        self.low, self.high = low, high

    def read(self, value: Any) -> int:
        text = as_words(value).strip().rstrip(".")
        if isinstance(value, bool | dt.date) or not re.fullmatch(r"\d{1,9}", text):
            raise UnfitCell(f"«{text}» không phải số nguyên")
        if not self.low <= int(text) <= self.high:
            raise UnfitCell(f"phải từ {self.low} đến {self.high}, ô này ghi {text}")
        return int(text)


class Year(Whole):
    """A year, also out of a whole day or a month («5/1980»), as lists write dates of birth."""

    def __init__(self, low: int, high: Callable[[], int]) -> None:
        super().__init__(low)
        self.last = high

    def read(self, value: Any) -> int:
        self.high = self.last()
        if isinstance(value, dt.date):
            return super().read(value.year)
        if isinstance(value, str) and (found := _MONTH.fullmatch(value.strip())):
            return super().read(found[1])
        if isinstance(value, str) and re.search(r"[/.\-]", value.strip().rstrip(".")):
            return super().read(read_day(value).year)
        return super().read(value)


class Day(Cell):
    """A day in every form that an office types: 5/3/2026, 05-03-26, «ngày 05 tháng 3 năm 2026», a date of Excel's."""

    def read(self, value: Any) -> dt.date:
        if isinstance(value, dt.datetime):
            value = value.date()
        if not isinstance(value, dt.date):
            value = read_day(as_words(value))
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise UnfitCell(f"năm {value.year} ngoài khoảng {_FIRST_YEAR} đến {_LAST_YEAR}")
        return value


def read_day(text: str) -> dt.date:
    plain = " ".join(text.split())
    if found := _ISO_DAY.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _DAY.fullmatch(plain.lower()) or _DAY_IN_WORDS.fullmatch(plain.lower()):
        day, month, year = map(int, found.groups())
        if year < 100:
            year += 2000 if year < 70 else 1900
    else:
        raise UnfitCell(f"«{plain[:40]}» không phải ngày; ghi ngày/tháng/năm như 5/3/2026")
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise UnfitCell(f"không có ngày {plain}") from None


class Choice(Cell):
    """One of a few values, written by its label, marks or not."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.labels = {str(value): str(label) for value, label in labels}
        self.values = {fold(label): value for value, label in self.labels.items()}

    def read(self, value: Any) -> str:
        found = self.values.get(fold(as_words(value)))
        if found is None:
            raise UnfitCell(f"«{as_words(value)[:60]}» không có trong các lựa chọn: {'; '.join(self.labels.values())}")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(str(value), "")


class RowByName(Cell):
    """A row that is there already, by its name; two of one name are told apart by words in brackets (``more_of``)."""

    def __init__(self, unknown: str) -> None:
        super().__init__()
        self.unknown = unknown
        self.rows: dict[str, list[Any]] = {}
        self.labels: dict[Any, str] = {}

    def offer(self, rows: Iterable[Any], more_of: Callable[[Any], str] = lambda row: "") -> None:
        """Read once for the whole file."""
        found: dict[str, list[Any]] = {}
        for row in rows:
            found.setdefault(name_key(str(row)), []).append(row)
        self.rows = dict(found)
        for same in found.values():
            for row in same:
                more = more_of(row) if len(same) > 1 else ""
                self.labels[row.pk] = f"{row} ({more})" if more else str(row)
                if more:
                    self.rows.setdefault(name_key(self.labels[row.pk]), []).append(row)

    def read(self, value: Any) -> Any:
        text = " ".join(as_words(value).split())
        found = self.rows.get(name_key(text), [])
        if not found:
            raise UnfitCell(self.unknown.format(text[:80]))
        if len(found) > 1:
            raise UnfitCell(f"có {len(found)} dòng cùng tên «{text[:80]}»; ghi thêm trong ngoặc để phân biệt")
        return found[0]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value.pk, str(value)) if value is not None else ""
