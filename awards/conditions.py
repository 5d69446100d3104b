"""The conditions of awards as data: what is asked, by which text, from when to when, and since when it is open.

They ship with the program; a province that confirms a new text adds rows of its own with the paper that says so.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from awards.facts import Recipient

_SHIPPED = Path(__file__).parent / "data" / "conditions.json"


@dataclass(frozen=True, slots=True)
class Reading:
    code: str
    words: str
    check: str
    source: str


@dataclass(frozen=True, slots=True)
class Condition:
    award: str
    check: str
    """The name of a function in ``awards.checks``."""
    source: str
    recipient: Recipient | None = None
    """None: of whatever kind."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    open_from: dt.date | None = None
    """For dossiers received from this day on the text was amended and nobody has confirmed how."""
    confirmed_by: str = ""
    """The paper by which it was confirmed since (Xác nhận áp dụng): then it is decided again."""
    readings: tuple[Reading, ...] = ()
    """What the amended text may turn out to ask instead; a confirmation names one, or none of them: as before."""
    asks: dict[str, Any] = field(default_factory=dict)
    """What the check needs: least, years, titles, scope, percent, count …"""

    @property
    def key(self) -> str:
        """Names the rule in a confirmation: award, check, recipient if it is for one only."""
        return ":".join(filter(None, (self.award, self.check, self.recipient)))

    def confirmed(self, paper: str, reading: str = "") -> Condition:
        """As it is once ``paper`` said so. Raises ``KeyError`` for a reading that it does not have."""
        if not reading:
            return replace(self, confirmed_by=paper)
        chosen = {one.code: one for one in self.readings}[reading]
        return replace(self, confirmed_by=paper, check=chosen.check, source=chosen.source)

    def is_in_force(self, day: dt.date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)

    def is_confirmed(self, day: dt.date) -> bool:
        return bool(self.confirmed_by) or self.open_from is None or day < self.open_from


@dataclass(frozen=True, slots=True)
class Ruleset:
    code: str
    name: str
    valid_from: dt.date


RULESETS = (
    Ruleset("2003", "Luật Thi đua, khen thưởng 2003 (sửa đổi 2005, 2013)", dt.date.min),
    Ruleset("2022-nd98", "Luật số 06/2022/QH15, Nghị định số 98/2023/NĐ-CP", dt.date(2024, 1, 1)),
    Ruleset("2022-nd152", "Luật số 06/2022/QH15, Nghị định số 152/2025/NĐ-CP", dt.date(2025, 7, 1)),
    Ruleset(
        "2026-qh16",
        "Luật số 06/2022/QH15 sửa đổi theo Luật số 06/2026/QH16, cần xác nhận",
        dt.date(2026, 10, 1),
    ),
)


def ruleset_on(day: dt.date) -> Ruleset:
    """By the day on which the dossier was received for appraisal."""
    return max((one for one in RULESETS if one.valid_from <= day), key=lambda one: one.valid_from)


@cache
def shipped_conditions() -> tuple[Condition, ...]:
    return tuple(_read(row) for row in json.loads(_SHIPPED.read_text(encoding="utf-8")))


def conditions_for(
    award: str, recipient: Recipient, day: dt.date, conditions: Iterable[Condition] | None = None
) -> list[Condition]:
    found = shipped_conditions() if conditions is None else conditions
    return [one for one in found if one.award == award and one.recipient in (None, recipient) and one.is_in_force(day)]


_DAYS = ("valid_from", "valid_to", "open_from")
_OWN = {one.name for one in fields(Condition)} - {"asks"}


def _read(row: dict[str, Any]) -> Condition:
    known: dict[str, Any] = {name: value for name, value in row.items() if name in _OWN}
    for name in _DAYS:
        if name in known:
            known[name] = dt.date.fromisoformat(known[name])
    if "readings" in known:
        known["readings"] = tuple(Reading(**one) for one in known["readings"])
    if "recipient" in known:
        known["recipient"] = Recipient(known["recipient"])
    return Condition(**known, asks={name: value for name, value in row.items() if name not in _OWN})
