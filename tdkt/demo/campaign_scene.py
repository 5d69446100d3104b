"""Who plays in the campaigns of the demonstration, and on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from campaigns.models import Campaign
from units.models import Part, Person, Unit, User


@dataclass(frozen=True)
class Scene:
    """As the stage before left it; ``year`` is that of the commune's plan."""

    province: Unit
    communes: Sequence[Unit]
    commune: Unit
    officer: User
    leader: User
    year: int
    today: dt.date

    ONE: ClassVar[dt.timedelta] = dt.timedelta(days=1)

    def not_after(self, day: dt.date) -> dt.date:
        """That day, or today while it is still to come."""
        return min(day, self.today)

    @cached_property
    def villages(self) -> list[Part]:
        return self._parts(Part.Kind.VILLAGE)

    @cached_property
    def schools(self) -> list[Part]:
        return self._parts(Part.Kind.SCHOOL)

    def part(self, name: str) -> Part:
        return Part.objects.get(unit=self.commune, name=name)

    def somebody_of(self, part: Part, place: int = 1) -> Person:
        """Of its people, of whom the first heads it."""
        return Person.objects.filter(part=part).order_by("pk")[place]

    def _parts(self, kind: str) -> list[Part]:
        rows = Part.objects.on(self.today).filter(unit=self.commune, kind=kind)
        return list(rows.select_related("head").order_by("order", "pk"))


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers near the weights, which sum to ``total``: the last bears what rounding leaves."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights[:-1]]
    return [*shares, total - sum(shares)]


def movement_of(campaign: Campaign) -> str:
    """«Phát động phong trào …», as a plan is named → «Phong trào …»."""
    return campaign.title.replace("Phát động phong trào", "Phong trào")


def decimal(figure: float | str) -> Decimal:
    return Decimal(str(figure))
