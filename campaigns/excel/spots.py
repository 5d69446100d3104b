"""The cells of a table of results as rows of a sheet: a target, a place, a period, and what stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from campaigns.measuring import Aim
from campaigns.models import Campaign, Result, Share, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.grid import Place
from campaigns.results.standing import Bearer
from units.models import Part, Unit


class Whole:
    """Stands where a place is named, for the whole unit."""

    pk = 0

    def __str__(self) -> str:
        return "Toàn đơn vị"


WHOLE = Whole()
Where = Part | Unit | Whole
Cell = tuple[int, Bearer | None]
"""Target and bearer; None: the whole."""


@dataclass(slots=True)
class Spot:
    """As a row of the sheet shows it, and as an import compares it."""

    target: Target
    place: Where
    period: Period
    result: Result | None = None
    share: Share | None = None

    @property
    def pk(self) -> tuple[Cell, str]:
        return self.cell, self.period.code

    @property
    def cell(self) -> Cell:
        return self.target.pk, bearer_key(self.place)

    @property
    def bearer(self) -> Part | Unit | None:
        return None if isinstance(self.place, Whole) else self.place

    @property
    def value(self) -> Decimal | None:
        return self.result.value if self.result else None

    @property
    def note(self) -> str:
        """Not the reason why a figure was withdrawn."""
        return self.result.note if self.result and self.value is not None else ""

    @property
    def was(self) -> int | None:
        """By which a file that comes back knows what stood here when it was made."""
        return self.result.pk if self.result else None

    @property
    def measure(self) -> str:
        return self.target.measure

    @property
    def aim(self) -> Aim:
        return Place(self.target, self.bearer, self.share).aim

    @property
    def aim_words(self) -> str:
        return Place(self.target, self.bearer, self.share).aim_words

    def __str__(self) -> str:
        return f"{self.target}, {self.place}"


def bearer_key(place: Where) -> Bearer | None:
    return None if isinstance(place, Whole) else selectors.bearer_of(place)


@dataclass(slots=True)
class Spots:
    """Counted and gone through like the rows of a query."""

    rows: list[Spot]

    def count(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Spot]:
        return iter(self.rows)


@dataclass(slots=True)
class Results:
    """Everything entered for one period, read at once."""

    counted: dict[Cell, Result]
    all: dict[int, Result]
    """Replaced ones too."""

    @classmethod
    def of(cls, campaign: Campaign, period: Period) -> Results:
        """A correction comes after what it replaces, so the newest row of a cell is the one that counts."""
        rows = Result.objects.filter(target__campaign=campaign, period=period.code).order_by("pk")
        found = list(rows.select_related("by__person", "evidence"))
        return cls({cell_of(row): row for row in found}, {row.pk: row for row in found})


def cell_of(result: Result) -> Cell:
    if result.part_id is not None:
        return result.target_id, ("part", result.part_id)
    return result.target_id, ("lower", result.lower_id) if result.lower_id is not None else None


def spots_of(
    campaign: Campaign,
    period: Period,
    *,
    targets: Sequence[Target],
    bearers: Sequence[Part | Unit],
    results: Mapping[Cell, Result],
    with_whole: bool = True,
    with_all: bool = True,
) -> Spots:
    """Of each target the whole, then those who bear it: who was given a share, and who reported.

    ``with_all``: where nobody was given a share of it, everybody.
    """
    shares = selectors.shares_of(campaign)
    rows = []
    for target in targets:
        own = shares.get(target.pk, {})
        if with_whole:
            rows.append(Spot(target, WHOLE, period, results.get((target.pk, None))))
        for bearer in bearers:
            key = selectors.bearer_of(bearer)
            result = results.get((target.pk, key))
            if key in own or result is not None or (with_all and not own):
                rows.append(Spot(target, bearer, period, result, own.get(key)))
    return Spots(rows)
