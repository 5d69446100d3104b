"""The days of a campaign: what comes next, and what looks wrong as it is printed. Pure: knows no database.

A paper may carry wrong days (a wave of 2024 that «begins on 01/01/2023»). They stay as they were printed, for the
paper says so; they are pointed out to the person who can ask the one who signed it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")


class Waved(Protocol):
    name: str
    start: dt.date | None
    end: dt.date | None
    as_printed: str
    review_by: dt.date | None


@dataclass(frozen=True, slots=True)
class Step:
    """A day by which something is to be done."""

    day: dt.date
    what: str
    """«hạn đăng ký», «hạn sơ kết Đợt thi đua thứ nhất», «ngày kết thúc phong trào»"""
    is_done: bool = False

    def words(self, today: dt.date) -> str:
        """«còn 12 ngày đến hạn đăng ký», «hôm nay là hạn đăng ký», «quá hạn đăng ký 3 ngày»."""
        left = (self.day - today).days
        if left > 0:
            return f"còn {left} ngày đến {self.what}"
        return f"hôm nay là {self.what}" if left == 0 else f"quá {self.what} {-left} ngày"


def next_step(steps: Iterable[Step], today: dt.date) -> Step | None:
    """The nearest that is not over."""
    return min((step for step in steps if not step.is_done and step.day >= today), key=_by_day, default=None)


def late_steps(steps: Iterable[Step], today: dt.date) -> list[Step]:
    return sorted((step for step in steps if not step.is_done and step.day < today), key=_by_day)


def _by_day(step: Step) -> dt.date:
    return step.day


def doubts(wave: Waved, start: dt.date | None, end: dt.date | None, before: Sequence[Waved] = ()) -> list[str]:
    """What is odd about the days of a wave of a campaign from ``start`` to ``end``, each in one sentence.

    ``before``: the waves that stand above it.
    """
    return [*_own(wave), *_outside(wave, start, end), *_overlaps(wave, before), *_printed(wave)]


def _own(wave: Waved) -> Iterator[str]:
    if wave.start and wave.end and wave.end < wave.start:
        yield f"Ngày kết thúc {wave.end:%d/%m/%Y} trước ngày bắt đầu {wave.start:%d/%m/%Y}."
    if wave.review_by and wave.end and wave.review_by < wave.end:
        yield f"Hạn sơ kết, tổng kết {wave.review_by:%d/%m/%Y} trước ngày kết thúc đợt {wave.end:%d/%m/%Y}."
    elif wave.review_by and wave.start and wave.review_by < wave.start:
        yield f"Hạn sơ kết, tổng kết {wave.review_by:%d/%m/%Y} trước ngày bắt đầu đợt {wave.start:%d/%m/%Y}."


def _outside(wave: Waved, start: dt.date | None, end: dt.date | None) -> Iterator[str]:
    for day in (wave.start, wave.end):
        if day and ((start and day < start) or (end and day > end)):
            since, until = (f"từ {start:%d/%m/%Y} " if start else ""), (f"đến {end:%d/%m/%Y}" if end else "")
            yield f"Ngày {day:%d/%m/%Y} nằm ngoài thời gian của phong trào ({f'{since}{until}'.strip()})."


def _overlaps(wave: Waved, before: Sequence[Waved]) -> Iterator[str]:
    for other in before:
        has_days = wave.start and wave.end and other.start and other.end
        if has_days and wave.start <= other.end and other.start <= wave.end:  # type: ignore[operator]
            yield f"Thời gian trùng với «{other.name}»."


def _printed(wave: Waved) -> Iterator[str]:
    """Both days stand in the printed words, and are others than those that count."""
    days = [day for day in map(_day, _DAY.finditer(wave.as_printed)) if day]
    if len(days) == 2 and wave.start and wave.end and days != [wave.start, wave.end]:
        yield f"Trong kế hoạch ghi «{wave.as_printed}», khác ngày đang tính."


def _day(found: re.Match[str]) -> dt.date | None:
    day, month, year = (int(part) for part in found.groups())
    with suppress(ValueError):
        return dt.date(year, month, day)
    return None
