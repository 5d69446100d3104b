"""What a reader must know besides the paper: whose it is, which year it plans, which laws there are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.dates import PartialDate
from documents.legal_texts import known_texts
from documents.tree import Paper

REFORM = dt.date(2025, 7, 1)
"""Local government has two levels since then (Law 72/2025/QH15): papers name no district any more."""

_KINDS = {
    "tỉnh": "province",
    "thành phố": "province",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
}
_UNIT = re.compile(rf"(?:^|\s)(?P<kind>{'|'.join(_KINDS)})\s+(?P<name>\S.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Law:
    """One row of the table of legal texts."""

    number: str
    name: str
    """With its kind in front: «Nghị định quy định chi tiết …»."""
    issued_on: dt.date | None = None
    in_force_from: dt.date | None = None
    in_force_to: dt.date | None = None
    """The last day; None while in force."""
    replaced_by: str = ""


def shipped_laws() -> tuple[Law, ...]:
    """The table as the program brings it along, for where no database is asked."""
    return tuple(
        Law(
            number=row["number"],
            name=row["name"],
            issued_on=_day(row["issued_on"]),
            in_force_from=_day(row["in_force_from"]),
            in_force_to=_day(row["in_force_to"]),
            replaced_by=row["replaced_by"],
        )
        for row in known_texts()
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Whose:
    """The unit that issues the paper."""

    kind: str = ""
    """As printed: xã, phường, huyện, tỉnh; empty where unknown."""
    name: str = ""
    level: str = ""
    """``province``, ``district`` or ``commune``; empty where unknown."""
    other_names: tuple[str, ...] = ()
    """Names that are right although they look like the own one: of the province, the villages, other units."""


@dataclass(frozen=True, slots=True)
class Context:
    year: int | None = None
    """That the paper plans."""
    date: PartialDate = PartialDate()
    """Of the paper, as far as it is known."""
    whose: Whose = Whose()
    laws: tuple[Law, ...] = ()
    is_issue: bool = False
    """Number, day and signer must be there now."""

    @property
    def earliest(self) -> dt.date | None:
        """The first day on which the paper can have been issued."""
        if self.date.year is None:
            return None
        return dt.date(self.date.year, self.date.month or 1, self.date.day or 1)

    @property
    def latest(self) -> dt.date | None:
        if self.date.year is None:
            return None
        if self.date.exact:
            return self.date.exact
        month = self.date.month or 12
        following = dt.date(self.date.year + month // 12, month % 12 + 1, 1)
        return following - dt.timedelta(days=1)

    @property
    def is_two_tier(self) -> bool:
        """Surely after the reform; a paper without a date is judged by the year that it plans."""
        if self.earliest is not None:
            return self.earliest >= REFORM
        return self.year is not None and self.year > REFORM.year


def context_of(
    paper: Paper,
    *,
    year: int | None,
    laws: Sequence[Law] = (),
    whose: Whose | None = None,
    other_names: Iterable[str] = (),
    is_issue: bool = False,
) -> Context:
    """What the paper itself tells, where the caller knows no better."""
    return Context(
        year=year,
        date=paper.header.date,
        whose=whose or _unit_of_paper(paper, tuple(other_names)),
        laws=tuple(laws),
        is_issue=is_issue,
    )


def _unit_of_paper(paper: Paper, other_names: tuple[str, ...]) -> Whose:
    """A cluster is no unit: there the post of the one who signs tells."""
    issuer = " ".join(paper.header.issuer)
    of_group = re.search(r"\b(?:CỤM|KHỐI)\b", issuer)
    return unit_of(paper.signature.post if of_group else issuer, paper.header.place, other_names)


def unit_of(issuer: str, place: str = "", other_names: tuple[str, ...] = ()) -> Whose:
    """``ỦY BAN NHÂN DÂN XÃ AN SƠN``: xã An Sơn. The place, where it is the same name, tells its capitals."""
    match = _UNIT.search(issuer)
    if not match:
        return Whose(other_names=other_names)
    kind, name = match["kind"].lower(), " ".join(match["name"].split())
    spelt = place if place.casefold() == name.casefold() else name.title()
    return Whose(kind, spelt, _KINDS[kind], other_names)
