"""Reward money: multiplier × base salary on the day of the decision, rounded up to 10,000 đồng. Pure; rates are data.

Nghị định số 152/2025/NĐ-CP, Điều 49: the salary in force when the decision is signed, the sum rounded up.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from awards.facts import Recipient
from core.errors import AppError

_SHIPPED = Path(__file__).parent / "data" / "rates.json"
STEP = 10_000
"""Đồng."""


class By(StrEnum):
    """Who decides."""

    COMMUNE = "commune"
    DEPARTMENT = "department"
    DISTRICT = "district"
    """Until 30 June 2025."""
    PROVINCE = "province"
    PM = "pm"
    STATE = "state"


BY_WORDS = {
    By.COMMUNE: "Chủ tịch Ủy ban nhân dân cấp xã",
    By.DEPARTMENT: "Giám đốc sở, thủ trưởng cơ quan, đơn vị",
    By.DISTRICT: "Chủ tịch Ủy ban nhân dân cấp huyện",
    By.PROVINCE: "Chủ tịch Ủy ban nhân dân tỉnh",
    By.PM: "Thủ tướng Chính phủ",
    By.STATE: "Chủ tịch nước",
}
RECIPIENT_WORDS = {
    Recipient.PERSON: "cá nhân",
    Recipient.COLLECTIVE: "tập thể",
    Recipient.HOUSEHOLD: "hộ gia đình",
}


class NoRate(AppError):
    message = "Chưa có mức tiền thưởng cho trường hợp này."


@dataclass(frozen=True, slots=True)
class Sum:
    multiplier: Fraction
    amount: int
    """Đồng."""
    arithmetic: str


@dataclass(frozen=True, slots=True)
class Money:
    sums: tuple[Sum, ...]
    """More than one: readings that stand side by side until somebody confirms one."""
    base: int
    source: str
    is_confirmed: bool

    @property
    def amount(self) -> int | None:
        """None where a person has to choose."""
        return self.sums[0].amount if self.is_confirmed else None


def award_money(award: str, *, recipient: Recipient, by: By, on: dt.date) -> Money:
    """Raises ``NoRate`` with the reason: no such award, not for that recipient, not decided there, a day too early."""
    rate, factor = _rate_of(award, recipient, by)
    base = base_salary(on)
    multipliers = [Fraction(multiplier) * factor for multiplier in rate["multipliers"]]
    source = f"{rate['source']}; {base['source']}"
    if factor != 1:
        source = f"{source}; {_shipped()['household_factor']['source']}"
    sums = tuple(_sum(multiplier, base["amount"]) for multiplier in multipliers)
    return Money(sums, base["amount"], source, rate.get("is_confirmed", True))


def base_salary(on: dt.date) -> dict[str, Any]:
    rows = [row for row in _shipped()["base_salary"] if dt.date.fromisoformat(row["from"]) <= on]
    if not rows:
        first = dt.date.fromisoformat(_shipped()["base_salary"][0]["from"])
        raise NoRate(
            f"Mức lương cơ sở trước ngày {first:%d/%m/%Y} chưa được kiểm chứng trong chương trình, nên không tính tiền"
            f" thưởng cho quyết định ngày {on:%d/%m/%Y}."
        )
    return rows[-1]


def rounded_up(amount: Fraction) -> int:
    steps = amount / STEP
    return -(-steps.numerator // steps.denominator) * STEP


def at_multiplier(multiplier: Fraction, *, on: dt.date, source: str) -> Money:
    """By a rate that a unit ordered or confirmed itself. Raises ``NoRate`` a day too early."""
    base = base_salary(on)
    return Money((_sum(multiplier, base["amount"]),), base["amount"], f"{source}; {base['source']}", is_confirmed=True)


@dataclass(frozen=True, slots=True)
class OpenRate:
    """A rate that ships with more than one reading, or that nobody has confirmed."""

    award: str
    recipient: Recipient
    by: By
    multipliers: tuple[Fraction, ...]
    source: str

    @property
    def key(self) -> tuple[str, Recipient, By]:
        return self.award, self.recipient, self.by


def open_rates() -> list[OpenRate]:
    return [
        OpenRate(
            row["award"], Recipient(row["recipient"]), By(by), tuple(map(Fraction, row["multipliers"])), row["source"]
        )
        for row in _shipped()["rates"]
        if not row.get("is_confirmed", True)
        for by in row["by"]
    ]


def household_factor() -> Fraction:
    return Fraction(_shipped()["household_factor"]["multiplier"])


def dong(amount: int | Fraction) -> str:
    """«2.340.000»; all sums here are whole."""
    return f"{int(amount):,}".replace(",", ".")


def _sum(multiplier: Fraction, base: int) -> Sum:
    exact, amount = multiplier * base, rounded_up(multiplier * base)
    words = f"{_said(multiplier)} × {dong(base)} = {dong(exact)} đồng"
    if amount != exact:
        words += f", làm tròn lên {dong(amount)} đồng"
    return Sum(multiplier, amount, words)


def _said(multiplier: Fraction) -> str:
    return f"{float(multiplier):g}".replace(".", ",")


def _rate_of(award: str, recipient: Recipient, by: By) -> tuple[dict[str, Any], Fraction]:
    """Of a household: its own, or one and a half times the person's where the form is a commendation."""
    rows = [row for row in _shipped()["rates"] if row["award"] == award]
    if not rows:
        raise NoRate(f"Không có danh hiệu, hình thức khen thưởng nào mang mã «{award}».")
    factor, kind = Fraction(1), recipient.value
    if recipient is Recipient.HOUSEHOLD and not any(row["recipient"] == kind for row in rows):
        if award not in ("BKT", "BKTTg", "GK"):
            raise NoRate(f"{award} không dành cho hộ gia đình.")
        factor, kind = Fraction(_shipped()["household_factor"]["multiplier"]), Recipient.PERSON.value
    fitting = [row for row in rows if row["recipient"] == kind]
    if not fitting:
        raise NoRate(f"{award} không dành cho {RECIPIENT_WORDS[recipient]}.")
    for row in fitting:
        if by in row["by"]:
            return row, factor
    raise NoRate(f"{BY_WORDS[by]} không quyết định {award}.")


@cache
def _shipped() -> dict[str, Any]:
    return json.loads(_SHIPPED.read_text(encoding="utf-8"))
