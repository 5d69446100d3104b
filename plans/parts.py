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
Begin = Callable[[Plan], None]
"""Write rows for a plan whose file has no such part, in the same transaction; nobody at a screen has asked for it."""
Dump = Callable[[Plan], Any]
"""Give the part back, or None where the plan has none."""
Find = Callable[[Plan], int | None]
"""The row that holds the part."""
CarryOver = Callable[[Any], Any]
"""The part's content as a plan of a later year begins with it: without what was only of its own year."""
Discard = Callable[..., None]
"""``discard(plan, actor=…)`` removes the part's rows with the draft. Raise ``PlanIsClosed`` to refuse."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a plan's page says of a part, and where to look at it."""

    words: str
    """«Đã lập phong trào với 24 chỉ tiêu, 2 đợt, 11 chuyên đề»"""
    url: str


Tell = Callable[[Plan], Told | None]


@dataclass(frozen=True, slots=True)
class _Part:
    load: Load
    dump: Dump
    pk_of: Find
    begin: Begin | None
    tell: Tell | None
    carry_over: CarryOver | None
    discard: Discard | None
    join: tuple[str, ...]
    fetch: tuple[str, ...]


_claimed: dict[str, _Part] = {}


def register_part(
    name: str,
    load: Load,
    dump: Dump,
    pk_of: Find,
    *,
    begin: Begin | None = None,
    tell: Tell | None = None,
    carry_over: CarryOver | None = None,
    discard: Discard | None = None,
    join: tuple[str, ...] = (),
    fetch: tuple[str, ...] = (),
) -> None:
    """``join`` and ``fetch``: what ``dump`` reads, by its way from the plan, for ``plans.selectors.with_content``."""
    if name not in KNOWN:
        raise ValueError(f"unknown part of a plan: {name}")
    _claimed[name] = _Part(load, dump, pk_of, begin, tell, carry_over, discard, join, fetch)


def joins() -> list[str]:
    return [name for part in _claimed.values() for name in part.join]


def fetches() -> list[str]:
    return [name for part in _claimed.values() for name in part.fetch]


def rows_of_parts(plan: Plan) -> dict[str, int]:
    """Name of a part → the id of its row in the app that claims it: ``{"campaign": 7}``."""
    found = {name: part.pk_of(plan) for name, part in _claimed.items()}
    return {name: pk for name, pk in found.items() if pk is not None}


def load_parts(plan: Plan, contents: Mapping[str, Any], *, is_of_a_file: bool = False) -> None:
    """``is_of_a_file``: loaded by a command, so what its file lacks may be begun from the plan's own words."""
    for name, content in contents.items():
        if part := _claimed.get(name):
            part.load(plan, content)
        else:
            UnclaimedPart.objects.create(plan=plan, name=name, content=content)
    if is_of_a_file:
        begun = (part.begin for name, part in _claimed.items() if part.begin and name not in contents)
        for begin in begun:
            begin(plan)


def dump_parts(plan: Plan) -> dict[str, Any]:
    """An amending plan has none of its own: it speaks of those of the plan that it amends."""
    plan = plan.amends or plan
    contents = {part.name: part.content for part in plan.unclaimed_parts.all()}
    for name, part in _claimed.items():
        content = part.dump(plan)
        if content is not None:
            contents[name] = content
    return contents


def told_of_parts(plan: Plan) -> list[Told]:
    return [told for part in _claimed.values() if part.tell and (told := part.tell(plan))]


def carried_over(contents: Mapping[str, Any]) -> dict[str, Any]:
    """The parts as a plan made of this one begins with them; what is carried over as None stays behind."""
    carried = {
        name: part.carry_over(content) if (part := _claimed.get(name)) and part.carry_over else content
        for name, content in contents.items()
    }
    return {name: content for name, content in carried.items() if content is not None}


def discard_parts(plan: Plan, *, actor: Any) -> None:
    """Before a draft is deleted. Raise ``PlanIsClosed`` where something hangs on a part that must stay."""
    for part in _claimed.values():
        if part.discard:
            part.discard(plan, actor=actor)
