"""The rules of a page that somebody sees, as edges for pdfplumber's search for tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.page import Page

_THIN = 3.0
"""Points: a filled rectangle of that width is a rule, a wider one is the shade behind some words."""
_MEET = 3.0
_BESIDE = 6.0
_SHORTEST = 8.0

Edge = dict[str, Any]


def seen_edges(page: Page) -> list[Edge]:
    """Without white frames and the shades behind words."""
    from pdfplumber.utils import obj_to_edges  # noqa: PLC0415 -- heavy, and wanted only where a file is read

    rules = [rule for rule in (*page.lines, *page.rects, *page.curves) if _is_seen(rule)]
    return [edge for rule in rules for edge in obj_to_edges(rule)]


def _is_seen(rule: Edge) -> bool:
    if rule.get("stroke") and not _is_white(rule.get("stroking_color")):
        return True
    is_thin = min(rule["width"], rule["height"]) <= _THIN
    return bool(rule.get("fill")) and is_thin and not _is_white(rule.get("non_stroking_color"))


def _is_white(colour: Any) -> bool:
    parts = colour if isinstance(colour, (tuple, list)) else (colour,)
    figures = [part for part in parts if isinstance(part, (int, float))]
    if len(figures) == 4:  # inks: none at all is white
        return not any(figures)
    return bool(figures) and min(figures) >= 0.99


def closing_edges(edges: Sequence[Edge]) -> list[Edge]:
    """Where columns end without a rule across, a page break cut the table: rules that close it there."""
    level = [edge for edge in edges if edge["orientation"] == "h"]
    uprights = list(_uprights([edge for edge in edges if edge["orientation"] == "v"]))
    ends = sorted((end, x) for x, top, bottom in uprights for end in (top, bottom))
    closing: list[Edge] = []
    at = 0
    while at < len(ends):
        together = [end for end in ends[at:] if end[0] - ends[at][0] <= _MEET]
        at += len(together)
        top, places = together[0][0], sorted(x for _, x in together)
        closing += [
            _level_edge(left, right, top)
            for left, right in itertools.pairwise(places)
            if right - left > _SHORTEST and not _is_ruled(level, top, left, right)
        ]
    return closing


def _uprights(edges: Sequence[Edge]) -> Iterator[tuple[float, float, float]]:
    """``x, top, bottom`` of upright rules, pieces put together."""
    current: tuple[float, float, float] | None = None
    for edge in sorted(edges, key=lambda edge: (round(edge["x0"] / _MEET), edge["top"])):
        x, top, bottom = edge["x0"], edge["top"], edge["bottom"]
        if current and abs(current[0] - x) <= _MEET and top - current[2] <= _MEET:
            current = (current[0], current[1], max(current[2], bottom))
            continue
        if current and current[2] - current[1] > _SHORTEST:
            yield current
        current = (x, top, bottom)
    if current and current[2] - current[1] > _SHORTEST:
        yield current


def _is_ruled(level: Sequence[Edge], top: float, left: float, right: float) -> bool:
    near = [edge for edge in level if abs(edge["top"] - top) <= _BESIDE]
    return any(edge["x0"] < right - _MEET and edge["x1"] > left + _MEET for edge in near)


def _level_edge(left: float, right: float, top: float) -> Edge:
    return {
        **{"object_type": "line_edge", "orientation": "h", "x0": left, "x1": right, "top": top, "bottom": top},
        **{"width": right - left, "height": 0},
    }
