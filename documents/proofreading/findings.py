"""What a careful colleague would point at: where, the words, one sentence why, and what could stand there instead."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.signed.pieces import Path

if TYPE_CHECKING:
    from documents.proofreading.reading import Line, Reading


class Severity(enum.Enum):
    MUST = "must"
    """Wrong beyond doubt; sending it all the same asks for a reason."""
    SHOULD = "should"
    LOOK = "look"
    """A habit, or a doubt: look at it once."""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    """``law.over``: the family and the rule."""
    path: Path
    """As ``documents.signed.pieces`` names the pieces of a paper."""
    start: int
    end: int
    """Within the text of that piece."""
    words: str
    message: str
    """One Vietnamese sentence."""
    suggestion: str = ""
    """To stand exactly from ``start`` to ``end``; empty where only a person can know."""
    severity: Severity = Severity.SHOULD
    place: str = ""
    """For a person: «Mục II, dòng 3»."""


Rule = Callable[["Reading"], Iterable[Finding]]


def at(
    line: Line,
    code: str,
    span: tuple[int, int],
    message: str,
    *,
    new: str = "",
    severity: Severity = Severity.SHOULD,
) -> Finding:
    """A finding about ``span`` of a line."""
    start, end = span
    return Finding(code, line.path, start, end, line.text[start:end], message, new, severity, line.place)


_WEIGHT = {Severity.MUST: 0, Severity.SHOULD: 1, Severity.LOOK: 2}


def in_order(findings: Iterable[Finding], order: dict[Path, int]) -> tuple[Finding, ...]:
    """In reading order; of two about overlapping words the weightier stays, then the one with a suggestion."""
    kept: dict[Path, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: (_WEIGHT[one.severity], not one.suggestion, one.start)):
        beside = kept.setdefault(finding.path, [])
        if not any(_meet(finding, other) for other in beside):
            beside.append(finding)
    found = (finding for beside in kept.values() for finding in beside)
    return tuple(sorted(found, key=lambda one: (order.get(one.path, len(order)), one.start, one.end)))


def _meet(one: Finding, other: Finding) -> bool:
    """Two about the same words. One that asks about a whole stretch leaves room for what is wrong within it."""
    inner, outer = sorted((one, other), key=lambda each: each.end - each.start)
    if (
        not outer.suggestion
        and outer.start <= inner.start
        and inner.end <= outer.end
        and _length(inner) < _length(outer)
    ):
        return False
    return one.start < other.end and other.start < one.end


def _length(finding: Finding) -> int:
    return finding.end - finding.start


def as_json(findings: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    for one in findings:
        yield {
            "code": one.code,
            "severity": one.severity.value,
            "where": list(one.path),
            "place": one.place,
            "start": one.start,
            "end": one.end,
            "words": one.words,
            "message": one.message,
            "suggestion": one.suggestion,
        }
