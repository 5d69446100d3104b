"""How a unit is reminded, in sentences: what a ladder means, and on which days it tells a real deadline. Pure."""

from __future__ import annotations

import datetime as dt
from itertools import islice

from documents.times.words import WEEK, WEEKDAY_NAMES
from reminders.ladder import Rungs, rung_on
from reminders.workdays import WorkDays

_ONE = dt.timedelta(days=1)
_LATE_SHOWN = 2
"""Reminders of what is late that an example names."""


def weekday(day: dt.date) -> str:
    """«thứ Hai»"""
    return WEEKDAY_NAMES[WEEK[day.weekday()]]


def ladder_words(rungs: Rungs) -> str:
    """What goes into the history: «trước 7, 3, 1 ngày; đúng ngày; quá hạn cứ 2 ngày một lần»."""
    before = f"trước {_listed(rungs)} ngày" if rungs.before else "không nhắc trước"
    on_the_day = "đúng ngày" if rungs.on_the_day else "không nhắc đúng ngày"
    return f"{before}; {on_the_day}; {_late_words(rungs)}"


def ladder_sentence(rungs: Rungs) -> str:
    before = f"Nhắc trước hạn {_listed(rungs, ' và ')} ngày làm việc" if rungs.before else "Không nhắc trước hạn"
    on_the_day = "nhắc vào ngày đến hạn" if rungs.on_the_day else "không nhắc vào ngày đến hạn"
    return f"{before}, {on_the_day}; {_late_words(rungs)}."


def example_sentence(what: str, due: dt.date, rungs: Rungs, days: WorkDays) -> str:
    """«Việc «…» hạn thứ Sáu 20/11/2026 được nhắc: thứ Tư 11/11 … Nếu vẫn chưa xong: thứ Ba 24/11 …, cứ thế.»"""
    before, late = told_days(due, rungs, days)
    listed = ", ".join(_day(day, due) for day in before) or "không ngày nào trước khi quá hạn"
    sentence = f"{what} hạn {weekday(due)} {due:%d/%m/%Y} được nhắc: {listed}."
    if late:
        sentence += f" Quá hạn mà chưa có kết quả thì nhắc tiếp: {', '.join(_day(day, due) for day in late)}…"
    return sentence


def told_days(due: dt.date, rungs: Rungs, days: WorkDays) -> tuple[list[dt.date], list[dt.date]]:
    """All days before and on the deadline, and the first ones after it."""
    first = days.before(days.not_after(due), max(rungs.before, default=0))
    before = [day for day in _range(first, due) if rung_on(due, day, rungs, days) is not None]
    last = days.after(due, _LATE_SHOWN * rungs.every)
    late = (day for day in _range(due + _ONE, last) if rung_on(due, day, rungs, days) is not None)
    return before, list(islice(late, _LATE_SHOWN))


def _range(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + step * _ONE for step in range((last - first).days + 1)]


def _listed(rungs: Rungs, last: str = ", ") -> str:
    *head, tail = map(str, rungs.before)
    return f"{', '.join(head)}{last}{tail}" if head else tail


def _late_words(rungs: Rungs) -> str:
    if rungs.every == 0:
        return "quá hạn thì không nhắc nữa"
    if rungs.every == 1:
        return "quá hạn thì ngày làm việc nào cũng nhắc"
    return f"quá hạn thì cứ {rungs.every} ngày làm việc nhắc một lần"


def _day(day: dt.date, due: dt.date) -> str:
    return f"{weekday(day)} {day:%d/%m}" + (f"/{day.year}" if day.year != due.year else "")
