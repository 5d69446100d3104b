"""Reads: which papers of a season somebody sees, what is kept of them, who may issue them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from clusters import rules
from clusters.models import Member, ScoreSheet, Season, SeasonPaper
from clusters.papers.kinds import SORTS, Kind, Sort
from clusters.ranking.selectors import sight_of
from clusters.selectors import AFTER_PUBLICATION, visible_seasons
from clusters.sheets import selectors as sheets
from clusters.states import SeasonState, SetState
from units.models import Issuer, Unit
from units.selectors import readable_unit_ids

_FILES = ("pdf_file", "word_file", "signed_file")


def seasons_for_papers(user: Any) -> models.QuerySet[Season]:
    members = Member.objects.select_related("unit__parent", "part__head").order_by("order", "pk")
    return (
        visible_seasons(user)
        .select_related("plan")
        .prefetch_related(models.Prefetch("members", members), "quotas", "steps")
    )


def sorts_seen(user: Any, season: Season) -> list[Sort]:
    """Who writes them and the organiser's people: all. A member: those without scores, and after publication the
    others as far as names are shown.
    """
    if rules.writes_papers(user, season):
        return list(SORTS.values())
    sight = sight_of(user, season)
    if sight is sight.INSIDE:
        return list(SORTS.values())
    return [sort for sort in SORTS.values() if _is_open(sort, season, has_names=sight.has_names)]


def _is_open(sort: Sort, season: Season, *, has_names: bool) -> bool:
    if sort.kind == Kind.CRITERIA:
        return season.criteria is not None and season.criteria.state == SetState.PUBLISHED
    if sort.kind == Kind.HANDOVER:
        return season.state == SeasonState.CLOSED
    return not sort.shows_scores or has_names


def paper_rows(season: Season) -> dict[str, SeasonPaper]:
    rows = SeasonPaper.objects.filter(season=season)
    return {row.kind: row for row in rows.select_related("issuer__unit", "paper__issuer", "paper__signed_file")}


def kept_paper(season: Season, sort: Sort) -> SeasonPaper | None:
    rows = SeasonPaper.objects.filter(season=season, kind=sort.kind)
    joined = ("paper__issued_file", "paper__word_file", "paper__signed_file")
    return rows.select_related("issuer__unit", "paper__issuer", *joined, *_FILES).first()


def sheets_seen(user: Any, season: Season) -> list[ScoreSheet]:
    return sheets.sheets_of(user, season) if season.criteria_id else []


def files_of_papers(user: Any) -> models.Q:
    """A scope for ``core.files``: who sees a paper sees its kept files, the signed one too."""
    seen = SeasonPaper.objects.filter(season__in=visible_seasons(user).order_by().values("pk")).order_by()
    allowed = seen.filter(_rows_open_to(user))
    names = (*_FILES, "paper__issued_file", "paper__word_file", "paper__signed_file")
    found = models.Q()
    for name in names:
        found |= models.Q(pk__in=allowed.exclude(**{name: None}).values(name))
    return found


def _rows_open_to(user: Any) -> models.Q:
    """``sorts_seen`` as a condition."""
    own = readable_unit_ids(user)
    leads = Member.objects.filter(unit__in=own, role__in=(Member.Role.HEAD, Member.Role.DEPUTY)).values("season")
    with_scores = [sort.kind for sort in SORTS.values() if sort.shows_scores]
    is_shown = models.Q(season__state__in=AFTER_PUBLICATION, season__shows__in=(Season.Shows.TOTALS, Season.Shows.ALL))
    return (
        models.Q(season__cluster__unit__in=own)
        | models.Q(season__in=leads)
        | models.Q(kind=Kind.PLEDGE)
        | models.Q(kind=Kind.CRITERIA, season__criteria__state=SetState.PUBLISHED)
        | models.Q(kind=Kind.HANDOVER, season__state=SeasonState.CLOSED)
        | models.Q(kind__in=with_scores) & is_shown
    )


# -- Who issues ----------------------------------------------------------------------------


def issuers_to_choose(user: Any, season: Season) -> list[Issuer]:
    """The cluster's own first; then those of the organiser and of the head, as far as the user works for them."""
    leads = (Member.Role.HEAD, Member.Role.DEPUTY)
    units = [season.cluster.unit_id, *(one.unit_id for one in season.members.all() if one.role in leads)]
    rows = Issuer.objects.on(_day(season)).filter(unit__in=[pk for pk in units if pk]).select_related("unit")
    found = [one for one in rows if is_own(one, season) or rules.works_for(user, one.unit_id)]
    return sorted(found, key=lambda one: not is_own(one, season))


def _day(season: Season) -> dt.date:
    today = timezone.localdate()
    return min(today, dt.date(season.year + 1, 12, 31))


def is_own(issuer: Issuer, season: Season) -> bool:
    """Whether it is the cluster itself."""
    return " ".join(issuer.name.split()).casefold() == season.cluster.name.casefold()


def unit_of_own(user: Any, season: Season) -> Unit | None:
    """In whose list of issuers the cluster's own is entered: the organiser's, else that of the user's leading unit."""
    if rules.organises(user, season):
        return season.cluster.unit
    leads = (Member.Role.HEAD, Member.Role.DEPUTY)
    return next(
        (one.unit for one in season.members.all() if one.role in leads and rules.works_for(user, one.unit_id)), None
    )
