"""A ranking as it is frozen: inputs, criteria, points and ranks in one JSON value, named by its SHA-256.

``file`` is a whole ``tdkt-scoring/1``: whoever has it computes the same points with ``score_cluster``. What votes made
of shared ranks stands beside what the points say. The page shows a season that is still being scored from the same
rows (``ranked_units``), so what is frozen is what was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from clusters.interchange import write_outcome
from clusters.models import Ballot, Member
from clusters.ranking.votes import Voted, count_votes
from clusters.recompute import write_scoring
from clusters.scheme import Kind
from clusters.scoring import Outcome, UnitFigures, UnitScore, shown
from clusters.standing import SeasonStanding
from clusters.states import Stage

SCHEMA = "tdkt-ranking/1"
Content = dict[str, Any]


def snapshot(standing: SeasonStanding, ballots: Iterable[Ballot]) -> Content:
    """``ballots``: those of the season that break ties, with their counts."""
    season, held = standing.season, list(ballots)
    names = {str(member.pk): member for member in standing.members}
    figures, outcome = standing.figures(Stage.REVIEW), standing.outcome(Stage.REVIEW)
    voted = count_votes(outcome, held)
    return {
        "schema": SCHEMA,
        "cluster": season.cluster.name,
        "year": season.year,
        "on": standing.on.isoformat(),
        "file": write_scoring(str(season), season.year, standing.scheme, [_named(one, names) for one in figures]),
        "outcome": write_outcome(standing.scheme, _with_names(outcome, names)),
        "units": ranked_units(standing, outcome, voted),
        "ranks": voted.ranks,
        "votes": [_vote(ballot) for ballot in held if ballot.pk in voted.applied],
        "vote_needed": [tie.rank for tie in voted.ties],
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed; a file of just these has the same SHA-256."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def ranked_units(standing: SeasonStanding, outcome: Outcome, voted: Voted) -> list[Content]:
    """In the order of the members; points as text with the set's decimals and a decimal point."""
    names = {str(member.pk): member for member in standing.members}
    totals = {stage.value: standing.scores(stage) for stage in standing.season.stages if stage != Stage.REVIEW}
    penalties = {leaf.code for leaf in standing.scheme.leaves() if leaf.kind is Kind.PENALTY}
    places = standing.scheme.decimals
    found = []
    for score in outcome.units:
        member = names[score.name]
        stages = {stage: shown(scores[member.pk].total, places) for stage, scores in totals.items()}
        stages[Stage.REVIEW.value] = shown(score.total, places)
        unit = _unit(score, member, voted.ranks[score.name], places)
        found.append(unit | _beside(score, penalties, places) | {"stages": stages})
    return found


def _beside(score: UnitScore, penalties: set[str], places: int) -> Content:
    """Bonus and penalty apart, as every sheet shows them."""
    lost = sum((points for code, points in score.points.items() if code in penalties and points), Fraction(0))
    return {"bonus": shown(score.beside - lost, places), "penalty": shown(lost, places)}


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
        [type(one)(names[one.unit].name, one.code, one.why) for one in outcome.problems],
    )


def _unit(score: UnitScore, member: Member, rank: int | None, places: int) -> Content:
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


def _vote(ballot: Ballot) -> Content:
    return {
        "rank": ballot.rank,
        "held_on": ballot.held_on.isoformat(),
        "voters": ballot.voters,
        "issued": ballot.issued,
        "collected": ballot.collected,
        "valid": ballot.valid,
        "counts": [{"member": count.member_id, "votes": count.votes} for count in ballot.counts.all()],
    }
