"""What all papers of a season share: who issues them, how typed words become nodes, how results say what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clusters.papers.facts import Facts
from clusters.papers.kinds import Kind, Sort
from clusters.papers.people import lines
from clusters.papers.results import Results
from clusters.wording import worded
from core.text import split_lines
from documents import tree
from documents.dates import PartialDate
from documents.outline import compose_body, read_body

EXPECTED = "(DỰ KIẾN)"
DOTS = "…………"
_ARCHIVE = "Lưu:"
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the paper; number and day are blank until it is recorded."""

    issuer: tuple[str, ...]
    superior: str
    symbol: str
    """Of the office: «CTĐ» in «BB-CTĐ»."""
    date: PartialDate
    number: str = ""
    full_symbol: str = ""
    """As on record, once it is."""


class MinutesHeader(tree.Header):
    """Minutes say in their text where and when (Decree 30, Phụ lục III, Mẫu 1.9)."""

    __slots__ = ()

    @property
    def date_line(self) -> str:
        return ""


def subject(kind: str, facts: Facts) -> str:
    year, name = facts.season.year, facts.name
    return {
        Kind.PLEDGE.value: f"Thực hiện công tác thi đua, khen thưởng năm {year} của {name}",
        Kind.CRITERIA.value: f"Chấm điểm thi đua năm {year} của {name}",
        Kind.SUMMARY.value: f"Thi đua năm {year} của {name}",
        Kind.MEETING.value: f"Họp bình xét, suy tôn thi đua năm {year} của {name}",
        Kind.COUNT.value: f"Kiểm phiếu bình xét, suy tôn thi đua năm {year} của {name}",
        Kind.HANDOVER.value: worded(f"Bàn giao Trưởng cụm, {name} năm {year}", facts.kind),
        Kind.PROPOSAL.value: f"Về việc đề nghị khen thưởng các đơn vị thuộc {name} năm {year}",
    }[kind]


def header(sort: Sort, texts: Texts, head: Head) -> tree.Header:
    make = MinutesHeader if sort.is_minutes else tree.Header
    return make(
        issuer=head.issuer,
        superior=head.superior,
        number=head.number,
        symbol=head.full_symbol or f"{sort.abbreviation}-{head.symbol}",
        place=texts.get("place", ""),
        date=head.date,
        is_numbered=sort.is_numbered,
    )


def day_words(head: Head) -> str:
    return head.date.in_words(blank=tree.BLANK_DAY)


def recipients(texts: Texts) -> tree.Recipients:
    named = [line.strip(" -;.") for line in split_lines(texts["recipients"])]
    archive = next((line for line in named if line.startswith(_ARCHIVE)), "")
    return tree.Recipients(
        tuple(line for line in named if line and not line.startswith(_ARCHIVE)), archive.removeprefix(_ARCHIVE).strip()
    )


def signature(texts: Texts) -> tree.Signature:
    return tree.Signature(split_lines(texts["lines"]), texts["signer"].strip(), texts["post"].strip())


def is_basis(line: str) -> bool:
    return line.casefold().startswith(("căn cứ", "theo ", "xét "))


def opening(text: str) -> tuple[tree.Preamble, ...]:
    return tuple(
        tree.Basis(line) if is_basis(line) else tree.Paragraph(line)
        for line in (one.strip() for one in split_lines(text))
    )


def composed(text: str) -> tuple[tree.Block, ...]:
    return compose_body(read_body(text))


def paragraphs(*texts: str) -> tuple[tree.Paragraph, ...]:
    return tuple(tree.Paragraph(text) for text in texts if text)


def items(text: str) -> tuple[tree.Item, ...]:
    entries = lines(text)
    last = len(entries) - 1
    return tuple(
        tree.Item("-", f"{entry.rstrip('.')}{'.' if at == last else ';'}") for at, entry in enumerate(entries)
    )


def item_title(marker: str, text: str) -> tuple[tree.Item, ...]:
    return (tree.Item(marker, text, title=True),)


def mark(results: Results | None) -> str:
    return "" if results is not None and results.is_frozen else f" {EXPECTED}"


def frozen_words(results: Results | None) -> str:
    if results is None or results.on is None:
        return ""
    if not results.is_frozen:
        return f"Kết quả dự kiến, tính đến ngày {results.on:%d/%m/%Y}; xếp hạng chưa chốt."
    return f"Xếp hạng chốt lần {results.number}, tính đến ngày {results.on:%d/%m/%Y}."
