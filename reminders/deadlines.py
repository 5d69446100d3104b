"""Deadlines, as the apps above collect them: read where they are, kept nowhere, so that none can be stale.

An app registers a ``Collector`` for each kind in ``AppConfig.ready()``. A deadline is open until its
proof is recorded: then its collector no longer gives it, and whoever asks sees that at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

_LONGEST = 200
"""Letters of a line."""


class Key(NamedTuple):
    kind: str
    subject: int
    slot: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due. ``what`` is a line for people, without its day."""

    kind: str
    subject: int
    unit_id: int
    due: dt.date
    what: str
    slot: int = 0
    """Where one subject has several deadlines: the quarter, the period."""
    follower_id: int | None = None
    """The person who follows it; None: the unit's officers."""
    group: int = 0
    """The subject of ``Collector.group_kind`` that it belongs to; 0: none."""
    origin: str = ""
    """Whence it comes: «Kế hoạch công tác năm 2026», «theo Công văn số 1479/SNV-TĐKT»."""

    @property
    def key(self) -> Key:
        return Key(self.kind, self.subject, self.slot)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which deadlines are asked for. None: whatever it is."""

    units: Collection[int] | None = None
    subjects: Collection[int] | None = None
    until: dt.date | None = None
    """Due on that day or before."""


@dataclass(frozen=True, slots=True)
class Collector:
    kind: str
    label: str
    """In settings and filters: «Nhiệm vụ trong kế hoạch»."""
    collect: Callable[[Scope], Iterable[Deadline]]
    """Every open deadline in the scope, in a number of queries that does not grow with it. Kinds that lie
    in the same rows share one function, which gives them all and is called once."""
    record_url: Callable[[Deadline], str]
    """The form that records its proof."""
    page_url: Callable[[Deadline], str]
    """Where it can be read about."""
    group_kind: str = ""
    """«plans.plan»: who watches that subject watches these deadlines."""
    group_label: str = ""
    """«cả kế hoạch»"""
    record_words: str = "Ghi kết quả"
    """On the link to ``record_url``."""

    def open_in(self, scope: Scope) -> list[Deadline]:
        """Of this kind alone."""
        return [deadline for deadline in self.collect(scope) if deadline.kind == self.kind]


_collectors: dict[str, Collector] = {}


def register(collector: Collector) -> None:
    _collectors[collector.kind] = collector


def collectors() -> list[Collector]:
    """In the order in which they were registered."""
    return list(_collectors.values())


def collector_of(kind: str) -> Collector | None:
    return _collectors.get(kind)


def open_deadlines(scope: Scope) -> list[Deadline]:
    """Of every kind, the nearest day first."""
    functions = dict.fromkeys(collector.collect for collector in collectors())
    found = [deadline for collect in functions for deadline in collect(scope)]
    return sorted(found, key=lambda deadline: (deadline.due, deadline.kind, deadline.subject, deadline.slot))


def still_open(keys: Iterable[Key]) -> dict[Key, Deadline]:
    """Those of the keys that are open now, as they are now."""
    subjects: dict[str, set[int]] = {}
    for key in keys:
        subjects.setdefault(key.kind, set()).add(key.subject)
    found: dict[Key, Deadline] = {}
    for kind, ids in subjects.items():
        if collector := collector_of(kind):
            found |= {deadline.key: deadline for deadline in collector.open_in(Scope(subjects=ids))}
    return found


def record_url(deadline: Deadline) -> str:
    return _collectors[deadline.kind].record_url(deadline)


def record_words(deadline: Deadline) -> str:
    return _collectors[deadline.kind].record_words


def page_url(deadline: Deadline) -> str:
    return _collectors[deadline.kind].page_url(deadline)


def as_line(text: str) -> str:
    """What a deadline says stands on one line, however long the row that it comes from."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


def unit_in_force(today: dt.date) -> Q:
    """Of rows with a ``unit``: it is still in force. What a dissolved one left undone, its heirs plan anew."""
    return Q(unit__valid_to=None) | Q(unit__valid_to__gte=today)
