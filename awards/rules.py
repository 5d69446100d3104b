"""Who may do what. Whether a user sees a thing at all is ``awards.selectors``.

Nobody decides on himself: whoever is the nominee neither overrules his own conditions nor votes on them.
"""

from __future__ import annotations

from typing import Any

import rules

from awards.models import (
    CertificateRun,
    Confirmation,
    Consultation,
    CouncilMember,
    Decision,
    Grant,
    Initiative,
    Item,
    LocalRule,
    Nominee,
    Proposal,
    Round,
    Seat,
    Sitting,
    Stock,
    Subject,
)
from awards.states import SittingState
from units.models import Membership
from units.selectors import standing_of

Role = Membership.Role
WORKING = (Role.OFFICER, Role.REVIEWER)
SECRETARIES = (*WORKING, Role.COUNCIL_SECRETARY)
DECIDING = (*SECRETARIES, Role.LEADER, Role.COUNCIL_MEMBER)
"""Discipline is shown to these: whoever appraises, sits or signs."""
CONFIRMING = (*WORKING, Role.ADMINISTRATOR)

Thing = (
    Round
    | Proposal
    | Nominee
    | Consultation
    | Subject
    | Initiative
    | Sitting
    | Item
    | CouncilMember
    | Decision
    | Grant
    | Stock
    | CertificateRun
    | LocalRule
    | Confirmation
)


def unit_id_of(thing: Thing) -> int:
    """The unit whose people work on it."""
    match thing:
        case Proposal() | Nominee() | Consultation():
            return thing.round.unit_id
        case Item():
            return thing.sitting.unit_id
        case CertificateRun():
            return thing.decision.unit_id
    return thing.unit_id


def is_about(user: Any, nominee: Nominee) -> bool:
    """Whether the user is the person that is proposed."""
    return (
        nominee.subject is not None
        and nominee.subject.person_id is not None
        and nominee.subject.person_id == getattr(user, "person_id", None)
    )


def _has_role_for(user: Any, thing: Thing | None, roles: tuple[str, ...]) -> bool:
    standing = standing_of(user)
    if thing is None:
        return bool(standing.units_with_role(*roles))
    return standing.has_role(unit_id_of(thing), *roles)


@rules.predicate
def works_on(user: Any, thing: Thing | None) -> bool:
    """Without a thing: whether there is any unit for which the user may begin one."""
    return _has_role_for(user, thing, WORKING)


@rules.predicate
def decides_on_nominee(user: Any, nominee: Nominee | None) -> bool:
    return nominee is not None and _has_role_for(user, nominee, WORKING) and not is_about(user, nominee)


@rules.predicate
def works_for_sender(user: Any, proposal: Proposal | None) -> bool:
    """Who sent a list from below answers what is asked about it."""
    return (
        proposal is not None
        and proposal.lower_id is not None
        and standing_of(user).has_role(proposal.lower_id, *WORKING)
    )


@rules.predicate
def sees_impediments(user: Any, thing: Thing | None) -> bool:
    return _has_role_for(user, thing, DECIDING)


@rules.predicate
def runs_council(user: Any, thing: Thing | None) -> bool:
    return _has_role_for(user, thing, SECRETARIES)


@rules.predicate
def votes_at(user: Any, sitting: Sitting | None) -> bool:
    """Who has a seat, while ballots are cast."""
    person_id = getattr(user, "person_id", None)
    return (
        sitting is not None
        and person_id is not None
        and sitting.state == SittingState.OPEN
        and Seat.objects.filter(sitting=sitting, person=person_id).exists()
    )


@rules.predicate
def confirms_rules(user: Any, thing: Thing | None) -> bool:
    return _has_role_for(user, thing, CONFIRMING)


rules.add_perm("awards.run_rounds", works_on)
rules.add_perm("awards.decide_nominee", decides_on_nominee)
rules.add_perm("awards.answer_proposal", works_on | works_for_sender)
rules.add_perm("awards.see_impediments", sees_impediments)
rules.add_perm("awards.run_council", runs_council)
rules.add_perm("awards.vote", votes_at)
rules.add_perm("awards.decide", works_on)
rules.add_perm("awards.keep_register", works_on)
rules.add_perm("awards.confirm_rules", confirms_rules)
