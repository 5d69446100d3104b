"""Spacing and spelling in the words of a paper (D21, the basic part of H; Decree 30/2020/NĐ-CP, Phụ lục II)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from documents.tree import Block, GroupRow, Paper, Table
from tests.layout.failures import Finding

_NO_DISTRICTS_FROM = (2025, 7, 1)
"""Since then there are two levels of local government (Law of 16 June 2025)."""

_SPACING = (
    re.compile(r"(?<=\S)  +(?=\S)"),
    re.compile(r"\s(?:[,;:!?]|\.(?![./]))"),
    re.compile(r"[,;:!?](?=[^\W\d_])"),
    re.compile(r"\d/[A-ZĐ]{2,}(?:\s*[–—]\s*|\s+-\s*|-\s+)[A-ZĐ]{2,}"),
)
_SENTENCE_END = re.compile(r"(?P<before>\w)\.(?P<after>\w)")
_SENTENCES = re.compile(r"(?P<before>[\w)”])[.?!] +(?P<after>\w)")

_SPELLING = (
    re.compile(
        r"(?!(?-i:Ủy ban nhân dân|Uỷ ban nhân dân|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN))(?:ủy|uỷ) ban nhân dân", re.I
    ),
    re.compile(r"(?<!ban )(?<!đồng )(?<!án )(?<!sát )(?<!ông an )(?<!đội )\bnhân dân\b"),
    # As an attribute it stays small, as in the decree's own "doanh nghiệp nhà nước".
    re.compile(
        r"(?<!uản lý )(?<!ành chính )(?<!ơ quan )(?<!ổ chức )(?<!oanh nghiệp )(?<!gân sách )(?<!ốn )\bnhà nước\b"
    ),
    re.compile(r"\bđiều \d+"),
    re.compile(r"(?<=[^\W\d_] )(?:Khoản \d+|Điểm [a-zđ]\b)"),
    re.compile(r"\b(?:quí|kĩ|lí)\b", re.I),
)
_DATES = (
    re.compile(r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})/\d{4}(?![\d/])"),
    re.compile(r"\bngày (?P<day>\d{1,2})(?: tháng (?P<month>\d{1,2}))?(?![\d/-])"),
    re.compile(r"\btháng (?P<month>\d{1,2})(?:/\d{4})?(?![\d/])", re.I),
)
_UNIT = re.compile(r"(?P<before>[\w,;]) (?P<unit>Tỉnh|Huyện|Xã|Thị trấn|Thành phố) (?P<name>\w+)")
_CITY_OF_ITS_OWN = "Hồ"
_DISTRICT = re.compile(
    r"\b(?:[Hh]uyện [ủu][yỷ]|cấp huyện|(?:UBND|HĐND|nhân dân|Công an|(?:[Pp]hòng|Ban) [^,.;]{1,30}?) huyện)\b",
)
_OLD_TONE = re.compile(r"\b\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b")
_NEW_TONE = re.compile(r"\b\w*(?:[òóỏõọ][ae]|[ùúủũụ]y)\b")


def wording_findings(paper: Paper) -> Iterator[Finding]:
    texts = list(_texts(paper))
    date = paper.header.date
    no_districts = date.year is not None and (date.year, date.month or 12, date.day or 1) >= _NO_DISTRICTS_FROM
    for text in texts:
        yield from _spacing(text)
        yield from _spelling(text)
        yield from _dates(text)
        if no_districts:
            yield from (Finding("H", _around(text, match)) for match in _DISTRICT.finditer(text))
    for text in _prose(paper):
        first = next((letter for letter in text if letter.isalnum()), "")
        if first.isalpha() and first.islower():
            yield Finding("H", " ".join(text.split()[:3]))
    yield from _mixed_tones(texts)


def _texts(paper: Paper) -> Iterator[str]:
    """Everything that a person wrote."""
    header = paper.header
    yield from (header.superior, *header.issuer, header.symbol, header.place, paper.title, paper.subject)
    yield from _prose(paper)
    yield from _cells(paper.body)
    yield from (*paper.recipients.lines, paper.recipients.archive)
    yield from (*paper.signature.lines, paper.signature.post, paper.signature.name)
    for appendix in paper.appendices:
        yield from (appendix.title, appendix.subject)
        yield from _cells(appendix.blocks)


def _prose(paper: Paper) -> Iterator[str]:
    yield from (part.text for part in paper.preamble)
    for blocks in (paper.body, *(appendix.blocks for appendix in paper.appendices)):
        for block in blocks:
            if not isinstance(block, Table):
                yield block.text


def _cells(blocks: tuple[Block, ...]) -> Iterator[str]:
    for table in (block for block in blocks if isinstance(block, Table)):
        yield from (column.head for column in table.columns)
        for row in table.rows:
            if isinstance(row, GroupRow):
                yield row.text
            else:
                yield from (line for cell in row.cells for line in cell)


def _spacing(text: str) -> Iterator[Finding]:
    for pattern in _SPACING:
        for match in pattern.finditer(text):
            yield Finding("D21", _around(text, match))
    for match in _SENTENCE_END.finditer(text):
        # "TT.HĐND" is an abbreviation, "xã.Các" two sentences.
        if match["before"].islower() and match["after"].isupper():
            yield Finding("D21", _around(text, match))


def _spelling(text: str) -> Iterator[Finding]:
    if not unicodedata.is_normalized("NFC", text):
        yield Finding("H", text)
    for pattern in _SPELLING:
        for match in pattern.finditer(text):
            yield Finding("H", _around(text, match))
    for match in _UNIT.finditer(text):
        midway = match["before"].islower() or match["before"] in ",;"
        if midway and match["name"][0].isupper() and match["name"] != _CITY_OF_ITS_OWN:
            yield Finding("H", _around(text, match))
    for match in _SENTENCES.finditer(text):
        if match["before"].islower() and match["after"].islower():
            yield Finding("H", _around(text, match))


def _dates(text: str) -> Iterator[Finding]:
    """Zero before days below ten and months one and two, and no other."""
    seen: set[int] = set()
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            day, month = parts.get("day"), parts.get("month")
            wrong = bool(day and len(day) == 1) or bool(month and month != _padded(month))
            if wrong and not seen & set(range(*match.span())):
                seen.update(range(*match.span()))
                yield Finding("H", match[0])


def _padded(month: str) -> str:
    number = int(month)
    return f"{number:02d}" if number < 3 else str(number)


def _mixed_tones(texts: list[str]) -> Iterator[Finding]:
    """One way of placing the tone per paper; the words of the rarer way are named."""
    old = Counter(word for text in texts for word in _OLD_TONE.findall(text.casefold()))
    new = Counter(word for text in texts for word in _NEW_TONE.findall(text.casefold()))
    if old and new:
        rarer = old if old.total() <= new.total() else new
        yield from (Finding("H", word) for word in sorted(rarer))


def _around(text: str, match: re.Match[str]) -> str:
    """The words concerned, with one on either side."""
    before = text[: match.start()].rsplit(" ", 2)[-2:]
    after = text[match.end() :].split(" ", 2)[:2]
    return f"{' '.join(before)}{match[0]}{' '.join(after)}".strip()
