"""Cited laws and decrees that are out of force on a day, and what replaced them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.text import fold
from documents.dates import PartialDate
from plans.moving.citations import Citation, find_citations
from plans.moving.proposals import Finding, Group, Kind


@dataclass(frozen=True, slots=True)
class LegalTextRow:
    """One row of the table of laws, which the caller gives: no law is known here."""

    number: str
    """98/2023/NĐ-CP."""
    name: str
    """Its title with or without its kind in front: «Nghị định quy định chi tiết …»."""
    in_force_from: dt.date | None
    in_force_to: dt.date | None
    """The last day; None while it is in force."""
    replaced_by: str
    """The number of another row, or empty."""
    issued: dt.date | None = None
    issuer: str = ""
    """Chính phủ; printed after the day of all but laws."""

    def is_over(self, day: dt.date) -> bool:
        return self.in_force_to is not None and self.in_force_to < day


def find_laws_out_of_force(text: str, table: Sequence[LegalTextRow], day: dt.date) -> Iterator[Finding]:
    """Always asked: a new basis is chosen by the person who signs for it."""
    by_number = {row.number: row for row in table}
    suggested: set[str] = set()
    for citation in find_citations(text):
        row = _row_of(citation, table)
        if row is None or not row.is_over(day):
            continue
        heir = _in_force(row, by_number, day)
        cited = text[citation.start : citation.end]
        if heir is None:
            why = f"Văn bản này {_ended(row)}: nay căn cứ văn bản nào?"
            new = None
        elif heir.number in suggested or heir.number in text:
            why = f"Văn bản này {_ended(row)}; {heir.number} thay nó đã có trong đoạn: bỏ đi?"
            new = None
        else:
            suggested.add(heir.number)
            why = f"Văn bản này {_ended(row)}, được thay bằng {heir.number}."
            new = _cited_like(cited, citation, heir)
        yield Finding(citation.start, citation.end, new, why, Group.LAW, Kind.ASK)


def _row_of(citation: Citation, table: Sequence[LegalTextRow]) -> LegalTextRow | None:
    """By number; a law without number by its name and its day or year."""
    if citation.number:
        return next((row for row in table if row.number.upper() == citation.number.upper()), None)
    if not citation.is_law:
        return None
    for row in table:
        if row.issued is None or _words(_bare_name(row.name)) != _words(citation.title):
            continue
        if citation.date == row.issued or (citation.date is None and row.issued.year in citation.years):
            return row
    return None


def _in_force(row: LegalTextRow, by_number: dict[str, LegalTextRow], day: dt.date) -> LegalTextRow | None:
    """What replaced it, and what replaced that, until one is in force."""
    seen = {row.number}
    heir = by_number.get(row.replaced_by)
    while heir is not None and heir.is_over(day) and heir.number not in seen:
        seen.add(heir.number)
        heir = by_number.get(heir.replaced_by)
    return None if heir is None or heir.is_over(day) else heir


_KIND = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Chỉ thị)\b")


def _bare_name(name: str) -> str:
    return _KIND.sub("", name, count=1).strip(" ,") if _KIND.match(name) else name.strip()


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _cited_like(cited: str, citation: Citation, heir: LegalTextRow) -> str:
    """With number, day and title as far as the old citation had them."""
    found = _KIND.match(heir.name)
    kind = found[0] if found else citation.kind[:1].upper() + citation.kind[1:]
    dated = citation.date is not None and heir.issued
    day = f" {_dated_like(cited, heir.issued)}" if dated and heir.issued else ""
    if citation.kind in {"luật", "bộ luật", "pháp lệnh"}:
        year = f" năm {heir.issued.year}" if heir.issued and not day else ""
        return f"{kind} {_bare_name(heir.name)}{day or year}"
    issuer = f" của {heir.issuer}" if citation.issuer and heir.issuer else ""
    title = f" {_bare_name(heir.name)}" if citation.title and found else ""
    return f"{kind} số {heir.number}{day}{issuer}{title}"


def _ended(row: LegalTextRow) -> str:
    return f"đã hết hiệu lực sau ngày {_printed(row.in_force_to)}" if row.in_force_to else "đã hết hiệu lực"


def _dated_like(cited: str, day: dt.date) -> str:
    """In words where the old citation's day stands in words."""
    if re.search(r"\btháng\b", cited):
        return PartialDate(day.year, day.month, day.day).in_words()
    return f"ngày {_printed(day)}"


def _printed(day: dt.date) -> str:
    """A leading zero for days below 10 and months 1 and 2 (Decree 30/2020/NĐ-CP, Phụ lục I, II.4.b)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
