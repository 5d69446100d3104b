"""An award as it holds for a unit on a day: what ships, with what the unit and those above it order otherwise.

Nghị định số 152/2025/NĐ-CP, Điều 6 khoản 2 điểm c leaves dossier and procedure of the lower awards to the province, so
the higher unit's word counts, field by field; of one unit the rule that came into force last.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards import money
from awards.facts import Recipient
from awards.judging import lines_above
from awards.models import Confirmation, LocalRule
from awards.money import By, Money
from awards.shipped import Award, Cycle, Route, shipped_awards

SHIPPED_FIELDS = ("papers", "cycle", "days", "route", "vote_percent")
"""What the shipped catalogue says, too; of the others the law says nothing."""
OWN_FIELDS = ("due", "quota", "quota_direct_percent", "payer")


@dataclass(frozen=True, slots=True)
class Quota:
    percent: Decimal
    of: str
    """Code of an award, «people» or «collectives»."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One field that a unit orders otherwise than the law."""

    field: str
    value: Any
    rule: LocalRule


@dataclass(frozen=True, slots=True)
class Effective:
    law: Award
    """As it ships."""
    award: Award
    """As it holds: papers, cycle, days, route and vote of the unit."""
    day: dt.date
    due: tuple[int, int] | None = None
    """Month and day on which dossiers are due every year."""
    quota: Quota | None = None
    quota_direct_percent: Decimal | None = None
    payer: str = ""
    multipliers: Mapping[str, Otherwise] = field(default_factory=dict)
    """Recipient → multiplier of the base salary, where the unit orders one; «» for whichever recipient."""
    otherwise: Mapping[str, Otherwise] = field(default_factory=dict)
    """Field → what differs, and by which paper."""

    def multiplier_for(self, recipient: str) -> Otherwise | None:
        return self.multipliers.get(recipient) or self.multipliers.get("")

    def route_of(self, *, is_sudden: bool = False) -> Route:
        """Sudden merit goes the quick way where there is one and the unit orders nothing else."""
        if is_sudden and self.award.quick_route and "route" not in self.otherwise:
            return self.award.quick_route
        return self.award.route


def effective_award(unit_id: int, code: str, day: dt.date) -> Effective:
    """Raises ``KeyError`` for a code that the catalogue does not have. Two queries and one a level."""
    return effective_awards(unit_id, day, [code])[code]


def effective_awards(unit_id: int, day: dt.date, codes: Iterable[str] | None = None) -> dict[str, Effective]:
    """Code → award, in the order of the law; as many queries for all as for one."""
    shipped = shipped_awards()
    wanted = list(shipped) if codes is None else list(codes)
    line = lines_above([unit_id])[unit_id]
    rules: dict[str, list[LocalRule]] = {code: [] for code in wanted}
    for rule in LocalRule.objects.filter(unit__in=line, award__in=wanted).select_related("unit"):
        if rule.is_in_force(day):
            rules[rule.award].append(rule)
    for found in rules.values():
        # from the own unit up, within one by age: whatever comes later counts
        found.sort(key=lambda rule: (line.index(rule.unit_id), rule.valid_from or dt.date.min, rule.pk))
    return {code: _with_rules(shipped[code], day, rules[code]) for code in wanted}


def _with_rules(law: Award, day: dt.date, rules: Iterable[LocalRule]) -> Effective:
    found: dict[str, Otherwise] = {}
    multipliers: dict[str, Otherwise] = {}
    for rule in rules:
        for name, value in said_by(rule):
            found[name] = Otherwise(name, value, rule)
        if rule.multiplier is not None:
            multipliers[rule.recipient] = Otherwise("multiplier", rule.multiplier, rule)
    own = {name: found[name].value for name in OWN_FIELDS if name in found}
    changed = {name: found[name].value for name in SHIPPED_FIELDS if name in found}
    return Effective(law, replace(law, **changed), day, multipliers=multipliers, otherwise=found, **own)


def said_by(rule: LocalRule) -> Iterable[tuple[str, Any]]:
    """Blank fields say nothing."""
    if rule.papers is not None:
        yield "papers", tuple(rule.papers)
    if rule.cycle:
        yield "cycle", Cycle(rule.cycle)
    if rule.due_month and rule.due_day:
        yield "due", (rule.due_month, rule.due_day)
    if rule.route:
        yield "route", Route(rule.route)
    if rule.quota_percent is not None:
        yield "quota", Quota(rule.quota_percent, rule.quota_of)
    if rule.payer:
        yield "payer", rule.payer
    for name in ("days", "vote_percent", "quota_direct_percent"):
        if (value := getattr(rule, name)) is not None:
            yield name, value


# -- Money -------------------------------------------------------------------------------


def money_key(award: str, recipient: str, by: str) -> str:
    """Names the open rate in a confirmation: «money:GK:person:commune»."""
    return f"money:{award}:{recipient}:{by}"


def ordered_rates(unit_id: int, *, by: By, on: dt.date) -> dict[tuple[str, Recipient], tuple[Fraction, str]]:
    """(award, recipient) → multiplier and the paper, where the unit orders a rate or one of two readings is confirmed.

    A rate of the unit's own counts before a reading. A household without a rate of its own gets the person's one
    and a half times (Nghị định số 152/2025/NĐ-CP, Điều 54).
    """
    open_rates = {money_key(*one.key): one for one in money.open_rates() if one.by is by}
    found = {
        (one.award, one.recipient): (Fraction(said.reading) if said.reading else one.multipliers[0], str(said.paper))
        for key, said in _confirmed(unit_id, open_rates).items()
        for one in [open_rates[key]]
    }
    for (award, recipient), (multiplier, source) in list(found.items()):
        if recipient is Recipient.PERSON and Recipient.HOUSEHOLD in shipped_awards()[award].recipients:
            found.setdefault((award, Recipient.HOUSEHOLD), (multiplier * money.household_factor(), source))
    for code, effective in effective_awards(unit_id, on).items():
        for recipient in effective.law.recipients:
            if local := effective.multiplier_for(recipient):
                found[code, recipient] = Fraction(local.value), local.rule.source
    return found


def local_money(unit_id: int, award: str, *, recipient: Recipient, by: By, on: dt.date) -> Money:
    """``money.award_money`` with what the unit orders or has confirmed.

    Raises ``money.NoRate`` as that does; a local rate is no rate for whoever may not decide the award.
    """
    found = money.award_money(award, recipient=recipient, by=by, on=on)
    ordered = ordered_rates(unit_id, by=by, on=on).get((award, recipient))
    return money.at_multiplier(ordered[0], on=on, source=ordered[1]) if ordered else found


def _confirmed(unit_id: int, keys: Iterable[str]) -> dict[str, Confirmation]:
    """The higher unit's word counts."""
    line = lines_above([unit_id])[unit_id]
    rows = Confirmation.objects.filter(unit__in=line, rule__in=list(keys), withdrawn_at=None)
    by_height = sorted(rows.select_related("paper__paper"), key=lambda row: line.index(row.unit_id))
    return {row.rule: row for row in by_height}
