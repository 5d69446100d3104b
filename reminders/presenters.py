"""Deadlines told to the person at the screen: how near they are, on which days they are told. No database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from reminders.deadlines import Deadline
from reminders.ladder import Rungs, rung_on
from reminders.lateness import late_words
from reminders.outbox_presenters import rung_words
from reminders.people import Reach
from reminders.settings_words import told_days, weekday
from reminders.workdays import WorkDays

_FAR = 30
"""Days ahead from which the date alone says enough."""
_LATE_SHOWN = 2
_ONE = dt.timedelta(days=1)


class Due(Protocol):
    """A deadline, or what has one."""

    @property
    def due(self) -> dt.date: ...

    @property
    def unit_id(self) -> int: ...


class Nearness:
    """How near deadlines are on one day, in the words of the badge; working days are those of each one's unit."""

    def __init__(self, days: Mapping[int, WorkDays], today: dt.date) -> None:
        self._days, self._today = days, today

    def state_of(self, deadline: Due) -> str:
        """For ``{% state_badge %}``."""
        due, today = deadline.due, self._today
        return "overdue" if due < today else "due_today" if due == today else "not_due"

    def note_on(self, deadline: Due) -> str:
        """«quá 3 ngày», «còn 2 ngày làm việc»; blank on the day itself and where it is far."""
        due, today = deadline.due, self._today
        if due < today:
            return late_words(due, today)
        if due == today or (due - today).days > _FAR:
            return ""
        days = self._days[deadline.unit_id]
        left = days.between(today, due)
        if left:
            return f"còn {left} ngày làm việc"
        return "hạn vào ngày nghỉ, cần xong hôm nay" if days.is_working(today) else "hết ngày làm việc"


@dataclass(frozen=True, slots=True)
class ComingDay:
    day: dt.date
    words: str
    """«thứ Ba»"""
    rung: str
    """«trước 3 ngày làm việc», «đúng hạn»"""


def coming_days(due: dt.date, first: dt.date, rungs: Rungs, days: WorkDays) -> list[ComingDay]:
    """From ``first`` on: all days up to the deadline on which it is told, and the next ones when it is late."""
    before, after = told_days(due, rungs, days)
    if due < first:
        before, after = [], _late_days(due, first, rungs, days)
    told = [day for day in before if day >= first] + after
    return [ComingDay(day, weekday(day), rung_words(rung_on(due, day, rungs, days) or 0)) for day in told]


def _late_days(due: dt.date, first: dt.date, rungs: Rungs, days: WorkDays) -> list[dt.date]:
    if not rungs.every:
        return []
    told = days.between(due, first - _ONE) // rungs.every
    return [days.after(due, (told + more) * rungs.every) for more in range(1, _LATE_SHOWN + 1)]


def ways_of(reach: Reach, *, sees_address: bool) -> str:
    """By which ways somebody is told; blank: none."""
    mail = f"qua thư đến {reach.address}" if sees_address else "qua thư điện tử"
    return " và ".join(["trong chương trình"] * reach.has_account + [mail] * bool(reach.address))


def standing(deadline: Deadline, nearness: Nearness) -> str:
    """«Hạn thứ Năm 31/12/2026 (còn 12 ngày làm việc). Kế hoạch công tác năm 2026.»"""
    note = "hôm nay" if nearness.state_of(deadline) == "due_today" else nearness.note_on(deadline)
    day = f"Hạn {weekday(deadline.due)} {deadline.due:%d/%m/%Y}{f' ({note})' if note else ''}."
    origin = deadline.origin[:1].upper() + deadline.origin[1:]
    return f"{day} {origin}." if origin else day
