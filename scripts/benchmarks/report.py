"""What is printed: numbers as Vietnamese writes them, tables, and goals with «đạt» or «chưa đạt»."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.errors import AppError


class NotMeasured(AppError):
    message = "Chưa đo được."


@dataclass(frozen=True, slots=True)
class Goal:
    what: str
    measured: str
    wanted: str
    is_met: bool

    def __str__(self) -> str:
        return f"{self.what}: {self.measured}, mục tiêu {self.wanted}: {'đạt' if self.is_met else 'chưa đạt'}"


def number(value: float, digits: int = 2) -> str:
    """``1.234,50``"""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def times(ratio: float) -> str:
    return f"{number(ratio)} lần"


def milliseconds(seconds: float) -> str:
    return f"{number(seconds * 1000, 0)} ms"


def head(title: str) -> None:
    print(f"\n== {title} ==")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The first column is words, all others are figures."""
    lines = [heads, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    for line in lines:
        cells = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join([line[0].ljust(widths[0]), *cells]).rstrip(), flush=True)


def goals(found: Iterable[Goal]) -> None:
    for goal in found:
        print(f"→ {goal}", flush=True)
