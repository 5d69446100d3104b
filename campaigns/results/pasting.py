"""What is pasted: sentences with targets, a column of figures, names with figures. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.text import as_pasted, fold
from plans.pasting.tsv import read_tsv
from plans.reading import targets as reading

_BULLET = re.compile(r"^\s*(?:[-+–•*]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s*")
_FIGURE = re.compile(r"\d")
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Sentences:
    targets: list[reading.Target]
    unread: list[str]
    """Lines without a target in them."""


def read_sentences(text: str) -> Sentences:
    found: list[reading.Target] = []
    unread = []
    for line in as_pasted(text).splitlines()[:MOST_LINES]:
        words = _BULLET.sub("", " ".join(line.split()))
        if not words:
            continue
        own = list(reading.targets_in(words))
        found += own
        if not own:
            unread.append(words)
    return Sentences(found, unread)


@dataclass(frozen=True, slots=True)
class Column:
    """Figures by the place of the row that they go to; ``unfit``: lines that have no row, with the reason."""

    figures: dict[int, str]
    unfit: list[str]


def read_column(text: str, names: Sequence[str], first: int = 0) -> Column:
    """One column goes into the rows in their order, from ``first`` on; with names before the figures, to these rows.

    Of several columns the last with a figure counts; a head («Thôn», «Số giao») has none and is passed over.
    """
    rows = [[" ".join(as_pasted(cell).split()) for cell in row] for row in read_tsv(text)][:MOST_LINES]
    rows = [row for row in rows if any(row)] if any(len(row) > 1 for row in rows) else rows
    if not any(len(row) > 1 for row in rows):
        return _in_order([row[0] if row else "" for row in rows], len(names), first)
    return _by_name(rows, names)


def _in_order(cells: list[str], count: int, first: int) -> Column:
    while cells and not cells[-1]:
        cells.pop()
    figures, unfit = {}, []
    for place, cell in enumerate(cells, start=first):
        if place >= count:
            unfit.append(f"Dòng {place - first + 1} («{cell[:40]}»): bảng không còn dòng nào để nhận.")
        elif cell:
            figures[place] = cell
    return Column(figures, unfit)


def _by_name(rows: list[list[str]], names: Sequence[str]) -> Column:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(fold(name), []).append(place)
    figures: dict[int, str] = {}
    unfit = []
    for number, row in enumerate(rows, start=1):
        cells = [cell for cell in row if cell]
        found = next((places[fold(cell)] for cell in cells if fold(cell) in places), None)
        rest = [cell for cell in cells if found is None or fold(cell) not in places]
        figure = rest[-1] if rest and (found is not None or _FIGURE.search(rest[-1])) else ""
        words = " · ".join(cells)[:60]
        if found is None:
            if figure:
                unfit.append(f"Dòng {number} («{words}»): không có tên này trong bảng.")
        elif len(found) > 1 or found[0] in figures:
            unfit.append(f"Dòng {number} («{words}»): tên này có nhiều dòng, hãy gõ vào bảng.")
        elif figure:
            figures[found[0]] = figure
    return Column(figures, unfit)
