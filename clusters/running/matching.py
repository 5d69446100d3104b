"""Which unit of the level below, or which part of the organiser, a name means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from units.models import Part, Unit

Place = tuple[str, int]
"""(«unit» or «part», its id)"""


@dataclass(slots=True)
class Places:
    by_name: dict[str, set[Place]] = field(default_factory=dict)

    def add(self, place: Place, *names: str) -> None:
        for name in names:
            self.by_name.setdefault(_key(name), set()).add(place)

    def meant_by(self, name: str) -> Place | None:
        """None where nothing has that very name, or more than one has. Marks count: «Thôn Vân» is not «Thôn Vàn»."""
        found = self.by_name.get(_key(name), set())
        return next(iter(found)) if len(found) == 1 else None


def places_below(organiser: Any, *, unit_model: Any = Unit, part_model: Any = Part) -> Places:
    """In force or ended: a file may be of a year long past."""
    places = Places()
    for pk, designation, name in unit_model.objects.filter(parent_id=organiser.pk).values_list(
        "pk", "designation", "name"
    ):
        places.add(("unit", pk), name, f"{designation} {name}", f"UBND {designation} {name}")
    for pk, name in part_model.objects.filter(unit_id=organiser.pk).values_list("pk", "name"):
        places.add(("part", pk), name)
    return places


def title_of(row: Unit | Part) -> str:
    """As a member is called: «Xã An Bình», «Thôn Đông»."""
    return row.title if isinstance(row, Unit) else row.name


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
