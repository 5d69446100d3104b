"""Lines on a plan's page that lead to what the apps above made of it: registered in their ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from plans.models import Plan


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    """«Phong trào»"""
    words: str
    url: str


Links = Callable[[Plan, Any], Iterable[Link]]
"""Plan, user who reads its page; without a query where the plan is of no kind that matters."""

_links: list[Links] = []


def register_links(links: Links) -> None:
    _links.append(links)


def links_of(plan: Plan, user: Any) -> list[Link]:
    return [link for links in _links for link in links(plan, user)]
