"""How far a figure is towards its target. Pure; nothing is said of what nobody reported.

Figures are those reached from the beginning of the year (``campaigns.periods``), of a wave's target those from the
first day of the wave: the time that has passed is counted from the same day (``Span``).
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from campaigns.periods import elapsed as share_of_time

_ZERO, _HUNDRED = Decimal(0), Decimal(100)
_TOLERANCE = Decimal(5)
"""Percentage points by which a figure may lag behind the time elapsed and still be on its way."""
_BEYOND_SENSE = 20
"""So many times its target no figure is believed without a question."""
_MOST_PERCENT = Decimal(1000)


class Pace(enum.Enum):
    NO_DATA = "no_data"
    REACHED = "reached"
    AHEAD = "ahead"
    ON_TIME = "on_time"
    BEHIND = "behind"
    UNKNOWN = "unknown"
    """There is a figure, and time does not measure it: a percentage, a state kept through the year."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A target, or the share of one part."""

    comparison: str
    low: Decimal | None
    high: Decimal | None = None
    grows: bool = False
    """Whether the figure grows through the year (tonnes, trees), so that elapsed time says where it should be."""

    @property
    def is_limit(self) -> bool:
        return self.comparison in ("<=", "<")


@dataclass(frozen=True, slots=True)
class Span:
    """The time that a target is for; a day that nobody wrote down is None."""

    first: dt.date | None = None
    last: dt.date | None = None
    counts_from_first: bool = False
    """Its figures begin with its first day (a wave's), not with the year."""

    def passed(self, year_begins: dt.date, day: dt.date) -> float:
        """The share of it that has passed at the end of ``day``: 0 to 1. ``year_begins``: see ``Period.first``."""
        first = year_begins
        if self.first:
            first = self.first if self.counts_from_first else min(self.first, year_begins)
        last = self.last if self.last and self.last >= first else dt.date(day.year, 12, 31)
        return share_of_time(first, max(last, first), day)


def span_of(campaign: Span, wave: Span | None = None) -> Span:
    """Of a wave its own days, as far as they lie within the campaign.

    Days that end before they begin, or outside the campaign, were misprinted: they measure nothing.
    """
    if wave is None:
        return campaign
    last = min(filter(None, (wave.last, campaign.last)), default=None)
    if wave.first is None:
        return Span(campaign.first, last)
    first = max(filter(None, (wave.first, campaign.first)))
    return Span(first, last, counts_from_first=True) if last is None or first <= last else campaign


def is_reached(aim: Aim, value: Decimal) -> bool | None:
    """None where the target has no figure. ``range`` is reached from its lower end: more is no fault."""
    if aim.low is None:
        return None
    return {
        "=": value >= aim.low,
        ">=": value >= aim.low,
        ">": value > aim.low,
        "<=": value <= aim.low,
        "<": value < aim.low,
        "range": value >= aim.low,
    }[aim.comparison]


def percent(aim: Aim, value: Decimal | None) -> Decimal | None:
    """Of the target, to one decimal. Of a limit (không quá): how much of it is used is no merit, so 100 or less.

    None where nothing was reported or the target is 0 or has no figure.
    """
    if value is None or not aim.low:
        return None
    if aim.is_limit:
        return _HUNDRED if is_reached(aim, value) else _rounded(aim.low / value * _HUNDRED)
    return _rounded(value / aim.low * _HUNDRED)


def pace(aim: Aim, value: Decimal | None, elapsed: float) -> Pace:
    """``elapsed`` is the share of the time that has passed, 0 to 1."""
    if value is None:
        return Pace.NO_DATA
    reached, is_over = is_reached(aim, value), elapsed >= 1
    if aim.is_limit and not is_over:  # kept so far says nothing of the rest of the year; only a count stays broken
        return Pace.BEHIND if reached is False and aim.grows else Pace.UNKNOWN
    if reached:
        return Pace.REACHED
    if is_over:
        return Pace.BEHIND if reached is False else Pace.UNKNOWN
    done = percent(aim, value)
    if done is None or not aim.grows:
        return Pace.UNKNOWN
    gap = done - Decimal(str(elapsed)) * _HUNDRED
    if gap >= _TOLERANCE:
        return Pace.AHEAD
    return Pace.ON_TIME if gap >= -_TOLERANCE else Pace.BEHIND


def forecast(aim: Aim, value: Decimal | None, elapsed: float) -> Decimal | None:
    """What the whole time would come to at the same speed, with the decimals of figure and target.

    Only of what grows, and not before a tenth of the time.
    """
    if value is None or not aim.grows or not 0.1 <= elapsed < 1:
        return None
    decimals = max(map(_decimals, filter(None, (value, aim.low, aim.high))), default=0)
    return _rounded(value / Decimal(str(elapsed)), decimals)


def doubt(aim: Aim, value: Decimal, measure: str) -> str:
    """Half a sentence where no sensible figure could be so; empty else."""
    if measure.startswith("%") and abs(value) > _MOST_PERCENT:
        return f"là {value.normalize():f} %, không có tỷ lệ nào như vậy; hãy xem lại dấu phẩy."
    largest = max(abs(aim.high or _ZERO), abs(aim.low or _ZERO))
    if largest and abs(value) > largest * _BEYOND_SENSE:
        return f"gấp hơn {_BEYOND_SENSE} lần chỉ tiêu; hãy xem lại đơn vị tính, dấu chấm và dấu phẩy."
    return ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Shares of a target against the whole: ``missing`` is what they lack, negative where they exceed it."""

    total: Decimal
    missing: Decimal | None

    @property
    def adds_up(self) -> bool:
        return self.missing == 0


def sum_of_shares(low: Decimal | None, shares: list[Decimal]) -> Sum:
    total = sum(shares, _ZERO)
    return Sum(total, None if low is None else low - total)


def _rounded(figure: Decimal, decimals: int = 1) -> Decimal:
    return figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _decimals(figure: Decimal) -> int:
    """139.1000 has one."""
    return max(0, -int(figure.normalize().as_tuple().exponent))
