"""Short papers to try one rule on, and what it said about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from documents.dates import PartialDate
from documents.outline import compose_body, read_body
from documents.proofreading import Context, Reading, context_of, proofread, shipped_laws
from documents.proofreading.findings import Rule
from documents.tree import Basis, Header, Paper, Paragraph, Recipients, Signature

NEW_YEAR = PartialDate(2026, 1, 15)
XA = ("ỦY BAN NHÂN DÂN", "XÃ AN SƠN")


def paper(
    body: str = "",
    *,
    bases: Sequence[str] = (),
    opening: str = "",
    date: PartialDate = NEW_YEAR,
    issuer: tuple[str, ...] = XA,
    subject: str = "Công tác thi đua, khen thưởng",
    **others: Any,
) -> Paper:
    """``body``: lines as typed into a section."""
    head = Header(
        issuer, number=others.pop("number", "09"), symbol=others.pop("symbol", "KH-UBND"), place="An Sơn", date=date
    )
    preamble = (*map(Basis, bases), *([Paragraph(opening)] if opening else ()))
    return Paper(
        header=head,
        title=others.pop("title", "KẾ HOẠCH"),
        subject=subject,
        preamble=preamble,
        body=compose_body(read_body(body)),
        recipients=others.pop("recipients", Recipients(("Các đơn vị",), "VT")),
        signature=others.pop("signature", Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Văn Khải")),
        **others,
    )


def said(rules: Sequence[Rule], one: Paper, context: Context | None = None) -> list[tuple[str, str, str]]:
    """Code, words and suggestion of each finding of these rules, in reading order."""
    found = proofread(one, context or context_of(one, year=2026, laws=shipped_laws()), rules=rules)
    return [(finding.code, finding.words, finding.suggestion) for finding in found]


def about(rules: Sequence[Rule], text: str, **others: Any) -> list[tuple[str, str]]:
    """The same of one paragraph, without the codes."""
    return [(words, new) for _, words, new in said(rules, paper(text), **others)]


def reading_of(one: Paper) -> Reading:
    return Reading(one, context_of(one, year=2026))
