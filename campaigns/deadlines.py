"""What falls due out of campaigns that run, until its proof is recorded.

campaigns.registration  the day by which parts register; over when none of them is missing
campaigns.results       the end of a quarter: one check-list of a campaign and quarter, over with its first figure.
                        Which targets can be measured each quarter the officer knows; most are counted twice a year.
campaigns.review        the day of a wave's review; over when the review's paper is recorded

Only units in force are told; what a dissolved unit left undone, its heirs take up where they plan it anew.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from campaigns.models import Campaign, Result, Target, Wave
from campaigns.running.selectors import reviewed
from campaigns.states import CampaignState
from campaigns.taking_part.selectors import missing_count
from reminders.deadlines import Collector, Deadline, Scope

REGISTRATION, RESULTS, REVIEW = "campaigns.registration", "campaigns.results", "campaigns.review"
CAMPAIGN = "campaigns.campaign"
"""Kind of the group: who watches a campaign watches its deadlines."""

_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: whoever enters a campaign of last year is not told of all that it lacks, as with tasks of plans."""
_LONGEST = 200
"""Letters of a line."""
_QUARTERS = ("I", "II", "III", "IV")
_CODES = {1: ("Q1", "M03"), 2: ("Q2", "H1", "M06"), 3: ("Q3", "9M", "M09"), 4: ("Q4", "Y", "M12")}
"""Periods that end with the quarter: figures count from the beginning of the year, so each tells the same."""


def collect_registrations(scope: Scope) -> Iterator[Deadline]:
    """While some of those that could register are missing."""
    rows = _running(scope).filter(_is_recent("register_by"), register_by__isnull=False)
    if scope.subjects is not None:
        rows = rows.filter(pk__in=scope.subjects)
    if scope.until is not None:
        rows = rows.filter(register_by__lte=scope.until)
    rows = rows.annotate(missing=missing_count()).filter(missing__gt=0)
    found: Iterator[Any] = rows.values_list(
        "pk", "unit", "register_by", "title", "follower", "missing", named=True
    ).iterator()
    for row in found:
        what = f"Nhận đăng ký thi đua, còn thiếu {row.missing} nơi"
        yield _deadline(REGISTRATION, row.pk, row, row.register_by, what)


def collect_reviews(scope: Scope) -> Iterator[Deadline]:
    """Its subject is the wave."""
    rows = Wave.objects.filter(
        ~reviewed(), _is_recent("review_by", "campaign__"), campaign__in=_running(scope), review_by__isnull=False
    )
    if scope.subjects is not None:
        rows = rows.filter(pk__in=scope.subjects)
    if scope.until is not None:
        rows = rows.filter(review_by__lte=scope.until)
    names = {name: models.F(f"campaign__{name}") for name in ("unit", "title", "follower")}
    rows = rows.annotate(of_unit=names["unit"], title=names["title"], of_follower=names["follower"])
    wanted = ("pk", "campaign", "name", "review_by", "of_unit", "title", "of_follower")
    found: Iterator[Any] = rows.order_by("pk").values_list(*wanted, named=True).iterator()
    for row in found:
        yield Deadline(
            REVIEW,
            row.pk,
            row.of_unit,
            row.review_by,
            _line(f"Sơ kết, tổng kết {row.name}"),
            follower_id=row.of_follower,
            group=row.campaign,
            origin=_line(row.title),
        )


def collect_results(scope: Scope) -> Iterator[Deadline]:
    """Of the quarter that runs and of those that ended less than ``_LOOKED_BACK`` ago. Two queries."""
    today = timezone.localdate()
    rows = _running(scope).filter(models.Exists(_measured()), period="year", year__gte=today.year - 1)
    if scope.subjects is not None:
        rows = rows.filter(pk__in=scope.subjects)
    found: list[Any] = list(
        rows.values_list("pk", "unit", "year", "title", "follower", "launched_on", "start", named=True)
    )
    reported = _reported([row.pk for row in found])
    for row in found:
        for quarter in range(1, 5):
            due = _last_day(row.year, quarter)
            is_written = any((row.pk, f"{row.year}-{code}") in reported for code in _CODES[quarter])
            if is_written or not _is_told(row, quarter, today) or (scope.until is not None and due > scope.until):
                continue
            what = f"Ghi kết quả các chỉ tiêu thi đua quý {_QUARTERS[quarter - 1]} năm {row.year}"
            yield _deadline(RESULTS, row.pk, row, due, what, slot=quarter)


def _measured() -> models.QuerySet[Target]:
    return Target.objects.filter(campaign=models.OuterRef("pk"), low__isnull=False)


def _reported(campaigns: list[int]) -> set[tuple[int, str]]:
    """Campaign and period for which there is a figure."""
    rows = Result.objects.filter(target__campaign__in=campaigns, replaced_by=None).order_by()
    return set(rows.values_list("target__campaign", "period").distinct())


def _is_told(row: Any, quarter: int, today: dt.date) -> bool:
    """It has begun, ended not long ago, and the campaign was launched before its end."""
    first, last = dt.date(row.year, quarter * 3 - 2, 1), _last_day(row.year, quarter)
    begun = max(filter(None, (row.launched_on, row.start)), default=first)
    return first <= today and last >= today - _LOOKED_BACK and begun <= last


def _last_day(year: int, quarter: int) -> dt.date:
    return dt.date(year, quarter * 3, calendar.monthrange(year, quarter * 3)[1])


def _running(scope: Scope) -> models.QuerySet[Campaign]:
    is_alive = models.Q(unit__valid_to=None) | models.Q(unit__valid_to__gte=timezone.localdate())
    rows = Campaign.objects.filter(is_alive, state=CampaignState.RUNNING).order_by("pk")
    return rows if scope.units is None else rows.filter(unit__in=scope.units)


def _is_recent(day: str, prefix: str = "") -> models.Q:
    """Of this year's campaigns, or a day that is not long over."""
    today = timezone.localdate()
    return models.Q(**{f"{prefix}year__gte": today.year}) | models.Q(**{f"{day}__gte": today - _LOOKED_BACK})


def _deadline(kind: str, subject: int, row: Any, due: dt.date, what: str, slot: int = 0) -> Deadline:
    return Deadline(
        kind, subject, row.unit, due, what, slot=slot, follower_id=row.follower, group=row.pk, origin=_line(row.title)
    )


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


# -- For a request to the parts --------------------------------------------------------------


def to_ask_for(unit_id: int, subject: int) -> Deadline | None:
    """What a new request to the parts proposes: the campaign, by its next day, else in two weeks."""
    today = timezone.localdate()
    campaign = _running(Scope(units=[unit_id])).filter(pk=subject).first()
    if campaign is None:
        return None
    is_open = campaign.register_by is not None and campaign.register_by >= today
    due = campaign.register_by if is_open else today + dt.timedelta(days=14)
    what = f"Đăng ký thi đua: {campaign.title}" if is_open else f"Báo cáo kết quả: {campaign.title}"
    return Deadline(
        CAMPAIGN, campaign.pk, unit_id, due or today, _line(what), follower_id=campaign.follower_id, group=campaign.pk
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
    Collector(REGISTRATION, "Đăng ký thi đua", collect_registrations, record_url=_registrations, **_ALL),
    Collector(RESULTS, "Kết quả phong trào theo quý", collect_results, record_url=_results, **_ALL),
    Collector(REVIEW, "Sơ kết, tổng kết phong trào", collect_reviews, record_url=_reviews, **_ALL),
)
