"""Cells of score tables. 2,520 of them stand on one page: a template for each would take longer than all the rest."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from clusters.sheets.board import Cell
from clusters.wording import in_season

register = template.Library()
register.filter("of_season", in_season)
_MARKS = ("is_open", "is_own", "is_cut", "is_changed", "is_unproved")


@register.simple_tag
def score_cells(cells: Iterable[Cell]) -> SafeString:
    """What static/js/clusters/scores.js changes stands in ``data-…``, in ``.said`` and in ``[data-out]``."""
    return mark_safe("\n".join(_cell(cell) for cell in cells))  # noqa: S308 -- every word goes through ``escape``


def _told(cell: Cell) -> tuple[tuple[str, str], ...]:
    return ("reason", cell.reason), ("who", cell.who), ("target", cell.target), ("problem", cell.problem)


def _cell(cell: Cell) -> str:
    marks = "".join(f" {name.replace('_', '-')}" for name in _MARKS if getattr(cell, name))
    state = (
        f' data-version="{cell.version}" data-typed="{escape(cell.typed)}"'
        if cell.is_open
        else ' aria-readonly="true"'
    )
    told = "".join(f' data-{name}="{escape(words)}"' for name, words in _told(cell) if words)
    return (
        f'<td class="cell{marks}" data-c="{cell.key}"{state}{told} tabindex="-1">'
        f'<span class="said">{escape(cell.said)}</span> '
        f'<span class="points" data-out="p-{cell.key}">{cell.points}</span></td>'
    )
