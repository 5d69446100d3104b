"""What a season came to, for its papers: by group and in sum, from the frozen ranking or as it stands today.

Points are never computed here: they are those of ``clusters.scoring``, and a frozen ranking carries the whole file
from which the same engine gives them again, exactly.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from clusters.interchange import read_scoring
from clusters.models import Ballot, Member, Ranking, Season
from clusters.ranking.votes import count_votes
from clusters.scheme import Criterion as Node
from clusters.scheme import Kind, Scheme
from clusters.scoring import UnitScore, score
from clusters.standing import read_season
from clusters.states import FROZEN
from clusters.wording import points_shown


@dataclass(frozen=True, slots=True)
class Group:
    """A criterion of the first level."""

    code: str
    title: str
    maximum: Fraction
    leaves: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.code}. {self.title}" if self.title else self.code


@dataclass(frozen=True, slots=True)
class UnitResult:
    member: int
    name: str
    groups: tuple[Fraction | None, ...]
    """None where nothing of the group was assigned."""
    conversion: Fraction
    surplus: Fraction
    total: Fraction
    rank: int | None
    excluded: str
    """Why it is not ranked."""
    is_apart: bool
    """Ranked in the list of those that were not given every target."""


@dataclass(frozen=True, slots=True)
class Results:
    groups: tuple[Group, ...]
    units: tuple[UnitResult, ...]
    """By rank; those that are ranked apart after the others, the unranked last."""
    decimals: int
    number: int = 0
    """Of the frozen ranking; 0: as it stands today."""
    on: dt.date | None = None
    sha256: str = ""

    @property
    def is_frozen(self) -> bool:
        return self.number > 0

    def of(self, member: int) -> UnitResult | None:
        return next((unit for unit in self.units if unit.member == member), None)

    def shown(self, points: Fraction | None) -> str:
        return "–" if points is None else points_shown(points, self.decimals)


def results_of(season: Season, ballots: Iterable[Ballot], members: Sequence[Member] | None = None) -> Results | None:
    """``ballots`` with their counts, ``members`` with unit and part. None while the season has no criteria."""
    if season.criteria_id is None:
        return None
    if season.state in FROZEN and (ranking := season.rankings.order_by("-number").first()):
        return _frozen(ranking)
    return _as_it_stands(season, ballots, members)


def _frozen(ranking: Ranking) -> Results:
    content = ranking.content
    file = read_scoring(json.dumps(content["file"]))
    scores = {unit.name: unit for unit in score(file.scheme, file.units).units}
    units = [_of_content(one, scores[one["name"]], file.scheme) for one in content["units"]]
    return Results(
        groups_of(file.scheme),
        _in_order(units),
        file.scheme.decimals,
        ranking.number,
        dt.date.fromisoformat(content["on"]),
        ranking.sha256,
    )


def _of_content(said: Mapping[str, Any], score: UnitScore, scheme: Scheme) -> UnitResult:
    return _unit(said["member"], said["name"], score, said["rank"], said["excluded"], scheme)


def _as_it_stands(season: Season, ballots: Iterable[Ballot], read: Sequence[Member] | None) -> Results:
    standing = read_season(season, members=read)
    outcome = standing.outcome()
    ranks = count_votes(outcome, sorted(ballots, key=lambda one: one.pk)).ranks
    members = {str(member.pk): member for member in standing.members}
    units = [
        _unit(int(one.name), members[one.name].name, one, ranks[one.name], _why(members[one.name]), standing.scheme)
        for one in outcome.units
    ]
    return Results(groups_of(standing.scheme), _in_order(units), standing.scheme.decimals, on=standing.on)


def _why(member: Member) -> str:
    return member.exclusion_reason if member.is_excluded else ""


def _unit(member: int, name: str, score: UnitScore, rank: int | None, excluded: str, scheme: Scheme) -> UnitResult:
    return UnitResult(
        member,
        name,
        tuple(_points(node, score) for node in scheme.criteria),
        score.conversion,
        score.surplus,
        score.total,
        rank,
        excluded,
        score.is_partial,
    )


def _points(node: Node, score: UnitScore) -> Fraction | None:
    given = [score.points[leaf.code] for leaf in node.leaves()]
    assigned = [points for points in given if points is not None]
    return sum(assigned, Fraction(0)) if assigned else None


def groups_of(scheme: Scheme) -> tuple[Group, ...]:
    return tuple(
        Group(node.code, node.title, _worth(node), tuple(leaf.code for leaf in node.leaves()))
        for node in scheme.criteria
    )


def _worth(node: Node) -> Fraction:
    """Of penalties alone the most that can be lost."""
    worth = node.worth
    return -worth if all(leaf.kind is Kind.PENALTY for leaf in node.leaves()) else worth


def _in_order(units: list[UnitResult]) -> tuple[UnitResult, ...]:
    return tuple(sorted(units, key=lambda unit: (unit.rank is None, unit.is_apart, unit.rank or 0)))
