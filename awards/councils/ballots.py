"""Who casts a ballot at a sitting, and on what it is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from awards.councils.sums import Base, Counts
from awards.models import Item, Recusal, Seat, Sitting
from awards.models.common import RouteKind

Presence = Seat.Presence
COUNT_FIELDS = ("yes", "no", "blank", "written_yes", "written_no")


def has_ballots(sitting: Sitting) -> bool:
    """Ballot papers are handed out and counted; else hands are."""
    return sitting.medium == Sitting.Medium.PAPER and sitting.route in (RouteKind.SECRET, RouteKind.WRITTEN)


def casts_ballot(sitting: Sitting, seat: Seat) -> bool:
    """Of a round of written opinions everybody who answers does; else whoever is there."""
    if sitting.route == RouteKind.WRITTEN:
        return seat.presence in (Presence.PRESENT, Presence.WRITTEN)
    return seat.presence == Presence.PRESENT


@dataclass(frozen=True, slots=True)
class House:
    """The seats of one sitting with who steps back from what, read once."""

    sitting: Sitting
    seats: tuple[Seat, ...]
    recused: Mapping[int, frozenset[int]]
    """Item → seats."""

    @property
    def members(self) -> int:
        return len(self.seats)

    @property
    def voters(self) -> list[Seat]:
        return [seat for seat in self.seats if casts_ballot(self.sitting, seat)]

    @property
    def writers(self) -> list[Seat]:
        """Absent ones whose written opinions are added to the ballots."""
        if self.sitting.route == RouteKind.WRITTEN:
            return []
        return [seat for seat in self.seats if seat.presence == Presence.WRITTEN]

    def base_of(self, item: Item) -> Base:
        voters, writers = self.voters, self.writers
        away = self.recused.get(item.pk, frozenset())
        valid = self.sitting.valid if has_ballots(self.sitting) else len(voters)
        return Base(
            present=len(voters),
            written=len(writers),
            valid=valid,
            recused_present=sum(seat.pk in away for seat in voters),
            recused_written=sum(seat.pk in away for seat in writers),
        )

    def waiting(self, items: Iterable[Item]) -> list[Seat]:
        """Who has a ballot in the program and has not cast it."""
        names = [item.pk for item in items if item.outcome != Item.Outcome.PUT_OFF]
        return [
            seat
            for seat in self.voters
            if not seat.has_voted and any(seat.pk not in self.recused.get(pk, frozenset()) for pk in names)
        ]


def house_of(sitting: Sitting) -> House:
    """Two queries."""
    recused: dict[int, set[int]] = {}
    for seat, item in Recusal.objects.filter(item__sitting=sitting).values_list("seat_id", "item_id"):
        recused.setdefault(item, set()).add(seat)
    seats = tuple(sitting.seats.select_related("person__user"))
    return House(sitting, seats, {item: frozenset(found) for item, found in recused.items()})


def counts_of_item(item: Item) -> Counts:
    return Counts(**{name: getattr(item, name) for name in COUNT_FIELDS})
