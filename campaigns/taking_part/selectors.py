"""Reads: who could register and who did, how many stand where, who is missing.

Only for those inside the unit (``campaigns.selectors.inside_campaigns``): the caller has asked.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.models import Campaign, Registration
from campaigns.results.selectors import bearer_rows, has_units_below
from campaigns.selectors import inside_campaigns
from campaigns.states import CampaignState, RegistrationState
from documents.models import Delivery
from reminders.asking import selectors as asking
from reminders.models import Answer, Request
from units.models import Part, Person, Unit

KIND = "campaigns.registration"
"""Of its deadline, and of the requests that ask for registrations."""
WAITED_FOR = (CampaignState.DRAFT, CampaignState.RUNNING)
_MOST_USED = 2_000
_MOST_DELIVERIES = 100
_OPEN_FIRST = (RegistrationState.SENT, RegistrationState.RETURNED, RegistrationState.APPROVED)

Place = Part | Unit
PlaceKey = tuple[str, int]


def campaigns_inside(user: Any) -> models.QuerySet[Campaign]:
    return (
        inside_campaigns(user)
        .select_related("unit__parent", "plan__issuer", "plan__paper")
        .prefetch_related("targets")
    )


def visible_registrations(user: Any) -> models.QuerySet[Registration]:
    return for_page(Registration.objects.filter(campaign__in=inside_campaigns(user).order_by().values("pk")))


def for_page(rows: models.QuerySet[Registration]) -> models.QuerySet[Registration]:
    return rows.select_related(
        "campaign__unit", "part", "lower", "person", "by__person", "answer__ask__request", "delivery__paper"
    ).prefetch_related("campaign__targets")


# -- Who could register, and who did ---------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """A place with what it and its people registered."""

    place: Place
    own: Registration | None
    people: tuple[Registration, ...]

    @property
    def is_missing(self) -> bool:
        return self.own is None and not self.people

    @property
    def state(self) -> str:
        """Of its own registration, else the least settled of its people's; empty where nothing came."""
        if self.own is not None:
            return self.own.state
        found = {row.state for row in self.people}
        return next((state.value for state in _OPEN_FIRST if state in found), "")


def key_of(place: Place) -> PlaceKey:
    return ("part" if isinstance(place, Part) else "lower"), place.pk


def could_register(campaign: Campaign, day: dt.date | None = None) -> list[Place]:
    """Villages, schools, bodies in force on the day; of a province or district its units. One query."""
    return list(bearer_rows(campaign, day))


def places_of(campaign: Campaign) -> list[PlaceRows]:
    """All that could register and those besides that did, in the unit's order. Two queries."""
    own: dict[PlaceKey, Registration] = {}
    people: dict[PlaceKey, list[Registration]] = defaultdict(list)
    places = {key_of(place): place for place in could_register(campaign)}
    for row in for_list(campaign):
        place = row.part or row.lower
        if place is None:
            continue
        key = key_of(place)
        places.setdefault(key, place)
        if row.person_id:
            people[key].append(row)
        else:
            own[key] = row
    return [PlaceRows(place, own.get(key), tuple(people[key])) for key, place in places.items()]


def for_list(campaign: Campaign) -> models.QuerySet[Registration]:
    rows = Registration.objects.filter(campaign=campaign).select_related(
        "part__unit", "lower", "person", "answer", "delivery"
    )
    return rows.order_by("person__full_name", "pk")


# -- How many --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counts:
    """Of places; a place of which only people registered stands as they do."""

    missing: int
    waiting: int
    returned: int
    approved: int
    people_waiting: int = 0
    people_returned: int = 0
    people_approved: int = 0
    days_late: int = 0
    """Since the closing day, where somebody is missing."""

    @property
    def total(self) -> int:
        return self.missing + self.waiting + self.returned + self.approved

    @property
    def people(self) -> int:
        return self.people_waiting + self.people_returned + self.people_approved

    def __str__(self) -> str:
        return f"chưa gửi {self.missing}, chờ duyệt {self.waiting}, trả lại {self.returned}, đã duyệt {self.approved}"


def counts(campaign: Campaign, *, day: dt.date | None = None, places: Iterable[Place] | None = None) -> Counts:
    """As they are now; two queries, one where the caller has read who could register (``places``)."""
    today = day or timezone.localdate()
    keys: set[PlaceKey] = {key_of(place) for place in (could_register(campaign, day) if places is None else places)}
    own: dict[PlaceKey, str] = {}
    people: dict[PlaceKey, list[str]] = defaultdict(list)
    rows = Registration.objects.filter(campaign=campaign).order_by("pk")
    for part, lower, person, state in rows.values_list("part", "lower", "person", "state"):
        key: PlaceKey = ("part", part) if part is not None else ("lower", lower)
        keys.add(key)
        if person is None:
            own[key] = state
        else:
            people[key].append(state)
    return _counted(campaign, [own.get(key) or _least_settled(people[key]) for key in keys], people.values(), today)


def counts_of(campaign: Campaign, places: Iterable[PlaceRows], today: dt.date) -> Counts:
    """The same of rows that were read already."""
    rows = list(places)
    people = [[row.state for row in place.people] for place in rows]
    return _counted(campaign, [place.state for place in rows], people, today)


def _counted(campaign: Campaign, states: list[str], people: Iterable[list[str]], today: dt.date) -> Counts:
    everybody = [state for own in people for state in own]
    missing = states.count("")
    return Counts(
        missing,
        waiting=states.count(RegistrationState.SENT),
        returned=states.count(RegistrationState.RETURNED),
        approved=states.count(RegistrationState.APPROVED),
        people_waiting=everybody.count(RegistrationState.SENT),
        people_returned=everybody.count(RegistrationState.RETURNED),
        people_approved=everybody.count(RegistrationState.APPROVED),
        days_late=days_late(campaign, today) if missing else 0,
    )


def _least_settled(states: Collection[str]) -> str:
    return next((state.value for state in _OPEN_FIRST if state in states), "")


def days_late(campaign: Campaign, day: dt.date) -> int:
    """Calendar days since the closing day; 0 where there is none, or nobody waits for registrations any more."""
    if campaign.register_by is None or campaign.state not in WAITED_FOR:
        return 0
    return max(0, (day - campaign.register_by).days)


# -- Who is missing, of many campaigns --------------------------------------------------------


def missing(campaign_ids: Iterable[int], *, day: dt.date | None = None) -> dict[int, list[str]]:
    """Campaign → the names of those of whom nothing came, in the unit's order. Four queries."""
    rows = list(Campaign.objects.filter(pk__in=list(campaign_ids)).select_related("unit").order_by("pk"))
    ids, units = [row.pk for row in rows], {row.unit_id for row in rows}
    came = set(Registration.objects.filter(campaign__in=ids).values_list("campaign", "part", "lower"))
    parts, below = defaultdict(list), defaultdict(list)
    for pk, unit, name in _parts_on(day).filter(unit__in=units).values_list("pk", "unit", "name"):
        parts[unit].append((pk, name))
    for lower in Unit.objects.on(day).filter(parent__in=units).order_by("name", "pk"):
        below[lower.parent_id].append((lower.pk, str(lower)))
    found: dict[int, list[str]] = {}
    for row in rows:
        if has_units_below(row):
            found[row.pk] = [name for pk, name in below[row.unit_id] if (row.pk, None, pk) not in came]
        else:
            found[row.pk] = [name for pk, name in parts[row.unit_id] if (row.pk, pk, None) not in came]
    return found


def missing_count(day: dt.date | None = None) -> models.Case:
    """The same as a number, in the query of campaigns that reads them."""
    came = Registration.objects.filter(campaign=models.OuterRef(models.OuterRef("pk")))
    parts = _parts_on(day).filter(~models.Exists(came.filter(part=models.OuterRef("pk"))))
    units = Unit.objects.on(day).filter(~models.Exists(came.filter(lower=models.OuterRef("pk"))))
    return models.Case(
        models.When(unit__kind=Unit.Kind.COMMUNE, then=_count(parts.filter(unit=models.OuterRef("unit")), "unit")),
        default=_count(units.filter(parent=models.OuterRef("unit")), "parent"),
    )


def _parts_on(day: dt.date | None) -> models.QuerySet[Part]:
    """As ``could_register``: «Các thôn» is no one who registers."""
    return Part.objects.on(day).exclude(kind=Part.Kind.GROUP).order_by("order", "pk")


def _count(rows: models.QuerySet, owner: str) -> Coalesce:
    grouped = rows.order_by().values(owner).annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(grouped, output_field=models.IntegerField()), 0)


# -- What forms offer ------------------------------------------------------------------------


def titles_used(unit: Unit) -> list[str]:
    """By registrations of the unit's campaigns, the newest first."""
    rows = Registration.objects.filter(campaign__unit=unit).exclude(titles="").order_by("-pk")
    return [title for titles in rows.values_list("titles", flat=True)[:_MOST_USED] for title in titles.split("\n")]


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).select_related("part").order_by("full_name", "pk"))


def papers_from_below(campaign: Campaign) -> list[Delivery]:
    """What units below sent to the campaign's unit, the newest first."""
    rows = Delivery.objects.filter(receiver=campaign.unit_id, sender__parent=campaign.unit_id, withdrawn_on=None)
    return list(rows.select_related("paper", "sender").order_by("-sent_on", "-pk")[:_MOST_DELIVERIES])


# -- What was asked for, and came ----------------------------------------------------------------


def requests_of(campaign: Campaign, user: Any) -> list[Request]:
    return list(asking.requests_for([KIND], campaign.pk, user))


def answers_to_take(campaign: Campaign) -> list[Answer]:
    """Of each place that was asked the newest that was not sent back, unless it was taken already."""
    newer = Answer.objects.filter(ask=models.OuterRef("ask"), returned_at=None, pk__gt=models.OuterRef("pk"))
    rows = Answer.objects.filter(
        ~models.Exists(newer),
        ask__request__kind=KIND,
        ask__request__subject=campaign.pk,
        ask__request__unit=campaign.unit_id,
        ask__part__isnull=False,
        returned_at=None,
        taken=None,
    )
    rows = rows.select_related("ask__request", "ask__part__unit").prefetch_related("files")
    return list(rows.order_by("ask__part__order", "pk"))
