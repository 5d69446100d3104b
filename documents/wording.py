"""Small rules about the words of a paper that several rooms share."""

from __future__ import annotations

import re

from core.text import refuse_markup as refuse_markup  # its first address, which other rooms still use
from documents.tree import BLANK_DAY, BLANK_NUMBER, Header

_COUNCIL = re.compile(r"(HỘI ĐỒNG) (THI ĐUA - KHEN THƯỞNG)(?: (.+))?")
_BASIS = re.compile(r"(Căn cứ|Theo|Thực hiện|Xét)\b")


def is_basis(paragraph: str) -> bool:
    """Căn cứ, set in italics: it names its source and ends in ``;`` or ``.`` (Decree 30, Phụ lục I, II.6.a)."""
    return bool(_BASIS.match(paragraph)) and paragraph.rstrip().endswith((";", "."))


def break_issuer(name: str) -> tuple[str, ...]:
    """The issuer's name in capitals as its header breaks it: ``ỦY BAN NHÂN DÂN`` / ``XÃ AN SƠN``,
    ``HỘI ĐỒNG`` / ``THI ĐUA - KHEN THƯỞNG``.
    """
    for body in ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"):
        if name.startswith(body + " "):
            return body, name[len(body) + 1 :]
    if council := _COUNCIL.fullmatch(name):
        return tuple(line for line in council.groups() if line)
    return (name,)


def follow_header(reference: str, before: Header, after: Header) -> str:
    """``(Kèm theo Kế hoạch số … ngày … của …)`` with the number and date that the paper has now.

    Words that did not repeat the paper's own number or date stay as they are.
    """
    number = re.compile(rf"số:?\s*{re.escape(before.number)}\s*/\s*{re.escape(before.symbol)}(?![\w-])")
    day, month = (rf"\s*0?{part}\s*" if part else r"\s*" for part in (before.date.day, before.date.month))
    year = rf"\s*{before.date.year}(?!\d)" if before.date.year else r"(?:\s+(?=\s))?(?!\s*\d)"
    date = re.compile(f"ngày{day}tháng{month}năm{year}")
    if (before.number, before.symbol) != (after.number, after.symbol):
        reference = number.sub(lambda _: f"số {after.number or BLANK_NUMBER}/{after.symbol}", reference, count=1)
    if before.date != after.date:
        reference = date.sub(lambda _: after.date.in_words(blank=BLANK_DAY), reference, count=1)
    return reference
