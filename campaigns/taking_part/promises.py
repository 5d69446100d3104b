"""Targets promised in a registration: figures of the campaign's targets, and free words. Pure.

Kept as JSON ``[{"target": 12, "low": "10.5"}, {"text": "Trồng 200 cây"}]``; in sheets and answers as lines,
«Trồng cây phân tán: 200 cây», which are read back by the words of the target.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from campaigns.figures import UnfitFigure, read_figure
from campaigns.wording import with_measure
from core.text import fold

_ENDS = re.compile(r"[;\n]+")
_MARK = re.compile(r"^\s*(?:[-+•*]|\d{1,2}[.)])\s+")
_LEAD_IN = re.compile(r"^[\s:,–-]*(?:đạt|từ|trên|ít nhất|là|được|tăng|giảm)?\s*", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:trở lên|trở xuống)?\s*\.?\s*$", re.IGNORECASE)


class Aimed(Protocol):
    """A row of ``Target``."""

    @property
    def pk(self) -> Any: ...
    @property
    def text(self) -> str: ...
    @property
    def measure(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure of a target, or words."""

    target: int | None = None
    low: Decimal | None = None
    text: str = ""

    @property
    def as_json(self) -> dict[str, Any]:
        if self.target is None:
            return {"text": self.text}
        return {"target": self.target, "low": f"{self.low:f}"}


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Promise, ...]:
    return tuple(
        Promise(one["target"], Decimal(one["low"])) if "target" in one else Promise(text=one["text"]) for one in kept
    )


def in_words(promise: Promise, targets: Mapping[int, Aimed]) -> str:
    """«Trồng cây phân tán: 200 cây»; a target that was taken out since is said to be so."""
    if promise.target is None:
        return promise.text
    target = targets.get(promise.target)
    if target is None:
        return f"Chỉ tiêu đã bỏ khỏi phong trào: {with_measure(promise.low, '')}"
    return f"{target.text.strip().rstrip('.;:')}: {with_measure(promise.low, target.measure)}"


def read_promises(words: str, targets: Sequence[Aimed]) -> tuple[Promise, ...]:
    """One a line, or parted by semicolons. What does not begin with a target's words stays words."""
    by_words = sorted(((_folded(one.text), one) for one in targets), key=lambda pair: -len(pair[0]))
    found: dict[Any, Promise] = {}
    for piece in _ENDS.split(words):
        piece = " ".join(_MARK.sub("", piece).split()).rstrip(".").strip()
        if piece:
            promise = _read(piece, by_words)
            found[promise.target or promise.text] = promise
    return tuple(found.values())


@lru_cache(maxsize=2_000)
def _folded(text: str) -> str:
    """Of a target: every row of a list is compared with the same few."""
    return fold(text.strip().rstrip(".;:"))


def _read(piece: str, by_words: Sequence[tuple[str, Aimed]]) -> Promise:
    folded = fold(piece)
    for words, target in by_words:
        if words and folded.startswith(words) and len(folded) > len(words):
            low = _figure(piece[len(words) :], target.measure)  # folding keeps the length: one letter for one
            if low is not None:
                return Promise(target.pk, low)
    return Promise(text=piece)


def _figure(rest: str, measure: str) -> Decimal | None:
    words = _TAIL.sub("", _LEAD_IN.sub("", rest))
    try:
        return read_figure(words, measure)
    except UnfitFigure:
        return None
