"""Which cell of a table takes which figure: kept as JSON, changed by row, column or cell, carried to another layout.

Pure: targets are known by id and words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from campaigns.filling.proposing import WORDS, Named, Proposal, head_texts, likeness
from campaigns.filling.tables import Spot, Table, has_words, timeless

_SAME_NAME = 0.9
"""So like must the names of a target of last year and one of this year be."""


@dataclass(frozen=True, slots=True)
class Use:
    """What one cell takes."""

    target: int
    what: str
    is_proposed: bool = False
    """Nobody has looked at it yet."""


Uses = dict[Spot, Use]


def dump(uses: Mapping[Spot, Use]) -> list[dict[str, Any]]:
    return [
        {**spot._asdict(), "target": use.target, "what": use.what, **({"proposed": True} if use.is_proposed else {})}
        for spot, use in sorted(uses.items())
    ]


def load(cells: Iterable[Mapping[str, Any]]) -> Uses:
    return {
        Spot(cell["table"], cell["row"], cell["column"]): Use(cell["target"], cell["what"], bool(cell.get("proposed")))
        for cell in cells
    }


def proposed(proposals: Iterable[Proposal]) -> Uses:
    return {one.spot: Use(one.target, one.what, is_proposed=True) for one in proposals}


def fitting(uses: Uses, tables: Sequence[Table], targets: Iterable[int]) -> Uses:
    """Without cells that take nothing in this file, and without targets that are gone."""
    known = set(targets)
    return {
        spot: use
        for spot, use in uses.items()
        if spot.table < len(tables)
        and use.target in known
        and spot.row < len(tables[spot.table].rows)
        and spot.column < tables[spot.table].width
        and tables[spot.table].cell(spot.row, spot.column).takes
    }


# -- Rows and columns at once --------------------------------------------------------------


def rows_of(uses: Uses, table: int) -> dict[int, int]:
    """Row → the target that most of its cells take."""
    return _most((spot.row, use.target) for spot, use in uses.items() if spot.table == table)


def columns_of(uses: Uses, table: int) -> dict[int, str]:
    """Column → what most of its cells take."""
    return _most((spot.column, use.what) for spot, use in uses.items() if spot.table == table)


def _most(pairs: Iterable[tuple[int, Any]]) -> dict[int, Any]:
    counted: dict[int, Counter] = {}
    for place, value in pairs:
        counted.setdefault(place, Counter())[value] += 1
    return {place: counter.most_common(1)[0][0] for place, counter in counted.items()}


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose on the page: only what differs from what the page showed does anything."""

    rows: Mapping[int, int | None] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    cells: Mapping[Spot, Use | None] = field(default_factory=dict)


def chosen(uses: Uses, tables: Sequence[Table], place: int, choices: Choices) -> Uses:
    """A row's target goes to its cells in every column that takes something, a column's figure to every such row.

    A single cell wins. Where row and column say nothing new, each cell stays what it was, also a blank one.
    """
    table = tables[place]
    old_rows, old_columns = rows_of(uses, place), columns_of(uses, place)
    rows = {row: target for row, target in ({**old_rows, **choices.rows}).items() if target is not None}
    columns = {column: what for column, what in ({**old_columns, **choices.columns}).items() if what}
    new_rows = {row for row, target in choices.rows.items() if old_rows.get(row) != target}
    new_columns = {column for column, what in choices.columns.items() if old_columns.get(column, "") != what}
    found = {
        spot: use
        for spot, use in uses.items()
        if spot.table != place or (spot.row not in new_rows and spot.column not in new_columns)
    }
    for row, target in rows.items():
        for column, what in columns.items():
            if (row in new_rows or column in new_columns) and table.cell(row, column).takes:
                found[Spot(place, row, column)] = Use(target, what)
    for spot, use in choices.cells.items():
        found.pop(spot, None)
        if use is not None and table.cell(spot.row, spot.column).takes:
            found[spot] = use
    return {spot: replace(use, is_proposed=False) if spot.table == place else use for spot, use in found.items()}


# -- From one layout to another ------------------------------------------------------------


def named_as(old: Sequence[Named], new: Sequence[Named]) -> dict[int, int]:
    """Target of another campaign → the one of ours with the same words; each once, only where it is clear."""
    pairs = sorted(
        ((likeness(one.text, other.text), one.pk, other.pk) for one in old for other in new),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    found: dict[int, int] = {}
    for near, one, other in pairs:
        if near >= _SAME_NAME and one not in found and other not in found.values():
            found[one] = other
    return found


def translated(uses: Uses, targets: Mapping[int, int]) -> Uses:
    return {spot: replace(use, target=targets[use.target]) for spot, use in uses.items() if use.target in targets}


@dataclass(frozen=True, slots=True)
class Carried:
    uses: Uses
    lost: tuple[str, ...]
    """Cells of the old table that have no place in the new one, in words."""


def carried(uses: Uses, old: Sequence[Table], new: Sequence[Table]) -> Carried:
    """Where row and head have the same words as before, wherever they stand now.

    Two columns of one name («Thực hiện» of this year and of the last) are told apart by their order.
    """
    before, after = _by_words(old), _by_words(new)
    key_of = {spot: key for key, spots in before.items() for spot in spots}
    found: Uses = {}
    lost: list[str] = []
    for spot, use in sorted(uses.items()):
        key = key_of.get(spot)
        were, are = (before[key], after.get(key, [])) if key else ([], [])
        if are and len(were) == len(are):
            found[are[were.index(spot)]] = use
        else:
            lost.append(f"{row_name(old[spot.table], spot.row)[:60] or spot.address}, {WORDS[use.what]}")
    return Carried(found, tuple(lost))


def _by_words(tables: Sequence[Table]) -> dict[tuple[str, str], list[Spot]]:
    """Words of the row and of the head, without their time → the cells that stand there and take a figure."""
    found: dict[tuple[str, str], list[Spot]] = {}
    for place, table in enumerate(tables):
        for row, cells in enumerate(table.rows):
            name = timeless(row_name(table, row))
            for column, cell in enumerate(cells):
                if name and cell.takes:
                    found.setdefault((name, _head(table, row, column)), []).append(Spot(place, row, column))
    return found


def row_name(table: Table, row: int) -> str:
    """The longest words of a row that no figure takes the place of."""
    if row >= len(table.rows):
        return ""
    texts = [cell.text for cell in table.rows[row] if has_words(cell.text) and not cell.is_formula]
    return max(texts, key=len, default="")


def _head(table: Table, row: int, column: int) -> str:
    """The words over a cell, the nearest first."""
    return " / ".join(dict.fromkeys(words for text in head_texts(table, row, column) if (words := timeless(text))))
