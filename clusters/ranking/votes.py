"""What votes make of shared ranks: pure sums over an outcome and the ballots that were counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clusters.models import Ballot
from clusters.scoring import Outcome

Ranks = dict[str, int | None]


@dataclass(frozen=True, slots=True)
class Tie:
    rank: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voted:
    ranks: Ranks
    ties: list[Tie]
    """Still there after all votes."""
    applied: frozenset[int]
    """Ballots that broke a tie, or left one as it was. Others spoke of equals that are equal no more."""


def count_votes(outcome: Outcome, ballots: Iterable[Ballot]) -> Voted:
    """``ballots`` in the order in which they were held: a second one may break what the first left tied.

    Whoever has more votes goes first; equal votes share the rank still. A ballot counts only for exactly those who
    share its rank at that point: when scores change afterwards, the meeting has to vote again.
    """
    ranks: Ranks = {unit.name: unit.rank for unit in outcome.units}
    applied: set[int] = set()
    for ballot in ballots:
        if ballot.purpose != Ballot.Purpose.TIE:
            continue
        votes = {str(count.member_id): count.votes for count in ballot.counts.all()}
        tie = next((t for t in ties_of(outcome, ranks) if t.rank == ballot.rank and set(t.names) == set(votes)), None)
        if tie is None:
            continue
        applied.add(ballot.pk)
        for name in tie.names:
            ranks[name] = tie.rank + sum(votes[other] > votes[name] for other in tie.names)
    return Voted(ranks, ties_of(outcome, ranks), frozenset(applied))


def ties_of(outcome: Outcome, ranks: Mapping[str, int | None]) -> list[Tie]:
    """Units that are ranked apart share no rank with the others, though its number be the same."""
    found: dict[tuple[int, bool], list[str]] = {}
    for unit in outcome.units:
        rank = ranks[unit.name]
        if rank is not None:
            found.setdefault((rank, unit.is_partial), []).append(unit.name)
    return [Tie(rank, tuple(names)) for (rank, _), names in sorted(found.items()) if len(names) > 1]
