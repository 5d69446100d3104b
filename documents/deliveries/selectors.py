"""Reads: what went out and came in, to whom a paper may go, and what may answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from documents.deliveries.rules import RECEIVERS, SENDERS
from documents.deliveries.states import in_state
from documents.models import Delivery, IssuedPaper
from units.models import Membership, Unit
from units.selectors import readable_unit_ids, standing_of

_LAST_DAY = dt.date(9999, 12, 31)
"""Stands for no day at all, so that both databases put such rows last."""
_MOST_ANSWERS = 300


# -- What a user sees ----------------------------------------------------------------------


def sent_deliveries(user: Any) -> models.QuerySet[Delivery]:
    """From the own units and those they inherited from."""
    return _for_pages(Delivery.objects.filter(sender__in=readable_unit_ids(user)))


def received_deliveries(user: Any) -> models.QuerySet[Delivery]:
    """What was withdrawn was never received."""
    return _for_pages(_delivered(user))


def visible_deliveries(user: Any) -> models.QuerySet[Delivery]:
    """Both sides see the same facts."""
    mine = models.Q(sender__in=readable_unit_ids(user)) | models.Q(pk__in=_delivered(user).order_by().values("pk"))
    return _for_pages(Delivery.objects.filter(mine))


def delivered_paper_ids(user: Any) -> models.QuerySet:
    """Papers that reached the user's units, those sent back too: from then on their members read them."""
    return _delivered(user).order_by().values("paper")


def receivable_deliveries(user: Any) -> models.QuerySet[Delivery]:
    """Not yet received, and the user may record the receipt: ``rules.side_of`` as a condition."""
    standing = standing_of(user)
    ours = models.Q(receiver__in=standing.units_with_role(*RECEIVERS))
    for_others = models.Q(sender__in=standing.units_with_role(*SENDERS)) & ~models.Q(way=Delivery.Way.INSIDE)
    return _for_pages(Delivery.objects.filter(in_state("sent")).filter(ours | for_others))


def _delivered(user: Any) -> models.QuerySet[Delivery]:
    return Delivery.objects.filter(receiver__in=readable_unit_ids(user), withdrawn_on=None)


def _for_pages(deliveries: models.QuerySet[Delivery]) -> models.QuerySet[Delivery]:
    return deliveries.select_related(
        "paper__issuer", "sender", "receiver", "answered_by", "received_by__person", "recorded_by__person"
    ).annotate(
        receiver_words=Coalesce("receiver__name", "receiver_name"),
        received_or_last=Coalesce("received_on", models.Value(_LAST_DAY)),
    )


# -- To whom a paper may go ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidates:
    """Units in force on a day, as seen from the sender."""

    superior: Unit | None
    lower: list[Unit]
    nearby: list[Unit]
    """Neighbours under the same superior, and two levels up and down: offered when a name is typed."""

    @property
    def listed(self) -> list[Unit]:
        return [*([self.superior] if self.superior else []), *self.lower]


def candidates_on(sender: Unit, day: dt.date) -> Candidates:
    units = Unit.objects.on(day).exclude(pk=sender.pk)
    two_down = models.Q(parent__parent=sender)
    beside = models.Q(parent=sender.parent_id) | models.Q(lower=sender.parent_id) if sender.parent_id else two_down
    return Candidates(
        units.filter(pk=sender.parent_id).first() if sender.parent_id else None,
        list(units.filter(parent=sender).order_by("name", "pk")),
        list(units.filter(beside | two_down).select_related("parent").order_by("name", "pk").distinct()),
    )


def open_receivers(paper: IssuedPaper) -> list[Delivery]:
    """Deliveries of the paper that were neither returned nor withdrawn."""
    rows = Delivery.objects.filter(paper=paper, returned_on=None, withdrawn_on=None)
    return list(rows.select_related("receiver").order_by("pk"))


def typed_names(sender: Unit) -> list[str]:
    """Receivers outside the program, as this unit wrote them before."""
    names = Delivery.objects.filter(sender=sender, receiver=None).order_by("receiver_name")
    return list(names.values_list("receiver_name", flat=True).distinct()[:200])


def units_in_program(units: Iterable[Unit]) -> set[int]:
    """Those in which somebody can open and receive a paper today."""
    held = Membership.objects.on().filter(role__in=RECEIVERS, user__is_active=True)
    found = held.filter(unit__in=[unit.pk for unit in units]).order_by().values_list("unit", flat=True)
    return set(found.distinct())


# -- What may answer -----------------------------------------------------------------------


def possible_answers(delivery: Delivery) -> list[IssuedPaper]:
    """Papers of the receiver's since the paper was sent, the newest first."""
    papers = IssuedPaper.objects.filter(issuer__unit=delivery.receiver_id, date__gte=delivery.sent_on)
    return list(papers.select_related("issuer").order_by("-date", "-pk")[:_MOST_ANSWERS])


def deliveries_of(paper: IssuedPaper, user: Any) -> list[Delivery]:
    """What the user sees of the paper's ways: the sender all of them, a receiver its own."""
    return list(visible_deliveries(user).filter(paper=paper).order_by("-sent_on", "-pk"))
