"""Which nominees the council can be asked about, on which route, and how many votes each needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from awards.catalogue.effective import Effective, effective_awards
from awards.models import Item, Nominee, Round
from awards.models.common import PathKind, RecipientKind
from awards.shipped import Route, award_name, shipped_awards
from awards.states import NomineeState, SittingState

HELD = (Route.SECRET, Route.SHOW, Route.WRITTEN, Route.STANDING)
"""Routes on which a council, or its standing body, is asked."""
_VOTE_LAW = "Nghị định số 98/2023/NĐ-CP, Điều 30 khoản 7"
_VOTE_LAW_UNTIL = dt.date(2025, 6, 30)
"""Nghị định số 152/2025/NĐ-CP came after it; what that says of votes nobody here has seen."""
_KINDS = (RecipientKind.COLLECTIVE, RecipientKind.HOUSEHOLD, RecipientKind.PERSON)


@dataclass(frozen=True, slots=True)
class AskedAward:
    """One award with nominees that are ready, as the form of a new sitting offers it."""

    code: str
    name: str
    route: Route
    percent: int | None
    count: int

    @property
    def is_for_council(self) -> bool:
        return self.route in HELD


@dataclass(frozen=True, slots=True)
class VoteRule:
    """Whence the majority of an award comes."""

    name: str
    percent: int | None
    source: str
    is_sure: bool


def vote_rules(unit_id: int, codes: Iterable[str], day: dt.date) -> list[VoteRule]:
    """Of these awards, in the order of the catalogue."""
    return [_vote_rule(award_name(code), found, day) for code, found in known_awards(unit_id, set(codes), day).items()]


def _vote_rule(name: str, found: Effective, day: dt.date) -> VoteRule:
    percent = found.award.vote_percent
    if "vote_percent" in found.otherwise:
        return VoteRule(name, percent, found.otherwise["vote_percent"].rule.source, is_sure=True)
    if percent is None:
        return VoteRule(name, None, "nguyên tắc làm việc theo đa số của Hội đồng", is_sure=True)
    return VoteRule(name, percent, _VOTE_LAW, is_sure=day <= _VOTE_LAW_UNTIL)


def ready_nominees(unit_id: int, award_round: Round | None = None) -> QuerySet[Nominee]:
    """Ready, and before no other sitting that is still open."""
    waiting = Item.objects.exclude(sitting__state=SittingState.CLOSED).values("nominee")
    rows = Nominee.objects.filter(round__unit=unit_id, state=NomineeState.READY).exclude(pk__in=waiting)
    if award_round is not None:
        rows = rows.filter(round=award_round)
    return rows.select_related("round", "proposal__part", "proposal__lower")


def asked_awards(unit_id: int, nominees: Iterable[Nominee], day: dt.date) -> list[AskedAward]:
    """In the order of the catalogue; sudden merit by itself, for it may go another way."""
    counted: dict[tuple[str, Route], int] = {}
    rows = list(nominees)
    effective = known_awards(unit_id, {row.award for row in rows}, day)
    for row in rows:
        key = row.award, route_of(row, effective)
        counted[key] = counted.get(key, 0) + 1
    return [
        AskedAward(code, award_name(code), route, percent_of_award(code, effective), count)
        for (code, route), count in sorted(counted.items(), key=lambda one: (_place(one[0][0]), one[0][1]))
    ]


def known_awards(unit_id: int, codes: Iterable[str], day: dt.date) -> dict[str, Effective]:
    return effective_awards(unit_id, day, [code for code in shipped_awards() if code in set(codes)])


def route_of(nominee: Nominee, effective: dict[str, Effective]) -> Route:
    """What the catalogue does not have is shown hands."""
    found = effective.get(nominee.award)
    return found.route_of(is_sudden=nominee.path == PathKind.SUDDEN) if found else Route.SHOW


def percent_of_award(code: str, effective: dict[str, Effective]) -> int | None:
    """Of all members; None: more than half."""
    found = effective.get(code)
    return found.award.vote_percent if found else None


def in_order(nominees: Iterable[Nominee]) -> list[Nominee]:
    """By award, kind and place in the list; whoever has a place in the handing over keeps it."""

    def key(row: Nominee) -> tuple[int, int, int, int, int]:
        handed = row.decision_order if row.decision_order is not None else 10**9
        return handed, _place(row.award), _KINDS.index(RecipientKind(row.kind)), row.order, row.pk

    return sorted(nominees, key=key)


def _place(code: str) -> int:
    codes = list(shipped_awards())
    return codes.index(code) if code in codes else len(codes)
