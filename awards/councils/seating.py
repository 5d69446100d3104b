"""Seats of a sitting, copied from the council of its day, and who must step back from which name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from awards.councils.members import council_on
from awards.models import Item, Recusal, Seat, Sitting
from awards.models.common import RecipientKind, RouteKind
from core.text import fold

HIMSELF = "Là người được đề nghị"
HEADS_IT = "Đứng đầu tập thể được đề nghị"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Somebody of the same name is proposed: perhaps the member himself."""

    seat: Seat
    item: Item


def day_of(sitting: Sitting) -> dt.date:
    return timezone.localdate(sitting.at) if sitting.at else timezone.localdate()


def seat_council(sitting: Sitting) -> None:
    """As it is on the sitting's day; who stays keeps his presence. Only before it is opened."""
    standing_only = sitting.route == RouteKind.STANDING
    members = list(council_on(sitting.unit_id, day_of(sitting), standing_only=standing_only))
    there = {seat.person_id: seat for seat in sitting.seats.all()}
    sitting.seats.exclude(person__in=[one.person_id for one in members]).delete()
    for order, member in enumerate(members, start=1):
        seat = there.get(member.person_id) or Seat(sitting=sitting, person=member.person)
        seat.member, seat.role, seat.order = member, member.role, order
        seat.name, seat.post = member.person.full_name, member.person.post
        seat.save()


def recuse_derived(sitting: Sitting) -> None:
    """Whoever is proposed himself, or heads the collective that is."""
    wanted = derived_recusals(sitting)
    there = set(Recusal.objects.filter(item__sitting=sitting).values_list("seat_id", "item_id"))
    Recusal.objects.bulk_create(
        Recusal(seat_id=seat, item_id=item, reason=reason)
        for (seat, item), reason in wanted.items()
        if (seat, item) not in there
    )


def derived_recusals(sitting: Sitting) -> dict[tuple[int, int], str]:
    """(seat, item) → reason, in two queries."""
    seats = {seat.person_id: seat.pk for seat in sitting.seats.all()}
    found: dict[tuple[int, int], str] = {}
    for item in sitting.items.select_related("nominee__subject__part"):
        subject = item.nominee.subject
        if subject is None:
            continue
        if subject.person_id in seats:
            found[seats[subject.person_id], item.pk] = HIMSELF
        head = subject.part.head_id if subject.part else None
        if subject.kind == RecipientKind.COLLECTIVE and head in seats:
            found[seats[head], item.pk] = HEADS_IT
    return found


def doubts_of(seats: Iterable[Seat], items: Iterable[Item], recused: Iterable[tuple[int, int]]) -> list[Doubt]:
    """Same name, but nobody has said whether it is the same person. ``items`` with ``nominee__subject``."""
    by_name: dict[str, list[Seat]] = {}
    for seat in seats:
        by_name.setdefault(fold(seat.name), []).append(seat)
    known = set(recused)
    return [
        Doubt(seat, item)
        for item in items
        if item.nominee.kind == RecipientKind.PERSON
        and (item.nominee.subject is None or item.nominee.subject.person_id is None)
        for seat in by_name.get(fold(item.nominee.name), [])
        if (seat.pk, item.pk) not in known
    ]
