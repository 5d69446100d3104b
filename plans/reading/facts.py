"""What a plan is, of which year and whose, as its own words say; and what follows from them where they say nothing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from core.text import fold
from documents.dates import PartialDate
from documents.reading.paper import Head, ReadPaper, Unsure
from plans.interchange import FIRST_YEAR, LAST_YEAR

_YEAR = re.compile(r"(?<![\d/.-])(?:năm(?:\s+học)?\s+)(?P<year>(?:19|20)\d{2})(?!\d)", re.IGNORECASE)
_ANY_YEAR = re.compile(r"(?<!\d)(?P<year>20\d{2})(?!\d)")
_LEVEL = r"(?P<level>xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh)"
_NAME = r"(?P<name>[A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?:\s[A-ZĐÀ-Ỹ0-9][\wÀ-ỹ]*){0,4})"
_COMMITTEE = re.compile(rf"(?:[ỦU][ỷyỶY]?\s?[Bb]an\s+[Nn]hân\s+dân|Uỷ ban nhân dân|UBND)\s+{_LEVEL}(?:\s+{_NAME})?")
_NO_UNIT = re.compile(r"(?:ỦY|UỶ) BAN NHÂN DÂN|UBND")
_ON_LAND_OF = re.compile(rf"(?:địa bàn|của|UBND|Ủy ban nhân dân|Uỷ ban nhân dân)\s+{_LEVEL}\s+{_NAME}")
_ABBREVIATIONS = {
    "KẾ HOẠCH": "KH",
    "CHƯƠNG TRÌNH": "CTr",
    "QUYẾT ĐỊNH": "QĐ",
    "HƯỚNG DẪN": "HD",
    "THÔNG BÁO": "TB",
    "BÁO CÁO": "BC",
    "TỜ TRÌNH": "TTr",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
}


@dataclass(frozen=True, slots=True)
class Facts:
    kind: str
    year: int
    head: Head
    unsure: tuple[Unsure, ...]


def facts_of(paper: ReadPaper, today_year: int) -> Facts:
    """``today_year``: for a paper in which no year is printed at all."""
    unsure: list[Unsure] = []
    year = _year(paper, today_year, unsure)
    head = _with_issuer(paper, unsure)
    head = _with_symbol_and_place(paper, head, unsure)
    if head.date == PartialDate():
        head = replace(head, date=PartialDate(year))
        unsure.append(Unsure("date", f"Văn bản không in ngày; tạm ghi năm {year}.", inferred=True))
    return Facts(_kind(paper, head), year, head, tuple(unsure))


# -- Year and kind ----------------------------------------------------------------------------


def _year(paper: ReadPaper, today_year: int, unsure: list[Unsure]) -> int:
    named = _years(_YEAR, f"{paper.title} {paper.subject}")
    of_paper = paper.head.date.year
    likely = [year for near in (0, 1, -1) for year in named if of_paper and year == of_paper + near]
    if likely or (named and not of_paper):
        return (likely or named)[0]
    if paper.head.date.year and FIRST_YEAR <= paper.head.date.year <= LAST_YEAR:
        year, why = paper.head.date.year, "Trích yếu không ghi năm của kế hoạch; lấy theo năm của ngày văn bản."
    else:
        found = Counter(_years(_ANY_YEAR, " ".join(paper.texts())))
        year = found.most_common(1)[0][0] if found else today_year
        why = (
            "Trích yếu và ngày văn bản không ghi năm; lấy năm được nhắc nhiều nhất."
            if found
            else "Văn bản không ghi năm nào."
        )
    unsure.append(Unsure("year", why, inferred=True))
    return year


def _years(pattern: re.Pattern[str], text: str) -> list[int]:
    years = [int(found["year"]) for found in pattern.finditer(text)]
    return [year for year in years if FIRST_YEAR <= year <= LAST_YEAR]


def _kind(paper: ReadPaper, head: Head) -> str:
    subject = fold(paper.subject)
    title = paper.title
    if title.startswith("QUYẾT ĐỊNH"):
        return "decision"
    if title.startswith("CHƯƠNG TRÌNH"):
        return "programme"
    if re.match(r"(?:CỤM|KHỐI)\b", head.issuer) or re.search(r"\b(?:cum|khoi) (?:truong|thi dua)\b", subject):
        return "cluster"
    if re.search(r"\bhoi nghi\b|\ble (?:ky niem|tuyen duong|trao|phat dong)\b|\bdai hoi thi dua\b", subject):
        return "conference"
    about_both = "thi dua" in subject and "khen thuong" in subject
    if about_both and not re.search(r"\bdot thi dua\b|^phat dong\b", subject):
        return "annual"
    if re.search(
        r"\b(?:phong trao|dot) thi dua\b|\bphat dong\b.*\bthi dua\b|\bthi dua\b.*\blap thanh tich\b", subject
    ):
        return "campaign"
    return "annual" if about_both else "other"


# -- Who issues -------------------------------------------------------------------------------


def _with_issuer(paper: ReadPaper, unsure: list[Unsure]) -> Head:
    """Not printed above the title: who signs, and for whom the text speaks."""
    head = paper.head
    if _NO_UNIT.fullmatch(head.issuer) and (whole := _committee(paper)):
        why = "Đầu văn bản chỉ in «ỦY BAN NHÂN DÂN»; tên đơn vị suy từ lời văn và địa danh."
        unsure.append(Unsure("issuer", why, inferred=True))
        return replace(head, issuer=whole)
    if head.issuer:
        return head
    authority = paper.ending.signature_lines[0] if paper.ending.signature_lines else ""
    body = re.sub(r"^(?:T/?M|TT|KT|TL|TUQ)\s?\.\s*", "", authority)
    if body != authority and re.match(r"(?:CỤM|KHỐI|HỘI ĐỒNG|BAN|SỞ|TRƯỜNG)\b", body):
        issuer, why = body, "Tên cơ quan ban hành không in ở đầu văn bản; lấy theo nơi ký."
    else:
        issuer = _committee(paper)
        why = "Tên cơ quan ban hành không in ở đầu văn bản; suy từ lời văn và địa danh."
    if issuer:
        unsure.append(Unsure("issuer", why, inferred=True))
    else:
        unsure.append(Unsure("issuer", "Chưa thấy tên cơ quan ban hành; hãy chọn."))
    return replace(head, issuer=issuer)


def _committee(paper: ReadPaper) -> str:
    """«UBND xã Cường Lợi ban hành …»; or only «UBND xã …», and the place of the paper names it."""
    leading = " ".join((*paper.preamble[-1:], paper.closing))
    for text in (leading, paper.subject, " ".join(paper.preamble)):
        for pattern in (_COMMITTEE, _ON_LAND_OF):
            for found in pattern.finditer(text):
                name = found["name"] or ""
                if name and (not paper.head.place or fold(name) == fold(paper.head.place)):
                    return _named(found["level"], name)
    if paper.head.place and (level := _own_level(leading) or _own_level(" ".join(paper.texts()))):
        return _named(level, paper.head.place)
    return ""


def _own_level(text: str) -> str:
    """Of the committee that the text means when it names none: «Ủy ban nhân dân xã ban hành …»."""
    levels = Counter(found["level"] for found in _COMMITTEE.finditer(text) if not found["name"])
    return levels.most_common(1)[0][0] if levels else ""


def _named(level: str, name: str) -> str:
    return f"ỦY BAN NHÂN DÂN {level} {name}".upper()


def _with_symbol_and_place(paper: ReadPaper, head: Head, unsure: list[Unsure]) -> Head:
    if not head.symbol and head.issuer and (kind := _ABBREVIATIONS.get(paper.title)):
        body = "UBND" if re.match(r"[ỦU][ỶY]? ?BAN NHÂN DÂN|UỶ BAN NHÂN DÂN", head.issuer) else ""
        if body:
            head = replace(head, symbol=f"{kind}-{body}")
            unsure.append(Unsure("symbol", "Ký hiệu không in trong tệp; suy từ tên loại và cơ quan.", inferred=True))
    if not head.place and (found := re.search(rf"\b{_LEVEL.upper()}\s+(\S.*)$", head.issuer)):
        name = " ".join(word.capitalize() for word in found[found.lastindex or 0].split())
        head = replace(head, place=name)
        unsure.append(Unsure("place", "Địa danh không in trong tệp; suy từ tên cơ quan.", inferred=True))
    return head
