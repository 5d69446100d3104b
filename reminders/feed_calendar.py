"""Deadlines as an iCalendar file (RFC 5545), as calendars that subscribe to an address read it. No database here.

Each deadline is an event of a whole day, which is the same day wherever the calendar is opened. It reminds at 8:00
of the working day before, counted back from the beginning of the day as the reader's calendar has it: Viet Nam
knows no summer time, so that the hours are the same all the year.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from icalendar import Alarm, Calendar, Event, Timezone, vDuration

from reminders.workdays import WorkDays

ZONE = "Asia/Ho_Chi_Minh"
_PRODUCT = "-//TDKT//Thi dua khen thuong//VI"
_REMINDED_AT = dt.timedelta(hours=8)
_ASKED_EVERY = dt.timedelta(hours=4)
"""How often calendars are asked to look again; most keep times of their own."""
_FIRST_DAY = dt.date(2020, 1, 1)
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    uid: str
    due: dt.date
    what: str
    label: str
    """The kind of deadline."""
    url: str
    origin: str = ""
    followers: tuple[str, ...] = ()
    is_late: bool = False

    @property
    def summary(self) -> str:
        return f"Quá hạn: {self.what}" if self.is_late else self.what

    @property
    def description(self) -> str:
        who = "; ".join(self.followers)
        lines = (self.origin[:1].upper() + self.origin[1:], f"Người theo dõi: {who}" if who else "", f"Mở: {self.url}")
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One calendar: its name, its entries, on which days its people work."""

    name: str
    entries: tuple[Entry, ...]
    workdays: WorkDays

    @property
    def digest(self) -> str:
        """The same as long as the file says the same, but for its time stamps."""
        return hashlib.sha256(_calendar(self, None).to_ical()).hexdigest()[:32]

    def file(self, changed_at: dt.datetime) -> bytes:
        """``changed_at``: since when it says this; UTC."""
        return _calendar(self, changed_at).to_ical()


def _calendar(sheet: Sheet, changed_at: dt.datetime | None) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", sheet.name)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", _ASKED_EVERY, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_ASKED_EVERY).to_ical().decode())
    calendar.add_component(_timezone())
    for event in _events(sheet, changed_at):
        calendar.add_component(event)
    return calendar


@cache
def _timezone() -> Timezone:
    """For calendars that look the zone up by the file's own words."""
    zone = Timezone.from_tzid(ZONE, first_date=_FIRST_DAY)
    del zone["COMMENT"]  # how far the library looked for changes of the clock
    return zone


def _events(sheet: Sheet, changed_at: dt.datetime | None) -> Iterable[Event]:
    for entry in sheet.entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstart", entry.due)
        event.add("dtend", entry.due + _ONE)
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        event.add("url", entry.url)
        event.add("categories", [entry.label])
        event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from a meeting
        if changed_at is not None:
            event.add("dtstamp", changed_at)
            event.add("last-modified", changed_at)
        if not entry.is_late:
            event.add_component(_alarm(entry, sheet.workdays))
        yield event


def _alarm(entry: Entry, workdays: WorkDays) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.summary)
    alarm.add("trigger", workdays.before(entry.due, 1) - entry.due + _REMINDED_AT)
    return alarm
