"""Small rules about the words of a paper that several rooms share."""

from __future__ import annotations

import re

from core.text import UnfitText
from documents.tree import BLANK_DAY, BLANK_NUMBER, Header

# Names of HTML elements, so that «a < b» and «<tên đơn vị>» stay what they are: words.
_TAG = re.compile(
    r"</?(?:a|b|body|br|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img|input|li|link|meta|object|ol|p"
    r"|pre|s|script|span|strong|style|sub|sup|svg|table|tbody|td|th|thead|title|tr|u|ul|video)\b[^<>]*>",
    re.IGNORECASE,
)
_BASIS = re.compile(r"(Căn cứ|Theo|Thực hiện|Xét)\b")


def refuse_markup(text: str, *, name: str = "Nội dung") -> str:
    """A paper holds words only: pasted web code is told, not printed as it stands."""
    if found := _TAG.search(text):
        raise UnfitText(
            f"{name[:1].upper()}{name[1:]} có thẻ HTML «{found[0][:40]}»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."
        )
    return text


def is_basis(paragraph: str) -> bool:
    """Căn cứ, set in italics: it names its source and ends in ``;`` or ``.`` (Decree 30, Phụ lục I, II.6.a)."""
    return bool(_BASIS.match(paragraph)) and paragraph.rstrip().endswith((";", "."))


def break_issuer(name: str) -> tuple[str, ...]:
    """The issuer's name in capitals as its header breaks it: ``ỦY BAN NHÂN DÂN`` / ``XÃ AN SƠN``."""
    for body in ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN"):
        if name.startswith(body + " "):
            return body, name[len(body) + 1 :]
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
