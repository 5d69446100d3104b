"""Days of the Vietnamese lunar calendar.

A lunar month begins on the day of the new moon and a lunar year is counted so that the
winter solstice falls in month 11, both by the clock of Hà Nội (UTC+7, Decision
121-CP of 8 August 1967); China's calendar differs by its clock. The positions follow
J. Meeus, "Astronomical Algorithms", cut to the terms that days need; the tests compare
the New Year of 1990 to 2099 with the ``holidays`` package.
"""

from __future__ import annotations

import functools
from datetime import date, timedelta
from math import floor, pi, sin

from documents.times.errors import ImpossibleTime

_HANOI = 7 / 24  # days ahead of UTC
_MONTH = 29.530588853  # days from new moon to new moon
_EPOCH = 2415021  # Julian day number of the new moon that is counted as number 0: January 1900
_JULIAN = 1721425  # Julian day number less the ordinal that ``date`` gives the same day
SOLSTICE_MONTH = 11


def solar_day(year: int, month: int, day: int) -> date:
    """The day of our calendar for a day of the lunar one; the plain month, never the leap one.

    Raise ``ImpossibleTime`` when the month has no such day.
    """
    start, length = month_start(year, month)
    if not 1 <= day <= length:
        raise ImpossibleTime(f"Tháng {month} âm lịch năm {year} không có ngày {day}.")
    return start + timedelta(days=day - 1)


def month_start(year: int, month: int) -> tuple[date, int]:
    """The first day of a lunar month and how many days it has."""
    if not 1 <= month <= 12:
        raise ImpossibleTime(f"Không có tháng {month}.")
    solstice_year = year if month >= SOLSTICE_MONTH else year - 1
    first, leap = _from_solstice(solstice_year)
    steps = (month - SOLSTICE_MONTH) % 12
    moon = first + steps + (leap is not None and steps >= leap)
    start = _new_moon_day(moon)
    return date.fromordinal(start), _new_moon_day(moon + 1) - start


@functools.lru_cache(maxsize=256)
def _from_solstice(year: int) -> tuple[int, int | None]:
    """The new moon that opens month 11 of ``year``, and how many months later the leap month stands, if any.

    A year of 13 moons between two months 11 has a leap month: the first in which the sun
    enters no new sign of thirty degrees.
    """
    first, following = _solstice_moon(year), _solstice_moon(year + 1)
    if following - first == 12:
        return first, None
    signs = [_sun_sign(_new_moon_day(first + step)) for step in range(14)]
    return first, next(step for step in range(1, 14) if signs[step] == signs[step + 1])


def _solstice_moon(year: int) -> int:
    """The number of the new moon that opens the month of the winter solstice."""
    moon = floor((date(year, 12, 31).toordinal() + _JULIAN - _EPOCH) / _MONTH)
    # The sign of 270 degrees begins with the solstice.
    return moon if _sun_sign(_new_moon_day(moon)) < 9 else moon - 1


@functools.lru_cache(maxsize=4096)
def _new_moon_day(moon: int) -> int:
    """Ordinal of the day, in Hà Nội, of a new moon (Meeus, chapter on the phases of the moon)."""
    t = moon / 1236.85  # centuries since 1900
    radians = pi / 180
    mean = 2415020.75933 + 29.53058868 * moon + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t**2) * radians)
    sun = (359.2242 + 29.10535608 * moon - 0.0000333 * t**2 - 0.00000347 * t**3) * radians
    own = (306.0253 + 385.81691806 * moon + 0.0107306 * t**2 + 0.00001236 * t**3) * radians
    node = (21.2964 + 390.67050646 * moon - 0.0016528 * t**2 - 0.00000239 * t**3) * radians
    shift = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(own) + 0.0161 * sin(2 * own)
    shift += -0.0004 * sin(3 * own) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + own) - 0.0074 * sin(sun - own)
    shift += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + own)
    shift += 0.0010 * sin(2 * node - own) + 0.0005 * sin(2 * own + sun)
    clock = -0.000278 + 0.000265 * t + 0.000262 * t**2  # dynamical time less universal time, in days
    return floor(mean + shift - clock + 0.5 + _HANOI) - _JULIAN


def _sun_sign(ordinal: int) -> int:
    """Which twelfth of its circle, 0 to 11 from the spring equinox, the sun is in when the day begins in Hà Nội."""
    t = (ordinal + _JULIAN - 0.5 - _HANOI - 2451545.0) / 36525
    radians = pi / 180
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * radians
    mean = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    centre = (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    centre += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor((mean + centre) % 360 / 30)
