"""Who heads the cluster next: proposed from the years before, changed by a person at will. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Who headed one year. Members are told apart by whatever stays the same from year to year."""

    year: int
    head: str | None
    deputy: str | None
    handed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    head: str | None
    deputy: str | None


def proposed(members: Sequence[str], past: Sequence[Term]) -> Roles:
    """For the year after ``past``; ``members`` of that year in their order, ``past`` in any order.

    The head is whom the last one handed over to, else the last deputy, else who has waited longest. The deputy has
    waited longest of the others. Of those who never headed, the next in the order after the last head comes first.
    """
    if not members:
        return Roles(None, None)
    terms = sorted(past, key=lambda term: term.year)
    last = terms[-1] if terms else None
    heirs = [last.handed_to, last.deputy] if last else []
    waiting = _by_waiting(members, terms)
    head = next((name for name in heirs if name in members), None) or waiting[0]
    others = [name for name in waiting if name != head]
    return Roles(head, others[0] if others else None)


def _by_waiting(members: Sequence[str], terms: Sequence[Term]) -> list[str]:
    """Who headed longest ago, or never, first; the head of last year stands at the end."""
    headed = {term.head: term.year for term in terms if term.head}
    last = terms[-1].head if terms else None
    after = members.index(last) + 1 if last in members else 0
    in_turn = [*members[after:], *members[:after]]
    return sorted(in_turn, key=lambda name: headed.get(name, 0))
