"""What apps on the floors above do with deliveries and say about them: registered in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from documents.models import Delivery


@dataclass(frozen=True, slots=True)
class Fact:
    """A line on the page of a delivery, for both sides."""

    label: str
    words: str
    note: str = ""


Watcher = Callable[[Sequence[Delivery]], None]
"""Deliveries that were just sent or withdrawn; called in the transaction of the act."""
Facts = Callable[[Delivery, Any], Iterable[Fact]]
"""Delivery, user who reads its page."""

_watchers: list[Watcher] = []
_facts: list[Facts] = []


def register_watcher(watcher: Watcher) -> None:
    _watchers.append(watcher)


def register_facts(facts: Facts) -> None:
    _facts.append(facts)


def moved(deliveries: Sequence[Delivery]) -> None:
    for watcher in _watchers:
        watcher(deliveries)


def facts_of(delivery: Delivery, user: Any) -> list[Fact]:
    return [fact for facts in _facts for fact in facts(delivery, user)]
