"""Where one achievement may be rewarded twice: same person, same words, same period, the same initiative. Pure.

It asks, it never bars. Two texts are compared by a measure that a person can follow with a pencil: how many of the
pairs of neighbouring words of the shorter one stand in the other as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from awards.checks import TITLES
from awards.shipped import award_name
from core.text import fold

ALIKE = 60
"""Percent of the pairs from which two texts are told to be alike."""
FEWEST_PAIRS = 6
"""Shorter texts («Có thành tích xuất sắc») say too little to be compared."""
_WORD = re.compile(r"[a-z0-9]+")


class Channel(StrEnum):
    HERE = "here"
    ROUND = "round"
    SUPERIOR = "superior"
    REGISTER = "register"


class Kind(StrEnum):
    DOUBLE = "double"
    AGAIN = "again"
    TEXT = "text"
    PERIOD = "period"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Claim:
    """One award asked for, or given, on the strength of something."""

    key: str
    who: str
    """Claims of what may be one person bear the same."""
    person: str
    """Of what surely is one."""
    name: str
    award: str
    year: int
    channel: Channel
    where: str
    """«đợt Xét khen thưởng năm 2026», «Quyết định số 12/QĐ-UBND»."""
    text: str = ""
    initiatives: Mapping[int, str] = field(default_factory=dict)
    follows: str = ""
    """The claim that this one carries on (a row of a superior's list and the one that it came from): no overlap."""
    link: int = 0
    """The nominee, where it has a page."""


@dataclass(frozen=True, slots=True)
class Overlap:
    kind: Kind
    words: str
    link: int = 0


def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    words = _WORD.findall(fold(text))
    return frozenset(zip(words, words[1:], strict=False))


def alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> int | None:
    """Percent of the shorter text's pairs that the other has, too; None: too short to say."""
    fewest = min(len(one), len(other))
    return None if fewest < FEWEST_PAIRS else len(one & other) * 100 // fewest


def find_overlaps(own: Sequence[Claim], others: Sequence[Claim]) -> dict[str, list[Overlap]]:
    """By key of ``own``, which are also compared with each other. Work grows with the claims of one person only."""
    of_person: dict[str, list[Claim]] = defaultdict(list)
    of_initiative: dict[int, list[Claim]] = defaultdict(list)
    for claim in (*own, *others):
        of_person[claim.who].append(claim)
        for pk in claim.initiatives:
            of_initiative[pk].append(claim)
    pairs = {one.key: pairs_of(one.text) for claims in of_person.values() if len(claims) > 1 for one in claims}
    found: dict[str, list[Overlap]] = {}
    for claim in own:
        same = [one for one in of_person[claim.who] if _is_another(claim, one)]
        told = [overlap for one in same if (overlap := _compared(claim, one, pairs))]
        for pk, title in claim.initiatives.items():
            told += [_used(title, one, claim) for one in of_initiative[pk] if _is_another(claim, one)]
        if told:
            found[claim.key] = told
    return found


def _is_another(claim: Claim, one: Claim) -> bool:
    return one.key != claim.key and one.follows != claim.key and claim.follows != one.key


def _compared(claim: Claim, one: Claim, pairs: Mapping[str, frozenset[tuple[str, str]]]) -> Overlap | None:
    what = f"{award_name(one.award)} năm {one.year}" if one.award else f"khen thưởng năm {one.year}"
    said = f"đã được {what} ({one.where})" if one.channel is Channel.REGISTER else f"{what} tại {one.where}"
    is_sure = one.person == claim.person
    unsure = "" if is_sure else "Có thể là cùng người. "
    if one.award == claim.award and one.year == claim.year:
        if one.channel is Channel.HERE:
            kind = Kind.DOUBLE if is_sure else Kind.AGAIN
            return Overlap(kind, f"{unsure}{one.name}: {what} được đề nghị hai lần trong đợt này.", one.link)
        head = "" if one.channel is Channel.REGISTER else "cũng được đề nghị "
        return Overlap(Kind.AGAIN, f"{unsure}{one.name} {head}{said}.", one.link)
    if one.year == claim.year and {one.award, claim.award} <= TITLES:
        return None  # the higher title rests on the lower one: Lao động tiên tiến, Chiến sĩ thi đua cơ sở
    percent = alike(pairs[claim.key], pairs[one.key])
    if percent is not None and percent >= ALIKE:
        when = f"lần {said}" if one.channel is Channel.REGISTER else said
        words = f"{unsure}Thành tích giống {percent} % với {when}: một thành tích chỉ khen một lần."
        return Overlap(Kind.TEXT, words, one.link)
    both_forms = bool(one.award) and one.award not in TITLES and claim.award not in TITLES
    if both_forms and one.year == claim.year:
        words = f"{unsure}Cùng năm {one.year}: {said}; xem có cùng một thành tích không."
        return Overlap(Kind.PERIOD, words, one.link)
    return None


def _used(title: str, one: Claim, claim: Claim) -> Overlap:
    whose = "" if one.who == claim.who else f" của {one.name}"
    words = f"Sáng kiến «{title}» cũng là căn cứ cho {award_name(one.award)} năm {one.year}{whose} ({one.where})."
    return Overlap(Kind.INITIATIVE, words, one.link)
