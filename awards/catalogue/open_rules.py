"""Rules that nobody has confirmed yet, each with the readings that stand side by side; and who has confirmed which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import QuerySet

from awards import money
from awards.catalogue.effective import money_key
from awards.catalogue.wording import condition_in_words, rate_in_words
from awards.conditions import Condition, shipped_conditions
from awards.judging import lines_above
from awards.models import Confirmation
from awards.shipped import award_name

AS_BEFORE = "cu"
"""In forms, for the blank reading: as the last confirmed text had it."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    code: str
    """As ``Confirmation.reading`` keeps it."""
    words: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class OpenRule:
    key: str
    award: str
    words: str
    source: str
    open_from: dt.date | None
    """Of a condition: for dossiers received from this day on. None: whatever the day."""
    readings: tuple[RuleReading, ...]

    @property
    def award_name(self) -> str:
        return award_name(self.award)

    def reading_words(self, code: str) -> str:
        return next((one.words for one in self.readings if one.code == code), code)


@cache
def open_rules() -> dict[str, OpenRule]:
    """By key, in the order of the catalogue; conditions before money."""
    conditions = [_of_condition(one) for one in shipped_conditions() if one.open_from is not None]
    rates = [_of_rate(one) for one in money.open_rates()]
    return {one.key: one for one in (*conditions, *rates)}


def _of_condition(condition: Condition) -> OpenRule:
    before = RuleReading("", f"Như trước: {condition_in_words(condition)}", condition.source)
    others = [
        RuleReading(one.code, condition_in_words(replace(condition, check=one.check)), one.source)
        for one in condition.readings
    ]
    return OpenRule(
        condition.key,
        condition.award,
        condition_in_words(condition),
        condition.source,
        condition.open_from,
        (before, *others),
    )


def _of_rate(rate: money.OpenRate) -> OpenRule:
    readings = tuple(
        RuleReading(f"{float(one):g}", f"{f'{float(one):g}'.replace('.', ',')} lần mức lương cơ sở")
        for one in rate.multipliers
    )
    return OpenRule(
        money_key(*rate.key), rate.award, rate_in_words(*rate.key), rate.source, open_from=None, readings=readings
    )


def standing_confirmations(unit_id: int) -> dict[str, Confirmation]:
    """Rule → what holds for the unit: its own or that of a unit above, whose word counts."""
    line = lines_above([unit_id])[unit_id]
    rows = Confirmation.objects.filter(unit__in=line, withdrawn_at=None).select_related("unit", "paper__paper", "by")
    return {row.rule: row for row in sorted(rows, key=lambda row: line.index(row.unit_id))}


def in_line(rows: Iterable[Confirmation] | QuerySet[Confirmation], unit_id: int) -> list[Confirmation]:
    """From the unit up, as ``judging.with_confirmations`` wants them."""
    line = lines_above([unit_id])[unit_id]
    return sorted((row for row in rows if row.unit_id in line), key=lambda row: line.index(row.unit_id))
