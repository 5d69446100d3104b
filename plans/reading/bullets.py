"""Tasks listed as bullets under quarters («1. Quý I:») or months, in place of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.outline import Kind, Line, depth_of
from documents.reading.paper import ReadBlock
from documents.tree import Heading
from plans.pasting import Grid, Pasted, UnfitPaste, recognise
from plans.pasting.quarters import read_quarter

_MONTH = re.compile(r"(?:trong\s+)?tháng\s+\d{1,2}(?:\s*(?:/|năm)\s*\d{4})?\s*:?", re.IGNORECASE)
_NO_DEPTH = 99


@dataclass(frozen=True, slots=True)
class BulletRun:
    start: int
    end: int
    pasted: Pasted


def bullets_in(blocks: Sequence[ReadBlock], year: int) -> BulletRun | None:
    """The first stretch of blocks that lists tasks under at least two quarters, or three months."""
    for start, block in enumerate(blocks):
        if not _period(block):
            continue
        end = _end_of(blocks, start)
        names = [_words(one).casefold() for one in blocks[start:end] if _period(one)]
        least = 2 if any(read_quarter(name) for name in names) else 3
        if len(set(names)) < least:
            continue
        lines = tuple((_printed(one),) for one in blocks[start:end])
        try:
            pasted = recognise(Grid(lines), year)
        except UnfitPaste:
            return None
        return BulletRun(start, end, pasted) if pasted.rows else None
    return None


def _period(block: ReadBlock) -> bool:
    if not isinstance(block, Heading | Line) or (isinstance(block, Line) and block.kind is Kind.REFERENCE):
        return False
    return bool(read_quarter(block.text) or _MONTH.fullmatch(block.text.strip()))


def _words(block: ReadBlock) -> str:
    return block.text if isinstance(block, Heading | Line) else ""


def _printed(block: ReadBlock) -> str:
    if isinstance(block, Heading) or (isinstance(block, Line) and block.kind is Kind.ITEM):
        return f"{block.marker} {block.text}".strip()
    return _words(block)


def _depth(block: ReadBlock) -> int:
    if isinstance(block, Heading):
        return -1
    return depth_of(block.marker) if isinstance(block, Line) and block.kind is Kind.ITEM else _NO_DEPTH


def _end_of(blocks: Sequence[ReadBlock], start: int) -> int:
    """Where something as high as the quarters follows that names none."""
    depth = _depth(blocks[start])
    for at in range(start + 1, len(blocks)):
        block = blocks[at]
        if not isinstance(block, Heading | Line) or (isinstance(block, Line) and block.kind is Kind.REFERENCE):
            return at
        if not _period(block) and _depth(block) <= depth and (isinstance(block, Heading) or depth != _NO_DEPTH):
            return at
    return len(blocks)
