"""What votes make of shared ranks, whatever was counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from clusters.models import Ballot
from clusters.ranking.votes import Voted, count_votes
from clusters.scoring import Outcome, UnitScore


@dataclass
class Count:
    member_id: int
    votes: int


@dataclass
class Counts:
    rows: list[Count]

    def all(self) -> list[Count]:
        return self.rows


@dataclass
class Held:
    """A ballot without a database."""

    pk: int
    rank: int
    counts: Counts
    purpose: str = Ballot.Purpose.TIE


@dataclass
class Case:
    outcome: Outcome
    ballots: list[Held] = field(default_factory=list)

    @property
    def voted(self) -> Voted:
        return count_votes(self.outcome, self.ballots)  # type: ignore[arg-type]


def outcome_of(ranks: dict[str, int | None], apart: frozenset[str] = frozenset()) -> Outcome:
    zero = Fraction(0)
    return Outcome(
        [
            UnitScore(name, {}, zero, zero, zero, zero, is_partial=name in apart, rank=rank)
            for name, rank in ranks.items()
        ],
        [],
    )


def held(rank: int, votes: dict[str, int], pk: int = 1) -> Held:
    return Held(pk, rank, Counts([Count(int(name), number) for name, number in votes.items()]))


def test_more_votes_go_first_and_equal_votes_share_still():
    case = Case(outcome_of({"1": 1, "2": 1, "3": 1, "4": 4}), [held(1, {"1": 2, "2": 5, "3": 2})])

    assert case.voted.ranks == {"1": 2, "2": 1, "3": 2, "4": 4}
    assert [(tie.rank, tie.names) for tie in case.voted.ties] == [(2, ("1", "3"))]


def test_a_second_ballot_breaks_what_the_first_left():
    case = Case(
        outcome_of({"1": 1, "2": 1, "3": 1}), [held(1, {"1": 2, "2": 5, "3": 2}), held(2, {"1": 1, "3": 6}, pk=2)]
    )

    assert case.voted.ranks == {"1": 3, "2": 1, "3": 2}
    assert (case.voted.ties, case.voted.applied) == ([], {1, 2})


def test_a_ballot_of_other_equals_counts_no_more():
    """Scores were corrected after the meeting: a third unit came to the same points."""
    case = Case(outcome_of({"1": 1, "2": 1, "3": 1}), [held(1, {"1": 2, "2": 5})])

    assert case.voted.ranks == {"1": 1, "2": 1, "3": 1}
    assert case.voted.applied == frozenset()


def test_two_lists_share_no_rank():
    case = Case(outcome_of({"1": 1, "2": 2, "3": 1, "4": 2}, apart=frozenset("34")))

    assert case.voted.ties == []


def test_a_ballot_to_commend_ranks_nobody():
    ballot = held(1, {"1": 1, "2": 3})
    ballot.purpose = Ballot.Purpose.COMMEND

    assert Case(outcome_of({"1": 1, "2": 1}), [ballot]).voted.ranks == {"1": 1, "2": 1}


@st.composite
def ties_with_votes(draw: st.DrawFn) -> tuple[dict[str, int | None], int, dict[str, int]]:
    """Ranks as the engine gives them, one shared rank, and the votes on it."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    ranks: dict[str, int | None] = {}
    place, tied = 1, []
    for size in sizes:
        names = [str(len(ranks) + number + 1) for number in range(size)]
        ranks |= dict.fromkeys(names, place)
        tied += [(place, names)] if size > 1 else []
        place += size
    ranks[str(len(ranks) + 1)] = None  # one that is not ranked
    rank, names = draw(st.sampled_from(tied)) if tied else (1, [])
    return ranks, rank, {name: draw(st.integers(0, 9)) for name in names}


@given(ties_with_votes())
def test_ranks_stay_ranks_and_nobody_else_moves(case):
    ranks, rank, votes = case
    after = Case(outcome_of(ranks), [held(rank, votes)]).voted.ranks

    assert {name: one for name, one in after.items() if name not in votes} == {
        name: one for name, one in ranks.items() if name not in votes
    }
    ranked = [one for one in after.values() if one is not None]
    for name, one in after.items():
        assert one is None or one == 1 + sum(other < one for other in ranked), name
    for name, number in votes.items():
        for other, more in votes.items():
            assert (after[name] < after[other]) == (number > more), (name, other)


@given(ties_with_votes(), st.randoms(use_true_random=False))
def test_the_order_of_units_and_of_counts_changes_nothing(case, random):
    ranks, rank, votes = case
    mixed, counts = list(ranks.items()), list(votes.items())
    random.shuffle(mixed)
    random.shuffle(counts)

    before = Case(outcome_of(ranks), [held(rank, votes)]).voted
    after = Case(outcome_of(dict(mixed)), [held(rank, dict(counts))]).voted
    assert after.ranks == before.ranks
    assert [(tie.rank, set(tie.names)) for tie in after.ties] == [(tie.rank, set(tie.names)) for tie in before.ties]


@given(ties_with_votes(), st.integers(1, 5))
def test_more_votes_never_make_a_rank_worse(case, more):
    ranks, rank, votes = case
    for name in votes:
        before = Case(outcome_of(ranks), [held(rank, votes)]).voted.ranks[name]
        after = Case(outcome_of(ranks), [held(rank, votes | {name: votes[name] + more})]).voted.ranks[name]
        assert after <= before
