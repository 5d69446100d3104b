"""Reads: what of awards a user sees. Every page of the app begins here.

A unit's people see its rounds, decisions and register; heirs read what predecessors left. Whoever sent a list to a
superior sees that list there, and nothing else of it. Who has a seat sees the sitting.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from awards.models import (
    AwardPaper,
    Confirmation,
    CouncilMember,
    Decision,
    Grant,
    Initiative,
    LocalRule,
    Nominee,
    Proposal,
    Round,
    Seat,
    Sitting,
    Stock,
    Subject,
)
from awards.rules import DECIDING
from awards.states import DecisionState
from units.selectors import readable_unit_ids, standing_of


def visible_rounds(user: Any) -> QuerySet[Round]:
    return Round.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit")


def visible_proposals(user: Any) -> QuerySet[Proposal]:
    own = readable_unit_ids(user)
    return Proposal.objects.filter(Q(round__unit__in=own) | Q(lower__in=own)).select_related(
        "round__unit", "part", "lower"
    )


def visible_nominees(user: Any) -> QuerySet[Nominee]:
    own = readable_unit_ids(user)
    return Nominee.objects.filter(Q(round__unit__in=own) | Q(proposal__lower__in=own)).select_related(
        "round__unit", "proposal__part", "proposal__lower", "subject"
    )


def visible_subjects(user: Any) -> QuerySet[Subject]:
    return Subject.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "part", "lower", "person")


def visible_initiatives(user: Any) -> QuerySet[Initiative]:
    return Initiative.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit")


def visible_council(user: Any) -> QuerySet[CouncilMember]:
    return CouncilMember.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "person")


def visible_sittings(user: Any) -> QuerySet[Sitting]:
    deciding = standing_of(user).units_with_role(*DECIDING)
    seated = Seat.objects.filter(person=getattr(user, "person_id", None) or 0).values("sitting")
    return Sitting.objects.filter(Q(unit__in=deciding) | Q(pk__in=seated)).select_related("unit", "round")


def visible_decisions(user: Any) -> QuerySet[Decision]:
    """Drafts only inside the unit."""
    inside = list(standing_of(user).unit_ids)
    return Decision.objects.filter(
        Q(unit__in=inside) | Q(unit__in=readable_unit_ids(user)) & ~Q(state=DecisionState.DRAFT)
    ).select_related("unit", "round", "paper", "issuer")


def visible_grants(user: Any) -> QuerySet[Grant]:
    return Grant.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "decision", "subject")


def visible_stocks(user: Any) -> QuerySet[Stock]:
    return Stock.objects.filter(unit__in=standing_of(user).unit_ids).select_related("unit")


def visible_papers(user: Any) -> QuerySet[AwardPaper]:
    return AwardPaper.objects.filter(unit__in=readable_unit_ids(user)).select_related("unit", "issuer", "paper")


def visible_local_rules(user: Any) -> QuerySet[LocalRule]:
    """Own ones and those of the units above."""
    return LocalRule.objects.filter(_own_or_above(user)).select_related("unit")


def visible_confirmations(user: Any) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(_own_or_above(user)).select_related("unit", "paper__paper", "paper__file")


def _own_or_above(user: Any) -> Q:
    own = list(standing_of(user).unit_ids)
    return Q(unit__in=readable_unit_ids(user)) | Q(unit__lower__in=own) | Q(unit__lower__lower__in=own)
