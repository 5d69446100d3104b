"""All that the rows say of a season's papers, each read once and only where a paper asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from clusters.models import Ballot, Commendation, Criterion, Member, Season
from clusters.papers.people import CHAIRMAN, Signer, in_sentence, is_chairman, titled
from clusters.papers.results import Group, Results, groups_of, results_of
from clusters.running.values import quotas_in_words
from clusters.scheme import Scheme
from clusters.standing import scheme_of
from clusters.wording import head, word
from documents.dates import PartialDate
from units.models import Person


class Facts:
    """``season`` with its cluster's unit; ``today``: of papers without a day of their own."""

    def __init__(self, season: Season, today: dt.date) -> None:
        self.season, self.today = season, today
        self.cluster, self.kind = season.cluster, season.cluster.kind

    # -- Words --------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """«Cụm thi đua số 2»."""
        return self.cluster.name

    @property
    def word(self) -> str:
        return word(self.kind)

    @property
    def head_word(self) -> str:
        return head(self.kind)

    @property
    def date(self) -> PartialDate:
        """Day blank; of a year that is long past the month, too."""
        is_now = self.season.year <= self.today.year <= self.season.year + 1
        return PartialDate(self.today.year, self.today.month) if is_now else PartialDate(self.season.year)

    # -- Members ------------------------------------------------------------------------

    @cached_property
    def members(self) -> list[Member]:
        if "members" in getattr(self.season, "_prefetched_objects_cache", {}):
            return list(self.season.members.all())
        return list(self.season.members.select_related("unit__parent", "part__head").order_by("order", "pk"))

    @cached_property
    def leader(self) -> Member | None:
        return next((member for member in self.members if member.role == Member.Role.HEAD), None)

    @cached_property
    def followers(self) -> list[Member]:
        """All but the head."""
        return [member for member in self.members if member is not self.leader]

    @cached_property
    def _chairmen(self) -> dict[int, str]:
        """Unit → who heads its committee, as far as its people are entered."""
        units = [member.unit_id for member in self.members if member.unit_id]
        found: dict[int, str] = {}
        for person in Person.objects.on().filter(unit__in=units, search__contains="chu tich").order_by("pk"):
            if is_chairman(person.post):
                found.setdefault(person.unit_id, person.full_name)
        return found

    def signer_of(self, member: Member) -> Signer:
        """Who signs for it: the chairman of its committee, the head of the village or office."""
        if member.unit is not None:
            body = f"ỦY BAN NHÂN DÂN {member.unit}".upper()
            return Signer(body, CHAIRMAN, self._chairmen.get(member.unit.pk, ""))
        person = member.part.head if member.part else None
        return Signer(member.name.upper(), person.post.upper() if person else "", person.full_name if person else "")

    def in_words(self, member: Member) -> str:
        """«Lò Văn An, Chủ tịch UBND xã An Bình»; what is not known stays dots."""
        signer = self.signer_of(member)
        if member.unit:
            post = f"Chủ tịch UBND {member.unit}"
        elif signer.post:
            post = titled(signer.post.capitalize(), member.name)
        else:
            post = f"đại diện {in_sentence(member.name)}"
        return f"{signer.name or '…'}, {post}"

    # -- Criteria -----------------------------------------------------------------------

    @cached_property
    def criteria(self) -> list[Criterion]:
        chosen = self.season.criteria
        return list(chosen.criteria.all()) if chosen else []

    @cached_property
    def scheme(self) -> Scheme:
        """Empty while the season has no criteria."""
        chosen = self.season.criteria
        return scheme_of(chosen, self.criteria) if chosen else Scheme(())

    @property
    def groups(self) -> tuple[Group, ...]:
        return groups_of(self.scheme)

    # -- Scores and votes ---------------------------------------------------------------

    @cached_property
    def results(self) -> Results | None:
        return results_of(self.season, self.ballots, self.members)

    @cached_property
    def ballots(self) -> list[Ballot]:
        """By the day; each count with its member."""
        rows = list(self.season.ballots.prefetch_related("counts").order_by("held_on", "pk"))
        members = {member.pk: member for member in self.members}
        for count in (one for row in rows for one in row.counts.all()):
            count.member = members[count.member_id]
        return rows

    @cached_property
    def commendations(self) -> list[Commendation]:
        """In the order of the awards that the cluster may ask for, then of the ranks."""
        rows = list(self.season.commendations.select_related("member"))
        ballots = {ballot.pk: ballot for ballot in self.ballots}
        for row in rows:
            row.ballot = ballots.get(row.ballot_id or 0)
        weight = {quota.award: place for place, quota in enumerate(self.season.quotas.all())}
        ranks = {unit.member: unit.rank for unit in self.results.units} if self.results else {}
        return sorted(
            rows,
            key=lambda row: (weight.get(row.award, len(weight)), ranks.get(row.member_id) or 10_000, row.member.order),
        )

    @cached_property
    def quotas(self) -> str:
        """«02 Cờ thi đua, 01 Bằng khen»."""
        return quotas_in_words(list(self.season.quotas.all()))

    @cached_property
    def barred(self) -> Sequence[Member]:
        return [member for member in self.members if member.barred_reason]


def votes_of(row: Commendation) -> tuple[int, Ballot] | None:
    """How many voted for it, and in which count."""
    if row.ballot is None:
        return None
    count = next((one for one in row.ballot.counts.all() if one.member_id == row.member_id), None)
    return (count.votes, row.ballot) if count else None
