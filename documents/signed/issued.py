"""What an official paper says about itself: number, symbol, place, date, kind, subject, issuer, signer.

Read from plain text: of a PDF, of a Word file, of a scan that a machine recognised, with stray marks, lines broken
anywhere and the two columns of head and foot one after the other or side by side. What is not found, or is blank on
the paper, is None: nothing is guessed. The layout is that of Decree 30/2020/NĐ-CP, Phụ lục I and III.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from documents.dates import PartialDate
from documents.signed.foot import read_foot
from documents.signed.head import KINDS, plain_lines, read_date, read_issuer, read_number, title_at

_MOST_SUBJECT_LINES = 12
_DOUBLE_SPACED = 0.25
"""Of the lines behind one empty line: so many going on in small letters say that every line is followed by one."""
_SUBJECT_ENDS = re.compile(
    r"Căn cứ|Theo (?:đề nghị|Nghị|Quyết|Luật|Thông|Kế|Chỉ|Công)|Xét\b|Kính gửi|[IVX]{1,4}\.|Điều 1\b"
    r"|Thực hiện (?:Kế hoạch|Quyết định|Chỉ thị|[Cc]ông văn|Nghị quyết|Chương trình|Hướng dẫn|Thông tư|Luật)"
    r"|Để (?:tổ chức|thực hiện|tiếp tục|triển khai|đẩy mạnh)|QUYẾT ĐỊNH:|(?:CHỦ TỊCH )?(?:ỦY|UỶ) BAN NHÂN DÂN\b"
)


@dataclass(frozen=True, slots=True)
class IssuedData:
    number: str | None = None
    symbol: str | None = None
    date: PartialDate | None = None
    """With the parts that the paper shows; None where it shows none."""
    place: str | None = None
    kind: str | None = None
    """In capitals, as printed: ``KẾ HOẠCH``; ``CÔNG VĂN`` for a letter, which prints none."""
    subject: str | None = None
    """Trích yếu, on one line."""
    superior: str | None = None
    issuer: str | None = None
    """In capitals, on one line."""
    signer_lines: tuple[str, ...] = ()
    """Authority and post above the room to sign: ``TM. ỦY BAN NHÂN DÂN``, ``CHỦ TỊCH``."""
    signer_post: str | None = None
    """The agency post between that room and the name, where a council or cluster signs."""
    signer: str | None = None

    @property
    def exact_date(self) -> dt.date | None:
        return self.date.exact if self.date else None


def read_issued_data(text: str) -> IssuedData:
    """Of the paper with which the text begins; its appendices are not read."""
    lines = _single_spaced(plain_lines(unicodedata.normalize("NFC", text)))
    title = title_at(lines)
    head = "\n".join(lines[: title.line if title else _head_of_letter(lines)])
    number, symbol = read_number(head)
    place, date = read_date(head)
    superior, issuer = read_issuer(head)
    kind, subject = (title.kind, _subject(lines, title.line, title.rest)) if title else _letter(head)
    foot = read_foot(lines)
    return IssuedData(
        number, symbol, date, place, kind, subject, superior, issuer, foot.authority, foot.post, foot.name
    )


def _single_spaced(lines: list[str]) -> list[str]:
    """Some extractions leave an empty line behind every line: one less everywhere."""
    behind_one = [
        lines[at + 1] for at in range(1, len(lines) - 1) if not lines[at] and lines[at - 1] and lines[at + 1]
    ]
    going_on = sum(line[0].islower() for line in behind_one)
    if not behind_one or going_on < _DOUBLE_SPACED * len(behind_one):
        return lines
    return [line for at, line in enumerate(lines) if line or (at and not lines[at - 1])]


def _head_of_letter(lines: list[str]) -> int:
    """A letter (công văn) has no title; its head ends before «Kính gửi»."""
    for at, line in enumerate(lines[:40]):
        if line.startswith("Kính gửi"):
            return at
    return 0


def _letter(head: str) -> tuple[str | None, str | None]:
    """``V/v …`` stands in the left column; the date of the right one may follow it."""
    found = re.search(r"^\s*V/v:?\s+(?P<subject>.+)", head, re.MULTILINE | re.DOTALL)
    if not found:
        return None, None
    rest = re.split(r"\n\s*\n|CỘNG HÒA|CỘNG HOÀ|Độc lập|\n[^\n,]{2,40}, *ngày", found["subject"])[0]
    return "CÔNG VĂN", " ".join(rest.split())


def _subject(lines: list[str], title: int, rest: str) -> str | None:
    """The lines under the title up to the next empty one, or to where the paper names what it is based on."""
    said = [rest] if rest else []
    for line in lines[title + 1 : title + 1 + 2 * _MOST_SUBJECT_LINES]:
        if not line:
            if said:
                break
            continue
        if _SUBJECT_ENDS.match(line) and not (not said and line.startswith("Thực hiện")):
            break
        if said and line.isupper() and not said[0].isupper():
            break  # who decides, in capitals
        said.append(line)
    if not said or len(said) > _MOST_SUBJECT_LINES or said[0] in KINDS:
        return None
    return " ".join(said)
