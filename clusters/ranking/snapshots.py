"""A ranking as it is frozen: inputs, criteria, points and ranks in one JSON value, named by its SHA-256.

``file`` is a whole ``tdkt-scoring/1``: whoever has it computes the same points with ``score_cluster``. What votes made
of shared ranks stands beside what the points say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from clusters.interchange import write_outcome
from clusters.models import Ballot, Member
from clusters.recompute import write_scoring
from clusters.scoring import Outcome, UnitFigures, UnitScore, shown
from clusters.standing import SeasonStanding
from clusters.states import Stage

SCHEMA = "tdkt-ranking/1"


def snapshot(standing: SeasonStanding, ballots: Iterable[Ballot]) -> dict[str, Any]:
    """``ballots``: those of the season that break ties, with their counts."""
    season, places = standing.season, standing.scheme.decimals
    names = {str(member.pk): member for member in standing.members}
    figures, outcome = standing.figures(Stage.REVIEW), standing.outcome(Stage.REVIEW)
    ranks = ranks_after_votes(outcome, ballots)
    return {
        "schema": SCHEMA,
        "cluster": season.cluster.name,
        "year": season.year,
        "on": standing.on.isoformat(),
        "file": write_scoring(str(season), season.year, standing.scheme, [_named(one, names) for one in figures]),
        "outcome": write_outcome(standing.scheme, _with_names(outcome, names)),
        "units": [_unit(score, names[score.name], ranks[score.name], places) for score in outcome.units],
        "vote_needed": ties_left(ranks),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def ranks_after_votes(outcome: Outcome, ballots: Iterable[Ballot]) -> dict[str, int | None]:
    """Unit → rank. Of those that share one, whoever has more votes goes first; equal votes share it still."""
    ranks = {unit.name: unit.rank for unit in outcome.units}
    for ballot in ballots:
        if ballot.purpose != Ballot.Purpose.TIE:
            continue
        votes = {str(count.member_id): count.votes for count in ballot.counts.all()}
        tied = [unit.name for unit in outcome.units if unit.rank == ballot.rank and unit.name in votes]
        for name in tied:
            more = sum(votes[other] > votes[name] for other in tied)
            ranks[name] = (ballot.rank or 0) + more
    return ranks


def ties_left(ranks: Mapping[str, int | None]) -> list[int]:
    given = [rank for rank in ranks.values() if rank is not None]
    return sorted({rank for rank in given if given.count(rank) > 1})


def _named(unit: UnitFigures, names: Mapping[str, Member]) -> UnitFigures:
    return UnitFigures(names[unit.name].name, unit.figures, unit.is_excluded)


def _with_names(outcome: Outcome, names: Mapping[str, Member]) -> Outcome:
    return Outcome(
        [
            UnitScore(
                names[unit.name].name,
                unit.points,
                unit.base,
                unit.conversion,
                unit.surplus,
                unit.beside,
                rank=unit.rank,
            )
            for unit in outcome.units
        ],
        outcome.vote_needed,
        outcome.problems,
    )


def _unit(score: UnitScore, member: Member, rank: int | None, places: int) -> dict[str, Any]:
    return {
        "member": member.pk,
        "name": member.name,
        "rank": rank,
        "rank_by_points": score.rank,
        "total": shown(score.total, places),
        "base": shown(score.base, places),
        "conversion": shown(score.conversion, places),
        "surplus": shown(score.surplus, places),
        "beside": shown(score.beside, places),
        "points": {code: None if points is None else shown(points, places) for code, points in score.points.items()},
        "excluded": member.exclusion_reason if member.is_excluded else "",
        "apart": score.is_partial,
    }
