"""Targets as papers print them: «trên 98 %», «từ 10 đến 11 %», «giảm 1-2 %/năm». Pure.

What is written here of a target with a figure and a measure is what ``plans.reading.targets`` reads.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from campaigns.figures import show_figure
from campaigns.measuring import sum_of_shares

_BEFORE_UNIT = re.compile(r"(?<=\d) (?=[%\w])")
_PATTERNS = {
    "=": "{low}",
    ">=": "từ {low} trở lên",
    ">": "trên {low}",
    "<=": "không quá {low}",
    "<": "dưới {low}",
    "range": "từ {from_} đến {high}",
}
_DOWN = {**_PATTERNS, ">=": "ít nhất {low}", "range": "{from_}-{high}"}
"""Behind «giảm»: «giảm 1-2 %/năm», «giảm ít nhất 2 %»."""


class Aimed(Protocol):
    """A row of ``Target``, or ``interchange.TargetData``."""

    @property
    def text(self) -> str: ...
    @property
    def comparison(self) -> str: ...
    @property
    def low(self) -> Decimal | None: ...
    @property
    def high(self) -> Decimal | None: ...
    @property
    def measure(self) -> str: ...
    @property
    def direction(self) -> str: ...


def in_words(target: Aimed) -> str:
    """What is to be reached, without what it is about; empty where the target has no figure."""
    return share_in_words(target, target.low, target.high)


def share_in_words(target: Aimed, low: Decimal | None, high: Decimal | None) -> str:
    """The same of other figures: the share of one part, measured and compared as its target."""
    if low is None:
        return ""
    comparison = "=" if target.comparison == "range" and high is None else target.comparison
    pattern = (_DOWN if target.direction else _PATTERNS)[comparison]
    words = pattern.format(
        low=with_measure(low, target.measure),
        from_=show_figure(low),
        high=with_measure(high, target.measure),
    )
    return f"giảm {words}" if target.direction else words


def sentence(target: Aimed) -> str:
    """The whole line of a paper: «Tỷ lệ hộ nghèo giảm 1-2 %/năm», «trồng cây phân tán 3.000 cây»."""
    return " ".join(part for part in (target.text, in_words(target)) if part)


def with_measure(figure: Decimal | None, measure: str) -> str:
    """«2.350 tấn», «98 %»; empty where nothing is known. ``held`` where it is shown."""
    if figure is None:
        return ""
    return f"{show_figure(figure)} {measure}" if measure else show_figure(figure)


def held(words: str) -> str:
    """The same where it is shown: no line ends between a figure and its unit."""
    return _BEFORE_UNIT.sub("\u00a0", words)


def percent_in_words(percent: Decimal | None) -> str:
    """«97,9 %»; empty where there is none."""
    return with_measure(percent, "%")


def sum_in_words(target: Aimed, shares: Sequence[Decimal], *, adds_up: bool) -> str:
    """Whether what the parts were given comes to the whole: «cộng 2.300/2.350 tấn: còn thiếu 50»."""
    if not shares:
        return "chưa giao cho nơi nào"
    if not adds_up:
        return "số giao của các nơi không cộng lại được: mỗi nơi một mức"
    found = sum_of_shares(target.low, list(shares))
    if found.missing is None:
        return f"cộng {with_measure(found.total, target.measure)}"
    whole = f"cộng {show_figure(found.total)}/{with_measure(target.low, target.measure)}"
    if found.adds_up:
        return f"{whole}: vừa đủ"
    how = "còn thiếu" if found.missing > 0 else "vượt"
    return f"{whole}: {how} {show_figure(abs(found.missing))}"


def on_paper(day: dt.date) -> str:
    """«05/02/2026», «05/3/2026»: zero before days below ten and months one and two (Decree 30/2020/NĐ-CP)."""
    return f"{day:%d}/{f'{day.month:02}' if day.month < 3 else day.month}/{day.year}"
