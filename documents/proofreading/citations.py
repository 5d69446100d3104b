"""Papers that a text cites, with what it says of each: kind, number, day, issuer, title.

    Kế hoạch số 05/KH-UBND ngày 09/01/2026 của UBND tỉnh … về công tác …
    Chỉ thị 34-CT/TW · Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022 · Luật … năm 2022

A citation reaches to the end of its title, which is not printed: to ``;``, ``:``, a bracket or the end of its
sentence. So what stands in it is somebody else's wording, and most rules leave it alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.proofreading.letters import UPPER

LAWS = ("luật", "bộ luật", "pháp lệnh")

_KINDS = (
    "Thông tư liên tịch|Thông tư|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Kế hoạch|Công văn|Văn bản|Hướng dẫn|"
    "Chương trình hành động|Chương trình|Kết luận|Thông tri|Thông báo|Quy định|Quy chế|Đề án|Tờ trình|Báo cáo|"
    "Công điện"
).replace(" ", r"\s+")
_SYMBOL = r"[A-ZĐƯ][A-ZĐƯa-z0-9]*(?:\s?[-–.&/]\s?[A-ZĐƯ][A-ZĐƯa-z0-9]*)*"
_BLANK = r"[\s.…_]*"
_DAY = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
    r"|[\s.…_]*tháng[\s.…_]*năm[\s.…_]*\d{4})"
)
_TITLE_WORDS = (
    "về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|triển khai|tổ chức|phát động|thực hiện|kiện toàn|thành lập|"
    "đẩy mạnh|tăng cường|Về|Thực hiện|Quy định|Ban hành"
).replace(" ", r"\s+")
_ISSUER_ENDS = rf"(?=\s+(?:{_TITLE_WORDS}|và(?!\s+[{UPPER}])|để|nhằm|trong|khóa|khoá|giai\s+đoạn)\b|[,;.:()]|$)"
_REST = r"[^;:()]*?(?:\([^()]*\)[^;:()]*?)*(?=[;:()]|\.(?:\s|/|$)|$)"

_NUMBERED = re.compile(
    rf"""
    (?<!\w)(?:(?P<kind>{_KINDS})\s+)?
    (?:số:?\s*)?(?P<number>
        (?P<ordinal>\d{{1,5}}[a-z]?)\s?/\s?(?:(?P<year>(?:19|20)\d{{2}})\s?/\s?)?(?P<symbol>{_SYMBOL})
      | (?P<party_ordinal>\d{{1,4}})\s?-\s?(?P<party>[A-ZĐ][A-ZĐa-z]{{0,5}}\s?/\s?[A-ZĐ][A-ZĐa-z]*)
      | …\s?/\s?{_SYMBOL}
    )(?!\w)
    (?:,?\s*(?P<dated>ngày\s*(?P<day>{_DAY})))?
    (?P<issued>,?\s+của\s+(?P<issuer>[^,;.:()]+?){_ISSUER_ENDS})?
    (?P<title>,?\s+(?:[“"]?\s*)?(?:{_TITLE_WORDS})\b{_REST})?
    """,
    re.VERBOSE,
)
_LAW = re.compile(
    rf"""
    (?<![Pp]háp\s)(?<!\w)(?P<kind>Bộ\s+[Ll]uật|Luật|Pháp\s+lệnh)\s+
    (?P<title>[{UPPER}](?:(?!\bngày\b|\bnăm\b|\bLuật\b)[^;:.()\d]){{2,160}}?
        |sửa\s+đổi,\s+bổ\s+sung(?:(?!\bngày\b|\bnăm\b)[^;:.()\d]){{5,240}}?(?!,?\s+và\s+Luật))
    (?:,?\s*số:?\s*(?P<number>\d{{1,3}}/(?P<year>\d{{4}})/QH\d{{1,2}}))?
    (?:,?\s*(?P<dated>ngày\s*(?P<day>{_DAY}))|\s*(?P<of>năm\s+(?P<law_year>\d{{4}}))
      |(?=\s*[;.:()]|$|,?\s+(?:được|có)\b|,?\s+và\s+(?:Luật|Bộ\s+luật|[{UPPER}]|các\b|của\b)))
    """,
    re.VERBOSE,
)
_FULL_DAY = re.compile(r"\s*(\d{1,2})\D+?(\d{1,2})\D+?(\d{4})")


@dataclass(frozen=True, slots=True)
class Citation:
    start: int
    end: int
    kind: str
    """In small letters; empty where only a number stands."""
    number: str
    """Without blanks; empty for a law that is cited by name."""
    number_span: tuple[int, int]
    number_year: int | None
    """91/2017/NĐ-CP: 2017."""
    date: dt.date | None
    """None where none is printed, and where no calendar has it."""
    date_span: tuple[int, int] | None
    """With the word «ngày»."""
    issuer: str
    title: str
    law_year: int | None = None

    @property
    def is_law(self) -> bool:
        return self.kind in LAWS


def find_citations(text: str) -> Iterator[Citation]:
    """In the order of the text; none within another."""
    if not any(sign in text for sign in ("/", "Luật", "luật", "Pháp lệnh", "-CT")):
        return
    taken = 0
    found = [_cited(match) for pattern in (_NUMBERED, _LAW) for match in pattern.finditer(text)]
    for citation in sorted(found, key=lambda one: (one.start, -one.end)):
        if citation.start >= taken:
            taken = citation.end
            yield citation


def _cited(match: re.Match[str]) -> Citation:
    parts = match.groupdict()
    year = parts.get("year")
    law_year = parts.get("law_year")
    return Citation(
        start=match.start(),
        end=match.start() + len(match[0].rstrip()),
        kind=" ".join((parts["kind"] or "").lower().split()),
        number=re.sub(r"\s", "", parts.get("number") or ""),
        number_span=match.span("number"),
        number_year=int(year) if year else None,
        date=_day(parts.get("day") or ""),
        date_span=match.span("dated") if parts.get("dated") else None,
        issuer=(parts.get("issuer") or "").strip(),
        title=(parts.get("title") or "").strip(" ,"),
        law_year=int(law_year) if law_year else None,
    )


def _day(text: str) -> dt.date | None:
    match = _FULL_DAY.match(text)
    if not match:
        return None
    day, month, year = map(int, match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
