"""What is known of whoever is proposed, as plain values without a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

RATINGS = ("KHTNV", "HTNV", "HTT", "HTXSNV")
"""From the lowest: không hoàn thành, hoàn thành, hoàn thành tốt, hoàn thành xuất sắc nhiệm vụ."""
RATING_WORDS = {
    "KHTNV": "không hoàn thành nhiệm vụ",
    "HTNV": "hoàn thành nhiệm vụ",
    "HTT": "hoàn thành tốt nhiệm vụ",
    "HTXSNV": "hoàn thành xuất sắc nhiệm vụ",
}


class Recipient(StrEnum):
    PERSON = "person"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"


class Path(StrEnum):
    MERIT = "merit"
    MOVEMENT = "movement"
    SUDDEN = "sudden"
    CONTRIBUTION = "contribution"


class Mode(StrEnum):
    MERIT = "merit"
    THEMATIC = "thematic"
    SUDDEN = "sudden"


class Scope(StrEnum):
    BASE = "base"
    PROVINCE = "province"
    NATION = "nation"


SCOPE_WORDS = {Scope.BASE: "cơ sở", Scope.PROVINCE: "cấp tỉnh", Scope.NATION: "toàn quốc"}


@dataclass(frozen=True, slots=True)
class Title:
    """An award that was given."""

    code: str
    year: int
    mode: Mode = Mode.MERIT


@dataclass(frozen=True, slots=True)
class Initiative:
    id: str
    year: int
    scope: Scope
    is_recognised: bool = False
    used_for: str = ""
    """Code of the award for which it was a standard already."""


@dataclass(frozen=True, slots=True)
class Discipline:
    level: str
    start: dt.date
    end: dt.date | None = None
    """None: still in force."""


@dataclass(frozen=True, slots=True)
class Members:
    """Of a collective, in the year of the award."""

    total: int
    ldtt: int = 0
    cstdcs: int = 0
    completed: int = 0
    warned_or_worse: int = 0


@dataclass(frozen=True, slots=True)
class Subject:
    kind: Recipient = Recipient.PERSON
    ratings: Mapping[int, str] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    discipline: tuple[Discipline, ...] = ()
    has_open_case: bool = False
    maternity_years: frozenset[int] = frozenset()
    members: Members | None = None

    def has_title(self, codes: tuple[str, ...], year: int) -> bool:
        """Thematic and sudden awards are no base for merit (NĐ 152/2025, Điều 4)."""
        return any(one.code in codes and one.year == year and one.mode is Mode.MERIT for one in self.titles)

    def is_rated(self, year: int, least: str) -> bool:
        return year in self.ratings and RATINGS.index(self.ratings[year]) >= RATINGS.index(least)


@dataclass(frozen=True, slots=True)
class Case:
    """One question: may this subject have this award for this year?"""

    award: str
    year: int
    received_on: dt.date
    """The day on which the dossier was received for appraisal: it chooses the law."""
    subject: Subject
    path: Path = Path.MERIT
