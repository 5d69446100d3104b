"""The part of a campaign that stands in its text: theme, waves, thematic movements, targets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from core.text import fold
from documents.outline import Kind, Line, depth_of
from documents.reading.paper import ReadBlock, Unsure
from documents.times import read_time
from documents.tree import Heading
from plans.reading.targets import Target, targets_in

_THEME = re.compile(
    r"(?:[\"“”])?chủ\s+đề(?:\s+(?:của\s+)?(?:phong trào|đợt)?\s*(?:thi đua)?)?(?:\s+năm\s+\d{4})?\s*[:.]?\s*", re.I
)
_QUOTED = re.compile(r"[“\"]([^“”\"]+?)(?:[”\"]|;\s*(?=[“\"])|$)")
_WAVE = re.compile(
    r"(?P<name>Đợt(?:\s+thi đua)?(?:\s+thứ)?\s+(?:nhất|một|hai|ba|bốn|tư|\d{1,2}|I{1,3}|IV)"
    r"|Đợt thi đua cao điểm[^:(]{0,200})",
    re.IGNORECASE,
)
_DAY = (
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
    r"|tháng\s+\d{1,2}(?:/\d{4}|\s+năm\s+\d{4})?)"
)
_SPAN = re.compile(rf"từ\s+(?:nay|(?:ngày\s+)?{_DAY})\s*(?:đến|-|–)\s*(?:hết\s+)?(?:ngày\s+)?{_DAY}", re.IGNORECASE)
_REVIEW = re.compile(
    rf"(?:hoàn thành\s+|xong\s+)?(?:trước|chậm nhất|không quá|đến hết)\s*(?:vào\s+)?(?:ngày\s+)?{_DAY}", re.IGNORECASE
)
_REVIEWED = re.compile(r"\b(?:so ket|tong ket|danh gia)\b")
_THEMATIC = re.compile(r"\bchuyen de\b")
_TARGETS = re.compile(r"\b(?:muc tieu cu the|chi tieu)\b")
_NO_DEPTH = 99


def campaign_of(blocks: Sequence[ReadBlock], year: int) -> tuple[dict[str, Any], list[Unsure]]:
    """The part as ``tdkt-plan/1`` has it; empty where the text has none of it."""
    unsure: list[Unsure] = []
    targets = list(_targets(blocks))
    found = {
        "theme": _theme(blocks),
        "waves": _waves(blocks, year, unsure),
        "thematic": _thematic(blocks),
        "targets": [target.as_json() for target in targets],
    }
    unsure += [
        Unsure(f"campaign.targets[{at}]", one.doubt, text=one.clause) for at, one in enumerate(targets) if one.doubt
    ]
    return (found, unsure) if any(found.values()) else ({}, [])


def _texts(blocks: Sequence[ReadBlock]) -> Iterator[tuple[int, str]]:
    for at, block in enumerate(blocks):
        if isinstance(block, Heading | Line) and block.text:
            yield at, block.text


def _depth(block: ReadBlock) -> int:
    if isinstance(block, Heading):
        return block.level - 10
    return depth_of(block.marker) if isinstance(block, Line) and block.kind is Kind.ITEM else _NO_DEPTH


def _section(blocks: Sequence[ReadBlock], at: int) -> int:
    """Where the part that ``blocks[at]`` heads ends."""
    depth = _depth(blocks[at])
    return next((end for end in range(at + 1, len(blocks)) if _depth(blocks[end]) <= depth), len(blocks))


def _is_title(text: str) -> bool:
    return len(text) < 200 and not text.endswith((".", ";"))


def _theme(blocks: Sequence[ReadBlock]) -> str:
    for at, text in _texts(blocks):
        named = _THEME.match(text)
        if named is None:
            continue
        words = text[named.end() :]
        if not words or (isinstance(blocks[at], Heading) and not _QUOTED.search(words)):
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            words = below.text if isinstance(below, Line) else ""
            if isinstance(blocks[at], Heading) and not _QUOTED.match(words):
                continue
        if words:
            quoted = _QUOTED.search(words)
            return (quoted[1] if quoted else words).strip(" .;")
    return ""


def _thematic(blocks: Sequence[ReadBlock]) -> list[str]:
    found: list[str] = []
    for at, end in _headed(blocks, _THEMATIC):
        for _, words in _texts(blocks[at:end]):
            found += [quoted.strip(" .;,") for quoted in _QUOTED.findall(words)]
    return list(dict.fromkeys(found))


def _headed(blocks: Sequence[ReadBlock], named: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts whose title has the words: of two within each other the inner."""
    heads = [at for at, text in _texts(blocks) if named.search(fold(text)) and _is_title(text)]
    done = 0
    for at in heads:
        end = _section(blocks, at)
        if at >= done and not any(at < other < end for other in heads):
            yield at, end
            done = end


# -- Waves -------------------------------------------------------------------------------------


def _waves(blocks: Sequence[ReadBlock], year: int, unsure: list[Unsure]) -> list[dict[str, Any]]:
    starts = [(at, found) for at, text in _texts(blocks) if (found := _WAVE.match(text))]
    waves: list[dict[str, Any]] = []
    for position, (at, found) in enumerate(starts):
        section = next((end for end in range(at + 1, len(blocks)) if isinstance(blocks[end], Heading)), len(blocks))
        end = min(section, starts[position + 1][0]) if position + 1 < len(starts) else section
        span = _first(_SPAN, blocks, at, min(end, at + 6))
        if span is None:
            continue
        reading = read_time(span, year)
        if reading.problem:
            unsure.append(Unsure(f"campaign.waves[{len(waves)}]", reading.problem, text=span))
        waves.append(
            {
                "name": " ".join(found["name"].split()),
                "start": _iso(reading.start),
                "end": _iso(reading.due),
                "as_printed": span,
                "review_by": _iso(_review(blocks, at, end, year)),
            }
        )
    return waves


def _first(pattern: re.Pattern[str], blocks: Sequence[ReadBlock], at: int, end: int) -> str | None:
    for _, text in _texts(blocks[at:end]):
        if found := pattern.search(text):
            return found[0]
    return None


def _review(blocks: Sequence[ReadBlock], at: int, end: int, year: int) -> dt.date | None:
    """The limit of the review that the text names after the wave."""
    for _, text in _texts(blocks[at + 1 : end]):
        found = _REVIEW.search(text) if _REVIEWED.search(fold(text)) else None
        if found:
            return read_time(found[0], year).due
    return None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


# -- Targets -----------------------------------------------------------------------------------


def _targets(blocks: Sequence[ReadBlock]) -> Iterator[Target]:
    """Under «Mục tiêu cụ thể», «Chỉ tiêu»."""
    for at, end in _headed(blocks, _TARGETS):
        for _, text in _texts(blocks[at + 1 : end]):
            yield from targets_in(text)
