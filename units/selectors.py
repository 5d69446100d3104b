"""Who belongs where, and what a user may therefore see. One query a request, kept on the user."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from units.models import Invitation, Issuer, Membership, Part, Person, Succession, Unit

_CACHE = "_standing"


@dataclass(frozen=True, slots=True)
class Standing:
    """A user's roles on a day, by unit."""

    day: dt.date
    roles: dict[int, frozenset[str]] = field(default_factory=dict)

    @property
    def unit_ids(self) -> frozenset[int]:
        return frozenset(self.roles)

    def has_role(self, unit_id: int, *wanted: str) -> bool:
        return not self.roles.get(unit_id, frozenset()).isdisjoint(wanted)

    def units_with_role(self, *wanted: str) -> list[int]:
        return [unit_id for unit_id, roles in self.roles.items() if not roles.isdisjoint(wanted)]


def standing_of(user: Any) -> Standing:
    """The user's standing today. Read once per request: the user object carries it."""
    today = timezone.localdate()
    standing = getattr(user, _CACHE, None)
    if standing is None or standing.day != today:
        roles: dict[int, set[str]] = {}
        if user.is_authenticated and user.is_active:
            for unit_id, role in Membership.objects.on(today).filter(user=user).values_list("unit_id", "role"):
                roles.setdefault(unit_id, set()).add(role)
        standing = Standing(today, {unit_id: frozenset(names) for unit_id, names in roles.items()})
        setattr(user, _CACHE, standing)
    return standing


def units_of(user: Any) -> models.QuerySet[Unit]:
    """The units in which the user has a role today."""
    return Unit.objects.filter(pk__in=standing_of(user).unit_ids).select_related("parent")


def units_to_work_for(user: Any, *roles: str) -> list[Unit]:
    """Those in which the user has one of the roles, as a form offers them."""
    own = standing_of(user).units_with_role(*roles)
    return list(Unit.objects.filter(pk__in=own).select_related("parent").order_by("name", "pk"))


def predecessor_ids(unit_ids: Any) -> models.QuerySet:
    """Units whose papers these units have inherited: read, never edited."""
    return Succession.objects.filter(new_unit__in=list(unit_ids)).values("old_unit")


def lower_unit_ids(unit_ids: Any) -> models.QuerySet:
    """Units directly below, past and present: each row's parent is the one of its own time."""
    return Unit.objects.filter(parent__in=list(unit_ids)).values("pk")


def visible_units(user: Any) -> models.QuerySet[Unit]:
    """Own units, two levels up and down (a district between, where there is one), and those they inherited from."""
    own = list(standing_of(user).unit_ids)
    above = Unit.objects.filter(pk__in=own).values("parent")
    return Unit.objects.filter(
        models.Q(pk__in=own)
        | models.Q(parent__in=own)
        | models.Q(parent__in=lower_unit_ids(own))
        | models.Q(pk__in=above)
        | models.Q(pk__in=Unit.objects.filter(pk__in=above).values("parent"))
        | models.Q(pk__in=predecessor_ids(own))
    ).select_related("parent")


def readable_unit_ids(user: Any) -> models.QuerySet:
    """Units whose parts, people and issuers the user reads: own ones and those they inherited from."""
    own = list(standing_of(user).unit_ids)
    return Unit.objects.filter(models.Q(pk__in=own) | models.Q(pk__in=predecessor_ids(own))).values("pk")


def issuers_of(unit_id: int, day: dt.date | None = None) -> models.QuerySet[Issuer]:
    return Issuer.objects.on(day).filter(unit_id=unit_id)


def visible_issuers(user: Any) -> models.QuerySet[Issuer]:
    return Issuer.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "part")


def visible_parts(user: Any) -> models.QuerySet[Part]:
    return Part.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "head")


def visible_people(user: Any) -> models.QuerySet[Person]:
    return Person.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "part")


def memberships_of(unit: Unit) -> models.QuerySet[Membership]:
    """Roles in the unit, held, to come and ended, with what the list of users shows."""
    return Membership.objects.filter(unit=unit).select_related("user__person")


def open_invitations(unit: Unit) -> models.QuerySet[Invitation]:
    """Links that still open something."""
    return Invitation.objects.filter(unit=unit, used_at__isnull=True, expires_at__gt=timezone.now()).select_related(
        "person", "created_by__person"
    )


def origins_of(unit: Unit) -> list[Succession]:
    return list(Succession.objects.filter(new_unit=unit).select_related("old_unit").order_by("date", "old_unit__name"))


def heirs_of(unit: Unit) -> list[Succession]:
    return list(Succession.objects.filter(old_unit=unit).select_related("new_unit").order_by("date", "new_unit__name"))


def counts_of(unit: Unit) -> dict[str, int]:
    """How many parts, people, issuers, accounts and lower units the unit has today; one query."""
    counts = {
        "parts": _count(Part.objects.on(), "unit"),
        "people": _count(Person.objects.on(), "unit"),
        "issuers": _count(Issuer.objects.on(), "unit"),
        "users": _count(Membership.objects.on(), "unit", "user"),
        "lower": _count(Unit.objects.on(), "parent"),
    }
    row = Unit.objects.filter(pk=unit.pk).values_list(*counts.values()).get()
    return dict(zip(counts, row, strict=True))


def _count(rows: models.QuerySet, owner: str, what: str = "pk") -> Coalesce:
    """Rows of the outer unit, by a correlated subquery: two counts over two joins would multiply."""
    own = rows.filter(**{owner: models.OuterRef("pk")}).order_by().values(owner)
    return Coalesce(models.Subquery(own.annotate(n=models.Count(what, distinct=True)).values("n")), 0)
