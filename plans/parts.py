"""Parts of a plan that belong to apps above this one: ``campaign``, ``season``.

An app claims its part in ``AppConfig.ready()``. What nobody claims yet is kept word for
word and given back, until its app takes it over by a data migration.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from plans.models import Plan, UnclaimedPart

KNOWN = ("campaign", "season")

Load = Callable[[Plan, Any], None]
"""Write the part's rows for a plan that was just made; runs inside the plan's transaction."""
Dump = Callable[[Plan], Any]
"""Give the part back, or None where the plan has none."""
Find = Callable[[Plan], int | None]
"""The row that holds the part."""


@dataclass(frozen=True, slots=True)
class _Part:
    load: Load
    dump: Dump
    pk_of: Find


_claimed: dict[str, _Part] = {}


def register_part(name: str, load: Load, dump: Dump, pk_of: Find) -> None:
    if name not in KNOWN:
        raise ValueError(f"unknown part of a plan: {name}")
    _claimed[name] = _Part(load, dump, pk_of)


def rows_of_parts(plan: Plan) -> dict[str, int]:
    """Name of a part → the id of its row in the app that claims it: ``{"campaign": 7}``."""
    found = {name: part.pk_of(plan) for name, part in _claimed.items()}
    return {name: pk for name, pk in found.items() if pk is not None}


def load_parts(plan: Plan, contents: Mapping[str, Any]) -> None:
    for name, content in contents.items():
        if part := _claimed.get(name):
            part.load(plan, content)
        else:
            UnclaimedPart.objects.create(plan=plan, name=name, content=content)


def dump_parts(plan: Plan) -> dict[str, Any]:
    contents = {part.name: part.content for part in plan.unclaimed_parts.all()}
    for name, part in _claimed.items():
        content = part.dump(plan)
        if content is not None:
            contents[name] = content
    return contents
