"""What the scanner makes of a text besides parts of the calendar: signs, cycles, lengths, leftovers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from typing import Literal

from documents.times.pieces import Length, Piece


class Sign(Enum):
    """Words and marks that say what the next part of the calendar is to the task."""

    FROM = auto()  # từ
    SINCE = auto()  # kể từ: a length may be counted from here
    TO = auto()  # đến: the day counts
    UNTIL = auto()  # đến trước: it does not
    BEFORE = auto()  # trước
    BY = auto()  # chậm nhất, không quá, hạn cuối
    AFTER = auto()  # sau
    AROUND = auto()  # trước, trong và sau
    BEGIN = auto()  # triển khai, khởi công
    FINISH = auto()  # hoàn thành, kết thúc
    TAIL = auto()  # và những năm tiếp theo
    AND = auto()
    COMMA = auto()
    OR = auto()
    DASH = auto()
    STOP = auto()
    OPEN = auto()
    CLOSE = auto()
    ONGOING = auto()
    EVENT = auto()
    WAIT = auto()  # khi, theo: for something that the text may or may not name
    ON_DEMAND = auto()
    REPORT = auto()


JOINTS = (Sign.AND, Sign.COMMA, Sign.OR, Sign.DASH)
LIMITS = (Sign.FROM, Sign.SINCE, Sign.TO, Sign.UNTIL, Sign.BEFORE, Sign.BY, Sign.AFTER, Sign.AROUND)

CycleUnit = Literal["ngày", "tuần", "tháng", "quý", "năm"]


@dataclass(frozen=True, slots=True)
class Cycle:
    """``02 tuần một lần``; ``times`` above 1: so often within one unit, on days that the text leaves open."""

    unit: CycleUnit
    every: int = 1
    times: int = 1

    @property
    def rule(self) -> str:
        """RRULE of RFC 5545; empty for what one plan sees once (hằng năm) and for days left open (2 lần/tháng)."""
        if self.times > 1 or (self.unit == "năm" and self.every == 1):
            return ""
        frequency, factor = {
            "ngày": ("DAILY", 1),
            "tuần": ("WEEKLY", 1),
            "tháng": ("MONTHLY", 1),
            "quý": ("MONTHLY", 3),
            "năm": ("YEARLY", 1),
        }[self.unit]
        interval = self.every * factor
        return f"FREQ={frequency}" + (f";INTERVAL={interval}" if interval > 1 else "")

    @property
    def long(self) -> bool:
        """Half a year or more: named days then say it all, there is nothing left to repeat within a plan."""
        months = {"ngày": 0, "tuần": 0, "tháng": 1, "quý": 3, "năm": 12}[self.unit] * self.every
        return months >= 6


@dataclass(frozen=True, slots=True)
class Weekdays:
    """RFC 5545 names. ``week`` is the week of the month that they stand in, from 1, -1 the last, 0 none."""

    names: tuple[str, ...]
    week: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """``16h30``. Midnight as 0 giờ leaves nothing of its day."""

    midnight: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A figure that no noun explains; its neighbours do: ``tháng 11-12``, ``ngày 15, 16/12``."""

    value: int
    labels: bool = False
    """It follows a noun that it tells apart from others: ``khối 5``. Then it needs no explanation."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Looks like time and is understood by no rule. It is reported, never passed over."""

    text: str


Mark = Sign | Piece | Cycle | Weekdays | Clock | Number | Length | Word | Unread


@dataclass(frozen=True, slots=True)
class Context:
    """What the text itself does not say."""

    year: int
    issued: date | None = None
    quarter: int | None = None


@dataclass(slots=True)
class Scan:
    """The marks so far; rules look back at them."""

    context: Context
    marks: list[Mark] = field(default_factory=list)

    @property
    def left(self) -> Piece | None:
        """The part of the calendar that a list or a dash joins to what comes next."""
        place = len(self.marks) - 1
        joined = False
        while place >= 0 and (self.marks[place] in JOINTS or self.marks[place] in (Sign.TO, Sign.UNTIL)):
            joined = True
            place -= 1
        last = self.marks[place] if place >= 0 else None
        return last if joined and isinstance(last, Piece) else None
