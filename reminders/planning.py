"""The sweep's planning: which deadlines are told to whom today. Only rows; ``reminders.sending`` hands them over.

Units are taken in batches, each in a transaction of its own, with as many queries for three hundred units as
for one. What was planned is never planned twice: a unit's ``Planned`` row is locked and moved on first, and a
notice has a unique key.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from core.bulk import insert_new
from reminders.calendars import workdays_of
from reminders.deadlines import Deadline, Key, Scope, open_deadlines
from reminders.ladder import DEFAULT, Rungs, told_on
from reminders.models import Ladder, Message, Notice, Planned, Snooze, UnitSettings
from reminders.models.message import ASSIGNED
from reminders.models.settings import QUIET_TO
from reminders.people import Reach, reach_of, responsible
from reminders.states import MessageState
from reminders.workdays import WorkDays
from units.models import Membership

_BATCH = 300
_COLLECTED_FOR = dt.timedelta(minutes=10)
"""So long what somebody becomes responsible for is collected into one message."""
_MOVED_AT_MOST = dt.timedelta(days=400)
"""What was told with a day so much older is read no more; a deadline put off by more is told as a new one."""
_LONGEST_SKIP = 31
"""Days: what was skipped before is not even told as missed."""
_SKIPPED = "Chương trình không chạy ngày này."
_NO_WAY = "Người này chưa có tài khoản, chưa có thư điện tử."
_FOLDED = "Gộp vào lời nhắc ngày {:%d/%m/%Y}."

_MESSAGE = (
    "unit",
    "person",
    "channel",
    "purpose",
    "day",
    "state",
    "next_try_at",
    "ended_at",
    "address",
    "result",
    "attempts",
    "is_moot",
    "subject",
    "content",
)
_NOTICE = ("message", "kind", "subject", "slot", "due", "rung", "person", "channel")
_Channel, _Purpose = Message.Channel, Message.Purpose


@dataclass(slots=True)
class PlannedCounts:
    messages: int = 0
    notices: int = 0
    missed: int = 0
    """Notices that would have gone out on skipped days and are too old by now."""

    def __iadd__(self, other: PlannedCounts) -> PlannedCounts:
        self.messages += other.messages
        self.notices += other.notices
        self.missed += other.missed
        return self


def plan(moment: dt.datetime, *, at_once: bool, units: Collection[int] | None = None) -> PlannedCounts:
    """Plan what is due at ``moment`` for every unit in which somebody works with the program, or for ``units``.

    ``at_once``: neither quiet hours nor the ten minutes of collecting are waited for.
    """
    counts = PlannedCounts()
    found = _units_at_work(moment) if units is None else sorted(units)
    for start in range(0, len(found), _BATCH):
        with transaction.atomic():
            counts += _Batch(found[start : start + _BATCH], moment, at_once=at_once).plan()
    return counts


def _units_at_work(moment: dt.datetime) -> list[int]:
    held = Membership.objects.on(timezone.localdate(moment)).filter(user__is_active=True)
    return list(held.order_by("unit").values_list("unit", flat=True).distinct())


class _Line(NamedTuple):
    """What makes one message."""

    unit: int
    person: int
    channel: str
    purpose: str
    day: dt.date


_Told = tuple[Deadline, int]
"""A deadline and its rung."""


@dataclass(slots=True)
class _Batch:
    units: list[int]
    moment: dt.datetime
    at_once: bool
    lines: dict[_Line, list[_Told]] = field(default_factory=lambda: defaultdict(list))
    places: dict[tuple[int, int, str, dt.date], list[list[_Told]]] = field(default_factory=dict)
    """Into which of the lines goes what is told to a person."""
    reach: Mapping[int, Reach] = field(default_factory=dict)
    day: dt.date = field(init=False)

    def __post_init__(self) -> None:
        self.day = timezone.localdate(self.moment)

    def plan(self) -> PlannedCounts:
        days = workdays_of(self.units)
        planned_up_to = _lock(self.units, self.day)
        to_plan = self._whose_day_begins(planned_up_to, days)
        deadlines = open_deadlines(Scope(units=self.units))
        people = responsible(deadlines)
        self.reach = reach_of({person for persons in people.values() for person in persons})
        self._tell_rungs([one for one in deadlines if one.unit_id in to_plan], people, planned_up_to, days)
        self._tell_assigned(deadlines, people)
        counts = self._write()
        Planned.objects.filter(unit__in=to_plan).update(day=self.day)
        self._fold_unsent()
        if self.at_once:
            waiting = Message.objects.filter(unit__in=self.units, state=MessageState.DUE, attempts=0)
            waiting.filter(next_try_at__gt=self.moment).update(next_try_at=self.moment)
        return counts

    # -- When ------------------------------------------------------------------------------

    def _whose_day_begins(self, planned_up_to: Mapping[int, dt.date], days: Mapping[int, WorkDays]) -> set[int]:
        """Units whose digest of today is not planned, on a working day, once their quiet hours are over.

        On days off nothing is planned: what was skipped before them is caught up on the next working day.
        """
        ends = dict(UnitSettings.objects.filter(unit__in=self.units).values_list("unit", "quiet_to"))
        now = timezone.localtime(self.moment).time()
        return {
            unit
            for unit in self.units
            if planned_up_to[unit] < self.day
            and days[unit].is_working(self.day)
            and (self.at_once or now >= ends.get(unit, QUIET_TO))
        }

    # -- What ------------------------------------------------------------------------------

    def _tell_rungs(
        self,
        deadlines: list[Deadline],
        people: Mapping[Key, tuple[int, ...]],
        planned_up_to: Mapping[int, dt.date],
        days: Mapping[int, WorkDays],
    ) -> None:
        """The newest rung since the last planning goes into today's digest; skipped ones before it are missed."""
        ladders = _ladders(self.units)
        snoozed = _snoozed(self.units, self.day)
        told = _ToldOn()
        for deadline in deadlines:
            if deadline.key in snoozed:
                continue
            rungs = ladders.get((deadline.unit_id, deadline.kind), DEFAULT)
            since = max(planned_up_to[deadline.unit_id], self.day - dt.timedelta(days=_LONGEST_SKIP))
            found = told.since(since, self.day, rungs, days[deadline.unit_id], deadline.due)
            persons = people[deadline.key] if found else ()
            for place, (day, rung) in enumerate(reversed(found)):
                for person in persons:
                    self._add(deadline, person, _Purpose.DIGEST, day if place else self.day, rung)

    def _tell_assigned(self, deadlines: list[Deadline], people: Mapping[Key, tuple[int, ...]]) -> None:
        """Who is responsible and was never told so. Joins today's digest where there is one."""
        known = self._who_knows(deadlines)
        with_digest = {(line.unit, line.person) for line in self.lines if line.day == self.day}
        for deadline in deadlines:
            key = deadline.key
            told = known.get(key, ())
            for person in people[key]:
                if person not in told:
                    joins = (deadline.unit_id, person) in with_digest
                    self._add(deadline, person, _Purpose.DIGEST if joins else _Purpose.ASSIGNED, self.day, ASSIGNED)

    def _who_knows(self, deadlines: list[Deadline]) -> dict[tuple[str, int, int], set[int]]:
        """Deadline → persons who were told that they are responsible."""
        oldest = min((one.due for one in deadlines), default=self.day) - _MOVED_AT_MOST
        rows = Notice.objects.filter(rung=ASSIGNED, message__unit__in=self.units, due__gte=oldest).order_by()
        known: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        for kind, subject, slot, person in rows.values_list("kind", "subject", "slot", "person"):
            known[kind, subject, slot].add(person)
        return known

    def _add(self, deadline: Deadline, person: int, purpose: str, day: dt.date, rung: int) -> None:
        of = deadline.unit_id, person, purpose, day
        if of not in self.places:
            self.places[of] = [self.lines[line] for line in self._lines_of(*of)]
        for told in self.places[of]:
            told.append((deadline, rung))

    def _lines_of(self, unit: int, person: int, purpose: str, day: dt.date) -> list[_Line]:
        """One for each way in which the person can be told."""
        reach = self.reach.get(person)
        if reach is None:  # taken off the cards between two queries
            return []
        ways = [_Channel.APP] * reach.has_account + [_Channel.MAIL] * bool(reach.address) or [_Channel.NONE]
        return [_Line(unit, person, way, purpose, day) for way in ways]

    # -- Writing ---------------------------------------------------------------------------

    def _write(self) -> PlannedCounts:
        messages = insert_new(Message, _MESSAGE, [self._message(line) for line in self.lines])
        ids = self._message_ids()
        notices = [
            (ids[line], one.kind, one.subject, one.slot, one.due, rung, line.person, line.channel)
            for line, told in self.lines.items()
            if line in ids
            for one, rung in told
        ]
        written = insert_new(Notice, _NOTICE, notices)
        missed = sum(len(told) for line, told in self.lines.items() if line.day < self.day)
        return PlannedCounts(messages, written - missed, missed)

    def _message(self, line: _Line) -> tuple[Any, ...]:
        """Values of ``_MESSAGE``. One that collects since before keeps the new one out: its unique keys."""
        is_skipped, has_no_way = line.day < self.day, line.channel == _Channel.NONE
        is_over = is_skipped or has_no_way
        waits = line.purpose == _Purpose.ASSIGNED and not self.at_once
        return (
            *line,
            MessageState.MISSED if is_over else MessageState.DUE,
            self.moment + _COLLECTED_FOR if waits else self.moment,
            self.moment if is_over else None,
            self.reach[line.person].address if line.channel == _Channel.MAIL else "",
            _SKIPPED if is_skipped else _NO_WAY if has_no_way else "",
            0,
            False,
            "",
            {},
        )

    def _message_ids(self) -> dict[_Line, int]:
        """Messages into which the lines of this batch may still go; locked, so that none is sent meanwhile."""
        is_collecting = Q(purpose=_Purpose.ASSIGNED, state=MessageState.DUE)
        is_of_a_day = Q(purpose=_Purpose.DIGEST, day__in={line.day for line in self.lines})
        has_no_way = Q(channel=_Channel.NONE, day=self.day)
        rows = Message.objects.filter(is_collecting | is_of_a_day | has_no_way, unit__in=self.units, attempts=0)
        rows = rows.filter(state__in=[MessageState.DUE, MessageState.MISSED], again=None).order_by("pk")
        found: dict[_Line, int] = {}
        for pk, state, unit, person, channel, purpose, of_day in rows.select_for_update(of=("self",)).values_list(
            "pk", "state", "unit", "person", "channel", "purpose", "day"
        ):
            day = self.day if purpose == _Purpose.ASSIGNED else of_day  # one that collects since before midnight
            if state == MessageState.DUE or channel == _Channel.NONE or day < self.day:
                found[_Line(unit, person, channel, purpose, day)] = pk
        return {line: pk for line, pk in found.items() if line in self.lines}

    def _fold_unsent(self) -> None:
        """One digest a day and person: what could not go out on the days before comes with today's."""
        todays = Message.objects.filter(
            unit__in=self.units, purpose=_Purpose.DIGEST, day=self.day, state=MessageState.DUE, again=None
        )
        ways = todays.values_list("pk", "unit", "person", "channel")
        by_way = {tuple(way): pk for pk, *way in ways}
        if not by_way:
            return
        older = Message.objects.filter(
            purpose=_Purpose.DIGEST, day__lt=self.day, state=MessageState.DUE, again=None, unit__in=self.units
        )
        for pk, *way in list(older.values_list("pk", "unit", "person", "channel")):
            if newest := by_way.get(tuple(way)):
                ended = {"state": MessageState.MISSED, "is_moot": True, "ended_at": self.moment}
                if older.filter(pk=pk).update(**ended, result=_FOLDED.format(self.day)):
                    Notice.objects.filter(message=pk).update(message=newest)


class _ToldOn:
    """``ladder.told_on`` of each day, ladder and calendar, once."""

    def __init__(self) -> None:
        self._days: dict[tuple[dt.date, Rungs, frozenset], dict[dt.date, int]] = {}

    def since(
        self, last: dt.date, today: dt.date, rungs: Rungs, days: WorkDays, due: dt.date
    ) -> list[tuple[dt.date, int]]:
        """Days after ``last`` up to today on which the deadline is told, the oldest first, each with its rung."""
        found, own = [], frozenset(days.own.items())
        for step in range((today - last).days - 1, -1, -1):
            day = today - dt.timedelta(days=step)
            key = (day, rungs, own)
            if key not in self._days:
                self._days[key] = told_on(day, rungs, days)
            if (rung := self._days[key].get(due)) is not None:
                found.append((day, rung))
        return found


def _lock(units: Iterable[int], day: dt.date) -> dict[int, dt.date]:
    """Up to which day each unit is planned, locked until the batch is written. New ones begin yesterday."""
    units = list(units)
    known = set(Planned.objects.filter(unit__in=units).values_list("unit", flat=True))
    new = [Planned(unit_id=unit, day=day - dt.timedelta(days=1)) for unit in units if unit not in known]
    Planned.objects.bulk_create(new, ignore_conflicts=True)
    return dict(Planned.objects.select_for_update().filter(unit__in=units).order_by("unit").values_list("unit", "day"))


def _ladders(units: Collection[int]) -> dict[tuple[int, str], Rungs]:
    return {
        (row.unit_id, row.kind): Rungs(tuple(row.before), row.on_the_day, row.every)
        for row in Ladder.objects.filter(unit__in=units)
    }


def _snoozed(units: Collection[int], day: dt.date) -> set[Key]:
    rows = Snooze.objects.filter(unit__in=units, until__gte=day)
    return {Key(*row) for row in rows.values_list("kind", "subject", "slot")}
