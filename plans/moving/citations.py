"""Cited papers in a text, with every letter that belongs to them: number, day, who issued it, its title.

    Kế hoạch số 05/KH-UBND ngày 09/01/2024 của UBND huyện … về công tác … năm 2024;
    Chỉ thị 34-CT/TW · Luật … ngày 15/6/2022 · Luật … năm 2022 · các năm 2005, 2013
    biên bản hội nghị …, ngày 28/02/2023        a paper without number, in a legal basis only

Where a title ends is not printed. It is taken to end with its sentence or at ``;``: a year too
many left alone is seen by the reader, a year of a cited paper changed is a false citation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.moving.proposals import Span, overlaps

LAWS = {"luật", "bộ luật", "hiến pháp", "pháp lệnh", "nghị định", "thông tư", "thông tư liên tịch"}
"""Kinds that stay in force for years and are renewed by their own rules, not with the year's plan."""

_KINDS = (
    "Thông tư liên tịch|Thông tư|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Công văn|Văn bản|Hướng dẫn|Chương "
    "trình hành động|Chương trình|Kết luận|Thông tri|Thông báo|Quy định|Quy chế|Đề án|Tờ trình|Báo cáo|Công điện|"
    "Biên bản|Điều lệ|Bộ luật|Luật|Pháp lệnh"
).replace(" ", r"\s+")
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SYMBOL = r"(?-i:[A-ZĐ][A-ZĐa-z0-9]*(?:\s?[-–/.&]\s?[A-ZĐ][A-ZĐa-z0-9]+)*)"
_NUMBER = rf"""
    \d{{1,5}}[a-z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL}      # 05/KH-UBND, 91/2017/NĐ-CP, 351/UBND - NV
  | \d{{1,4}}\s?-\s?(?-i:[A-ZĐ][A-ZĐa-z]{{0,5}}/[A-ZĐ][A-ZĐa-z]*)    # 34-CT/TW, 10-CTr/TU
"""
_BLANK_NUMBER = rf"số:?[\s.…_]*/\s?{_SYMBOL}"
_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|[\d\s.…_]{1,12}\s?tháng\s?[\d\s.…_]{1,12}\s?năm\s?\d{4}"
_DATED = rf"(?:,?\s*ngày\s*(?P<day>{_DAY}))"
_TITLE = "(?:về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|triển khai|tổ chức|phát động|thực hiện)".replace(
    " ", r"\s+"
)
_AFTER_ISSUER = "và|để|nhằm|trong|với|vào|đã|đến|theo|tại|cho|do|là|được|bằng|gắn"
_ISSUER = rf"(?:\s+của\s+(?P<issuer>[^,;.:()]+?)(?=\s+(?:{_TITLE}|{_AFTER_ISSUER})\b|[,;.:()]|$))"
_TO_THE_END = rf"[^;:.()]*?(?:\([^()]*\)[^;:.()]*?)*(?=(?<=\d{{4}}),\s+(?-i:[{UPPER}])|[;:()]|\.(?:\s|/|\.|$)|$)"

_NUMBERED = re.compile(
    rf"""
    (?:(?P<kind>{_KINDS})\s+)?
    (?:(?:số:?\s*)?(?P<number>{_NUMBER})|{_BLANK_NUMBER})(?!\w)
    {_DATED}?
    {_ISSUER}?
    (?P<title>,?\s+[“"]?{_TITLE}\b{_TO_THE_END})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DATED_KIND = re.compile(
    rf"(?P<kind>{_KINDS})\s+ngày\s*(?P<day>{_DAY}){_ISSUER}?(?P<title>,?\s+[“\"]?{_TITLE}\b{_TO_THE_END})?",
    re.IGNORECASE,
)
_LAW = re.compile(
    rf"""
    (?<!pháp\s)(?P<kind>(?-i:Bộ\s+[Ll]uật|Luật|LUẬT|Pháp\s+lệnh|Hiến\s+pháp))\b
    (?P<name>(?:(?!nhiệm\s+vụ|công\s+tác|phong\s+trào|kế\s+hoạch|triển\s+khai|thực\s+hiện|trong\b|tổng\s+kết)
       [^;:.()\d]){{0,140}}?)
    (?:,?\s*ngày\s*(?P<day>{_DAY})|\s*các\s+năm\s+(?P<years>\d{{4}}(?:(?:,|\s+và)\s*\d{{4}})*)|\s*năm\s+(?P<year>\d{{4}}))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPENING = re.compile(r"\s*(?:Căn cứ|Theo|Thực hiện|Xét)\b")
_UNNUMBERED = re.compile(
    rf"\b(?P<kind>{_KINDS})\s+(?P<title>[^;.:()]{{1,160}}?)"
    rf"(?<!trước)(?<!đến)(?<!hết)(?<!từ)(?<!vào)(?<!nhất)(?:,|\s)\s*ngày\s*(?P<day>{_DAY}){_ISSUER}?",
    re.IGNORECASE,
)
_CENTRAL = re.compile(r"/TW|-TTg|-CP\b|/QH\d|/TT-|/TTLT", re.IGNORECASE)
_FULL_DAY = re.compile(r"\s*(\d{1,2})\D+?(\d{1,2})\D+?(\d{4})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Citation:
    start: int
    end: int
    kind: str
    """In small letters; empty where only a number stands."""
    number: str
    date: dt.date | None
    issuer: str
    title: str
    years: tuple[int, ...]
    """Years that a law is known by, or that the title names."""

    @property
    def span(self) -> Span:
        return self.start, self.end

    @property
    def is_law(self) -> bool:
        return self.kind in LAWS

    @property
    def is_central(self) -> bool:
        """Of the Party's centre, the Government, a ministry: such papers guide for years."""
        return bool(_CENTRAL.search(self.number))


def find_citations(text: str) -> list[Citation]:
    """In the order of the text; none within another."""
    found: list[Citation] = []
    for citation in _candidates(text):
        if not overlaps(citation.span, [other.span for other in found]):
            found.append(citation)
    return sorted(found, key=lambda citation: citation.start)


def _candidates(text: str) -> Iterator[Citation]:
    yield from (_cited(match) for match in _NUMBERED.finditer(text))
    yield from (_cited(match) for match in _DATED_KIND.finditer(text))
    yield from (_cited(match) for match in _LAW.finditer(text))
    if _OPENING.match(text):
        yield from (_cited(match) for match in _UNNUMBERED.finditer(text))


def _cited(match: re.Match[str]) -> Citation:
    parts = match.groupdict()
    named = " ".join(parts.get(name) or "" for name in ("title", "years", "year"))
    end = match.end() - (len(match[0]) - len(match[0].rstrip()))
    return Citation(
        start=match.start(),
        end=end,
        kind=" ".join((parts.get("kind") or "").lower().split()),
        number=re.sub(r"\s", "", parts.get("number") or ""),
        date=_read_day(parts.get("day") or ""),
        issuer=(parts.get("issuer") or "").strip(),
        title=(parts.get("title") or parts.get("name") or "").strip(" ,"),
        years=tuple(int(year) for year in _YEAR.findall(named)),
    )


def _read_day(text: str) -> dt.date | None:
    match = _FULL_DAY.match(text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
