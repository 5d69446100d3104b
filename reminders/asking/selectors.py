"""Reads: requests of the own units, those asked with what came, what nobody has looked at."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from reminders.asking import hooks
from reminders.deadlines import Deadline, Key, still_open
from reminders.models import Answer, Ask, Request
from reminders.states import RequestState
from units.models import Membership, Part, Person, Unit
from units.selectors import readable_unit_ids, standing_of


def has_sent(prefix: str = "") -> models.Q:
    """Of an ask: something came that was not returned, or its paper was answered by one that still stands."""
    live = Answer.objects.filter(ask=models.OuterRef("pk"), returned_at=None)
    answered = {"delivery__answered_on__isnull": False, "delivery__returned_on": None, "delivery__withdrawn_on": None}
    return models.Q(models.Exists(live)) | models.Q(**answered)


def somebody_missing() -> models.Exists:
    """Of a request."""
    return models.Exists(Ask.objects.filter(~has_sent(), request=models.OuterRef("pk")))


def counted(requests: models.QuerySet[Request]) -> models.QuerySet[Request]:
    """With ``asked``, ``missing`` and ``sent``: how many places."""
    asks = Ask.objects.filter(request=models.OuterRef("pk"))
    counts = requests.annotate(asked=_count(asks), missing=_count(asks.filter(~has_sent())))
    return counts.annotate(sent=models.F("asked") - models.F("missing"))


def _count(asks: models.QuerySet[Ask]) -> Coalesce:
    grouped = asks.order_by().values("request").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(grouped, output_field=models.IntegerField()), 0)


# -- What a user sees ------------------------------------------------------------------------


def visible_requests(user: Any) -> models.QuerySet[Request]:
    """Of the own units, and what those left that they inherited from."""
    return Request.objects.filter(unit__in=readable_unit_ids(user)).select_related(
        "unit", "follower", "sample", "by__person"
    )


def requests_for_list(user: Any) -> models.QuerySet[Request]:
    return counted(visible_requests(user)).defer("body")


def asks_of(request: Request) -> list[Ask]:
    """Every one that was asked, in the unit's order, with what came and who heads it."""
    return list(_with_answers(Ask.objects.filter(request=request)).order_by("part__order", "lower__name", "pk"))


def visible_asks(user: Any) -> models.QuerySet[Ask]:
    """With everything that the page of one shows."""
    asks = Ask.objects.filter(request__in=visible_requests(user).order_by().values("pk"))
    return _with_answers(asks).select_related("request__unit", "request__follower")


def _with_answers(asks: models.QuerySet[Ask]) -> models.QuerySet[Ask]:
    answers = Answer.objects.select_related("by__person").prefetch_related("files__file").order_by("pk")
    return asks.select_related("part__head", "lower", "delivery__answered_by").prefetch_related(
        models.Prefetch("answers", answers)
    )


def unseen_answers(user: Any) -> models.QuerySet[Answer]:
    """What came by link to units in which the user is an officer, or to a request that he follows; oldest first."""
    units = standing_of(user).units_with_role(Membership.Role.OFFICER)
    mine = models.Q(ask__request__unit__in=units)
    if user.is_authenticated and user.person_id:
        own = standing_of(user).unit_ids
        mine |= models.Q(ask__request__follower=user.person_id, ask__request__unit__in=own)
    fresh = Answer.objects.filter(mine, seen_at=None, returned_at=None, by=None)
    return fresh.select_related("ask__request__unit", "ask__part", "ask__lower").order_by("at", "pk")


def visible_files(user: Any) -> models.Q:
    """What came and the samples that went out: a scope for ``core.files``."""
    requests = visible_requests(user).order_by()
    return models.Q(
        pk__in=Answer.objects.filter(ask__request__in=requests.values("pk")).values("files__file")
    ) | models.Q(pk__in=requests.exclude(sample=None).values("sample"))


# -- What a request may say ------------------------------------------------------------------


def units_to_ask_for(user: Any) -> list[Unit]:
    """In which the user may write requests."""
    units = standing_of(user).units_with_role(Membership.Role.OFFICER)
    return list(Unit.objects.filter(pk__in=units).order_by("name", "pk"))


def parts_of(unit: Unit) -> list[Part]:
    """Whom the unit may ask today."""
    return list(Part.objects.on().filter(unit=unit).select_related("head").order_by("order", "pk"))


def people_of(unit: Unit) -> list[Person]:
    return list(Person.objects.on().filter(unit=unit).order_by("full_name", "pk"))


def proposed_by(unit: Unit, kind: str, subject: str) -> Deadline | None:
    """The open deadline, or other thing of an app, that a new request is for; None where the unit has none such."""
    if not (kind and subject.isdecimal() and len(subject) < 19):
        return None
    if (proposed := hooks.subject_of(kind, unit.pk, int(subject))) is not None:
        return proposed
    found = still_open([Key(kind, int(subject), 0)])
    ours = [one for one in found.values() if (one.subject, one.unit_id) == (int(subject), unit.pk)]
    return min(ours, key=lambda one: one.due, default=None)


def requests_for(kinds: Collection[str], subject: int, user: Any) -> models.QuerySet[Request]:
    """What was asked for deadlines of one thing, for its page."""
    return counted(visible_requests(user).filter(kind__in=kinds, subject=subject)).order_by("due", "pk")


def is_late(today: Any) -> models.Q:
    return models.Q(state=RequestState.ASKED, due__lt=today, missing__gt=0)
