"""When a vote has passed: over all members of the council, whoever is absent or steps back included. Whole numbers.

Nghị định số 98/2023/NĐ-CP, Điều 30 khoản 7: so many percent of all members, absent ones in writing.
"""

from __future__ import annotations

from enum import StrEnum


class Quorum(StrEnum):
    TWO_THIRDS = "two_thirds"
    FOUR_FIFTHS = "four_fifths"


QUORUM_WORDS = {Quorum.TWO_THIRDS: "ít nhất 2/3 số thành viên", Quorum.FOUR_FIFTHS: "ít nhất 80 % số thành viên"}
_PARTS = {Quorum.TWO_THIRDS: (2, 3), Quorum.FOUR_FIFTHS: (4, 5)}


def needed(members: int, percent: int | None = None) -> int:
    """Votes in favour: 80 % of 9 is 8. ``None``: more than half."""
    if percent is None:
        return members // 2 + 1
    return -(-members * percent // 100)


def has_passed(votes: int, members: int, percent: int | None = None) -> bool:
    return members > 0 and votes >= needed(members, percent)


def is_quorate(present: int, members: int, quorum: Quorum) -> bool:
    share, whole = _PARTS[quorum]
    return members > 0 and present * whole >= members * share
