"""How much of a quota is used, and what is left of it: in whole people, rounded down. Pure.

Nobody has a quota unless a local rule orders one: the law since 2024 has none (Luật số 06/2022/QH15).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Meter:
    award: str
    name: str
    where: str
    """«Toàn đợt», or whose list it is."""
    percent: Decimal | None
    """Of ``base``, at most; None: only the share of direct workers is ruled."""
    base: int | None
    """None: nobody has entered how many there are."""
    base_words: str
    used: int
    direct: int = 0
    leaders: int = 0
    direct_percent: Decimal | None = None
    source: str = ""

    @property
    def allowed(self) -> int | None:
        if self.percent is None or self.base is None:
            return None
        return int(self.percent * self.base // 100)

    @property
    def left(self) -> int | None:
        return None if self.allowed is None else self.allowed - self.used

    @property
    def is_exceeded(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def lacks_direct(self) -> bool:
        """Whoever is not classified is neither: the officer classifies first."""
        return (
            self.direct_percent is not None and self.used > 0 and self.direct * 100 < self.direct_percent * self.used
        )

    @property
    def words(self) -> str:
        """«đã 14/15 % – còn 1 suất»"""
        if self.percent is None:
            return f"{self.used} đề nghị"
        if self.base is None:
            return f"đã {self.used} đề nghị; chưa có số liệu để tính {number(self.percent)} % {self.base_words}"
        share = Decimal(self.used * 100) / self.base if self.base else Decimal(0)
        left = self.left or 0
        rest = f"còn {left} suất" if left > 0 else ("vừa hết suất" if left == 0 else f"quá {-left} suất")
        return f"đã {number(share)}/{number(self.percent)} % – {rest}"

    @property
    def direct_words(self) -> str:
        others = self.used - self.direct - self.leaders
        told = f"{self.direct} người trực tiếp, {self.leaders} lãnh đạo"
        if others:
            told += f", {others} chưa phân loại"
        if self.direct_percent is None:
            return told
        return f"{told}; người trực tiếp cần ít nhất {number(self.direct_percent)} %"


def number(value: Decimal) -> str:
    """One decimal at most, decimal comma.

    >>> number(Decimal("14.05")), number(Decimal("15.00"))
    ('14,1', '15')
    """
    text = f"{value.quantize(Decimal('0.1'), rounding='ROUND_HALF_UP'):f}"
    return text.removesuffix(".0").replace(".", ",")
