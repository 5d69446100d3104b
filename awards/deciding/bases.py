"""Legal bases of a decision on its day, out of the one table of laws. A draft: the officer has the last word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from documents.dates import PartialDate
from documents.models import LegalText

_LAW, _DECREE = "Luật", "Nghị định"
GOVERNMENT = ("77/2015/QH13", "65/2025/QH15", "72/2025/QH15")
"""Organisation of local government."""
LAWS = ("15/2003/QH11", "47/2005/QH11", "39/2013/QH13", "06/2022/QH15", "06/2026/QH16")
DECREES = ("91/2017/NĐ-CP", "98/2023/NĐ-CP", "152/2025/NĐ-CP")
"""Of them one is in force at a time: it also says what is paid."""
CIRCULARS = ("12/2019/TT-BNV", "01/2024/TT-BNV", "15/2025/TT-BNV")
COMPETENCE, CULTURE = "129/2025/NĐ-CP", "86/2023/NĐ-CP"
_BY_COMPETENCE = frozenset(["CSTDCS", "TTLDTT", "TVH"])
"""Since July 2025 the chairman of a commune decides on these by the decree on competence."""
_OF_CULTURE = frozenset(["TVH", "GDVH", "XTB"])


@dataclass(frozen=True, slots=True)
class Bases:
    lines: tuple[str, ...]
    """Without the mark at their end."""
    decree: str
    """«Nghị định số 152/2025/NĐ-CP», by which is paid; blank where the table has none for the day."""
    unsure: tuple[str, ...]
    """Numbers that nobody has checked against their text."""


def bases_on(day: dt.date, awards: Collection[str]) -> Bases:
    """One query."""
    wanted = [*GOVERNMENT, *LAWS, *DECREES, *CIRCULARS]
    wanted += [COMPETENCE] if _BY_COMPETENCE & set(awards) else []
    wanted += [CULTURE] if _OF_CULTURE & set(awards) else []
    begun = Q(in_force_from__lte=day) | Q(in_force_from=None, issued_on__lte=day)
    rows = LegalText.objects.filter(begun, number__in=wanted).filter(Q(in_force_to=None) | Q(in_force_to__gte=day))
    found = sorted(rows, key=lambda row: wanted.index(row.number))
    decree = next((row.number for row in found if row.number in DECREES), "")
    return Bases(
        tuple(cited(row) for row in found),
        f"{_DECREE} số {decree}" if decree else "",
        tuple(row.number for row in found if row.certainty == LegalText.Certainty.UNCONFIRMED),
    )


def cited(text: LegalText) -> str:
    """A law by name and day; all else with number, day and who issued it (Decree 30/2020, Phụ lục I, mục II.6)."""
    day = ""
    if text.issued_on:
        issued = PartialDate(text.issued_on.year, text.issued_on.month, text.issued_on.day)
        day = f" {issued.in_words()}"
    if text.name.startswith(_LAW):
        return f"Căn cứ {text.name}{day}"
    kind = next((one for one in (_DECREE, "Thông tư", "Quyết định") if text.name.startswith(one)), "")
    about = text.name.removeprefix(kind).strip()
    issuer = f" của {text.issuer}" if text.issuer else ""
    return f"Căn cứ {kind or 'Văn bản'} số {text.number}{day}{issuer} {about}"
