"""Days as official papers carry them: whole, or with day or month still blank."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
"""Quarters as papers number them: «Quý III»."""
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """``2024-01-18``, ``2024-03`` (day blank) or ``2023`` (day and month blank); nothing at all while unknown."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the ISO form. Raise ``ValueError`` for anything else and for days that no calendar has."""
        if not text:
            return cls()
        match = _ISO.fullmatch(text)
        if not match:
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        # Raises for month 13, 30 February and zeros.
        dt.date(year or 0, 1 if month is None else month, 1 if day is None else day)
        return cls(year, month, day)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] if self.year else []
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    @property
    def exact(self) -> dt.date | None:
        """The day itself, or None while a part of it is blank."""
        return dt.date(self.year, self.month, self.day) if self.year and self.month and self.day else None

    def in_words(self, blank: str = "") -> str:
        """``ngày 05 tháng 3 năm 2020``: a leading zero for days below 10 and for months 1 and 2 only.

        Decree 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4.b.
        """
        day = f"{self.day:02d}" if self.day else blank
        month = blank if not self.month else f"{self.month:02d}" if self.month < 3 else str(self.month)
        return f"ngày {day} tháng {month} năm {self.year or blank}"
