"""«Lịch công việc TĐKT»: what a unit has to do in one week, by day, with who follows it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reminders.calendars import named_workdays_of
from reminders.costs import Cost, lateness_costs
from reminders.deadlines import Deadline, Key, Scope, open_deadlines, page_url, record_url, record_words
from reminders.lateness import late_words
from reminders.names import names_of
from reminders.people import responsible
from reminders.workdays import public_days
from units.models import Unit

DAY_NAMES = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_CODE = re.compile(r"(20\d\d)-W(\d\d)")
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    monday: dt.date

    @classmethod
    def of(cls, day: dt.date) -> Week:
        return cls(day - dt.timedelta(days=day.weekday()))

    @classmethod
    def read(cls, code: str) -> Week | None:
        """``2026-W48``; None where there is no such week in this century."""
        found = _CODE.fullmatch(code)
        try:
            return cls(dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)) if found else None
        except ValueError:
            return None

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def code(self) -> str:
        return f"{self.monday.isocalendar().year}-W{self.number:02}"

    @property
    def sunday(self) -> dt.date:
        return self.monday + dt.timedelta(days=6)

    @property
    def days(self) -> list[dt.date]:
        return [self.monday + dt.timedelta(days=step) for step in range(7)]

    @property
    def span(self) -> str:
        """«từ 23/11 đến 29/11/2026»"""
        year = "" if self.monday.year == self.sunday.year else f"/{self.monday.year}"
        return f"từ {self.monday:%d/%m}{year} đến {self.sunday:%d/%m/%Y}"

    @property
    def previous(self) -> Week:
        return Week(self.monday - _WEEK)

    @property
    def next(self) -> Week:
        return Week(self.monday + _WEEK)


@dataclass(frozen=True, slots=True)
class Entry:
    what: str
    due: dt.date
    origin: str
    followers: tuple[str, ...]
    state: str
    """For ``{% state_badge %}``."""
    lateness: str
    """«quá 3 ngày»; blank where it is not late."""
    cost: str
    """What being late costs, where somebody counts it."""
    page_url: str
    record_url: str
    record_words: str


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    is_working: bool
    why: str
    """Why people are off though it is no weekend, or work though it is one."""
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        return DAY_NAMES[self.date.weekday()]

    @property
    def remark(self) -> str:
        """«Nghỉ: Tết Nguyên đán», «Làm bù cho ngày 24/11/2026»"""
        if self.is_working:
            return self.why
        return f"Nghỉ: {self.why}" if self.why else "Nghỉ"


@dataclass(frozen=True, slots=True)
class Schedule:
    week: Week
    today: dt.date
    late: tuple[Entry, ...]
    """From before the week, and from before today where the week is still to come."""
    days: tuple[Day, ...]
    coming: tuple[Entry, ...]
    """Of the week after."""

    @property
    def in_week(self) -> int:
        return sum(len(day.entries) for day in self.days)

    @property
    def is_empty(self) -> bool:
        return not (self.late or self.in_week or self.coming)

    @property
    def words(self) -> str:
        """«3 việc đến hạn trong tuần, 2 việc quá hạn từ trước, 1 việc tuần sau.»"""
        late = f", {len(self.late)} việc quá hạn từ trước" if self.late else ""
        coming = f", {len(self.coming)} việc tuần sau" if self.coming else ""
        return f"{self.in_week or 'Không có'} việc đến hạn trong tuần{late}{coming}."


def schedule_of(unit: Unit, week: Week, today: dt.date) -> Schedule:
    """In a number of queries that does not grow with the deadlines."""
    deadlines = open_deadlines(Scope(units=[unit.pk], until=week.next.sunday))
    workdays, named = named_workdays_of([unit.pk])[unit.pk]
    shown = _Showing(deadlines, today)
    whys = _whys(named, week)
    days = tuple(
        Day(day, workdays.is_working(day), whys.get(day, ""), tuple(shown.due(day, day))) for day in week.days
    )
    before = min(week.monday, today) - dt.timedelta(days=1)
    return Schedule(
        week,
        today,
        tuple(shown.due(dt.date.min, before)),
        days,
        tuple(shown.due(week.next.monday, week.next.sunday)),
    )


class _Showing:
    """What all entries need, asked for once."""

    def __init__(self, deadlines: list[Deadline], today: dt.date) -> None:
        self.deadlines, self.today = deadlines, today
        self.names: Mapping[Key, list[str]] = names_of(responsible(deadlines))
        late = [deadline for deadline in deadlines if deadline.due < today]
        self.costs: Mapping[Key, Cost] = lateness_costs(late, today)

    def due(self, first: dt.date, last: dt.date) -> Iterator[Entry]:
        return (self._entry(deadline) for deadline in self.deadlines if first <= deadline.due <= last)

    def _entry(self, deadline: Deadline) -> Entry:
        is_late = deadline.due < self.today
        cost = self.costs.get(deadline.key)
        return Entry(
            deadline.what,
            deadline.due,
            deadline.origin,
            tuple(self.names[deadline.key]),
            "overdue" if is_late else "due_today" if deadline.due == self.today else "not_due",
            late_words(deadline.due, self.today),
            cost.words if cost else "",
            page_url(deadline),
            record_url(deadline),
            record_words(deadline),
        )


def _whys(own: Mapping[dt.date, str], week: Week) -> dict[dt.date, str]:
    """What the country says of the week's days, then the unit's own word."""
    years = {week.monday.year, week.sunday.year}
    known = {day.day: day.name for year in years for day in public_days(year)}
    return {day: why for day, why in {**known, **own}.items() if week.monday <= day <= week.sunday}
