"""Lines of a plan that stand for what another app keeps: «[Chỉ tiêu]» prints the targets of the plan's campaign.

An app registers its blocks in ``AppConfig.ready()``, each with the part of the plan (``plans.parts``) whose content it
prints. A block is a paragraph of a section's body and nothing else, so it is typed, moved, exported and read like any
line; what nobody registered is plain text. It is filled when a paper is composed, from the values of the plan alone:
no database here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents import tree
from documents.outline import Kind, Line
from plans.interchange import Block

Compose = Callable[[Any], Sequence[tree.Block]]
"""From the part's content, as ``plans.parts`` dumps it; nothing where it has nothing to print."""


@dataclass(frozen=True, slots=True)
class PartBlock:
    line: str
    """As typed, in brackets: «[Chỉ tiêu]»."""
    part: str
    compose: Compose
    missing: str
    """What is wrong where nothing can be printed, behind «Dòng [Chỉ tiêu] »: «chưa có chỉ tiêu nào»."""

    @property
    def problem(self) -> str:
        return f"Dòng {self.line} {self.missing}."


_registered: dict[str, PartBlock] = {}


def register_block(name: str, part: str, compose: Compose, *, missing: str) -> None:
    """``name`` is what stands between the brackets."""
    _registered[_key(f"[{name}]")] = PartBlock(f"[{name}]", part, compose, missing)


def block_at(line: Block) -> PartBlock | None:
    """The block for which a line of the plan stands, filled or not."""
    if not isinstance(line, Line) or line.kind not in {Kind.PARAGRAPH, Kind.FILLED}:
        return None
    return block_named(line.text)


def block_named(text: str) -> PartBlock | None:
    """``text`` with its brackets."""
    return _registered.get(_key(text))


def filled(lines: Iterable[Block], parts: Mapping[str, Any]) -> tuple[Any, ...]:
    """The lines, each that stands for a block with what it prints; one that prints nothing stays as typed."""
    return tuple(_filled(line, parts) for line in lines)


def unfilled(lines: Iterable[Block], parts: Mapping[str, Any]) -> Iterator[PartBlock]:
    """Blocks that have nothing to print: their brackets must not go out of the house."""
    for line in filled(lines, parts):
        if (found := block_at(line)) is not None and line.kind is not Kind.FILLED:
            yield found


def offered(parts: Mapping[str, Any]) -> list[str]:
    """The lines that would print something in a plan with these parts."""
    return [one.line for one in _registered.values() if one.part in parts and one.compose(parts[one.part])]


def printed_parts(lines: Iterable[Block], parts: Mapping[str, Any]) -> dict[str, Any]:
    """Of the parts those from which the lines print something."""
    found = {one.part for line in filled(lines, parts) if (one := block_at(line)) and line.kind is Kind.FILLED}
    return {name: content for name, content in parts.items() if name in found}


def _filled(line: Block, parts: Mapping[str, Any]) -> Block:
    found = block_at(line)
    blocks = tuple(found.compose(parts[found.part])) if found and found.part in parts else ()
    return Line(Kind.FILLED, line.text, blocks=blocks) if blocks else line


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
