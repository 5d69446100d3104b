"""Reads: who sees which part of a ranking, what is ready to be published, whom the clusters commended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from clusters import rules
from clusters.models import Cluster, Commendation, Member, Ranking, ScoreSheet, Season
from clusters.ranking.votes import count_votes
from clusters.selectors import AFTER_PUBLICATION, organised_seasons, visible_seasons
from clusters.standing import read_season
from clusters.states import FROZEN, SeasonState, SheetStage
from units.models import Part, Unit
from units.selectors import readable_unit_ids, standing_of

# -- Who sees what -------------------------------------------------------------------------


class Sight(Enum):
    """How much of a ranking somebody sees. His own unit's part he sees in each but ``WAITING``."""

    INSIDE = "inside"
    """The organiser: before publication too, earlier snapshots, ballots."""
    ALL = "all"
    TOTALS = "totals"
    ANONYMOUS = "anonymous"
    OWN = "own"
    WAITING = "waiting"
    """A member before publication: nothing but its own forecast. Head and deputy see what the season will show."""

    @property
    def has_names(self) -> bool:
        return self in (Sight.INSIDE, Sight.ALL, Sight.TOTALS)

    @property
    def has_details(self) -> bool:
        """Of others: how a total came about, and the file to do the sums again."""
        return self in (Sight.INSIDE, Sight.ALL)


_OPENED = {
    Season.Shows.NOTHING.value: Sight.OWN,
    Season.Shows.ANONYMOUS.value: Sight.ANONYMOUS,
    Season.Shows.TOTALS.value: Sight.TOTALS,
    Season.Shows.ALL.value: Sight.ALL,
}


def season_for_ranking(user: Any) -> models.QuerySet[Season]:
    members = Member.objects.select_related("unit", "part", "sheet").order_by("order", "pk")
    return visible_seasons(user).prefetch_related(models.Prefetch("members", members))


def sight_of(user: Any, season: Season) -> Sight:
    """Of a user who sees the season."""
    organiser = season.cluster.unit_id
    if organiser in standing_of(user).unit_ids or readable_unit_ids(user).filter(pk=organiser).exists():
        return Sight.INSIDE
    opened = _OPENED[season.shows]
    is_open = season.state in AFTER_PUBLICATION or (opened.has_names and _sees_early(user, season))
    return opened if is_open else Sight.WAITING


def _sees_early(user: Any, season: Season) -> bool:
    """Who leads the season makes its summary before anything is published; of drafts that nobody sent he sees none."""
    if season.state not in (SeasonState.SCORING, SeasonState.RANKED) or not rules.leads_season(user, season):
        return False
    sent = ScoreSheet.objects.filter(member__season=season).exclude(stage=SheetStage.SELF)
    return season.state == SeasonState.RANKED or sent.count() == len(season.members.all())


def own_members(user: Any, season: Season) -> set[int]:
    own = season.members.filter(unit__in=readable_unit_ids(user))
    return set(own.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit of a frozen or a live ranking, cut to what somebody may see."""

    name: str
    """Blank: without its name."""
    rank: int | None
    total: str
    is_own: bool
    is_excluded: bool
    is_apart: bool
    member: int | None = None
    """Only where its name is shown."""
    unit: dict[str, Any] | None = None
    """The whole row of the content: how the total came about."""


def units_shown(units: Iterable[dict[str, Any]], sight: Sight, own: Collection[int]) -> list[Shown]:
    """``units`` of a content, the best first. The order gives away no name: equals stand by points, own one first."""
    if sight is Sight.WAITING:
        return []
    found = [
        _shown(unit, sight, is_own=unit["member"] in own)
        for unit in units
        if sight is not Sight.OWN or unit["member"] in own
    ]
    return sorted(
        found,
        key=lambda one: (one.is_apart, one.rank is None, one.rank or 0, -float(one.total), not one.is_own),
    )


def _shown(unit: dict[str, Any], sight: Sight, *, is_own: bool) -> Shown:
    is_named, is_open = sight.has_names or is_own, sight.has_details or is_own
    return Shown(
        name=unit["name"] if is_named else "",
        rank=unit["rank"],
        total=unit["total"],
        is_own=is_own,
        is_excluded=bool(unit["excluded"]),
        is_apart=unit["apart"],
        member=unit["member"] if is_named else None,
        unit=unit if is_open else None,
    )


def snapshots_of(season: Season) -> models.QuerySet[Ranking]:
    """Without their contents, the newest first."""
    return season.rankings.defer("content").select_related("by__person").order_by("-number")


def latest_of(season: Season) -> Ranking | None:
    return season.rankings.select_related("by__person").order_by("-number").first()


def commendations_shown(season: Season, sight: Sight, own: Collection[int]) -> list[Commendation]:
    """Inside from the meeting on; members from publication on, others' only where names are shown."""
    if sight is Sight.WAITING:
        return []
    rows = season.commendations.select_related("member", "ballot", "decision__file", "decision__paper__signed_file")
    if not sight.has_names:
        rows = rows.filter(member__in=own)
    weight = {quota.award: place for place, quota in enumerate(season.quotas.all())}
    return sorted(rows, key=lambda row: (weight.get(row.award, len(weight)), row.member.order))


def files_of_decisions(user: Any) -> models.Q:
    """A scope for ``core.files``: who sees that a unit was commended sees the decision on it."""
    own = readable_unit_ids(user)
    named = models.Q(season__state__in=AFTER_PUBLICATION, season__shows__in=("totals", "all"))
    mine = models.Q(season__state__in=AFTER_PUBLICATION, member__unit__in=own)
    in_season = models.Q(season__in=Member.objects.filter(unit__in=own).values("season"))
    rows = Commendation.objects.filter(models.Q(season__cluster__unit__in=own) | mine | named & in_season).order_by()
    return models.Q(pk__in=rows.exclude(decision__file=None).values("decision__file")) | models.Q(
        pk__in=rows.exclude(decision__paper__signed_file=None).values("decision__paper__signed_file")
    )


# -- Forecast ------------------------------------------------------------------------------


def forecasts(user: Any, season: Season) -> list[str]:
    """One sentence for each of the user's own units that handed in its scores: its own rank as things stand.

    Before it hands in, a unit is told nothing: else it could find the others' points by trying its own.
    """
    if season.state != SeasonState.SCORING or season.criteria is None:
        return []
    sheets = {sheet.member_id: sheet for sheet in ScoreSheet.objects.filter(member__season=season)}
    handed_in = {pk for pk, sheet in sheets.items() if sheet.stage != SheetStage.SELF}
    own = own_members(user, season) & handed_in
    if not own:
        return []
    standing = read_season(season)
    outcome = standing.outcome()
    voted = count_votes(outcome, season.ballots.prefetch_related("counts"))
    reviewed = sum(sheet.stage == SheetStage.DONE for sheet in sheets.values())
    how_far = (
        f"tính đến {timezone.localdate():%d/%m/%Y}, {len(handed_in)}/{len(sheets)} đơn vị đã gửi điểm,"
        f" {reviewed} đơn vị đã thẩm định xong; thứ hạng còn có thể thay đổi"
    )
    ranked = sum(rank is not None for rank in voted.ranks.values())
    return [
        _forecast(member, voted.ranks[str(member.pk)], ranked, how_far)
        for member in standing.members
        if member.pk in own
    ]


def _forecast(member: Member, rank: int | None, ranked: int, how_far: str) -> str:
    if rank is None:
        return f"{member.name} không xếp hạng: {member.exclusion_reason}."
    return f"Dự kiến {member.name} xếp hạng {rank}/{ranked} ({how_far})."


# -- Publication ---------------------------------------------------------------------------


def seasons_to_publish(user: Any, unit: Unit, year: int) -> models.QuerySet[Season]:
    """All of the unit and year, with ``sheet_count``, ``done_count``, ``frozen``, ``frozen_at``, ``commended``."""
    sheets = ScoreSheet.objects.filter(member__season=models.OuterRef("pk"))
    newest = Ranking.objects.filter(season=models.OuterRef("pk")).order_by("-number")
    commended = Commendation.objects.filter(season=models.OuterRef("pk"))
    return (
        organised_seasons(user)
        .filter(cluster__unit=unit, year=year)
        .annotate(
            sheet_count=_count(sheets, "member__season"),
            done_count=_count(sheets.filter(stage=SheetStage.DONE), "member__season"),
            frozen=models.Subquery(newest.values("number")[:1]),
            frozen_at=models.Subquery(newest.values("at")[:1]),
            commended=_count(commended, "season"),
        )
        .prefetch_related("members", "quotas")
    )


def _count(rows: models.QuerySet, owner: str) -> Coalesce:
    counted = rows.order_by().values(owner).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), 0)


def clusters_without_year(unit: Unit, year: int) -> int:
    """How many clusters of the unit have no season of that year, so that nobody takes the list for complete."""
    ended, begun = dt.date(year, 1, 1), dt.date(year, 12, 31)
    there = Cluster.objects.filter(
        models.Q(valid_to=None) | models.Q(valid_to__gte=ended),
        models.Q(valid_from=None) | models.Q(valid_from__lte=begun),
        unit=unit,
    )
    return there.exclude(seasons__year=year).count()


# -- For awards ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Commended:
    """A source of a proposal: a unit that its cluster asks to be commended."""

    season: Season
    member: Member
    unit: Unit | None
    part: Part | None
    """Both None: known by its name only (``member.name``)."""
    award: str
    rank: int | None
    """In the newest frozen ranking; None: not ranked."""
    outcome: str
    """``Commendation.Outcome``"""
    granted_award: str
    """What was granted, where something was."""
    decision: Any
    """``documents.models.Evidence`` of the superior's decision."""


def commended_for_awards(user: Any) -> list[Commended]:
    """The organiser's people: all of their seasons once frozen; a member's people: their own after publication."""
    inside, own = standing_of(user).unit_ids, readable_unit_ids(user)
    rows = (
        Commendation.objects.filter(
            models.Q(season__cluster__unit__in=inside, season__state__in=FROZEN)
            | models.Q(member__unit__in=own, season__state__in=AFTER_PUBLICATION)
        )
        .select_related("season__cluster__unit", "member__unit", "member__part", "decision__paper", "decision__file")
        .order_by("-season__year", "season__cluster__order", "season", "pk")
    )
    found = list(rows)
    ranks = _ranks_of({row.season_id for row in found})
    return [_commended(row, ranks.get(row.season_id, {}).get(str(row.member_id))) for row in found]


def _ranks_of(seasons: Collection[int]) -> dict[int, dict[str, int | None]]:
    """Only this piece of the contents: the whole of one is hundreds of kilobytes."""
    rows = Ranking.objects.filter(season__in=seasons).order_by("season", "number")
    return {season: ranks or {} for season, ranks in rows.values_list("season", "content__ranks")}


def _commended(row: Commendation, rank: int | None) -> Commended:
    is_granted = row.outcome == Commendation.Outcome.GRANTED
    return Commended(
        season=row.season,
        member=row.member,
        unit=row.member.unit,
        part=row.member.part,
        award=row.award,
        rank=rank,
        outcome=row.outcome,
        granted_award=(row.granted_award or row.award) if is_granted else "",
        decision=row.decision,
    )
