"""What falls due out of campaigns that run, until its proof is recorded.

campaigns.registration  the day by which parts register; over when none of them is missing
campaigns.results       the end of a quarter: one check-list of a campaign and quarter, over with its first figure.
                        Which targets can be measured each quarter the officer knows; most are counted twice a year.
campaigns.review        the day of a wave's review; over when the review's paper is recorded

Only units in force are told; what a dissolved unit left undone, its heirs take up where they plan it anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models.functions import Concat
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaigns.models import Campaign, Result, Target, Wave
from campaigns.running.selectors import reviewed
from campaigns.states import CampaignState
from campaigns.taking_part.selectors import KIND, missing_count
from documents.dates import ROMAN
from plans.models import Plan
from plans.quarters import last_day
from reminders.deadlines import Collector, Deadline, Scope, as_line, unit_in_force
from units.models import Unit

REGISTRATION, RESULTS, REVIEW = KIND, "campaigns.results", "campaigns.review"
CAMPAIGN = "campaigns.campaign"
"""Kind of the group: who watches a campaign watches its deadlines."""

_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: whoever enters a campaign of last year is not told of all that it lacks, as with tasks of plans."""
_TEXT = models.CharField()
_CODES = {1: ("Q1", "M03"), 2: ("Q2", "H1", "M06"), 3: ("Q3", "9M", "M09"), 4: ("Q4", "Y", "M12")}
"""Periods that end with the quarter: figures count from the beginning of the year, so each tells the same."""


def collect(scope: Scope) -> Iterator[Deadline]:
    """All of them in two queries: a row for each campaign, and one for each of its reviews that is not issued.

    The subject of a review is the wave, of the others the campaign.
    """
    rows = list(_rows(scope))
    reviews: dict[int, list[Any]] = {}
    for wave in _reviews_owed(scope) if rows else ():
        reviews.setdefault(wave.campaign_id, []).append(wave)
    for row in rows:
        yield from _registration(row, scope)
        yield from _results_of(row, scope)
        for wave in reviews.get(row.pk, ()):
            if _is_within(wave.review_by, row, scope):
                what = as_line(f"Sơ kết, tổng kết {wave.name}")
                yield _deadline(REVIEW, wave.pk, row, wave.review_by, what)


def _registration(row: Any, scope: Scope) -> Iterator[Deadline]:
    """While some of those that could register are missing."""
    if row.register_by is not None and row.missing and _is_within(row.register_by, row, scope):
        what = f"Nhận đăng ký thi đua, còn thiếu {row.missing} nơi"
        yield _deadline(REGISTRATION, row.pk, row, row.register_by, what)


def _results_of(row: Any, scope: Scope) -> Iterator[Deadline]:
    """Of the quarter that runs and of those that ended less than ``_LOOKED_BACK`` ago."""
    today = timezone.localdate()
    if not row.is_measured or row.period != Plan.Period.YEAR:
        return
    for quarter, is_written in enumerate((row.q1, row.q2, row.q3, row.q4), start=1):
        due = last_day(quarter, row.year)
        if is_written or not _is_told(row, quarter, today) or (scope.until is not None and due > scope.until):
            continue
        what = f"Ghi kết quả các chỉ tiêu thi đua quý {ROMAN[quarter]} năm {row.year}"
        yield _deadline(RESULTS, row.pk, row, due, what, slot=quarter)


_HEAD = ("pk", "unit", "title", "follower", "year", "period", "register_by", "launched_on", "start")
_FOUND = ("missing", "is_measured", "q1", "q2", "q3", "q4")


def _rows(scope: Scope) -> Iterator[Any]:
    """Who is missing is counted once a campaign, and only where there is a day by which they register."""
    rows = _within(scope).annotate(
        missing=models.Case(models.When(register_by__isnull=False, then=missing_count()), default=0),
        is_measured=models.Exists(_measured()),
        **{f"q{quarter}": _is_reported(codes) for quarter, codes in _CODES.items()},
    )
    return rows.order_by("pk").values_list(*_HEAD, *_FOUND, named=True).iterator()


def _reviews_owed(scope: Scope) -> Iterator[Any]:
    waves = Wave.objects.filter(~reviewed(), campaign__in=_within(scope).values("pk"), review_by__isnull=False)
    fields = ("pk", "campaign_id", "name", "review_by")
    return waves.order_by("campaign", "order").values_list(*fields, named=True).iterator()


def _within(scope: Scope) -> models.QuerySet[Campaign]:
    """This year's and last year's, and older ones with a day that is not long over."""
    today = timezone.localdate()
    waves = Wave.objects.filter(campaign=models.OuterRef("pk"))
    rows = _running(scope).filter(
        models.Q(year__gte=today.year - 1)
        | models.Q(register_by__gte=today - _LOOKED_BACK)
        | models.Exists(waves.filter(review_by__gte=today - _LOOKED_BACK))
    )
    if scope.subjects is None:
        return rows
    return rows.filter(models.Q(pk__in=scope.subjects) | models.Exists(waves.filter(pk__in=scope.subjects)))


def _is_reported(codes: tuple[str, ...]) -> models.Exists:
    """Whether there is a figure for one of the periods of the campaign's year that end with the quarter."""
    periods = models.Q()
    for code in codes:
        periods |= models.Q(period=Concat(models.OuterRef("year"), models.Value(f"-{code}"), output_field=_TEXT))
    return models.Exists(Result.objects.counting().filter(periods, target__campaign=models.OuterRef("pk")))


def _is_within(day: dt.date, row: Any, scope: Scope) -> bool:
    """Of this year's campaigns, or a day that is not long over; and near enough for whoever asks."""
    today = timezone.localdate()
    is_recent = row.year >= today.year or day >= today - _LOOKED_BACK
    return is_recent and (scope.until is None or day <= scope.until)


def _measured() -> models.QuerySet[Target]:
    return Target.objects.filter(campaign=models.OuterRef("pk"), low__isnull=False)


def _is_told(row: Any, quarter: int, today: dt.date) -> bool:
    """It has begun, ended not long ago, and the campaign was launched before its end."""
    first, last = dt.date(row.year, quarter * 3 - 2, 1), last_day(quarter, row.year)
    begun = max(filter(None, (row.launched_on, row.start)), default=first)
    return first <= today and last >= today - _LOOKED_BACK and begun <= last


def _running(scope: Scope) -> models.QuerySet[Campaign]:
    rows = Campaign.objects.filter(unit_in_force(timezone.localdate()), state=CampaignState.RUNNING).order_by("pk")
    return rows if scope.units is None else rows.filter(unit__in=scope.units)


def _deadline(kind: str, subject: int, row: Any, due: dt.date, what: str, slot: int = 0) -> Deadline:
    return Deadline(
        kind,
        subject,
        row.unit,
        due,
        what,
        slot=slot,
        follower_id=row.follower,
        group=row.pk,
        origin=as_line(row.title),
    )


# -- For a request to the parts --------------------------------------------------------------


def to_ask_for(unit_id: int, subject: int) -> Deadline | None:
    """What a new request to the parts proposes: figures in two weeks.

    Villages and schools of a commune are asked to register by a request of its own, whose answers become rows
    (``taking_part``); bodies of a unit above are asked by this one as long as registration is open. Whoever is asked
    to register is asked by a request of one kind, so that every answer becomes a row.
    """
    today = timezone.localdate()
    campaign = _running(Scope(units=[unit_id])).filter(pk=subject).select_related("unit").first()
    if campaign is None:
        return None
    asks_by_itself = campaign.unit.kind == Unit.Kind.COMMUNE
    is_open = not asks_by_itself and campaign.register_by is not None and campaign.register_by >= today
    due = campaign.register_by if is_open else today + dt.timedelta(days=14)
    what = f"Đăng ký thi đua: {campaign.title}" if is_open else f"Báo cáo kết quả: {campaign.title}"
    return Deadline(
        REGISTRATION if is_open else CAMPAIGN,
        campaign.pk,
        unit_id,
        due or today,
        as_line(what),
        follower_id=campaign.follower_id,
        group=campaign.pk,
    )


# -- Addresses -------------------------------------------------------------------------------


def _page(deadline: Deadline) -> str:
    return reverse("campaigns:campaign", args=[deadline.group])


def _page_of(name: str, deadline: Deadline) -> str:
    try:
        return reverse(name, args=[deadline.group])
    except NoReverseMatch:
        return _page(deadline)


def _registrations(deadline: Deadline) -> str:
    return _page_of("campaigns:registrations", deadline)


def _results(deadline: Deadline) -> str:
    return _page_of("campaigns:results", deadline)


def _reviews(deadline: Deadline) -> str:
    return _page_of("campaigns:reviews", deadline)


_ALL: dict[str, Any] = {"page_url": _page, "group_kind": CAMPAIGN, "group_label": "cả phong trào"}

COLLECTORS = (
    Collector(REGISTRATION, "Đăng ký thi đua", collect, record_url=_registrations, **_ALL),
    Collector(RESULTS, "Kết quả phong trào theo quý", collect, record_url=_results, **_ALL),
    Collector(REVIEW, "Sơ kết, tổng kết phong trào", collect, record_url=_reviews, **_ALL),
)
