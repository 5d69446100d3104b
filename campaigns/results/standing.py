"""How a target stands on a day: the figure that counts, its percent and pace, and what the parts have come to. Pure.

Of the figures reported until a day the newest counts, and it is measured by its own period: what was reached by the
end of March is compared with a quarter of the year, whatever day it is. Nothing is said of what nobody reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from campaigns import measuring
from campaigns.measuring import Aim, Pace, Span
from campaigns.periods import Period, period_of, periods_of

Bearer = tuple[str, int]
"""``("part", 12)`` or ``("lower", 7)``: a part of the unit, or a unit below."""
_NO_SPAN = Span()
_RANKS = {period.code.partition("-")[2]: rank for rank, period in enumerate(periods_of(2024))}


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure that counts (not replaced), as reported."""

    result: int
    period: Period
    value: Decimal
    bearer: Bearer | None = None
    """None: of the whole."""


@dataclass(frozen=True, slots=True)
class PartSum:
    """What the parts reported for one day: ``reported`` of ``expected`` of them."""

    period: Period
    reported: int
    expected: int
    noun: str
    """What they are called together: «thôn», «đơn vị», «xã»."""
    total: Decimal | None
    """None where the figures do not add up (percentages)."""

    @property
    def is_complete(self) -> bool:
        return self.reported >= self.expected

    def __str__(self) -> str:
        return f"{self.reported}/{self.expected} {self.noun}"


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure against its aim."""

    aim: Aim
    value: Decimal | None = None
    period: Period | None = None
    percent: Decimal | None = None
    pace: Pace = Pace.NO_DATA
    forecast: Decimal | None = None
    """Only ever shown as «ước cả năm»: nobody reported it."""
    elapsed: float | None = None
    """Share of the time that had passed at the end of ``period``."""


@dataclass(frozen=True, slots=True)
class Figure(Measured):
    """Of the whole: as entered, or as the parts sum up."""

    result: int | None = None
    is_sum: bool = False
    """Nobody entered it: the figures of the parts sum to it."""
    parts: PartSum | None = None

    @property
    def is_partial(self) -> bool:
        """A sum that lacks parts: at least so much was reached, and nothing is said of pace."""
        return self.is_sum and self.parts is not None and not self.parts.is_complete


def rank(period: Period) -> tuple[dt.date, int]:
    """Of periods that end on one day the longest counts last: the report of six months before that of June."""
    return period.last, _RANKS[period.code.partition("-")[2]]


def newest(figures: Iterable[Reported], until: dt.date | None = None, prefer: str = "") -> Reported | None:
    """The figure of the latest period that ends by ``until``; of those that end on one day the one of ``prefer``."""
    fitting = [one for one in figures if until is None or one.period.last <= until]
    return max(fitting, key=lambda one: (one.period.last, one.period.code == prefer, rank(one.period)), default=None)


def latest_of_places(figures: Iterable[Reported]) -> Period | None:
    """The newest period for which any place reported."""
    return max((one.period for one in figures if one.bearer is not None), key=rank, default=None)


def newest_of_each(figures: Iterable[Reported], until: dt.date | None, prefer: str = "") -> dict[Bearer, Reported]:
    by_bearer: dict[Bearer, list[Reported]] = {}
    for one in figures:
        if one.bearer is not None:
            by_bearer.setdefault(one.bearer, []).append(one)
    found = {bearer: newest(own, until, prefer) for bearer, own in by_bearer.items()}
    return {bearer: one for bearer, one in found.items() if one is not None}


def measured(aim: Aim, one: Reported | None, span: Span) -> Measured:
    """``span``: the time that the target is for."""
    if one is None:
        return Measured(aim)
    return Measured(aim, *_said(aim, one.value, one.period, span))


def _said(
    aim: Aim, value: Decimal, period: Period, span: Span, *, is_partial: bool = False
) -> tuple[Decimal, Period, Decimal | None, Pace, Decimal | None, float]:
    share = time_passed(period, span)
    pace = measuring.pace(aim, value, share)
    guess = None if is_partial else measuring.forecast(aim, value, share)
    if is_partial and pace is not Pace.REACHED:
        pace = Pace.UNKNOWN
    return value, period, measuring.percent(aim, value), pace, guess, share


def time_passed(period: Period, span: Span) -> float:
    """At the last day of the period: 0 to 1."""
    return span.passed(period.first, period.last)


@dataclass(frozen=True, slots=True)
class Bearers:
    """Who bears shares of a target, or reports on it without having one."""

    nouns: Mapping[Bearer, str]
    """All in force → what one is called: «thôn», «trường», «xã»."""
    shared: Collection[Bearer] = field(default_factory=frozenset)

    def expected(self, reported: Collection[Bearer]) -> set[Bearer]:
        """Those who have a share; where nobody has one, all of the kinds that have reported."""
        if self.shared:
            return set(self.shared)
        kinds = {self.nouns[bearer] for bearer in reported if bearer in self.nouns}
        return {bearer for bearer, noun in self.nouns.items() if noun in kinds} | set(reported)

    def noun(self, bearers: Collection[Bearer]) -> str:
        nouns = {self.nouns.get(bearer, "đơn vị") for bearer in bearers}
        return nouns.pop() if len(nouns) == 1 else "đơn vị"


def part_sum(
    aim: Aim, figures: Iterable[Reported], bearers: Bearers, until: dt.date | None, prefer: str = ""
) -> PartSum | None:
    """Of the latest day for which any part reported: who is behind with an older figure counts as missing."""
    latest = newest_of_each(figures, until, prefer)
    if not latest:
        return None
    last = max(one.period.last for one in latest.values())
    current = {bearer: one for bearer, one in latest.items() if one.period.last == last}
    expected = bearers.expected(current)
    period = max((one.period for one in current.values()), key=lambda one: (one.code == prefer, rank(one)))
    counted = [one.value for bearer, one in current.items() if bearer in expected]
    total = sum(counted, Decimal(0)) if aim.grows else None
    return PartSum(period, len(counted), len(expected), bearers.noun(expected), total) if counted else None


def figure_of(
    aim: Aim,
    figures: Sequence[Reported],
    bearers: Bearers,
    *,
    until: dt.date | None = None,
    prefer: str = "",
    span: Span = _NO_SPAN,
) -> Figure:
    """Of the whole. What was entered counts before a sum, unless all parts have reported for a later day."""
    whole = newest([one for one in figures if one.bearer is None], until, prefer)
    parts = part_sum(aim, figures, bearers, until, prefer)
    is_newer = parts is not None and parts.is_complete and whole is not None and parts.period.last > whole.period.last
    if parts is not None and parts.total is not None and (whole is None or is_newer):
        said = _said(aim, parts.total, parts.period, span, is_partial=not parts.is_complete)
        return Figure(aim, *said, is_sum=True, parts=parts)
    if whole is None:
        return Figure(aim, parts=parts)
    return Figure(aim, *_said(aim, whole.value, whole.period, span), result=whole.result, parts=parts)


def until_of(period: str) -> dt.date | None:
    """The last day of a period by its code; None for none."""
    return period_of(period).last if period else None
