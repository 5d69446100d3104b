"""What an officer wrote in place of the drafted words, and which figures in it no longer agree with the rows. Pure.

Words that nobody touched are drafted anew whenever the figures change. Words that somebody wrote stay; with them is
kept what had been drafted when they were written, so that a figure which has changed since can be pointed out.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"\S+")
_FIGURE = re.compile(r"\d(?:[\d.,/]*\d)?")
_LETTERS = re.compile(r"\s+([^\W\d_]+)")
_TELLING = 2
"""Digits and signs that a figure has at most and may stand in a text by accident."""


@dataclass(frozen=True, slots=True)
class Written:
    lines: str
    drafted: str
    """What stood there before, drafted from the figures of that day."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A figure of the officer's words that the rows no longer bear out."""

    figure: str
    now: str
    """What the draft says in its place; empty where it says nothing any more."""


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    is_stale: bool


def written_in(texts: Mapping[str, Any]) -> dict[str, Written]:
    """As ``Review.texts`` keeps them."""
    return {key: Written(row["lines"], row["drafted"]) for key, row in texts.items()}


def settled(drafts: Mapping[str, str], texts: Mapping[str, Any]) -> dict[str, str]:
    """Key → the lines that are printed."""
    return {**drafts, **{key: one.lines for key, one in written_in(texts).items() if key in drafts}}


def stale(written: Written, draft: str) -> list[Stale]:
    """Figures that went out of the draft since, as far as the officer's words still have them."""
    before, after = _WORD.findall(written.drafted), _WORD.findall(draft)
    kept = set(_figures(written.lines))
    found: dict[str, str] = {}
    for act, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if act in ("equal", "insert"):
            continue
        gone, come = _figures(" ".join(before[first : last + 1])), _figures(" ".join(after[start : end + 1]))
        pairs = zip(gone, come if len(come) == len(gone) else [("", "")] * len(gone), strict=True)
        found.update((old[0], new[0]) for old, new in pairs if old != new and old in kept)
    return [Stale(figure, now) for figure, now in found.items()]


def _figures(text: str) -> list[tuple[str, str]]:
    """Each figure; small ones with the word behind them: the 2 of «2 chỉ tiêu» is not that of «2 công trình»."""
    found = []
    for match in _FIGURE.finditer(text):
        behind = _LETTERS.match(text, match.end())
        is_telling = len(match[0]) > _TELLING
        found.append((match[0], "" if is_telling or behind is None else behind[1].casefold()))
    return found


def marked(lines: str, found: list[Stale]) -> list[Segment]:
    """The officer's words cut at the figures in question."""
    wanted = {one.figure for one in found}
    segments: list[Segment] = []
    end = 0
    for match in _FIGURE.finditer(lines):
        if match[0] in wanted:
            segments += [Segment(lines[end : match.start()], is_stale=False), Segment(match[0], is_stale=True)]
            end = match.end()
    return [segment for segment in (*segments, Segment(lines[end:], is_stale=False)) if segment.text]
