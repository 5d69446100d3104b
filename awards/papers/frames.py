"""What all papers of awards share: who issues them and under which head."""

from __future__ import annotations

import datetime as dt

from awards.deciding.facts import issuer_for
from awards.papers.kinds import Sort
from core.text import fold
from documents import tree
from documents.composing import Head, MinutesHeader, Texts
from documents.dates import PartialDate
from documents.wording import break_issuer
from reminders.asking.letters import in_words as issuer_words
from units.models import Issuer, Unit
from units.selectors import issuers_of

COUNCIL_LINES = "HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG"
COUNCIL_WORDS = "Hội đồng Thi đua - Khen thưởng"
COUNCIL_SYMBOL = "HĐTĐKT"
NOBODY = tree.Signatories("", ())
_COUNCIL = "hoi dong thi dua"


def as_partial(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def in_words(day: dt.date) -> str:
    return as_partial(day).in_words()


def day_words(head: Head) -> str:
    return head.date.in_words(blank=tree.BLANK_DAY)


def header(sort: Sort, texts: Texts, head: Head) -> tree.Header:
    make = MinutesHeader if sort.is_minutes else tree.Header
    own = f"{sort.abbreviation}-{head.symbol}" if sort.abbreviation else head.symbol
    return make(
        issuer=head.issuer,
        superior=head.superior,
        number=head.number,
        symbol=head.full_symbol or own,
        place=texts.get("place", ""),
        date=head.date,
        about=texts.get("about", ""),
        is_numbered=sort.is_numbered,
    )


def is_council(issuer: Issuer) -> bool:
    """Whether it is the council in its own name."""
    return _COUNCIL in fold(issuer.name)


def council_issuer(unit: Unit) -> Issuer | None:
    return next((one for one in issuers_of(unit.pk) if is_council(one)), None)


def usual_issuer(sort: Sort, unit: Unit) -> Issuer | None:
    """Of those on the unit's list; None: not entered yet."""
    return council_issuer(unit) if sort.is_council else issuer_for(unit)


def committee_words(unit: Unit) -> str:
    """«UBND XÃ AN SƠN», as the line above the council's name."""
    return f"UBND {unit}".upper()


def head_of(sort: Sort, issuer: Issuer | None, unit: Unit, date: PartialDate) -> Head:
    """Until an issuer is entered the committee, or the council, in its usual form."""
    symbol = COUNCIL_SYMBOL if sort.is_council else "UBND"
    if issuer is not None:
        return Head(issuer.lines, issuer.superior, issuer.symbol or symbol, date, words=issuer_words(issuer))
    if sort.is_council:
        lines = tuple(COUNCIL_LINES.split("\n"))
        return Head(lines, committee_words(unit), symbol, date, words=COUNCIL_WORDS)
    lines = break_issuer(f"ỦY BAN NHÂN DÂN {unit}".upper())
    return Head(lines, "", symbol, date, words=f"Ủy ban nhân dân {unit}")


def council_words(unit: Unit) -> str:
    return f"{COUNCIL_WORDS} {unit}"


def shared_draft(sort: Sort, issuer: Issuer | None, unit: Unit) -> dict[str, str]:
    """Place and signature as the issuer has them."""
    if sort.is_council:
        lines, post = "TM. HỘI ĐỒNG\nCHỦ TỊCH", f"CHỦ TỊCH UBND {unit}".upper()
    else:
        lines, post = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH", ""
    if issuer is not None and issuer.signature_lines:
        lines, post = issuer.signature_lines.replace("\r\n", "\n"), issuer.signature_post
    return {
        "place": (issuer.place if issuer else "") or unit.name,
        "lines": lines,
        "post": post,
        "recipients": "Lưu: VT",
    }
