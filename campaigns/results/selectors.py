"""Reads: how the targets of a campaign stand, and the figures of their parts. The same queries however many there are.

Only for those inside the unit (``campaigns.selectors.inside_campaigns``): the caller has asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from campaigns import measuring
from campaigns.measuring import Aim, Span
from campaigns.models import Campaign, Result, Share, Target
from campaigns.periods import Period, UnfitPeriod, period_of, periods_of
from campaigns.results.standing import Bearer, Bearers, Figure, Reported, figure_of, until_of
from units.models import Part, Unit

_PART_NOUNS = {Part.Kind.SCHOOL.value: "trường"}
_WITHOUT_SHARES = (Part.Kind.GROUP,)
"""«Các thôn» is no one who reports."""
_UNIT_OF: dict[str, list[str]] = {"part": ["unit"], "lower": []}
"""For the word by which the commune calls its villages."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One target and how it stands: see ``standing.Figure``; ``shares`` are those that parts were given."""

    target: Target
    figure: Figure
    shares: dict[Bearer, Share] = field(default_factory=dict)


def standing(
    campaign: Campaign,
    *,
    day: dt.date | None = None,
    period: str = "",
    figures: Mapping[int, Sequence[Reported]] | None = None,
    bearers: Sequence[Part | Unit] | None = None,
) -> list[Standing]:
    """Every target in its order, on ``day`` or at the end of ``period`` (a code); by default with all that is known.

    Four queries (targets, shares, results; parts or units below, with those gone that left something), less what the
    caller has read already (``figures_of``, ``bearers_of``).
    """
    until = until_of(period) or day
    targets = list(targets_of(campaign))
    rows = figures_of(campaign) if figures is None else figures
    shares = shares_of(campaign)
    nouns = nouns_of(bearers_of(campaign, until) if bearers is None else bearers)
    found = []
    for target in targets:
        own = shares.get(target.pk, {})
        figure = figure_of(
            aim_of(target),
            rows.get(target.pk, []),
            Bearers(nouns, frozenset(own)),
            until=until,
            prefer=period,
            span=span_of(target),
        )
        found.append(Standing(target, figure, own))
    return found


def targets_of(campaign: Campaign) -> models.QuerySet[Target]:
    return Target.objects.filter(campaign=campaign).select_related("campaign", "wave", "movement").order_by("order")


def aim_of(target: Target, share: Share | None = None) -> Aim:
    """Of the whole, or of one part by its share; a part without one has an aim only where figures do not add up."""
    low, high = (share.low, share.high) if share else (target.low, target.high)
    comparison = "=" if target.comparison == "range" and high is None else target.comparison
    return Aim(comparison, low, high, grows=target.adds_up)


def part_aim(target: Target, share: Share | None) -> Aim:
    """A village is not measured by the tonnes of the commune; by a percentage of all it is."""
    if share is None and target.adds_up:
        return Aim("=", None, grows=True)
    return aim_of(target, share)


def span_of(target: Target) -> Span:
    """The time that the target is for: its wave, or the whole campaign."""
    campaign, wave = target.campaign, target.wave
    own = Span(wave.start, wave.end) if wave else None
    return measuring.span_of(Span(campaign.start, campaign.end), own)


def figures_of(campaign: Campaign, **only: Any) -> dict[int, list[Reported]]:
    """Target → the figures that count."""
    rows = Result.objects.counting().filter(target__campaign=campaign, **only)
    found: dict[int, list[Reported]] = {}
    for pk, target, code, value, part, lower in rows.values_list(
        "pk", "target", "period", "value", "part", "lower"
    ).order_by("pk"):
        found.setdefault(target, []).append(Reported(pk, period_of(code), value, _bearer(part, lower)))
    return found


def shares_of(campaign: Campaign) -> dict[int, dict[Bearer, Share]]:
    found: dict[int, dict[Bearer, Share]] = {}
    for share in Share.objects.filter(target__campaign=campaign).order_by("pk"):
        bearer = _bearer(share.part_id, share.lower_id)
        if bearer is not None:
            found.setdefault(share.target_id, {})[bearer] = share
    return found


def _bearer(part: int | None, lower: int | None) -> Bearer | None:
    if part is not None:
        return "part", part
    return ("lower", lower) if lower is not None else None


def bearer_of(row: Part | Unit) -> Bearer:
    return ("part", row.pk) if isinstance(row, Part) else ("lower", row.pk)


def has_units_below(campaign: Campaign) -> bool:
    """Whether units below bear its shares, or parts of the unit do."""
    return campaign.unit.kind != Unit.Kind.COMMUNE


def bearer_rows(campaign: Campaign, day: dt.date | None = None) -> models.QuerySet[Any]:
    """Who may bear a share, in force on the day: villages, schools, bodies; of a province or district its units."""
    if has_units_below(campaign):
        return Unit.objects.on(day).filter(parent=campaign.unit_id).order_by("name", "pk")
    parts = Part.objects.on(day).filter(unit=campaign.unit_id).exclude(kind__in=_WITHOUT_SHARES)
    return parts.select_related("unit").order_by("order", "pk")


def bearers_of(campaign: Campaign, day: dt.date | None = None) -> list[Part | Unit]:
    """With those that are gone and left a share or a figure: what they reached stays a part of the whole."""
    name = "lower" if has_units_below(campaign) else "part"
    rows = bearer_rows(campaign, day)
    named = models.Q(pk__in=Share.objects.filter(target__campaign=campaign, **{f"{name}__isnull": False}).values(name))
    named |= models.Q(
        pk__in=Result.objects.filter(target__campaign=campaign, **{f"{name}__isnull": False}).values(name)
    )
    in_force = models.Q(pk__in=rows.order_by().values("pk"))
    every: models.QuerySet[Any] = rows.model.objects.filter(in_force | named).select_related(*_UNIT_OF[name])
    every = every.annotate(is_gone=models.Case(models.When(in_force, then=0), default=1))
    return list(every.order_by("is_gone", *rows.query.order_by))


def still_there(bearers: Sequence[Any]) -> list[Part | Unit]:
    """Those of ``bearers_of`` that are not gone."""
    return [row for row in bearers if not row.is_gone]


def nouns_of(rows: Sequence[Part | Unit]) -> dict[Bearer, str]:
    """What one of them is called: the word of its commune, «trường», «xã»."""
    return {bearer_of(row): noun_of(row) for row in rows}


def noun_of(row: Part | Unit) -> str:
    if isinstance(row, Unit):
        return "đơn vị"
    if row.kind == Part.Kind.VILLAGE:
        return row.unit.village_word
    return _PART_NOUNS.get(row.kind, "đơn vị")


def periods_to_report(campaign: Campaign) -> list[Period]:
    """Those that a page offers; also of the other years of a stage, and whatever was reported."""
    is_school_year = campaign.period == "school_year"
    first = campaign.start.year if campaign.start and not is_school_year else campaign.year
    last = campaign.end.year if campaign.end and not is_school_year else campaign.year
    years = range(max(first, campaign.year - 10), min(max(last, campaign.year), campaign.year + 10) + 1)
    return [period for year in years for period in periods_of(year, is_school_year=is_school_year)]


def chosen_period(campaign: Campaign, code: str) -> Period | None:
    """By its code, if the campaign offers it."""
    try:
        period = period_of(code)
    except UnfitPeriod:
        return None
    return period if period in periods_to_report(campaign) else None
