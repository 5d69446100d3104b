"""What a message says: its notices, looked at once more, told in grouped lines that fit on one screen.

Composed when a message is about to be handed over, never before: what was settled, moved to another day or
put off meanwhile, and what somebody else follows by now, is no longer told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reminders import wording
from reminders.calendars import workdays_of
from reminders.costs import lateness_costs
from reminders.deadlines import Deadline, Key, record_url, record_words, still_open
from reminders.lateness import late_words
from reminders.models import Message, Notice, Snooze
from reminders.models.message import ASSIGNED
from reminders.people import reach_of, responsible
from reminders.workdays import WorkDays

_LONGEST_SUBJECT = 200
_GREETING, _CLOSING = "digest_greeting", "digest_closing"


@dataclass(frozen=True, slots=True)
class Line:
    what: str
    due: dt.date
    note: str = ""
    """«quá 2 ngày», «còn 3 ngày làm việc»"""
    origin: str = ""
    url: str = ""
    """Path of the form that records its proof; blank for whoever has no account to open it with."""
    cost: str = ""
    act: str = "Xem"
    """On the link to ``url``."""


@dataclass(frozen=True, slots=True)
class Group:
    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Of a mail, and of the page that shows the same. ``subject`` has a column of its own."""

    subject: str
    greeting: str
    groups: tuple[Group, ...]
    closing: str = ""

    def as_json(self) -> dict[str, Any]:
        groups = [
            {"head": group.head, "lines": [asdict(line) | {"due": line.due.isoformat()} for line in group.lines]}
            for group in self.groups
        ]
        return {"greeting": self.greeting, "groups": groups, "closing": self.closing}

    @classmethod
    def of(cls, message: Message) -> Content | None:
        """As it was said; None as long as nothing was."""
        said = message.content
        if not said:
            return None
        groups = tuple(
            Group(group["head"], tuple(_line(line) for line in group["lines"])) for group in said.get("groups", [])
        )
        return cls(message.subject, said.get("greeting", ""), groups, said.get("closing", ""))


def _line(said: Mapping[str, Any]) -> Line:
    return Line(**{**said, "due": dt.date.fromisoformat(said["due"])})


Composer = Callable[[Sequence[Message], dt.datetime], dict[int, Content | None]]
"""Messages of one purpose, with person and unit, and the moment → by their keys, what each says; None: nothing."""

_composers: dict[str, Composer] = {}


def register_composer(purpose: str, composer: Composer) -> None:
    """For messages that tell something else than deadlines."""
    _composers[purpose] = composer


def compose(messages: Iterable[Message], moment: dt.datetime) -> dict[int, Content | None]:
    """What each of the messages says at ``moment``; None where nothing is left to say.

    In as many queries for several hundred as for one. A re-send says what was said before.
    """
    found: dict[int, Content | None] = {}
    fresh: dict[str, list[Message]] = {}
    for message in messages:
        if message.again_id and (said := Content.of(message)):
            found[message.pk] = said
        else:
            fresh.setdefault(message.purpose, []).append(message)
    for purpose, of_purpose in fresh.items():
        found |= _composers.get(purpose, compose_deadlines)(of_purpose, moment)
    return found


def compose_deadlines(messages: Sequence[Message], moment: dt.datetime) -> dict[int, Content | None]:
    return _Composing(messages, timezone.localdate(moment)).contents()


class _Told(NamedTuple):
    deadline: Deadline
    is_new: bool
    """Told because somebody became responsible, and for nothing else."""


class _Composing:
    """Everything that the messages need, asked for once."""

    def __init__(self, messages: Sequence[Message], day: dt.date) -> None:
        self.messages, self.day = messages, day
        self.notices = _notices_of(messages)
        self.open = still_open({_key(notice) for notices in self.notices.values() for notice in notices})
        self.snoozed = _snoozed(self.open, day)
        self.people = responsible(self.open.values())
        self.costs = lateness_costs(self.open.values(), day)
        self.notes = _Notes(workdays_of({one.unit_id for one in self.open.values()}), day)
        self.reach = reach_of({message.person_id for message in messages})
        self.lines: dict[tuple[Key, bool], Line] = {}
        self.words = wording.wordings_of({message.unit_id for message in messages}, [_GREETING, _CLOSING])

    def contents(self) -> dict[int, Content | None]:
        return {message.pk: self._content(message) for message in self.messages}

    def _content(self, message: Message) -> Content | None:
        told = self._told(message)
        if not told:
            return None
        has_account = message.person_id in self.reach and self.reach[message.person_id].has_account
        sorts = {key: self.notes.sort_of(one) for key, one in told.items()}
        ordered = sorted(told.items(), key=lambda item: (sorts[item[0]], item[1].deadline.due, item[0]))
        groups = tuple(
            Group(_HEADS[sort], tuple(self._line(one.deadline, has_account) for _, one in members))
            for sort, members in groupby(ordered, key=lambda item: sorts[item[0]])
        )
        values = self._values(message, len(told))
        words = self.words[message.unit_id]
        return Content(
            _subject(message, groups, self.day),
            wording.fill(_GREETING, words[_GREETING], values),
            groups,
            wording.fill(_CLOSING, words[_CLOSING], values),
        )

    def _told(self, message: Message) -> dict[Key, _Told]:
        """A deadline that is told on a rung and as new is told once, on its rung."""
        told: dict[Key, _Told] = {}
        for notice in self.notices.get(message.pk, []):
            key = _key(notice)
            deadline = self.open.get(key)
            is_new = notice.rung == ASSIGNED  # then the day does not matter: who was made responsible still is
            if deadline is None or key in self.snoozed or not (is_new or deadline.due == notice.due):
                continue
            if message.person_id in self.people.get(key, ()):
                told[key] = _Told(deadline, is_new and (key not in told or told[key].is_new))
        return told

    def _line(self, deadline: Deadline, has_account: bool) -> Line:
        """Put together once for all who are told."""
        of = deadline.key, has_account
        if of not in self.lines:
            self.lines[of] = self._new_line(deadline, has_account)
        return self.lines[of]

    def _new_line(self, deadline: Deadline, has_account: bool) -> Line:
        cost = self.costs.get(deadline.key)
        return Line(
            " ".join(deadline.what.split()),
            deadline.due,
            self.notes.note_on(deadline),
            " ".join(deadline.origin.split()),
            record_url(deadline) if has_account else "",
            cost.words if cost else "",
            record_words(deadline),
        )

    def _values(self, message: Message, count: int) -> dict[str, str]:
        return {
            wording.READER.name: wording.addressed(message.person),
            wording.UNIT.name: str(message.unit),
            wording.COUNT.name: str(count),
            wording.TODAY.name: f"{self.day:%d/%m/%Y}",
            wording.MY_WORK.name: settings.SITE_URL + reverse("home"),
        }


# -- When a deadline is, in words ------------------------------------------------------

_LATE, _TODAY, _SOON, _NEW = range(4)
_HEADS = {_LATE: "Quá hạn", _TODAY: "Hôm nay", _SOON: "Sắp đến hạn", _NEW: "Việc mới phải theo dõi"}
_COUNTED = {
    _HEADS[_LATE]: "{} việc quá hạn",
    _HEADS[_TODAY]: "{} việc đến hạn hôm nay",
    _HEADS[_SOON]: "{} việc sắp đến hạn",
    _HEADS[_NEW]: "{} việc mới",
}


class _Notes:
    """Working days are counted once for each unit and day."""

    def __init__(self, days: Mapping[int, WorkDays], today: dt.date) -> None:
        self._days, self._today = days, today
        self._counted: dict[tuple[int, dt.date], int] = {}

    def sort_of(self, told: _Told) -> int:
        due, today = told.deadline.due, self._today
        if told.is_new:
            return _NEW
        if due < today:
            return _LATE
        return _TODAY if due == today or self._left(told.deadline) == 0 else _SOON

    def note_on(self, deadline: Deadline) -> str:
        due, today = deadline.due, self._today
        if due < today:
            return late_words(due, today)
        if due == today:
            return "đến hạn hôm nay"
        left = self._left(deadline)
        return f"còn {left} ngày làm việc" if left else "hạn vào ngày nghỉ, cần xong trong hôm nay"

    def _left(self, deadline: Deadline) -> int:
        """Working days until the deadline; a deadline on a day off is that of the day before."""
        of = deadline.unit_id, deadline.due
        if of not in self._counted:
            days = self._days[deadline.unit_id]
            self._counted[of] = days.between(self._today, days.not_after(deadline.due))
        return self._counted[of]


def _subject(message: Message, groups: Sequence[Group], day: dt.date) -> str:
    """What it asks, and the day: the line by which people decide whether to open it."""
    first, count = groups[0].lines[0], sum(len(group.lines) for group in groups)
    if message.purpose == Message.Purpose.ASSIGNED and count == 1:
        subject = f"Việc mới phải theo dõi, hạn {first.due:%d/%m/%Y}: {first.what}"
    elif message.purpose == Message.Purpose.ASSIGNED:
        subject = f"Việc mới phải theo dõi ngày {day:%d/%m/%Y}: {count} việc"
    else:
        counts = ", ".join(_COUNTED[group.head].format(len(group.lines)) for group in groups)
        subject = f"Nhắc việc ngày {day:%d/%m/%Y}: {counts}"
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1].rstrip() + "…"


# -- Rows ------------------------------------------------------------------------------


def _key(notice: Notice) -> Key:
    return Key(notice.kind, notice.subject, notice.slot)


def _notices_of(messages: Sequence[Message]) -> dict[int, list[Notice]]:
    """By the messages' own keys. A re-send has none of its own: it tells those of the first."""
    told_by = {message.pk: message.again_id or message.pk for message in messages}
    while further := _again(told_by[message.pk] for message in messages if message.again_id):
        told_by = {pk: further.get(first, first) for pk, first in told_by.items()}
    by_message: dict[int, list[Notice]] = {}
    for notice in Notice.objects.filter(message__in=set(told_by.values())).order_by("pk"):
        by_message.setdefault(notice.message_id, []).append(notice)
    return {pk: by_message.get(first, []) for pk, first in told_by.items()}


def _again(ids: Iterator[int]) -> dict[int, int]:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = Message.objects.filter(pk__in=wanted, again__isnull=False).order_by()
    return {pk: again for pk, again in rows.values_list("pk", "again") if again}


def _snoozed(keys: Collection[Key], day: dt.date) -> set[Key]:
    rows = Snooze.objects.filter(subject__in={key.subject for key in keys}, until__gte=day).order_by()
    return {Key(*row) for row in rows.values_list("kind", "subject", "slot")}
