"""What the cells of these lists hold besides what every list knows: figures, periods, comparisons. No database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from campaigns.figures import read_figure, show_figure
from campaigns.models import Target
from campaigns.periods import Period, UnfitPeriod, period_of, periods_of
from core.cells import Cell, Choice, UnfitCell, as_words
from core.text import as_pasted, clean_lines, fold, refuse_markup

_ONE_GROUP = re.compile(r"-?\d{1,3}\.\d{3}")
_GROUPS = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_COMMA = re.compile(r"-?\d{1,3},\d{3}")
_POINT = re.compile(r"-?\d+\.\d+")
_DIGITS = re.compile(r"[-−]?\d[\d.,\s\u00a0\u202f]*")
_EXACT = 10**15
"""From here on Excel does not keep every digit of a number."""
_YEARS_KNOWN = 10


class Figure(Cell):
    """A figure the Vietnamese way; the measure, which the row tells, may stand behind it."""

    measure = ""

    def read(self, value: Any) -> Decimal | None:
        return read_figure(value, self.measure)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return show_figure(value)


def as_number(figure: Decimal | None) -> int | float | str | None:
    """For a cell that Excel can add up; as a text where a number of Excel's would lose digits."""
    if figure is None:
        return None
    if figure == figure.to_integral_value():
        return int(figure) if abs(figure) < _EXACT else show_figure(figure)
    number = float(figure)
    return number if Decimal(repr(number)) == figure else show_figure(figure)


def how_read(cell: Any, figure: Decimal) -> str:
    """How a cell was read that somebody could take for another number; empty where there is only one way.

    >>> how_read("1.234", Decimal(1234))
    '«1.234» được đọc là 1234 (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi 1,234.'
    """
    if isinstance(cell, float):
        return _of_number(cell, figure)
    found = _DIGITS.match(cell.strip()) if isinstance(cell, str) else None
    text = "".join(found[0].split()).rstrip(".,") if found else ""
    plain = f"{figure.normalize():f}".replace(".", ",")
    if _ONE_GROUP.fullmatch(text):
        return (
            f"«{text}» được đọc là {plain} (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi {text.replace('.', ',')}."
        )
    if _GROUPS.fullmatch(text):
        return f"«{text}» được đọc là {plain} (dấu chấm ngăn phần nghìn), như ghi liền {plain}."
    if _COMMA.fullmatch(text):
        return (
            f"«{text}» được đọc là số lẻ (dấu phẩy ngăn phần lẻ). Nếu là phần nghìn thì ghi {text.replace(',', '')}."
        )
    return f"«{text}» được đọc là {plain}." if _POINT.fullmatch(text) else ""


def _of_number(cell: float, figure: Decimal) -> str:
    """«1.234» typed into an English Excel is a number with three decimals."""
    exponent = figure.normalize().as_tuple().exponent
    if exponent != -3 or abs(cell) >= 1000:
        return ""
    return (
        f"Ô số này được đọc là số lẻ {show_figure(figure)}. Nếu là phần nghìn thì gõ liền "
        f"{figure.scaleb(3).normalize():f}."
    )


class Comparison(Choice):
    """Also as a sign, and with three dots for the one of print."""

    _SIGNS = {"=": "=", ">=": ">=", "≥": ">=", ">": ">", "<=": "<=", "≤": "<=", "<": "<", "khoang": "range"}

    def __init__(self) -> None:
        super().__init__(Target.Comparison.choices)

    def read(self, value: Any) -> str:
        text = as_words(value).replace("...", "…").strip()
        return self._SIGNS.get(fold(text)) or super().read(text)


class YesNo(Choice):
    def __init__(self) -> None:
        super().__init__([("1", "Có"), ("0", "Không")])

    def read(self, value: Any) -> bool:  # type: ignore[override]
        text = as_words(value)
        return fold(text) in ("x", "1") or (fold(text) != "0" and super().read(text) == "1")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else self.labels[str(int(value))]


class Lines(Cell):
    """Words over several lines."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def read(self, value: Any) -> str:
        text = as_pasted(as_words(value)).strip()
        return refuse_markup(clean_lines(text, limit=self.limit, name="nội dung"), name="nội dung")

    def is_same(self, old: Any, new: Any) -> bool:
        """Blanks inside and at the ends of lines are lost on the way through a sheet; that changes nothing."""
        return _lines(old) == _lines(new)


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").strip().split("\n")]


class PeriodCell(Cell):
    """A period of the campaign by its words («6 tháng đầu năm 2024», «Quý I/2024») or its code."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[Period] = []
        self.known: dict[str, Period] = {}
        self.outside = ""

    def offer(self, periods: Sequence[Period], year: int, outside: str) -> None:
        """``outside``: what is said of periods of other years."""
        self.offered, self.outside = list(periods), outside
        years = range(year - _YEARS_KNOWN, year + _YEARS_KNOWN + 1)
        all_periods = [
            one for at in years for is_school in (True, False) for one in periods_of(at, is_school_year=is_school)
        ]
        self.known = {fold(one.words): one for one in [*all_periods, *periods]}

    def read(self, value: Any) -> Period:
        text = " ".join(as_words(value).split())
        found = self._found(text)
        if found is None:
            raise UnfitCell(f"«{text[:60]}» không phải một kỳ; ghi như «6 tháng đầu năm 2026», «quý I năm 2026»")
        if found not in self.offered:
            raise UnfitCell(f"kỳ «{found}» nằm ngoài thời gian của phong trào ({self.outside})")
        return found

    def _found(self, text: str) -> Period | None:
        try:
            return period_of(text.upper())
        except UnfitPeriod:
            words = fold(text).replace("/", " nam ")
            return self.known.get(" ".join(words.split())) or self.known.get(f"nam {words}")

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value) if value is not None else ""
