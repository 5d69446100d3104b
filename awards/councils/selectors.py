"""Reads of the council's room, scoped to the user; and the facts of a sitting for its papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from awards import votes
from awards.councils.ballots import counts_of_item, house_of
from awards.councils.seating import day_of
from awards.councils.sums import percent_of
from awards.models import CouncilMember, Item, Recusal, Seat, Sitting
from awards.rules import SECRETARIES
from awards.selectors import visible_council, visible_sittings
from awards.shipped import award_name
from awards.states import SittingState
from units.models import Person, Unit
from units.selectors import readable_unit_ids, units_to_work_for


def units_with_council(user: Any) -> list[Unit]:
    """Those whose council the user may read."""
    rows = Unit.objects.filter(pk__in=readable_unit_ids(user)).select_related("parent")
    return list(rows.order_by("name", "pk"))


def council_rows(user: Any, unit: Unit) -> QuerySet[CouncilMember]:
    return visible_council(user).filter(unit=unit).order_by("order", "pk")


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).order_by("full_name", "pk"))


def units_to_sit_for(user: Any) -> list[Unit]:
    return units_to_work_for(user, *SECRETARIES)


def sittings_for_list(user: Any) -> QuerySet[Sitting]:
    """With how many names, passed ones apart."""
    return visible_sittings(user).annotate(
        item_count=Count("items", distinct=True),
        passed_count=Count("items", filter=Q(items__outcome=Item.Outcome.PASSED), distinct=True),
    )


def items_for_page(sitting: Sitting) -> list[Item]:
    """Two queries, however long the list is."""
    recusals = Prefetch("recusals", Recusal.objects.select_related("seat").order_by("seat__order"))
    rows = sitting.items.select_related("nominee__proposal__part", "nominee__proposal__lower", "nominee__subject")
    found = list(rows.prefetch_related(recusals).order_by("order", "pk"))
    for item in found:
        item.sitting = sitting
    return found


def seat_of(user: Any, sitting: Sitting) -> Seat | None:
    return sitting.seats.filter(person=getattr(user, "person_id", None) or 0).first()


# -- For papers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SeatFacts:
    name: str
    post: str
    role: str
    presence: str
    is_teller: bool
    honorific: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    order: int
    name: str
    honorific: str
    kind: str
    post: str
    workplace: str
    award: str
    award_name: str
    year: int
    achievement: str
    yes: int | None
    no: int | None
    blank: int | None
    written_yes: int
    written_no: int
    in_favour: int
    percent: str
    """Of all members, cut to a tenth: «88,8 %»."""
    needed: int
    needed_percent: int | None
    """None: more than half."""
    outcome: str
    note: str
    recused: tuple[tuple[str, str], ...]
    """Name and reason."""
    nominee: int


@dataclass(frozen=True, slots=True)
class SittingFacts:
    name: str
    unit: str
    day: dt.date
    at: dt.datetime | None
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    place: str
    route: str
    medium: str
    is_closed: bool
    members: int
    seats: tuple[SeatFacts, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    written: tuple[str, ...]
    recused: tuple[tuple[str, str, str], ...]
    """Member, nominee, reason."""
    tellers: tuple[str, ...]
    is_quorate: bool
    quorum: str
    issued: int | None
    collected: int | None
    valid: int | None
    items: tuple[ItemFacts, ...]
    opinions: str
    conclusion: str
    """The council's own, else the drafted one."""

    @property
    def passed(self) -> tuple[ItemFacts, ...]:
        return self._with(Item.Outcome.PASSED)

    @property
    def failed(self) -> tuple[ItemFacts, ...]:
        return self._with(Item.Outcome.FAILED)

    @property
    def put_off(self) -> tuple[ItemFacts, ...]:
        return self._with(Item.Outcome.PUT_OFF)

    def _with(self, outcome: str) -> tuple[ItemFacts, ...]:
        return tuple(item for item in self.items if item.outcome == outcome)


def facts_of(sitting: Sitting) -> SittingFacts:
    """All that minutes and count record say. Counts of a vote in the program stand here once it is closed."""
    house, items = house_of(sitting), items_for_page(sitting)
    by_presence: dict[str, list[str]] = {}
    for seat in house.seats:
        by_presence.setdefault(seat.presence, []).append(seat.name)
    facts = tuple(_item_facts(item, house.members) for item in items)
    quorum = votes.Quorum(sitting.quorum)
    return SittingFacts(
        name=sitting.name,
        unit=sitting.unit.title,
        day=day_of(sitting),
        at=sitting.at,
        opened_at=sitting.opened_at,
        closed_at=sitting.closed_at,
        place=sitting.place,
        route=sitting.route,
        medium=sitting.medium,
        is_closed=sitting.state == SittingState.CLOSED,
        members=house.members,
        seats=tuple(_seat_facts(seat) for seat in house.seats),
        present=tuple(by_presence.get(Seat.Presence.PRESENT, [])),
        absent=tuple(by_presence.get(Seat.Presence.ABSENT, [])),
        written=tuple(by_presence.get(Seat.Presence.WRITTEN, [])),
        recused=tuple((name, item.name, reason) for item in facts for name, reason in item.recused),
        tellers=tellers_of(sitting, house.seats),
        is_quorate=votes.is_quorate(len(house.voters), house.members, quorum),
        quorum=votes.QUORUM_WORDS[quorum],
        issued=sitting.issued,
        collected=sitting.collected,
        valid=sitting.valid,
        items=facts,
        opinions=sitting.opinions,
        conclusion=sitting.conclusion or drafted_conclusion(facts),
    )


def _seat_facts(seat: Seat) -> SeatFacts:
    role, presence = seat.get_role_display(), seat.get_presence_display()
    return SeatFacts(seat.name, seat.post, role, presence, seat.is_teller, seat.person.honorific)


def tellers_of(sitting: Sitting, seats: tuple[Seat, ...]) -> tuple[str, ...]:
    others = [line.strip() for line in sitting.tellers.splitlines() if line.strip()]
    return (*(seat.name for seat in seats if seat.is_teller), *others)


def _item_facts(item: Item, members: int) -> ItemFacts:
    nominee, counts = item.nominee, counts_of_item(item)
    return ItemFacts(
        order=item.order,
        name=nominee.name,
        honorific=nominee.honorific,
        kind=nominee.kind,
        post=nominee.post,
        workplace=nominee.workplace or str(nominee.proposal),
        award=nominee.award,
        award_name=award_name(nominee.award),
        year=nominee.year,
        achievement=nominee.achievement,
        yes=item.yes,
        no=item.no,
        blank=item.blank,
        written_yes=item.written_yes,
        written_no=item.written_no,
        in_favour=counts.in_favour,
        percent=percent_of(counts.in_favour, members),
        needed=votes.needed(members, item.percent),
        needed_percent=item.percent,
        outcome=item.outcome,
        note=item.note,
        recused=tuple((one.seat.name, one.reason) for one in item.recusals.all()),
        nominee=nominee.pk,
    )


def drafted_conclusion(items: tuple[ItemFacts, ...]) -> str:
    """By award: how many passed, by name where some did not. Blank while nothing is decided."""
    lines = []
    for award in dict.fromkeys(item.award_name for item in items):
        of_award = [item for item in items if item.award_name == award and item.outcome]
        passed = [item for item in of_award if item.outcome == Item.Outcome.PASSED]
        others = [item for item in of_award if item.outcome == Item.Outcome.FAILED]
        later = [item for item in of_award if item.outcome == Item.Outcome.PUT_OFF]
        if not of_award:
            continue
        line = f"{award}: thông qua {len(passed)}/{len(of_award)} đối tượng đề nghị."
        if others:
            line += f" Không thông qua: {', '.join(item.name for item in others)}."
        if later:
            line += f" Để lại xét sau: {', '.join(item.name for item in later)}."
        lines.append(line)
    return "\n".join(lines)
