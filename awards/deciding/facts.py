"""What a decision says, as plain values: its rows, who decides, who issues it. Words follow in ``drafting``."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from awards.deciding.bases import Bases, bases_on
from awards.deciding.candidates import KINDS
from awards.facts import Recipient
from awards.models import Decision, Nominee, Sitting
from awards.models.common import CycleKind
from awards.money import RECIPIENT_WORDS, By
from awards.register.entering import period_of
from awards.shipped import AwardKind, award_name, shipped_awards
from awards.states import SittingState
from reminders.asking.letters import in_words
from units.models import Issuer, Unit
from units.selectors import issuers_of

_COMMITTEE = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN")
"""Councils and clusters issue papers there, too, but no decision of the chairman."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, in the order of handing over."""

    number: int
    award: str
    kind: Recipient
    name: str
    """With the honorific, as it is printed."""
    detail: str
    achievement: str
    path: str
    period: str


@dataclass(frozen=True, slots=True)
class Facts:
    decision: Decision
    unit: Unit
    by: By
    day: dt.date
    """Of the signature, or on which the draft is looked at."""
    issuer: Issuer | None
    rows: tuple[Row, ...]
    bases: Bases
    sat_on: dt.date | None
    """When the council of the round sat last."""

    @property
    def awards(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.award for row in self.rows))

    @property
    def kinds(self) -> tuple[Recipient, ...]:
        return tuple(kind for kind in KINDS if any(row.kind is kind for row in self.rows))

    @property
    def period(self) -> str:
        """Where all lines have one."""
        periods = {row.period for row in self.rows}
        return periods.pop() if len(periods) == 1 else ""

    @property
    def of_school_year(self) -> bool:
        award_round = self.decision.round
        return award_round is not None and award_round.cycle == CycleKind.SCHOOL_YEAR


def nominees_of(decision: Decision) -> QuerySet[Nominee]:
    rows = decision.nominees.select_related("round__unit", "proposal__part", "proposal__lower", "subject")
    return rows.order_by("decision_order", "order", "pk")


def facts_of(decision: Decision, nominees: Iterable[Nominee] | None = None) -> Facts:
    rows = list(nominees_of(decision) if nominees is None else nominees)
    day = decision.day or timezone.localdate()
    sitting = None
    if decision.round_id is not None:
        held = Sitting.objects.filter(round=decision.round_id, state=SittingState.CLOSED)
        sitting = held.exclude(closed_at=None).order_by("-closed_at").first()
    return Facts(
        decision=decision,
        unit=decision.unit,
        by=By(decision.decider),
        day=day,
        issuer=decision.issuer,
        rows=tuple(_row(number, one) for number, one in enumerate(rows, start=1)),
        bases=bases_on(day, {one.award for one in rows}),
        sat_on=timezone.localdate(sitting.at or sitting.closed_at) if sitting else None,
    )


def _row(number: int, nominee: Nominee) -> Row:
    return Row(
        number,
        nominee.award,
        Recipient(nominee.kind),
        " ".join(filter(None, (nominee.honorific, nominee.name))),
        ", ".join(filter(None, (nominee.post, nominee.workplace))),
        " ".join(nominee.achievement.split()),
        nominee.path,
        period_of(nominee),
    )


def issuer_for(unit: Unit, by: By | None = None) -> Issuer | None:
    """The unit's People's Committee; for the head of an office one of its parts; else whoever issues papers there."""
    is_office = by is By.DEPARTMENT

    def place(one: Issuer) -> tuple[bool, bool, int]:
        return (one.part_id is None) is is_office, not one.name.startswith(_COMMITTEE), one.pk

    return min(issuers_of(unit.pk), key=place, default=None)


# -- Words that several papers need ---------------------------------------------------------


def is_title(award: str) -> bool:
    found = shipped_awards().get(award)
    return found is not None and found.kind is AwardKind.TITLE


def award_words(award: str) -> str:
    """«danh hiệu “Lao động tiên tiến”», «Giấy khen»."""
    name = award_name(award)
    return f"danh hiệu “{name}”" if is_title(award) else name


def recipients_words(kinds: Iterable[Recipient]) -> str:
    """«tập thể, cá nhân»."""
    return ", ".join(RECIPIENT_WORDS[kind] for kind in kinds)


def counted(rows: Iterable[Row]) -> str:
    """«02 tập thể, 12 cá nhân»: figures below ten with a zero, as papers write them."""
    counts = Counter(row.kind for row in rows)
    return ", ".join(f"{counts[kind]:02} {RECIPIENT_WORDS[kind]}" for kind in KINDS if counts[kind])


def authority_of(by: By, unit: Unit, issuer: Issuer | None) -> str:
    """Who decides, as the law gives it to a person: «Chủ tịch Ủy ban nhân dân xã An Sơn»."""
    if by is By.DEPARTMENT:
        return f"Giám đốc {in_words(issuer) if issuer else unit}"
    return f"Chủ tịch Ủy ban nhân dân {unit}"
