"""The leaders' weekly digest: what is late, what falls due this week, which requests still wait for somebody.

A switch of the unit (``UnitSettings.leader_weekly``), off unless somebody turns it on. It goes to leaders of
that very unit and to nobody else: no lateness is reported upward by machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils import timezone

from reminders import wording
from reminders.asking.deadlines import KIND as REQUEST
from reminders.calendars import workdays_of
from reminders.costs import lateness_costs
from reminders.deadlines import Deadline, Key, Scope, open_deadlines, page_url
from reminders.digests import Content, Group, Line
from reminders.lateness import late_words
from reminders.models import Message, Notice, Planned, UnitSettings
from reminders.models.settings import QUIET_TO
from reminders.people import Reach, officers_of, reach_of
from reminders.states import MessageState
from reminders.workdays import WorkDays
from units.models import Membership, Person

MOST_LINES = 20
"""In one group; the head says how many there are."""
_GREETING = "weekly_greeting"
_CLOSING = "Bản tổng hợp này chỉ gửi lãnh đạo của đơn vị. Cán bộ bật hoặc tắt ở «Cách nhắc việc»."
_LEADER = Membership.Role.LEADER
_Channel, _Purpose = Message.Channel, Message.Purpose


class Week(NamedTuple):
    monday: dt.date
    sunday: dt.date


def week_of(day: dt.date) -> Week:
    monday = day - dt.timedelta(days=day.weekday())
    return Week(monday, monday + dt.timedelta(days=6))


def week_words(day: dt.date) -> str:
    """«tuần từ 16/11/2026 đến 22/11/2026», as ``{tuan}`` names it."""
    monday, sunday = week_of(day)
    return f"tuần từ {monday:%d/%m/%Y} đến {sunday:%d/%m/%Y}"


# -- Planning --------------------------------------------------------------------------


def plan_weekly(moment: dt.datetime, *, at_once: bool, units: Collection[int] | None = None) -> int:
    """Rows for leaders whose week begins at ``moment``; how many are new. In a fixed number of queries.

    Call it before ``planning.plan`` moves ``Planned`` on: by that row it knows whether this week's first
    working day was already planned. Where the program did not run on that day, the digest goes out on the
    next one; where the switch is turned on in the middle of a week, next week. ``at_once``: quiet hours
    are not waited for.
    """
    day = timezone.localdate(moment)
    wanted = _whose_week_begins(moment, day, at_once, units)
    leaders = officers_of(wanted, _LEADER) if wanted else {}
    reach = reach_of({person for persons in leaders.values() for person in persons})
    rows = [
        _message(unit, person, way, reach[person], day, moment)
        for unit, persons in leaders.items()
        for person in persons
        if person in reach
        for way in _ways(reach[person])
    ]
    before = _planned(wanted, day)
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return _planned(wanted, day) - before


def _whose_week_begins(moment: dt.datetime, day: dt.date, at_once: bool, units: Collection[int] | None) -> list[int]:
    switched_on = UnitSettings.objects.filter(leader_weekly=True).order_by("pk")
    if units is not None:
        switched_on = switched_on.filter(unit__in=units)
    ends = dict(switched_on.values_list("unit", "quiet_to"))
    planned = dict(Planned.objects.filter(unit__in=ends).values_list("unit", "day"))
    days = workdays_of(list(ends))
    now, yesterday = timezone.localtime(moment).time(), day - dt.timedelta(days=1)
    return [
        unit
        for unit, quiet_to in ends.items()
        if days[unit].is_working(day)
        and planned.get(unit, yesterday) < _first_working_day(day, days[unit])
        and (at_once or now >= (quiet_to or QUIET_TO))
    ]


def _first_working_day(day: dt.date, days: WorkDays) -> dt.date:
    """Of the week of ``day``."""
    return days.after(week_of(day).monday - dt.timedelta(days=1), 1)


def _ways(reach: Reach) -> Sequence[str]:
    return [_Channel.APP] * reach.has_account + [_Channel.MAIL] * bool(reach.address)


def _message(unit: int, person: int, way: str, reach: Reach, day: dt.date, moment: dt.datetime) -> Message:
    return Message(
        unit_id=unit,
        person_id=person,
        channel=way,
        purpose=_Purpose.WEEKLY,
        day=day,
        next_try_at=moment,
        address=reach.address if way == _Channel.MAIL else "",
    )


def _planned(units: Collection[int], day: dt.date) -> int:
    return Message.objects.filter(unit__in=units, purpose=_Purpose.WEEKLY, day=day, again=None).count()


# -- What it says ----------------------------------------------------------------------


def compose_weekly(messages: Sequence[Message], moment: dt.datetime) -> dict[int, Content | None]:
    """A composer of ``reminders.digests``: once for each unit, addressed to each leader.

    None for whoever is no longer a leader there, where the switch was turned off meanwhile, and where
    there is nothing to tell.
    """
    day = timezone.localdate(moment)
    units = {message.unit_id for message in messages}
    still_on = set(UnitSettings.objects.filter(unit__in=units, leader_weekly=True).values_list("unit", flat=True))
    leaders = officers_of(still_on, _LEADER)
    summaries = _summaries(still_on, day)
    words = wording.wordings_of(units, [_GREETING])
    found: dict[int, Content | None] = {}
    for message in messages:
        summary = summaries.get(message.unit_id)
        is_told = summary is not None and message.person_id in leaders.get(message.unit_id, [])
        values = {
            wording.READER.name: wording.addressed(message.person),
            wording.UNIT.name: str(message.unit),
            wording.WEEK.name: week_words(day),
            wording.TODAY.name: f"{day:%d/%m/%Y}",
        }
        greeting = wording.fill(_GREETING, words[message.unit_id][_GREETING], values)
        found[message.pk] = summary.content(greeting, day) if summary and is_told else None
    return found


@dataclass(slots=True)
class _Summary:
    """Of one unit."""

    late: list[Line] = field(default_factory=list)
    due: list[Line] = field(default_factory=list)
    asked: list[Line] = field(default_factory=list)
    settled: int = 0

    def content(self, greeting: str, day: dt.date) -> Content | None:
        told = [
            ("Quá hạn", "{} việc quá hạn", self.late),
            ("Đến hạn trong tuần", "{} việc đến hạn trong tuần", self.due),
            ("Yêu cầu còn nơi chưa gửi", "{} yêu cầu còn nơi chưa gửi", self.asked),
        ]
        groups = tuple(Group(_head(head, lines), tuple(lines[:MOST_LINES])) for head, _, lines in told if lines)
        if not groups:
            return None
        counts = ", ".join(counted.format(len(lines)) for _, counted, lines in told if lines)
        closing = (
            f"Trong số việc đã nhắc tuần trước, {self.settled} việc đã xong hoặc không còn phải làm.\n"
            if self.settled
            else ""
        )
        return Content(
            f"Tổng hợp tuần từ {week_of(day).monday:%d/%m/%Y}: {counts}", greeting, groups, closing + _CLOSING
        )


def _head(head: str, lines: list[Line]) -> str:
    return f"{head} (nêu {MOST_LINES} trong {len(lines)} việc)" if len(lines) > MOST_LINES else head


def _summaries(units: Collection[int], day: dt.date) -> dict[int, _Summary]:
    """By unit. What is open is asked once for all of them."""
    found = {unit: _Summary() for unit in units}
    deadlines = open_deadlines(Scope(units=units)) if units else []
    sunday, days = week_of(day).sunday, workdays_of(units)
    told = [one for one in deadlines if one.kind == REQUEST or one.due <= sunday]
    costs = lateness_costs(told, day)
    followers = _names({one.follower_id for one in told if one.follower_id})
    for one in told:
        cost = costs.get(one.key)
        line = Line(
            " ".join(one.what.split()),
            one.due,
            _note(one, day, days[one.unit_id], followers.get(one.follower_id or 0, "")),
            " ".join(one.origin.split()),
            page_url(one),
            cost.words if cost else "",
        )
        summary = found[one.unit_id]
        lines = summary.asked if one.kind == REQUEST else summary.late if one.due < day else summary.due
        lines.append(line)
    for unit, count in _settled(units, deadlines, day).items():
        found[unit].settled = count
    return found


def _note(deadline: Deadline, day: dt.date, days: WorkDays, follower: str) -> str:
    if deadline.due < day:
        when = late_words(deadline.due, day)
    else:
        when = "đến hạn hôm nay" if deadline.due == day else f"còn {days.between(day, deadline.due)} ngày làm việc"
    return f"{when}; theo dõi: {follower}" if follower else when


def _names(people: Iterable[int]) -> dict[int, str]:
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "full_name"))


def _settled(units: Collection[int], still_open: Sequence[Deadline], day: dt.date) -> Mapping[int, int]:
    """How many of the deadlines that somebody was told of last week are open no more."""
    monday = week_of(day).monday
    told = Notice.objects.filter(
        message__unit__in=units,
        message__day__gte=monday - dt.timedelta(days=7),
        message__day__lt=monday,
        message__state=MessageState.SENT,
    )
    open_keys = {one.key for one in still_open}
    counts: dict[int, int] = {}
    rows = told.order_by().values_list("message__unit", "kind", "subject", "slot").distinct()
    for unit, kind, subject, slot in rows:
        if Key(kind, subject, slot) not in open_keys:
            counts[unit] = counts.get(unit, 0) + 1
    return counts
