"""What a paragraph or a run of Word looks like: its own words, else its styles', else the file's defaults."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from documents.reading.source import Align
from documents.reading.word.names import W, child, switch, value, whole

_ALIGNS = {
    "left": Align.LEFT,
    "start": Align.LEFT,
    "center": Align.CENTRE,
    "right": Align.RIGHT,
    "end": Align.RIGHT,
    "both": Align.JUSTIFIED,
    "distribute": Align.JUSTIFIED,
}
_TWIPS = 20
"""To the point."""
_DEEPEST_CHAIN = 20

Properties = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RunLook:
    bold: bool
    italic: bool
    size: float
    font: str
    capitals: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    align: Align
    indent: float
    """Of the first line, in points."""
    before: float
    after: float
    list_id: int
    """0: no list."""
    level: int
    run: Properties
    """What its runs begin with."""


class Styles:
    def __init__(self, root: Any) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._styles = {style.get(W + "styleId"): style for style in found}
        self._default = next(
            (
                style.get(W + "styleId")
                for style in found
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in {"1", "true", "on"}
            ),
            None,
        )
        self._run_defaults = run_properties(child(root, "docDefaults", "rPrDefault", "rPr"))
        self._paragraph_defaults = paragraph_properties(child(root, "docDefaults", "pPrDefault", "pPr"))
        self._known: dict[str | None, tuple[Properties, Properties]] = {}

    def paragraph(self, own: Any, list_indent: Properties) -> ParagraphLook:
        """``own``: its ``w:pPr``, or None; ``list_indent``: what the level of its list says of the indent."""
        style = value(own, "pStyle") or self._default
        of_style, run = self._of(style)
        said = self._paragraph_defaults | of_style | list_indent | paragraph_properties(own)
        return ParagraphLook(
            align=said.get("align", Align.LEFT),
            indent=said.get("left", 0) + said.get("first", 0),
            before=said.get("before", 0),
            after=said.get("after", 0),
            list_id=said.get("list_id", 0),
            level=said.get("level", 0),
            run=self._run_defaults | run,
        )

    def list_of(self, own: Any) -> tuple[int, int | None, str | None]:
        """List and level of a paragraph, and the style whose list it is where the style says so."""
        direct = paragraph_properties(own)
        style = value(own, "pStyle") or self._default
        said = self._of(style)[0] | direct
        from_style = None if "list_id" in direct else style
        return said.get("list_id", 0), said.get("level"), from_style

    def run(self, own: Any, base: Properties) -> RunLook:
        """``base``: of the paragraph that it stands in."""
        said = base | self._of(value(own, "rStyle"))[1] | run_properties(own)
        return RunLook(
            bold=said.get("bold", False),
            italic=said.get("italic", False),
            size=said.get("size", 10.0),
            font=said.get("font", ""),
            capitals=said.get("capitals", False),
            hidden=said.get("hidden", False),
        )

    def list_id_of_style(self, style: str) -> int:
        return self._of(style)[0].get("list_id", 0)

    def chain(self, style: str | None) -> Iterator[Any]:
        """The style and what it is based on, the outermost last."""
        for _ in range(_DEEPEST_CHAIN):  # a file may base two styles on one another
            found = self._styles.get(style)
            if found is None:
                return
            yield found
            style = value(found, "basedOn")

    def _of(self, style: str | None) -> tuple[Properties, Properties]:
        if style not in self._known:
            paragraph: Properties = {}
            run: Properties = {}
            for found in self.chain(style):
                paragraph = paragraph_properties(child(found, "pPr")) | paragraph
                run = run_properties(child(found, "rPr")) | run
            self._known[style] = paragraph, run
        return self._known[style]


def run_properties(own: Any) -> Properties:
    """Of a ``w:rPr``: only what it says."""
    if own is None:
        return {}
    said: Properties = {
        "bold": switch(own, "b"),
        "italic": switch(own, "i"),
        "capitals": switch(own, "caps"),
        "hidden": switch(own, "vanish"),
    }
    size = value(own, "sz")
    said["size"] = whole(size) / 2 if size else None
    fonts = child(own, "rFonts")
    if fonts is not None:
        said["font"] = next((name for key in ("ascii", "hAnsi") if (name := fonts.get(W + key))), None)
    return _only_said(said)


def paragraph_properties(own: Any) -> Properties:
    """Of a ``w:pPr``: only what it says."""
    if own is None:
        return {}
    said: Properties = {"align": _ALIGNS.get(value(own, "jc") or "")}
    said |= indent_properties(child(own, "ind"))
    for key in ("before", "after"):
        distance = value(own, "spacing", of=key)
        said[key] = whole(distance) / _TWIPS if distance else None
    list_id, level = value(own, "numPr", "numId"), value(own, "numPr", "ilvl")
    said["list_id"] = whole(list_id) if list_id is not None else None
    said["level"] = whole(level) if level is not None else None
    return _only_said(said)


def indent_properties(indent: Any) -> Properties:
    if indent is None:
        return {}
    left, first, hanging = (
        next((text for name in names if (text := indent.get(W + name)) is not None), None)
        for names in (("left", "start"), ("firstLine",), ("hanging",))
    )
    offset = f"-{hanging}" if hanging is not None else first
    return _only_said(
        {
            "left": whole(left) / _TWIPS if left is not None else None,
            "first": whole(offset) / _TWIPS if offset is not None else None,
        }
    )


def _only_said(said: Properties) -> Properties:
    return {key: found for key, found in said.items() if found is not None}


def usual_distance(looks: Iterable[ParagraphLook]) -> float:
    """Points between two paragraphs, as most of the file has it."""
    counted: dict[float, int] = {}
    for look in looks:
        distance = look.before + look.after
        counted[distance] = counted.get(distance, 0) + 1
    return max(counted, key=lambda distance: counted[distance], default=0.0)
