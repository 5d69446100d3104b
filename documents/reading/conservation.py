"""No word is lost in silence, and none is invented: the words of a file against those of what was read.

A word is a run of letters and figures; signs, blanks and line breaks may change. A line that was cut within a word
(«KH-», «UBND») still has the same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Balance:
    lost: tuple[str, ...]
    """Words printed more often than kept, in their first order."""
    invented: tuple[str, ...]
    """Words kept more often than printed."""

    @property
    def is_even(self) -> bool:
        return not (self.lost or self.invented)


def words_of(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text))


def weigh(printed: Iterable[str], kept: Iterable[str]) -> Balance:
    """``printed``: texts of the file; ``kept``: texts of the result, and those that it says otherwise.

    «01» before a task and its number 1 are the same word.
    """
    before = Counter(_counted(word) for text in printed for word in words_of(text))
    after = Counter(_counted(word) for text in kept for word in words_of(text))
    return Balance(tuple((before - after).elements()), tuple((after - before).elements()))


def _counted(word: str) -> str:
    return word.lstrip("0") or "0" if word.isdecimal() else word


def places_of(lost: Sequence[str], lines: Iterable[str], most: int) -> tuple[str, ...]:
    """The lines in which lost words stand, those with most of them first, until all are accounted for."""
    wanted = Counter(lost)
    counted = ((line, Counter(map(_counted, words_of(line)))) for line in lines)
    candidates = [(line, words) for line, words in counted if words & wanted]
    found: list[str] = []
    while wanted and candidates and len(found) < most:
        line, words = max(candidates, key=lambda one: _share(one[1], wanted))
        taken = words & wanted
        if not taken:
            break
        wanted -= taken
        found.append(line)
        candidates.remove((line, words))
    return tuple(found)


def is_in_order(printed: Sequence[str], kept: Iterable[str]) -> bool:
    """Whether the words of ``kept`` follow each other as they do in ``printed``, whatever stands between them."""
    words = iter(word for text in printed for word in words_of(text))
    return all(any(word == other for other in words) for text in kept for word in words_of(text))


def _share(words: Counter[str], wanted: Counter[str]) -> float:
    taken = sum((words & wanted).values())
    return taken / max(1, sum(words.values())) + taken / 1000
