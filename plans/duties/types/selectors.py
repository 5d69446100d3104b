"""Reads: the kinds of duties that a unit counts back, its own before the shipped ones of the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from core.text import fold
from plans.duties.countback import Step
from plans.duties.types.shipped import ShippedType, shipped_types
from plans.duties.types.steps import of_json
from plans.models import DutyType
from units.models import Unit
from units.selectors import standing_of


@dataclass(frozen=True, slots=True)
class KnownType:
    key: str
    """In addresses and choices."""
    name: str
    steps: tuple[Step, ...]
    words: tuple[str, ...]
    row: DutyType | None = None
    """The unit's own; None: as shipped."""
    is_shipped: bool = False
    """There is a shipped one of this name: without its own the unit has that."""


def visible_types(user: Any) -> models.QuerySet[DutyType]:
    """Of the units to which the user belongs."""
    return DutyType.objects.filter(unit__in=standing_of(user).unit_ids).select_related("unit")


def types_of(unit: Unit) -> list[KnownType]:
    """The shipped ones in their order, each as the unit has it, then the unit's others. One query."""
    own = {fold(row.name): row for row in DutyType.objects.filter(unit=unit).select_related("unit").order_by("name")}
    known = [_known(shipped, own.pop(fold(shipped.name), None)) for shipped in shipped_types()]
    return known + [_own(row) for row in own.values()]


def suggested(types: Iterable[KnownType], text: str) -> KnownType | None:
    """Of the kinds of which a word stands in the text, the one whose word is longest: it says most."""
    folded = fold(text)
    found = [(len(word), known) for known in types for word in known.words if _stands_in(fold(word), folded)]
    return max(found, key=lambda one: one[0], default=(0, None))[1]


def _stands_in(word: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


def _known(shipped: ShippedType, row: DutyType | None) -> KnownType:
    steps = of_json(row.steps) if row else shipped.steps
    return KnownType(shipped.key, row.name if row else shipped.name, steps, shipped.words, row, is_shipped=True)


def _own(row: DutyType) -> KnownType:
    return KnownType(f"rieng-{row.pk}", row.name, of_json(row.steps), (row.name,), row)
