"""What one cell says: a figure, «không giao», or nothing. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaigns.figures import UnfitFigure, read_figure, show_figure
from clusters.models import Assignment
from core.text import fold

NOT_GIVEN = "không giao"
_NOT_GIVEN = frozenset(["x", "khong", "khong giao", "ko giao", "kg", "khong giao chi tieu", "-"])


@dataclass(frozen=True, slots=True)
class Given:
    target: Decimal | None = None
    is_assigned: bool = True

    @property
    def is_blank(self) -> bool:
        return self.target is None and self.is_assigned

    def __str__(self) -> str:
        return show_figure(self.target) if self.is_assigned else NOT_GIVEN


Key = tuple[int, int]
"""Member, criterion."""
Cells = Mapping[Key, Given]


def read_given(text: Any, measure: str = "") -> Given:
    """Raise ``UnfitFigure``.

    >>> read_given("1.234,5").target, read_given("x").is_assigned
    (Decimal('1234.5'), False)
    """
    if isinstance(text, str) and fold(text) in _NOT_GIVEN:
        return Given(None, is_assigned=False)
    figure = read_figure(text, measure)
    if figure is not None and figure < 0:
        raise UnfitFigure("không được âm.")
    return Given(figure)


def given_in(row: Assignment | None) -> Given:
    return Given() if row is None else Given(row.target, row.is_assigned)
