"""What proofreading must find in the words of a paper: reported, never repaired.

Covered: C14, C16, D11, D13–D17, D21, E3, E5–E8, wording of F1 and F2, F4 and the basic part of H. Of H,
abbreviations used before they are explained and incomplete first citations are left out: both need a
reading of the whole text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.dates import PartialDate
from documents.tree import (
    Appendix,
    Article,
    Basis,
    Block,
    EnactingLine,
    Heading,
    Item,
    Paper,
    Paragraph,
    Signature,
)
from tests.layout.failures import Finding
from tests.layout.wording import wording_findings

_KINDS = (
    "NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|KH|PA|ĐA|DA|BC|BB|TTr|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB"  # Phụ lục III, mục I
)
_NUMBER_LINE = re.compile(rf"Số: ?(?P<number>\d{{2,}}|\s*)/(?:{_KINDS})-[A-ZĐĂÂÊÔƠƯ&]+(?:-[A-ZĐĂÂÊÔƠƯ]+)*")
_LETTER_NUMBER_LINE = re.compile(rf"Số: ?(?P<number>\d{{2,}}|\s*)/(?!(?:{_KINDS}|CV)-)[A-ZĐĂÂÊÔƠƯ&]+-[A-ZĐĂÂÊÔƠƯ]+")
_DATE_LINE = re.compile(
    r"(?P<place>\S.*), ngày (?:(?P<day>0[1-9]|[12]\d|3[01])|\s+) "
    r"tháng (?:(?P<month>0[12]|[3-9]|1[0-2])|\s+) năm (?:(?P<year>\d{4})|\s*)",
)
_BASIS_STARTS = ("Căn cứ", "Theo", "Thực hiện", "Xét")
_ARTICLE = re.compile(r"Điều (\d+)\.")
_CLAUSE = re.compile(r"(\d+)\.")
_DEEPER = re.compile(r"\d+(?:\.\d+)+\.?")
_POINT = re.compile(r"([a-zđ])\)")
_POINTS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = re.compile(r"[IVX]+\.")
_ARCHIVE = re.compile(r"- Lưu: VT(, [^;]+)?\.")
_AUTHORITY = re.compile(r"(?P<prefix>T/M|K/T|T/L|T/T|TUQ|TM|KT|TL|TT|Q)(?P<tail>[^A-ZÀ-Ỹ\d]+)(?P<rest>.*)")
_CLUSTER = "CỤM"
_DEGREES = re.compile(r"(?:PGS|GS|TS|ThS|CN|BS|KS)\.|(?:Kỹ sư|Bác sĩ|Tiến sĩ|Thạc sĩ|Giáo sư)\b")
_END = "./."
_DECISION = "QUYẾT ĐỊNH"
_OPENING_WORDS = 6


def content_findings(paper: Paper) -> list[Finding]:
    return [
        *number_line_findings(paper.header.number_line, is_letter=not paper.title),
        *date_line_findings(paper.header.date_line, paper.header.date),
        *_bases(paper),
        *_decision(paper),
        *_structure(paper.body),
        *itertools.chain.from_iterable(_structure(appendix.blocks) for appendix in paper.appendices),
        *_endings(paper),
        *_recipients(paper),
        *_signature(paper.signature),
        *_appendices(paper),
        *wording_findings(paper),
    ]


def number_line_findings(line: str, *, is_letter: bool = False) -> Iterator[Finding]:
    match = (_LETTER_NUMBER_LINE if is_letter else _NUMBER_LINE).fullmatch(line)
    if not match or (len(match["number"].strip()) > 2 and match["number"].startswith("0")):
        yield Finding("C14", line)


def date_line_findings(line: str, date: PartialDate) -> Iterator[Finding]:
    """The form of the line, that it says this date, and that a calendar has it."""
    match = _DATE_LINE.fullmatch(line)
    try:
        known = PartialDate.parse(str(date))
    except ValueError:
        known = None
    said = tuple(int(match[part]) if match[part] else None for part in ("year", "month", "day")) if match else ()
    if known is None or said != (known.year, known.month, known.day):
        yield Finding("C16", line)


def _bases(paper: Paper) -> Iterator[Finding]:
    bases = [part.text for part in paper.preamble if isinstance(part, Basis)]
    for position, text in enumerate(bases, start=1):
        end = "." if position == len(bases) else ";"
        if not text.startswith(_BASIS_STARTS) or not text.endswith(end):
            yield Finding("D11", text)


def _decision(paper: Paper) -> Iterator[Finding]:
    """The body or its head decides; the head signs what is his, the body what is its own (D17, E7)."""
    lines = [part.text for part in paper.preamble if isinstance(part, EnactingLine)]
    if paper.title != _DECISION:
        yield from (Finding("D17", text) for text in lines)
        return
    body = " ".join(paper.header.issuer)
    head = f"CHỦ TỊCH {body}"
    if len(lines) != 2 or lines[0] not in (body, head) or lines[1] != f"{_DECISION}:":
        yield Finding("D17", paper.subject)
    elif (lines[0] == body) != paper.signature.lines[0].startswith("TM. "):
        yield Finding("E7", lines[0])


def _structure(blocks: Iterable[Block]) -> Iterator[Finding]:
    """Headings, articles, clauses and points in their order; each begins anew under what stands above it."""
    headings: Counter[int] = Counter()
    last = _Last()
    for block in blocks:
        if isinstance(block, Heading):
            headings = Counter({level: headings[level] for level in range(1, block.level + 1)})
            headings[block.level] += 1
            last.clause, last.point = 0, -1
            if block.level == 1 or _ROMAN.fullmatch(block.marker):
                yield from _heading(block, headings[block.level])
        if isinstance(block, Item | Article | Heading) and (check := last.misplaced(block)):
            yield Finding(check, _opening(block))


@dataclass(slots=True)
class _Last:
    """The markers seen last."""

    article: int = 0
    clause: int = 0
    point: int = -1

    def misplaced(self, block: Item | Article | Heading) -> str:
        """The check that this marker fails, out of its form or its order; empty when all is well."""
        if article := _ARTICLE.fullmatch(block.marker):
            expected, self.article = self.article + 1, int(article[1])
            self.clause, self.point = 0, -1
            return "" if self.article == expected else "D13"
        if isinstance(block, Heading):
            return ""
        if clause := _CLAUSE.fullmatch(block.marker):
            expected, self.clause, self.point = self.clause + 1, int(clause[1]), -1
            return "" if self.clause == expected else "D14"
        if point := _POINT.fullmatch(block.marker):
            expected, self.point = self.point + 1, max(self.point, _POINTS.find(point[1]))
            return "" if _POINTS.find(point[1]) == expected else "D14"
        if _DEEPER.fullmatch(block.marker):
            self.point = -1
        return "D14" if any(letter.isalnum() for letter in block.marker) else ""


def _heading(heading: Heading, count: int) -> Iterator[Finding]:
    numbered = heading.marker == f"{_roman(count)}." and heading.text == heading.text.upper()
    if not (numbered or _ARTICLE.fullmatch(heading.marker)):
        yield Finding("D15", _opening(heading))


def _roman(number: int) -> str:
    tens, units = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[units]


def _endings(paper: Paper) -> Iterator[Finding]:
    """The mark stands at the end of the body and of every appendix, and nowhere else."""
    for blocks in (paper.body, *(appendix.blocks for appendix in paper.appendices)):
        texts = [block.text for block in blocks if isinstance(block, Paragraph | Item | Article)]
        if texts and not texts[-1].endswith(_END):
            yield Finding("D16", texts[-1])
        for text in texts[:-1]:
            if _END in text:
                yield Finding("D16", text)
        if texts and _END in texts[-1].removesuffix(_END):
            yield Finding("D16", texts[-1])


def _recipients(paper: Paper) -> Iterator[Finding]:
    entries = list(paper.recipients.printed())
    if not entries:
        yield Finding("E3", "")
        return
    if not _ARCHIVE.fullmatch(entries[-1]):
        yield Finding("E3", entries[-1])
    for position, entry in enumerate(entries[:-1]):
        points_above = entry == "- Như trên;"
        if entry.endswith(".;") or points_above != bool(paper.addressees and position == 0):
            yield Finding("E3", entry)


def _signature(signature: Signature) -> Iterator[Finding]:
    for line in signature.lines:
        if line != line.upper() or not _authorised(line):
            yield Finding("E5", line)
    yield from _combination(signature.lines)
    if signature.name and not _plain_name(signature.name):
        yield Finding("E8", signature.name)


def _authorised(line: str) -> bool:
    """A prefix of the decree, or of a cluster, with its dot and one space; or none."""
    match = _AUTHORITY.fullmatch(line)
    if not match:
        return not re.match(r"[A-ZĐ]{1,4}[./]", line)
    if match["prefix"] == "TT":
        return match["tail"] == ". " and match["rest"].startswith(_CLUSTER)
    return "/" not in match["prefix"] and match["tail"] == ". "


def _combination(lines: tuple[str, ...]) -> Iterator[Finding]:
    starts = [line.split(" ", 1)[0] for line in lines]
    for position, (start, line) in enumerate(zip(starts, lines, strict=True)):
        below = lines[position + 1] if position + 1 < len(lines) else ""
        wrong = (
            (start == "TM." and (position or not below or starts[position + 1] in ("TL.", "TUQ.", "TM.")))
            or (start == "KT." and not below.startswith("PHÓ "))
            or (start in ("TL.", "TUQ.", "Q.") and (not below or "TM." in starts))
        )
        if wrong:
            yield Finding("E6", line)


def _plain_name(name: str) -> bool:
    words = name.split()
    capitalised = all(word[0].isupper() for word in words)
    return capitalised and name != name.upper() and not _DEGREES.match(name) and len(words) > 1


def _appendices(paper: Paper) -> Iterator[Finding]:
    appendices = paper.appendices
    kind = paper.title.capitalize()
    body = "\n".join(getattr(block, "text", "") for block in paper.body)
    for position, appendix in enumerate(appendices, start=1):
        wanted = f"Phụ lục {_roman(position)}" if len(appendices) > 1 else "Phụ lục"
        if appendix.title != wanted:
            yield Finding("F1", appendix.title)
        yield from _appendix_head(appendix, kind)
        if not re.search(rf"{wanted}\b", body):
            yield Finding("F4", appendix.title)


def _appendix_head(appendix: Appendix, kind: str) -> Iterator[Finding]:
    if appendix.subject != appendix.subject.upper():
        yield Finding("F2", appendix.subject)
    form = rf"\(Kèm theo {re.escape(kind)} số .*/\S+ ngày .*tháng .*năm .*của .+\)"
    if not re.fullmatch(form, appendix.reference):
        yield Finding("F2", appendix.reference or appendix.title)


def _opening(block: Item | Article | Heading) -> str:
    return " ".join(f"{block.marker} {block.text}".split()[:_OPENING_WORDS])
