"""Figures as people type them and as papers print them: 1.234.567,5. Pure.

A dot parts thousands and a comma the decimals; ``12.5`` can only mean twelve and a half and is read so.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import Any

DECIMALS, WHOLE_DIGITS = 6, 14
_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_GROUPED = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"-?\d+(?:,\d+)?")
_DOT = re.compile(r"-?\d+\.(?:\d{1,2}|\d{4,})")
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COMMA_GROUPS = re.compile(r"-?\d{1,3}(?:,\d{3}){2,}")
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)


class UnfitFigure(ValueError):
    """Half a sentence: what stands before it names the cell."""


def read_figure(value: Any, measure: str = "") -> Decimal | None:
    """None where nothing was typed; the measure may stand behind the figure. Raise ``UnfitFigure``."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | dt.date | dt.time):
        raise UnfitFigure("phải là một số.")
    if isinstance(value, int | float | Decimal):
        return _checked(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    text = unicodedata.normalize("NFC", str(value)).strip()
    if not text:
        return None
    if _ERRORS.fullmatch(text):
        raise UnfitFigure(f"là lỗi công thức của Excel ({text}).")
    text = _without_measure(text, measure).replace("−", "-")
    digits = _BLANKS.sub("", text)
    if _COMMA_GROUPS.fullmatch(digits) or ("," in digits and "." in digits and _ENGLISH.fullmatch(digits)):
        raise UnfitFigure(f"ghi «{text}»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5.")
    if _GROUPED.fullmatch(digits) or _PLAIN.fullmatch(digits):
        return _checked(Decimal(digits.replace(".", "").replace(",", ".")))
    if _DOT.fullmatch(digits):
        return _checked(Decimal(digits))
    raise UnfitFigure(f"ghi «{text[:40]}», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5.")


def show_figure(figure: Decimal | None) -> str:
    """«1.234.567,5»; empty for none.

    >>> show_figure(Decimal("-1234567.500000"))
    '-1.234.567,5'
    """
    if figure is None:
        return ""
    sign, whole, decimals = "-" if figure < 0 else "", *f"{abs(figure):f}".partition(".")[::2]
    groups = f"{int(whole):,}".replace(",", ".")
    decimals = decimals.rstrip("0")
    return f"{sign}{groups},{decimals}" if decimals else f"{sign if int(whole) else ''}{groups}"


def _without_measure(text: str, measure: str) -> str:
    if measure and text.casefold().endswith(measure.casefold()):
        return text[: -len(measure)].strip()
    return text[:-1].strip() if measure.startswith("%") and text.endswith("%") else text


def _checked(figure: Decimal) -> Decimal:
    if not figure.is_finite():
        raise UnfitFigure("phải là một số.")
    if abs(figure) >= Decimal(10) ** WHOLE_DIGITS:
        raise UnfitFigure("lớn quá, hãy xem lại đơn vị tính.")
    rounded = figure.quantize(Decimal(1).scaleb(-DECIMALS))
    if rounded != figure and abs(rounded - figure) > Decimal("1e-9") * max(abs(figure), Decimal(1)):
        raise UnfitFigure(f"có quá {DECIMALS} chữ số lẻ.")
    return rounded.normalize() + 0
