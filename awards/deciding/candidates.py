"""Whom a unit may decide on itself, and whom it has to send up: by award, kind, route and day. Reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from awards.catalogue.effective import Effective, effective_awards
from awards.facts import Recipient
from awards.models import Nominee, Round
from awards.models.common import PathKind
from awards.money import BY_WORDS, RECIPIENT_WORDS, By
from awards.shipped import Award, Route, shipped_awards
from awards.states import NomineeState
from units.models import Unit

OWN = {
    Unit.Kind.COMMUNE.value: (By.COMMUNE,),
    Unit.Kind.DISTRICT.value: (By.DISTRICT,),
    Unit.Kind.PROVINCE.value: (By.PROVINCE, By.DEPARTMENT),
}
"""As whom a unit of that kind may decide; offices of a province issue in its name here (``Issuer.part``)."""
NO_SITTING = (Route.CHAIR, Route.VILLAGE)
WEIGHT = (
    *("HCLD3", "CSTDTQ", "COCP", "BKTTg", "CSTDT", "COT", "TTLDXS", "XTB", "BKT", "KNC"),
    *("CSTDCS", "TTLDTT", "LDTT", "TVH", "GDVH", "GK"),
)
"""The weightiest is handed over first."""
KINDS = (Recipient.COLLECTIVE, Recipient.PERSON, Recipient.HOUSEHOLD)
WAITING = (NomineeState.PROPOSED, NomineeState.CORRECTING, NomineeState.READY)


@dataclass(slots=True)
class Group:
    """Nominees of one award and kind in a round that wait for the same next step."""

    award: Award
    kind: Recipient
    deciders: tuple[By, ...]
    """Of the unit itself, on the day; empty: somebody above decides."""
    nominees: list[Nominee] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.award.code}:{self.kind.value}"

    @property
    def words(self) -> str:
        return f"{self.award.name}: {len(self.nominees)} {RECIPIENT_WORDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Desk:
    """What of a round is left to decide."""

    here: tuple[Group, ...]
    """Passed, or on a route without a sitting, and decided by the unit itself."""
    above: tuple[Group, ...]
    """Passed, and decided by a superior."""
    sent: int
    waiting: int
    """Not yet through appraisal or the council."""

    def deciders(self, day: dt.date) -> str:
        """Who decides on those that are to be sent up."""
        return ", ".join(dict.fromkeys(BY_WORDS[by] for one in self.above for by in one.award.decided_by(day)))


def own_deciders(unit: Unit) -> tuple[By, ...]:
    return OWN.get(unit.kind, ())


def needs_no_sitting(nominee: Nominee, effective: Effective) -> bool:
    """As the unit orders it, not only as the law ships."""
    is_sudden = nominee.round.is_quick or nominee.path == PathKind.SUDDEN
    return effective.route_of(is_sudden=is_sudden) in NO_SITTING


def decidable(award_round: Round) -> QuerySet[Nominee]:
    """Passed, or ready; whether a ready one needs a sitting is asked of its route."""
    states = (NomineeState.PASSED, NomineeState.READY)
    rows = Nominee.objects.filter(round=award_round, decision=None, state__in=states)
    return rows.select_related("round", "proposal__part", "proposal__lower", "subject")


def desk_of(award_round: Round, day: dt.date) -> Desk:
    """As many queries for three nominees as for three hundred."""
    own, known = own_deciders(award_round.unit), effective_awards(award_round.unit_id, day)
    groups: dict[tuple[str, str], Group] = {}
    for nominee in decidable(award_round):
        found = known.get(nominee.award)
        if found is None or (nominee.state == NomineeState.READY and not needs_no_sitting(nominee, found)):
            continue
        award = found.award
        where = (award.code, nominee.kind)
        if where not in groups:
            by = tuple(one for one in own if one in award.decided_by(day))
            groups[where] = Group(award, Recipient(nominee.kind), by)
        groups[where].nominees.append(nominee)
    ordered = sorted(groups.values(), key=lambda one: (weight_of(one.award.code), KINDS.index(one.kind)))
    here = tuple(one for one in ordered if one.deciders)
    return Desk(
        here,
        tuple(one for one in ordered if not one.deciders),
        sent=Nominee.objects.filter(round=award_round, state=NomineeState.SENT).count(),
        waiting=Nominee.objects.filter(round=award_round, state__in=WAITING).exclude(_in(here)).count(),
    )


def _in(groups: Iterable[Group]) -> Q:
    return Q(pk__in=[nominee.pk for group in groups for nominee in group.nominees])


def weight_of(award: str) -> int:
    return WEIGHT.index(award) if award in WEIGHT else len(WEIGHT)


def in_order(nominees: Iterable[Nominee]) -> list[Nominee]:
    """Of handing over, until somebody says otherwise: by award, kind, part of the unit, place in its list."""
    return sorted(nominees, key=_place)


def _place(nominee: Nominee) -> tuple[int, int, int, str, int, int]:
    part, lower = nominee.proposal.part, nominee.proposal.lower
    return (
        weight_of(nominee.award),
        KINDS.index(Recipient(nominee.kind)),
        part.order if part else 0,
        str(part or lower or ""),
        nominee.order,
        nominee.pk,
    )


def common_deciders(groups: Sequence[Group]) -> tuple[By, ...]:
    """Who of the unit may decide on all of them in one decision."""
    if not groups:
        return ()
    return tuple(by for by in groups[0].deciders if all(by in one.deciders for one in groups))


def incompetent(codes: Iterable[str], by: By, day: dt.date) -> list[Award]:
    """Awards on which that person did not decide on that day, by the catalogue."""
    known = [shipped_awards().get(code) for code in dict.fromkeys(codes)]
    return [award for award in known if award is not None and by not in award.decided_by(day)]
