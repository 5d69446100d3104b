"""Periods of reporting: month, quarter, six months, nine months, year, school year. Pure.

What is reported for one is what was reached from the beginning of the year to its last day (lũy kế); for a target
of a wave from the wave's first day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from documents.dates import ROMAN

_CODE = re.compile(r"(?P<year>\d{4})-(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|(?P<rest>H1|9M|Y|SY))")
_FIRST_YEAR, _LAST_YEAR = 1948, 2100
_SCHOOL_YEAR_BEGINS, _SCHOOL_YEAR_ENDS = 9, 5
"""September to May (Education Law 2019 leaves the days to the ministry's yearly frame)."""


class UnfitPeriod(ValueError):
    """A sentence for the person who named the period."""


@dataclass(frozen=True, slots=True)
class Period:
    code: str
    first: dt.date
    """Of the year that is counted from."""
    last: dt.date
    words: str

    def __str__(self) -> str:
        return self.words


@lru_cache(maxsize=1_024)
def period_of(code: str) -> Period:
    """``2024-H1``, ``2024-Q3``, ``2024-M07``, ``2024-9M``, ``2024-Y``, ``2024-SY`` (school year 2024-2025)."""
    found = _CODE.fullmatch(code)
    if found is None or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        raise UnfitPeriod(
            f"Kỳ «{code[:20]}» không đúng mẫu. Ghi như 2024-M03 (tháng), 2024-Q1 (quý), 2024-H1 (6 tháng), "
            "2024-9M (9 tháng), 2024-Y (cả năm), 2024-SY (năm học 2024-2025)."
        )
    year, rest = int(found["year"]), found["rest"]
    if rest == "SY":
        first = dt.date(year, _SCHOOL_YEAR_BEGINS, 1)
        return Period(code, first, _month_end(year + 1, _SCHOOL_YEAR_ENDS), f"năm học {year}-{year + 1}")
    if found["month"]:
        month = int(found["month"])
        words = f"tháng {f'{month:02}' if month < 3 else month} năm {year}"  # as Decree 30/2020/NĐ-CP writes months
    elif found["quarter"]:
        month, words = int(found["quarter"]) * 3, f"quý {ROMAN[int(found['quarter'])]} năm {year}"
    else:
        month = {"H1": 6, "9M": 9, "Y": 12}[rest]
        words = {"H1": f"6 tháng đầu năm {year}", "9M": f"9 tháng đầu năm {year}", "Y": f"năm {year}"}[rest]
    return Period(code, dt.date(year, 1, 1), _month_end(year, month), words)


def periods_of(year: int, *, is_school_year: bool = False) -> list[Period]:
    """Those that a form offers, by their last day; of one day the longest period last."""
    if is_school_year:
        return [period_of(f"{year}-SY")]
    codes = [f"M{month:02}" for month in range(1, 13)] + [f"Q{quarter}" for quarter in range(1, 5)] + ["H1", "9M", "Y"]
    found = [period_of(f"{year}-{code}") for code in codes]
    order = {period.code: at for at, period in enumerate(found)}
    return sorted(found, key=lambda period: (period.last, order[period.code]))


def elapsed(first: dt.date, last: dt.date, day: dt.date) -> float:
    """The share of the time that has passed at the end of ``day``: 0 to 1."""
    whole = (last - first).days + 1
    return min(max((day - first).days + 1, 0), whole) / whole


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
