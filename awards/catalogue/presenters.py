"""The catalogue told to the person at the screen: what the law says on a day, and what is ordered otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from awards import money
from awards.catalogue import wording
from awards.catalogue.effective import OWN_FIELDS, SHIPPED_FIELDS, Effective, ordered_rates, said_by
from awards.catalogue.open_rules import OpenRule, open_rules
from awards.conditions import Condition, shipped_conditions
from awards.facts import Recipient
from awards.models import Confirmation, LocalRule
from awards.money import BY_WORDS, RECIPIENT_WORDS, By, NoRate
from awards.shipped import Award, award_name
from campaigns.results.evidence import proof_in_words


def day_asked(text: str) -> dt.date:
    """``?ngay=5/3/2026`` or as the browser sends it; anything else is today."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip()[:10], form).date()  # noqa: DTZ007 -- a day, no moment
        except ValueError:
            continue
    return timezone.localdate()


def recipients_in_words(award: Award) -> str:
    words = ", ".join(RECIPIENT_WORDS[one] for one in award.recipients)
    return words[:1].upper() + words[1:]


def deciders_in_words(award: Award, day: dt.date) -> str:
    return "; ".join(BY_WORDS[by] for by in award.decided_by(day)) or "Không ai quyết định ở ngày này"


# -- What differs ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what the law says, and what is ordered instead."""

    label: str
    law: str
    local: str = ""
    rule: LocalRule | None = None

    @property
    def is_in_law(self) -> bool:
        return self.law != wording.NOT_IN_LAW


def lines_of(found: Effective) -> list[Line]:
    lines = []
    for name in (*SHIPPED_FIELDS, *OWN_FIELDS):
        other = found.otherwise.get(name)
        law = wording.value_in_words(name, getattr(found.law, name)) if name in SHIPPED_FIELDS else wording.NOT_IN_LAW
        if other is None and name in OWN_FIELDS:
            continue
        local = wording.value_in_words(name, other.value) if other else ""
        lines.append(Line(wording.FIELD_WORDS[name], law, local, other.rule if other else None))
    return lines


def law_lines(law: Award) -> list[Line]:
    """What the law says of the fields that a unit may order otherwise."""
    return [
        Line(wording.FIELD_WORDS[name], wording.value_in_words(name, getattr(law, name))) for name in SHIPPED_FIELDS
    ]


def says(rule: LocalRule) -> list[str]:
    """All that one rule orders, for the list of rules."""
    words = [f"{wording.FIELD_WORDS[name]}: {wording.value_in_words(name, value)}" for name, value in said_by(rule)]
    if rule.multiplier is not None:
        for_whom = f" cho {RECIPIENT_WORDS[Recipient(rule.recipient)]}" if rule.recipient else ""
        words.append(
            f"{wording.FIELD_WORDS['multiplier']}{for_whom}: {wording.value_in_words('multiplier', rule.multiplier)}"
        )
    return words


# -- Money -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MoneyLine:
    for_whom: str
    by: str
    sums: tuple[str, ...]
    """More than one: nobody has confirmed which."""
    source: str
    is_open: bool
    is_local: bool = False
    note: str = ""
    """Why there is no sum."""


def money_lines(unit_id: int, award: Award, day: dt.date) -> list[MoneyLine]:
    found = []
    for by in award.decided_by(day):
        ordered = ordered_rates(unit_id, by=by, on=day)
        for recipient in award.recipients:
            found.append(_money_line(award, recipient, by, day, ordered.get((award.code, recipient))))
    return found


def _money_line(award: Award, recipient: Recipient, by: By, day: dt.date, ordered: Any) -> MoneyLine:
    for_whom = RECIPIENT_WORDS[recipient][:1].upper() + RECIPIENT_WORDS[recipient][1:]
    try:
        law = money.award_money(award.code, recipient=recipient, by=by, on=day)
        shown = money.at_multiplier(ordered[0], on=day, source=ordered[1]) if ordered else law
    except NoRate as error:
        return MoneyLine(for_whom, BY_WORDS[by], (), "", is_open=False, note=str(error))
    return MoneyLine(
        for_whom,
        BY_WORDS[by],
        tuple(one.arithmetic for one in shown.sums),
        shown.source,
        is_open=not shown.is_confirmed,
        is_local=bool(ordered),
    )


# -- Conditions --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConditionLine:
    words: str
    source: str
    for_whom: str
    is_open: bool
    open_from: dt.date | None
    readings: tuple[str, ...]
    confirmed: str = ""


def condition_lines(award: Award, day: dt.date, standing: dict[str, Confirmation]) -> list[ConditionLine]:
    rows = [one for one in shipped_conditions() if one.award == award.code and one.is_in_force(day)]
    return [_condition_line(one, day, standing.get(one.key)) for one in rows]


def _condition_line(condition: Condition, day: dt.date, said: Confirmation | None) -> ConditionLine:
    rule = open_rules().get(condition.key)
    words, source, confirmed = wording.condition_in_words(condition), condition.source, ""
    if said is not None and rule is not None:
        confirmed = confirmed_in_words(said)
        if said.reading:
            chosen = next((one for one in rule.readings if one.code == said.reading), None)
            words, source = (chosen.words, chosen.source) if chosen else (words, source)
    is_open = said is None and not condition.is_confirmed(day)
    return ConditionLine(
        words,
        source,
        RECIPIENT_WORDS[condition.recipient] if condition.recipient else "",
        is_open,
        condition.open_from,
        tuple(one.words for one in rule.readings) if rule and is_open else (),
        confirmed,
    )


def confirmed_in_words(said: Confirmation) -> str:
    """«Đã xác nhận theo Văn bản số 12/HD-SNV ngày 5/3/2026 của Sở Nội vụ (tỉnh Sơn La)»."""
    return f"Đã xác nhận theo {proof_in_words(said.paper) or said.paper} ({said.unit.title})"


# -- Open rules --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RuleLine:
    rule: OpenRule
    said: Confirmation | None
    chosen: str = ""
    """How it was confirmed."""
    confirmed: str = ""
    may_withdraw: bool = False


def rule_lines(unit_id: int, standing: dict[str, Confirmation], *, may: bool) -> list[tuple[str, list[RuleLine]]]:
    """By award, in the order of the catalogue."""
    groups: dict[str, list[RuleLine]] = {}
    for rule in open_rules().values():
        said = standing.get(rule.key)
        line = RuleLine(
            rule,
            said,
            rule.reading_words(said.reading) if said else "",
            confirmed_in_words(said) if said else "",
            may and said is not None and said.unit_id == unit_id,
        )
        groups.setdefault(rule.award_name, []).append(line)
    return list(groups.items())


OUTCOME_WORDS = {"eligible": "đủ điều kiện", "not_eligible": "chưa đủ điều kiện", "needs_person": "cần người xem xét"}


def changes_in_words(changed: Sequence[Any], unit_ids: set[int]) -> list[tuple[int, str, str, str, str]]:
    """(nominee, name, award, before, after) of the dossiers of these units."""
    return [
        (
            one["nominee"],
            one["name"],
            award_name(one["award"]),
            OUTCOME_WORDS[one["before"]],
            OUTCOME_WORDS[one["after"]],
        )
        for one in changed
        if one["unit"] in unit_ids
    ]
