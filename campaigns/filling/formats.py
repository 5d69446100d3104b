"""Number formats of a workbook: a cell that shows percent keeps 97,9 % as 0,979; a year is shown as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from campaigns.figures import show_figure
from campaigns.filling.references import tag

_SHIPPED = {9: "0%", 10: "0.00%", 3: "#,##0", 4: "#,##0.00", **dict.fromkeys(range(14, 23), "d/m/y")}
"""Of the formats that no file spells out (ECMA-376, 18.8.30), those that matter here."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_HUNDRED = Decimal(100)
_FIGURES = 15
"""Excel keeps so many digits."""


@dataclass(frozen=True, slots=True)
class Formats:
    """Style of a cell (``s``) → its number format, without quoted words."""

    codes: tuple[str, ...] = ()

    @classmethod
    def read(cls, styles: Any) -> Formats:
        if styles is None:
            return cls()
        typed = {int(one.get("numFmtId")): one.get("formatCode", "") for one in styles.iter(tag("numFmt"))}
        looks = styles.find(tag("cellXfs"))
        ids = [int(one.get("numFmtId") or 0) for one in looks] if looks is not None else []
        return cls(tuple(_LITERAL.sub("", typed.get(pk, _SHIPPED.get(pk, ""))) for pk in ids))

    def _code(self, style: int) -> str:
        return self.codes[style] if style < len(self.codes) else ""

    def is_percent(self, style: int) -> bool:
        return "%" in self._code(style)

    def stored(self, figure: Decimal, style: int) -> str:
        return f"{(figure / _HUNDRED if self.is_percent(style) else figure).normalize():f}"

    def shown(self, stored: str, style: int) -> str:
        """As a person reads it there: «97,9 %», «1.234,5», «2026»; days as day/month/year."""
        try:
            figure = Decimal(stored)
        except InvalidOperation:
            return stored
        if not figure.is_finite():
            return stored
        figure = +figure.normalize() if len(figure.as_tuple().digits) <= _FIGURES else _rounded(figure)
        code = self._code(style).lower()
        if self.is_percent(style):
            return f"{show_figure(figure * _HUNDRED)} %"
        if "y" in code or "d" in code:
            return _day(figure)
        return show_figure(figure) if "," in code else f"{figure:f}".replace(".", ",")


def _rounded(figure: Decimal) -> Decimal:
    """Without the last digits that binary figures bring along: 0,28999999999999998 is 0,29."""
    return Decimal(f"{figure:.{_FIGURES - 1}e}").normalize()


def _day(figure: Decimal) -> str:
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 -- half a second that no page should pay at start

    try:
        return f"{from_excel(float(figure)):%d/%m/%Y}"
    except (ValueError, OverflowError):
        return f"{figure:f}"
