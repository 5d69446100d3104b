"""From a place in the plan's values to the field of the editor that holds it, so that the page can go there.

A finding or a remark names a place of ``plans.moving.places``; the page knows sections and tasks by their keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plans import cleaning
from plans.editor.values import read_heading
from plans.interchange import PARTS, PlanData
from plans.moving.places import Place, read_at

_HEADER = {"date": "paper_date"}
_NOT_IN_THE_EDITOR = frozenset({"superior", "issuer", "year", "kind", "parts", *PARTS})


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of the editor; ``line`` and ``name`` say where in it, from 0."""

    of: str
    """header, section, table or task, as in the acts."""
    key: str = ""
    field: str = ""
    line: int | None = None
    """Of a text of several lines, blank ones not counted."""
    name: int | None = None
    """Of a list of names."""
    offset: int = 0
    """Where the place's text begins in that line: behind «1. »."""


class Spots:
    """The editor's fields for every place of the plan that ``state`` (``plans.editor.state``) holds."""

    def __init__(self, plan: PlanData, state: dict[str, Any]) -> None:
        self._plan = plan
        self._blocks = [spot for section in state["sections"] for spot in _spots_of(section)]
        self._tasks = [row["key"] for row in state["tasks"] if str(row.get("content", "")).strip()]

    def of(self, place: Place) -> Spot | None:
        """None for what the editor does not show: the issuer's lines, another app's part."""
        first, *rest = place.path
        try:
            if first == "blocks":
                return self._block(place, rest)
            if first == "tasks":
                return self._task(rest)
        except (IndexError, LookupError, ValueError):
            return None
        if first in {"table", "appendix"}:
            return _table(first, rest)
        if first in _NOT_IN_THE_EDITOR:
            return None
        line = int(rest[0]) if rest and first in cleaning.LINES else None
        return Spot("header", field=_HEADER.get(first, first), line=line)

    def _block(self, place: Place, rest: Sequence[str]) -> Spot:
        spot, line = self._blocks[int(rest[0])]
        if rest[1:] == ["marker"]:
            return spot
        text = read_at(self._plan, place)
        offset = len(line) - len(text) if text and line.endswith(text) else 0
        return Spot(spot.of, spot.key, spot.field, spot.line, offset=offset)

    def _task(self, rest: Sequence[str]) -> Spot:
        key, field = self._tasks[int(rest[0])], rest[1] if len(rest) > 1 else "content"
        return Spot("task", key, field, name=int(rest[2]) if len(rest) > 2 else None)


def _spots_of(section: dict[str, Any]) -> list[tuple[Spot, str]]:
    """For each block of a section, as ``plans.editor.drafts`` makes them: its field, and the line as typed."""
    key, line, body = section["key"], str(section.get("line") or ""), str(section.get("body") or "")
    head = [(Spot("section", key, "line"), line.strip())] if any(read_heading(line)) else []
    lines = [typed.strip(" ") for typed in body.split("\n") if typed.strip()]
    return [*head, *((Spot("section", key, "body", number), typed) for number, typed in enumerate(lines))]


def _table(first: str, rest: Sequence[str]) -> Spot | None:
    where, rest = ("appendix", rest) if first == "appendix" else ("body", ["columns", *rest[1:]])
    if rest[:1] == ["table"]:
        rest = rest[1:]
    if not rest:
        return Spot("table", field=f"{where}.title")
    line = int(rest[1]) if rest[0] == "columns" and len(rest) > 1 else None
    return Spot("table", field=f"{where}.{rest[0]}", line=line)
