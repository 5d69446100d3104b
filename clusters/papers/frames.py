"""What all papers of a season share: who issues them, how typed words become nodes, how results say what they are."""

from __future__ import annotations

from clusters.papers.facts import Facts
from clusters.papers.kinds import Kind, Sort
from clusters.papers.results import Results
from clusters.wording import worded
from documents import composing, tree
from documents.composing import DOTS as DOTS
from documents.composing import Head, MinutesHeader, Texts
from documents.composing import composed as composed
from documents.composing import is_basis as is_basis
from documents.composing import item_title as item_title
from documents.composing import items as items
from documents.composing import opening as opening
from documents.composing import paragraphs as paragraphs
from documents.composing import signature as signature

EXPECTED = "(DỰ KIẾN)"


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
    return composing.recipients(texts["recipients"])


def mark(results: Results | None) -> str:
    return "" if results is not None and results.is_frozen else f" {EXPECTED}"


def frozen_words(results: Results | None) -> str:
    if results is None or results.on is None:
        return ""
    if not results.is_frozen:
        return f"Kết quả dự kiến, tính đến ngày {results.on:%d/%m/%Y}; xếp hạng chưa chốt."
    return f"Xếp hạng chốt lần {results.number}, tính đến ngày {results.on:%d/%m/%Y}."
