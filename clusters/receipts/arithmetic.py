"""What lateness takes away and why, from days to words. Pure.

Points come from ``clusters.kinds``; here is only said which band, day or last day gave them, and when the next go.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from clusters.kinds import ZERO, lost_by_lateness
from clusters.scheme import Criterion, Kind
from clusters.scoring import shown

_MOST_DAYS = 3_660
"""How far a day on which more is lost is looked for; no scale of points goes on for ten years."""


@dataclass(frozen=True, slots=True)
class Scale:
    """By what a season takes points away for lateness."""

    penalties: tuple[Criterion, ...]
    decimals: int = 2
    is_working: Callable[[dt.date], bool] | None = None
    """None: every day of the calendar counts."""

    @property
    def day_word(self) -> str:
        return "ngày làm việc" if self.is_working else "ngày"

    def loss(self, days: int) -> Fraction:
        """For one paper, not negative."""
        return sum((lost_by_lateness(one, days) for one in self.penalties), ZERO)

    def next_loss(self, days: int) -> tuple[int, Fraction] | None:
        """With how many days late more is lost, and how much it is then; None where nothing more can be lost."""
        now = self.loss(days)
        candidates = {day for one in self.penalties for day in _turns(one, days) if day > days}
        return next(((day, lost) for day in sorted(candidates) if (lost := self.loss(day)) > now), None)

    def points(self, points: Fraction) -> str:
        """«5», «2,5»: in a sentence, without noughts at the end."""
        words = shown(points, self.decimals)
        return (words.rstrip("0").rstrip(".") if "." in words else words).replace(".", ",")

    def days(self, days: int) -> str:
        return f"{days} {self.day_word}"

    def why(self, days: int) -> str:
        """«trừ 5 điểm theo mức từ 5 ngày»"""
        if not self.penalties:
            return "bộ tiêu chí không trừ điểm chậm"
        said = [(one, lost_by_lateness(one, days)) for one in self.penalties]
        losing = [(one, lost) for one, lost in said if lost]
        if not losing:
            grace = max(one.late.grace for one in self.penalties)
            return f"chưa trừ điểm vì chậm không quá {self.days(grace)}" if days <= grace else "chưa đến mức trừ điểm"
        if len(losing) == 1:
            return f"trừ {self.points(losing[0][1])} điểm{self._cause(losing[0][0], days)}"
        each = "; ".join(f"{one.code} {self.points(lost)} điểm{self._cause(one, days)}" for one, lost in losing)
        return f"trừ {self.points(self.loss(days))} điểm ({each})"

    def _cause(self, one: Criterion, days: int) -> str:
        late = one.late
        if late.cutoff is not None and days > late.cutoff:
            return f", hết điểm của mục này, vì sau hạn chót không nhận (chậm quá {self.days(late.cutoff)})"
        bands = [band for band in late.bands if band.reached <= days]
        band = max(bands, key=lambda found: found.reached, default=None)
        parts = []
        if band is not None and band.points:
            told = f"{self.points(band.points)} điểm " if late.each_day else ""
            parts.append(f"{told}theo mức từ {self.days(math.ceil(band.reached))}")
        if late.each_day:
            parts.append(f"{days - late.grace} ngày, mỗi ngày {self.points(late.each_day)} điểm")
        raw = (band.points if band else ZERO) + late.each_day * (days - late.grace)
        capped = f", nhiều nhất {self.points(one.maximum)} điểm" if raw > one.maximum else ""
        joined = " và ".join(parts)
        return f"{f' ({joined})' if late.each_day else f' {joined}'}{capped}"

    def ahead(self, due: dt.date, day: dt.date, days: int) -> str:
        """What waiting on from ``day`` costs next: «thêm 3 ngày nữa: −5 điểm»; blank where nothing more is lost.

        ``days``: how many late it is by then. Before its day nothing is hurried: only from when it costs is said.
        """
        if (following := self.next_loss(days)) is None:
            return ""
        reached, lost = following
        if day <= due:
            return f"chậm từ {self.days(reached)}: −{self.points(lost)} điểm"
        is_last = any(one.late.cutoff is not None and reached == one.late.cutoff + 1 for one in self.penalties)
        return (
            f"thêm {self.days(reached - days)} nữa: −{self.points(lost)} điểm{', không nhận nữa' if is_last else ''}"
        )


def _turns(one: Criterion, days: int) -> Iterable[int]:
    """Days late at which what is lost may grow."""
    late = one.late
    yield late.grace + 1
    yield from (math.ceil(band.reached) for band in late.bands if band.reached < _MOST_DAYS)
    if late.cutoff is not None:
        yield late.cutoff + 1
    if late.each_day:
        yield max(days, late.grace) + 1


def takes_lateness(one: Criterion) -> bool:
    """A penalty may also be for returned dossiers alone, or be given by hand."""
    late = one.late
    return one.kind is Kind.PENALTY and bool(late.bands or late.each_day or late.cutoff is not None)


# -- Sentences -----------------------------------------------------------------------------

CAME = {"received": "nhận", "sent": "gửi", "signed": "ký"}
"""What happened on the day that counts, by ``Season.late_from``."""


def arithmetic(scale: Scale, basis: str, *, due: dt.date, came: dt.date | None, on: dt.date, days: int) -> str:
    """«Hạn 30/11/2026, nhận 06/12/2026: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày.»

    ``came`` None: nothing has come until ``on``. ``days`` late, as they are counted for the score.
    """
    verb = CAME[basis]
    if came is not None:
        head = f"Hạn {due:%d/%m/%Y}, {verb} {came:%d/%m/%Y}"
        if came <= due:
            return f"{head}: đúng hạn."
        return f"{head}: chậm {scale.days(days)}, {scale.why(days)}."
    if on <= due:
        return f"Hạn {due:%d/%m/%Y}, chưa {verb}."
    return f"Hạn {due:%d/%m/%Y}, đến {on:%d/%m/%Y} chưa {verb}: đang chậm {scale.days(days)}, {scale.why(days)}."
