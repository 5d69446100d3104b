"""What a template must know of an office: its names, who signs, which papers it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from documents.dates import PartialDate
from documents.tree import BLANK_DAY, BLANK_NUMBER

if TYPE_CHECKING:
    from units.models import Issuer, Unit

UNKNOWN = "…"
"""Where a number, a day or a name of a cited paper is still to be typed."""
NOBODY_YET = "…" * 10
"""Where a person's name is still to be typed."""

_HEADS = {"tổ dân phố": "tổ trưởng các tổ dân phố"}  # elsewhere «trưởng các thôn», «trưởng các ấp»


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper that exists already; what is not known of it stays open."""

    number: str = UNKNOWN
    date: PartialDate = PartialDate()

    def words(self, name: str) -> dict[str, str]:
        return {f"{name}_number": self.number, f"{name}_date": day_in_words(self.date)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleNames:
    """``kind`` and ``name`` of the unit as printed in a sentence: «xã» «Vân Khê», «tỉnh» «Lam Giang»."""

    kind: str
    name: str
    province_kind: str = "tỉnh"
    province_name: str = UNKNOWN
    """Left alone for a province, which is its own."""
    village: str = "thôn"
    communes: str = "xã, phường"
    """What a province consists of; «xã, phường, đặc khu» where it has one."""
    place: str = ""
    """Địa danh; the unit's name where empty."""
    issuer: str = ""
    """The People's Committee in capitals on one line, where its office spells it in a way of its own."""
    chairman: str = ""
    vice_chairman: str = ""
    cluster: str = UNKNOWN
    """Number of the unit's cluster: «03»."""
    members: str = f"{UNKNOWN}, {UNKNOWN}, {UNKNOWN}"
    """Of the cluster: «xã Mai Khê, phường Lam Thành»."""
    superior_plan: Cited = Cited()
    own_plan: Cited = Cited()
    resolution: Cited = Cited()
    """Of the unit's own council, on the year's tasks."""
    regulation: Cited = Cited()
    """The province's rules on emulation and commendation."""
    council_decision: Cited = Cited()
    """Which set up the unit's emulation council as it is."""
    cluster_decision: Cited = Cited()
    meeting: PartialDate = field(default_factory=PartialDate)
    """On which the members of the cluster agreed on their year."""

    @property
    def unit(self) -> str:
        return _titled(self.kind, self.name)

    @property
    def province(self) -> str:
        return self.unit if self.is_province else _titled(self.province_kind, self.province_name)

    @property
    def is_province(self) -> bool:
        return self.kind.casefold() in {"tỉnh", "thành phố"}

    def words(self) -> dict[str, str]:
        """Every place-holder that does not depend on year and day (README.md)."""
        is_ward = self.kind == "phường"
        economy = "Kinh tế, Hạ tầng và Đô thị" if is_ward else "Kinh tế"
        heads = _HEADS.get(self.village, f"trưởng các {self.village}")
        province_kind = self.province.removesuffix(f" {self.name if self.is_province else self.province_name}")
        return {
            "unit": self.unit,
            "unit_upper": self.unit.upper(),
            "kind": self.kind,
            "kind_upper": self.kind.upper(),
            "name": self.unit if _is_capital(self.name) else self.name,
            "issuer": self.issuer or f"ỦY BAN NHÂN DÂN {self.unit.upper()}",
            "place": self.place or (self.unit if _is_capital(self.name) else self.name),
            "province": self.province,
            "province_upper": self.province.upper(),
            "province_kind": province_kind,
            "province_party": "Tỉnh ủy" if province_kind == "tỉnh" else "Thành ủy",
            "communes": self.communes,
            "village": self.village,
            "heads": heads,
            "heads_start": heads[:1].upper() + heads[1:],
            "economy_office": f"Phòng {economy}",
            "economy_head": f"Trưởng phòng {economy}",
            "chairman": self.chairman,
            "chairman_named": self.chairman or NOBODY_YET,
            "vice_chairman": self.vice_chairman,
            "vice_chairman_named": self.vice_chairman or NOBODY_YET,
            "nobody_yet": NOBODY_YET,
            "cluster_number": self.cluster,
            "members": self.members,
            "meeting_date": day_in_words(self.meeting),
            **self.superior_plan.words("superior"),
            **self.own_plan.words("plan"),
            **self.resolution.words("resolution"),
            **self.regulation.words("regulation"),
            **self.council_decision.words("council"),
            **self.cluster_decision.words("cluster_decision"),
        }


def names_of(unit: Unit, issuer: Issuer | None = None, *, chairman: str = "", vice_chairman: str = "") -> SampleNames:
    """What the rows say; the rest stays open. Follows ``parent`` up to the province."""
    province: Unit | None = unit
    while province is not None and province.kind != type(unit).Kind.PROVINCE:
        province = province.parent
    of_the_committee = issuer is not None and not issuer.superior and issuer.part_id is None
    return SampleNames(
        kind=unit.designation,
        name=unit.name,
        province_kind=province.designation if province else "tỉnh",
        province_name=province.name if province else UNKNOWN,
        village=unit.village_word,
        place=issuer.place if issuer else "",
        issuer=issuer.name if issuer and of_the_committee else "",
        chairman=chairman,
        vice_chairman=vice_chairman,
    )


def paper_words(year: int, number: str, date: PartialDate) -> dict[str, str]:
    """Place-holders that the paper itself fills."""
    return {
        "year": str(year),
        "last_year": str(year - 1),
        "next_year": str(year + 1),
        "number": number,
        "date": str(date),
        "own_number": number or BLANK_NUMBER,
        "own_date": date.in_words(blank=BLANK_DAY),
    }


def day_in_words(date: PartialDate) -> str:
    """``15 tháng 01 năm 2026``, with dots for what is not known; «ngày» stands before it."""
    return date.in_words(blank=UNKNOWN).removeprefix("ngày ")


def _titled(kind: str, name: str) -> str:
    """``xã Vân Khê``, but ``Phường 3`` and ``Thành phố Hồ Chí Minh`` (Decree 30, Phụ lục II, III.1)."""
    if _is_capital(name) or (kind, name) == ("thành phố", "Hồ Chí Minh"):
        kind = kind[:1].upper() + kind[1:]
    return f"{kind} {name}"


def _is_capital(name: str) -> bool:
    """A name that is a number belongs together with its kind."""
    return re.match(r"\d", name) is not None
