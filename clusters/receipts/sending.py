"""A member's own way to answer a step: a paper of its register goes to the organiser as a delivery."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusters.models import Member, Season, Step
from clusters.receipts.board import Row, asked_of
from clusters.receipts.matching import guess_step
from documents.deliveries.rules import SENDERS
from documents.deliveries.services import send
from documents.models import Delivery, IssuedPaper
from units.selectors import standing_of

_OFFERED = 30
_PURPOSE = 300


def sends_for(user: Any, row: Row) -> bool:
    unit_id = row.member.unit_id
    return unit_id is not None and standing_of(user).has_role(unit_id, *SENDERS)


def papers_to_send(season: Season, member: Member, step: Step) -> list[IssuedPaper]:
    """Of the unit since the year began, not yet sent there: those that sound like the step first, then the newest."""
    there = Delivery.objects.filter(
        sender=member.unit_id, receiver=season.cluster.unit_id, returned_on=None, withdrawn_on=None
    )
    rows = IssuedPaper.objects.filter(issuer__unit=member.unit_id, date__gte=dt.date(season.year, 1, 1))
    papers = list(
        rows.exclude(pk__in=there.values("paper"))
        .select_related("issuer__unit")
        .order_by("-date", "-pk")[: 4 * _OFFERED]
    )
    asked = asked_of([step], season.year)
    fits = {
        paper.pk: guess_step(asked, f"{paper.kind} {paper.subject}", paper.date).pk is not None for paper in papers
    }
    return sorted(papers, key=lambda paper: not fits[paper.pk])[:_OFFERED]


def send_for(season: Season, step: Step, paper: IssuedPaper, *, actor: Any, sent_on: dt.date) -> list[Delivery]:
    """Raise ``documents.deliveries.services.UnfitDelivery``."""
    purpose = " ".join(step.text.split())[:_PURPOSE]
    return send(paper, actor=actor, sent_on=sent_on, units=[season.cluster.unit], purpose=purpose)
