"""The markers that Word draws before the paragraphs of its lists, written out as they are printed.

A list counts in its abstract definition: two lists of one definition go on from one another, unless one of
them says where it starts anew (ECMA-376, part 1, §17.9).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from documents.reading.word.names import W, child, switch, value, whole
from documents.reading.word.styles import Properties, Styles, indent_properties

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_LARGEST_ROMAN = 3999
_PLUS = {"+", "o"}
"""The second bullet of a Vietnamese paper; Word's own second bullet is a round «o»."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    joint: str
    """What stands between marker and words."""
    is_legal: bool
    """All its numbers are Arabic."""
    restarts_after: int | None
    """The level, from 1, that sets it back; None: any above; 0: none."""
    indent: Properties
    style: str | None


@dataclass(slots=True)
class _List:
    definition: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    """Levels that begin anew when this list first uses them."""


class Numbering:
    def __init__(self, root: Any, styles: Styles) -> None:
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._restarted: set[tuple[int, int]] = set()
        if root is None:
            return
        definitions = {found.get(W + "abstractNumId"): found for found in root.findall(W + "abstractNum")}
        lists = {whole(found.get(W + "numId")): found for found in root.findall(W + "num")}
        for number, found in lists.items():
            name = value(found, "abstractNumId")
            definition = definitions.get(name)
            linked = value(definition, "numStyleLink")
            if linked:  # the definition stands with a list style
                other = lists.get(styles.list_id_of_style(linked))
                name = value(other, "abstractNumId")
                definition = definitions.get(name)
            if definition is not None and name is not None:
                self._lists[number] = _read_list(name, definition, found)

    def level_of(self, list_id: int, level: int | None, style: str | None) -> int:
        """The level that a paragraph says, else the one that is tied to its style."""
        if level is not None or list_id not in self._lists:
            return level or 0
        levels = self._lists[list_id].levels
        return next((at for at, found in levels.items() if style is not None and found.style == style), 0)

    def indent(self, list_id: int, level: int) -> Properties:
        found = self._lists.get(list_id)
        return found.levels[level].indent if found and level in found.levels else {}

    def marker(self, list_id: int, level: int) -> str:
        """Count on and return the marker with the blank behind it; empty where the level prints none."""
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        shape = found.levels[level]
        if level in found.starts and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else shape.start
        for deeper in [at for at in counts if at > level]:
            after = found.levels[deeper].restarts_after if deeper in found.levels else None
            if after is None or level < after:
                del counts[deeper]
        text = _bullet(shape.text) if shape.form == "bullet" else _numbered(found, shape, level, counts)
        return text + shape.joint if text else ""


def _read_list(name: str, definition: Any, found: Any) -> _List:
    levels = {whole(level.get(W + "ilvl")): _read_level(level) for level in definition.findall(W + "lvl")}
    starts = {}
    for override in found.findall(W + "lvlOverride"):
        at = whole(override.get(W + "ilvl"))
        own, start = child(override, "lvl"), value(override, "startOverride")
        if own is not None:
            levels[at] = _read_level(own)
        if start is not None:
            starts[at] = whole(start, 1)
    return _List(name, levels, starts)


def _read_level(level: Any) -> _Level:
    restart = value(level, "lvlRestart")
    return _Level(
        start=whole(value(level, "start"), 0 if child(level, "start") is None else 1),
        form=value(level, "numFmt") or "decimal",
        text=value(level, "lvlText") or "",
        joint="" if value(level, "suff") == "nothing" else " ",
        is_legal=bool(switch(level, "isLgl")),
        restarts_after=whole(restart) if restart is not None else None,
        indent=indent_properties(child(level, "pPr", "ind")),
        style=value(level, "pStyle"),
    )


def _numbered(found: _List, shape: _Level, level: int, counts: dict[int, int]) -> str:
    def figure(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        other = found.levels.get(at)
        if other is None or at > level:
            return ""
        form = "decimal" if shape.is_legal else other.form
        return written(counts.get(at, other.start), form)

    return _PLACE.sub(figure, shape.text).strip()


def _bullet(text: str) -> str:
    """Of whatever symbol: papers print a dash, and a plus one level below."""
    bare = text.strip()
    return ("+" if bare in _PLUS else "-") if bare else ""


def written(number: int, form: str) -> str:
    """
    >>> written(4, "upperRoman"), written(28, "lowerLetter"), written(7, "decimalZero")
    ('IV', 'bb', '07')
    """
    match form:
        case "upperRoman" | "lowerRoman" if 0 < number <= _LARGEST_ROMAN:
            roman = _roman(number)
            return roman.upper() if form == "upperRoman" else roman
        case "upperLetter" | "lowerLetter" if number > 0:
            letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 30)
            return letter.upper() if form == "upperLetter" else letter
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
        case _:
            return str(number)


def _roman(number: int) -> str:
    text = ""
    for figure, sign in _ROMAN:
        while number >= figure:
            text += sign
            number -= figure
    return text
